#include "search/xapian_document.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/json.h"
#include "search/terms.h"
#include "search/xapian_query.h"

namespace vermilion::search {
namespace {

constexpr Xapian::termpos between_fields = 100;

// Adds the text behind position `base` and returns the last position used.
Xapian::termpos add_text(Xapian::Document& document, const std::string& text,
                         const std::string& prefix, Xapian::termpos base,
                         Xapian::termcount weight) {
  auto last = base;
  for (const auto& posting : postings(analyse(text))) {
    if (posting.position == 0) {
      document.add_term(prefix + posting.term, weight);
    } else {
      last = base + posting.position;
      document.add_posting(prefix + posting.term, last, weight);
    }
  }
  return last;
}

std::string require_key(const char* prefix, const std::string& key) {
  if (const auto term = key_term(prefix, key)) return *term;
  throw Error(
      Failure::invalid, "search-key-too-long",
      {"文件編號或存取類別超過 240 位元組，無法編入索引，請縮短",
       "a document id or access class is over 240 bytes and cannot be indexed; shorten it"});
}

std::string data_of(const Entry& entry) {
  const Json data = {
      {"document", entry.document}, {"version", entry.version},           {"title", entry.title},
      {"path", entry.path},         {"clause_title", entry.clause_title}, {"text", entry.text},
      {"kind", entry.kind},         {"effective", entry.effective}};
  return data.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string document_term(const std::string& document) {
  return require_key(document_prefix, document);
}

Xapian::Document to_document(const Entry& entry, std::size_t place) {
  Xapian::Document document;
  const auto last = add_text(document, entry.text, "", 0, 1);
  add_text(document, entry.clause_title, "", last + between_fields, 2);
  const auto title_end = add_text(document, entry.title, title_prefix, 0, 2);
  add_text(document, entry.document, title_prefix, title_end + between_fields, 2);
  document.add_boolean_term(document_term(entry.document));
  document.add_boolean_term(require_key(access_prefix, entry.access_class));
  if (entry.current) document.add_boolean_term(current_term);
  if (place == 0) document.add_boolean_term(first_term);
  document.add_value(order_slot,
                     fmt::format("{}\t{}\t{:08}", entry.document, entry.version, place));
  document.set_data(data_of(entry));
  return document;
}

Entry from_document(const Xapian::Document& document) {
  const auto data = Json::parse(document.get_data());
  Entry entry;
  entry.document = string_or_empty(data, "document");
  entry.version = string_or_empty(data, "version");
  entry.title = string_or_empty(data, "title");
  entry.path = string_or_empty(data, "path");
  entry.clause_title = string_or_empty(data, "clause_title");
  entry.text = string_or_empty(data, "text");
  entry.kind = string_or_empty(data, "kind");
  entry.effective = string_or_empty(data, "effective");
  return entry;
}

}  // namespace vermilion::search
