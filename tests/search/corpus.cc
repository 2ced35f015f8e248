#include "corpus.h"

#include <stdlib.h>

#include <algorithm>
#include <stdexcept>

namespace search_corpus {

namespace fs = std::filesystem;

Folder::Folder() {
  auto name = (fs::temp_directory_path() / "vermilion-search-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Entry clause(const std::string& path, const std::string& text) {
  Entry entry;
  entry.document = "ISMS-T-001";
  entry.version = "1.0";
  entry.title = "測試規範";
  entry.path = path;
  entry.text = text;
  entry.kind = "document";
  entry.access_class = open_class;
  entry.effective = "2026-11-22";
  return entry;
}

std::vector<Entry> clauses(const std::vector<std::string>& texts) {
  std::vector<Entry> result;
  for (const auto& text : texts) result.push_back(clause(std::to_string(result.size() + 1), text));
  return result;
}

Query asking(const std::string& text) {
  Query query;
  query.text = text;
  query.access_classes = {open_class};
  query.limit = 1000;
  return query;
}

std::vector<std::string> paths(const Index& index, const Query& query) {
  std::vector<std::string> result;
  for (const auto& hit : index.search(query).hits) result.push_back(hit.path);
  std::sort(result.begin(), result.end());
  return result;
}

std::vector<std::string> paths(const Index& index, const std::string& text) {
  return paths(index, asking(text));
}

std::vector<std::string> paths_in(const std::vector<std::string>& texts, const std::string& query) {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(clauses(texts));
  return paths(*index, query);
}

std::vector<std::string> marked(const vermilion::search::Hit& hit) {
  std::vector<std::string> result;
  for (const auto& [begin, end] : hit.marks) {
    result.push_back(hit.excerpt.substr(begin, end - begin));
  }
  return result;
}

}  // namespace search_corpus
