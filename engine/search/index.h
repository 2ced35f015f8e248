// Full-text search over clauses: our own analyser over Xapian, one analyser for index and query.
//
// Shape    One entry per clause of a version that was ever in force (`document`, `version`,
//          `path`). Hits are clauses. An entry carries one access-class term; a query carries the
//          asker's classes and matches inside them only.
// Query    White space = AND; "…" = phrase; -word = NOT; OR. A bare Chinese run is a phrase,
//          across line breaks and not across punctuation. ISO27001 = ISO 27001; full width = half
//          width; 記錄 also finds 紀錄, 臺 = 台. A document's title finds its first entry.
// Threads  One writer; readers from any thread, each call opens its own snapshot and retries when
//          the writer moved on.
// Errors   search never throws on any input text: a query with nothing to look for has no hits.
//          Any call throws unavailable ("search-unavailable") when the index cannot be read or
//          written; needs_rebuild() then says so, as for an index of another analyser version.
// Source   architecture invariants 10 and 12; docs-src/formats/search.md.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace vermilion::search {

struct Entry {
  std::string document;  // EPA-01-001
  std::string version;   // 3.5
  std::string title;     // of the document
  std::string path;      // clause path
  std::string clause_title;
  std::string text;          // plain text of the clause
  std::string kind;          // "document"; records come later
  std::string access_class;  // opaque: equal strings are one class
  bool current = true;       // the version in force
  std::string effective;     // yyyy-mm-dd
};

struct Hit {
  std::string document;
  std::string version;
  std::string title;
  std::string path;
  std::string clause_title;
  std::string excerpt;                                     // plain text around the first match
  std::vector<std::pair<std::size_t, std::size_t>> marks;  // byte ranges in `excerpt` to highlight
  std::string kind;
};

struct Query {
  std::string text;
  std::vector<std::string> access_classes;  // the asker's; none: no hits
  bool current_only = true;
  std::size_t first = 0;
  std::size_t limit = 20;
};

struct Result {
  std::size_t count = 0;  // exact up to 1000
  bool more = false;      // true when count stopped at 1000
  std::vector<Hit> hits;
  std::vector<std::string> also;  // spellings offered as well: 紀錄 for 記錄
};

class Index {
 public:
  // `folder` holds generations; makes the first one if there is none.
  static std::unique_ptr<Index> open(const std::filesystem::path& folder);
  ~Index();

  [[nodiscard]] bool needs_rebuild() const;  // made by another analyser version, or unreadable
  // True when open() found no index and made an empty one, which its caller still has to fill.
  [[nodiscard]] bool created() const;
  // Replaces all entries of one document by these; durable when it returns.
  void replace_document(const std::string& document, const std::vector<Entry>& entries);
  // Fills a new generation from nothing and swaps it in; the old one is deleted.
  void rebuild(const std::vector<Entry>& entries);
  [[nodiscard]] Result search(const Query& query) const;
  // All entries as (document, version, path) triples joined by tabs, sorted: for comparing an index
  // with its source.
  [[nodiscard]] std::vector<std::string> contents() const;

 private:
  struct State;
  explicit Index(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vermilion::search
