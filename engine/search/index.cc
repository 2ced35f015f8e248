#include "search/index.h"

#include <algorithm>
#include <atomic>
#include <map>

#include "base/disk.h"
#include "base/error.h"
#include "search/database.h"
#include "search/excerpt.h"
#include "search/generation.h"
#include "search/query_parser.h"
#include "search/xapian_document.h"
#include "search/xapian_query.h"

namespace vermilion::search {
namespace {

constexpr Xapian::doccount most_counted = 1000;
constexpr std::size_t furthest_page = 100'000;
constexpr std::size_t largest_page = 1000;

// Adds the entries in order; each version's own count gives the places.
void add_entries(Xapian::WritableDatabase& database, const std::vector<Entry>& entries) {
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const auto& entry : entries) {
    database.add_document(to_document(entry, places[{entry.document, entry.version}]++));
  }
}

Hit to_hit(Entry entry, const ParsedQuery& parsed) {
  auto excerpt = make_excerpt(entry.text.empty() ? entry.clause_title : entry.text, parsed);
  return {std::move(entry.document), std::move(entry.version),      std::move(entry.title),
          std::move(entry.path),     std::move(entry.clause_title), std::move(excerpt.text),
          std::move(excerpt.marks),  std::move(entry.kind)};
}

Result run(const Xapian::Database& database, const Query& query, const ParsedQuery& parsed) {
  Xapian::Enquire enquire(database);
  enquire.set_query(to_xapian(parsed, query.access_classes, query.current_only));
  enquire.set_sort_by_relevance_then_value(order_slot, false);
  const auto first = static_cast<Xapian::doccount>(std::min(query.first, furthest_page));
  const auto limit = static_cast<Xapian::doccount>(std::min(query.limit, largest_page));
  const auto matches = enquire.get_mset(first, limit, most_counted + 1);
  Result result;
  // A phrase's estimate can be fifty times too low; the lower bound is exact once that many were
  // checked.
  const auto found = matches.get_matches_lower_bound();
  result.count = std::min(found, most_counted);
  result.more = found > most_counted;
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    result.hits.push_back(to_hit(from_document(match.get_document()), parsed));
  }
  result.also = parsed.also;
  return result;
}

}  // namespace

struct Index::State {
  std::filesystem::path folder;
  bool created = false;
  std::atomic<bool> sound = false;  // found whole, and no read failed since

  void read(const Reading& reading);
  void require();
};

void Index::State::require() {
  if (!sound) require_sound(folder);
  sound = true;
}

void Index::State::read(const Reading& reading) {
  require();
  try {
    read_current(folder, reading);
  } catch (const Error&) {
    sound = false;
    throw;
  }
}

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::~Index() = default;

std::unique_ptr<Index> Index::open(const std::filesystem::path& folder) {
  auto state = std::make_unique<State>();
  state->folder = folder;
  SystemDisk().make_directories(folder);
  if (!has_current(folder)) {
    build_generation(folder, [](Xapian::WritableDatabase&) {});
    state->created = true;
  }
  return std::unique_ptr<Index>(new Index(std::move(state)));
}

bool Index::created() const { return state_->created; }

bool Index::needs_rebuild() const {
  try {
    state_->sound = false;
    state_->require();
    return false;
  } catch (const Error&) {
    return true;
  }
}

void Index::replace_document(const std::string& document, const std::vector<Entry>& entries) {
  for (const auto& entry : entries) VERMILION_ASSERT(entry.document == document);
  state_->require();
  write_current(state_->folder, [&](Xapian::WritableDatabase& database) {
    database.delete_document(document_term(document));
    add_entries(database, entries);
  });
}

void Index::rebuild(const std::vector<Entry>& entries) {
  build_generation(state_->folder,
                   [&](Xapian::WritableDatabase& database) { add_entries(database, entries); });
  state_->sound = true;
}

Result Index::search(const Query& query) const {
  const auto parsed = parse_query(query.text);
  Result result;
  if (parsed.empty() || query.access_classes.empty()) return result;
  state_->read([&](const Xapian::Database& database) { result = run(database, query, parsed); });
  return result;
}

std::vector<std::string> Index::contents() const {
  std::vector<std::string> result;
  state_->read([&](const Xapian::Database& database) {
    result.clear();
    for (auto id = database.postlist_begin(""); id != database.postlist_end(""); ++id) {
      const auto entry = from_document(database.get_document(*id));
      result.push_back(entry.document + '\t' + entry.version + '\t' + entry.path);
    }
  });
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace vermilion::search
