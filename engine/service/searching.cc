#include "service/searching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "crypto/digest.h"
#include "evidence/revision.h"
#include "markup/document.h"
#include "search/index.h"
#include "service/access.h"
#include "workflow/documents.h"

namespace vermilion::service {
namespace {

// As search/index.h: a page holds at most 1000 hits, counts are exact up to 1000, no page begins beyond 100 000.
constexpr std::size_t kPage = 1000;
constexpr std::size_t kCounted = 1000;
constexpr std::size_t kFurthest = 100'000;

Path state_file(Context& context) { return context.store().path() / "index" / "search-state.json"; }

std::optional<model::Version> current_version(Context& context, const store::Snapshot& evidence,
                                              const std::string& id) {
  return evidence::in_force_on(context.today(), workflow::publications_of(evidence, id),
                               workflow::withdrawal_of(evidence, id));
}

// Everything the entries of a document depend on.
std::string fingerprint(Context& context, const store::Snapshot& evidence, const std::string& id) {
  Json parts = Json::array();
  for (const auto& p : workflow::publications_of(evidence, id))
    parts.push_back({p.version.text(), p.content, p.metadata});
  const auto current = current_version(context, evidence, id);
  return crypto::digest_text(
      canonical({{"versions", parts}, {"current", current ? current->text() : ""}}));
}

std::vector<search::Entry> entries_of(Context& context, const store::Snapshot& evidence,
                                      const std::string& id) {
  std::vector<search::Entry> entries;
  const auto current = current_version(context, evidence, id);
  for (const auto& publication : workflow::publications_of(evidence, id)) {
    const auto published = workflow::published_version(context.store(), id, publication.version);
    const auto document = markup::parse_markdown(published.markdown);
    for (const auto& clause : markup::clauses(document)) {
      entries.push_back({id, publication.version.text(), published.metadata.title, clause.path,
                         clause.title, clause.prose, "document", published.metadata.classification,
                         current == publication.version, iso_date(publication.effective)});
    }
  }
  return entries;
}

Json read_state(Context& context) {
  try {
    return parse_json(context.disk().read_all(state_file(context)));
  } catch (const Error&) {
    return Json::object();  // unreadable or absent: everything is indexed anew
  }
}

std::vector<search::Entry> all_entries(Context& context, Json& state) {
  const auto evidence = context.store().evidence();
  std::vector<search::Entry> entries;
  for (const auto& id : workflow::document_ids(evidence)) {
    auto some = entries_of(context, evidence, id);
    std::move(some.begin(), some.end(), std::back_inserter(entries));
    state[id] = fingerprint(context, evidence, id);
  }
  return entries;
}

void rebuild(Context& context, search::Index& index) {
  Json state = Json::object();
  index.rebuild(all_entries(context, state));
  context.disk().replace(state_file(context), canonical(state));
}

std::unique_ptr<search::Index> fresh_index(Context& context) {
  auto index = search::Index::open(index_folder(context));
  auto state = read_state(context);
  if (index->created() || index->needs_rebuild() || state.empty()) {
    rebuild(context, *index);
    return index;
  }
  const auto evidence = context.store().evidence();
  bool changed = false;
  for (const auto& id : workflow::document_ids(evidence)) {
    const auto present = fingerprint(context, evidence, id);
    if (string_or_empty(state, id.c_str()) == present) continue;
    index->replace_document(id, entries_of(context, evidence, id));
    state[id] = present;
    changed = true;
  }
  if (changed) context.disk().replace(state_file(context), canonical(state));
  return index;
}

Json hit_json(const search::Hit& hit) {
  Json marks = Json::array();
  for (const auto& [from, to] : hit.marks) marks.push_back({from, to});
  return {{"id", hit.document},
          {"title", hit.title},
          {"version", hit.version},
          {"clause", hit.path},
          {"clause_title", hit.clause_title},
          {"excerpt", hit.excerpt},
          {"marks", marks},
          {"kind", hit.kind}};
}

// The versions an answer may speak of, per document: in force on day(), or with `all_versions` known at the time asked for.
class Wanted {
 public:
  Wanted(Context& context, bool all_versions)
      : context_(context),
        day_(context.day()),
        evidence_(context.evidence()),
        all_versions_(all_versions) {}

  [[nodiscard]] bool operator()(const search::Hit& hit) {
    if (context_.limit() && !in_scope(hit)) return false;
    const auto found = versions_.find(hit.document);
    const auto& versions = found != versions_.end()
                               ? found->second
                               : versions_.emplace(hit.document, of(hit.document)).first->second;
    return versions.contains(hit.version);
  }

