// A few clauses in Traditional Chinese, a place for an index, and short ways to ask it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "search/index.h"

namespace search_corpus {

using vermilion::search::Entry;
using vermilion::search::Index;
using vermilion::search::Query;
using vermilion::search::Result;

// A folder of its own in the temporary place; gone with the object.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline constexpr const char* open_class = "公開/監資處";
inline constexpr const char* closed_class = "密/政風室";

// One clause of document ISMS-T-001, version 1.0, in force, of open_class.
[[nodiscard]] Entry clause(const std::string& path, const std::string& text);

// One clause per text, with the paths "1", "2" …
[[nodiscard]] std::vector<Entry> clauses(const std::vector<std::string>& texts);

[[nodiscard]] Query asking(const std::string& text);

// The paths of all hits, sorted.
[[nodiscard]] std::vector<std::string> paths(const Index& index, const Query& query);
[[nodiscard]] std::vector<std::string> paths(const Index& index, const std::string& text);

// The same over an index of these texts alone.
[[nodiscard]] std::vector<std::string> paths_in(const std::vector<std::string>& texts,
                                                const std::string& query);

// The highlighted pieces of a hit's excerpt.
[[nodiscard]] std::vector<std::string> marked(const vermilion::search::Hit& hit);

}  // namespace search_corpus