 private:
  [[nodiscard]] std::set<std::string> of(const std::string& id) const {
    std::set<std::string> versions;
    const auto publications = workflow::publications_of(evidence_, id);
    if (all_versions_) {
      for (const auto& p : publications) versions.insert(p.version.text());
    } else if (const auto version = evidence::in_force_on(day_, publications,
                                                          workflow::withdrawal_of(evidence_, id))) {
      versions.insert(version->text());
    }
    return versions;
  }

  // Documents that an auditor's scope does not cover, and clauses beside the covered ones, are not there.
  [[nodiscard]] bool in_scope(const search::Hit& hit) const {
    const auto metadata = metadata_of(context_, evidence_, hit.document);
    return metadata && identity::lies_in(hit.path, context_.limit()->clauses_of(
                                                       hit.document, metadata->owner_unit));
  }

  Context& context_;
  Date day_;
  store::Snapshot evidence_;
  bool all_versions_;
  std::map<std::string, std::set<std::string>> versions_;
};

// The index marks the version in force today only. For another day, or an earlier state of knowledge, every version is
// searched within the asker's rights and the others are left out before anything is counted.
search::Result search_then(Context& context, const search::Index& index, search::Query query) {
  Wanted wanted(context, !query.current_only);
  const auto [first, limit] = std::pair(query.first, std::min(query.limit, kPage));
  query.current_only = false;
  query.limit = kPage;
  search::Result answer;
  std::size_t count = 0;
  for (query.first = 0; query.first <= kFurthest; query.first += kPage) {
    auto page = index.search(query);
    if (!context.limit()) answer.also = std::move(page.also);  // they come from more than a scope
    for (auto& hit : page.hits) {
      if (!wanted(hit)) continue;
      if (count++ >= first && answer.hits.size() < limit) answer.hits.push_back(std::move(hit));
    }
    const bool enough = count > kCounted && count >= first + limit;
    if (page.hits.size() < kPage || enough) break;
  }
  answer.count = std::min(count, kCounted);
  answer.more = count > kCounted;
  return answer;
}

search::Result search_as_asked(Context& context, const search::Query& query) {
  const auto index = fresh_index(context);
  const bool now = !context.looks_back() && !context.limit() &&
                   (!query.current_only || context.day() == context.today());
  return now ? index->search(query) : search_then(context, *index, query);
}

// An excerpt is a piece of the content: what opens only with an authorisation is not searched.
std::vector<std::string> searchable_labels(Context& context) {
  std::vector<std::string> labels;
  for (const auto& one : context.rules().classifications()) {
    const bool readable = context.limit() != nullptr ||
                          context.rules().may_read(context.person(), one.label, context.today());
    if (readable && !one.authorisation) labels.push_back(one.label);
  }
  return labels;
}

}  // namespace

Path index_folder(Context& context) { return context.store().path() / "index" / "search"; }

Json search_documents(Context& context, const SearchRequest& request) {
  search::Query query;
  query.text = request.text;
  query.access_classes = searchable_labels(context);
  query.current_only = !request.all_versions;
  query.first = request.first;
  query.limit = request.limit;
  const auto result = search_as_asked(context, query);
  Json answer = {{"count", result.count},
                 {"more", result.more},
                 {"also", result.also},
                 {"hits", Json::array()}};
  for (const auto& hit : result.hits) answer["hits"].push_back(hit_json(hit));
  const auto digest =
      crypto::hmac_sha256(context.store().derived_key("search-queries"), request.text);
  context.log("search", fmt::format("query hmac-sha256:{} count {}", hex(digest), result.count));
  return answer;
}

void rebuild_search(Context& context) {
  const auto index = search::Index::open(index_folder(context));
  rebuild(context, *index);
}

void check_search(Context& context,
                  const std::function<void(const std::string&, const std::string&)>& fault) {
  const auto index = fresh_index(context);
  Json state = Json::object();
  std::vector<std::string> expected;
  for (const auto& entry : all_entries(context, state)) {
    expected.push_back(entry.document + "\t" + entry.version + "\t" + entry.path);
  }
  std::sort(expected.begin(), expected.end());
  if (index->contents() != expected) {
    fault("index/search",
          "索引與證據不符，請執行 rebuild / the index differs from the evidence; run rebuild");
  }
}

}  // namespace vermilion::service
