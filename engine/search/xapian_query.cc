#include "search/xapian_query.h"

#include <algorithm>

#include "search/terms.h"

namespace vermilion::search {
namespace {

using Xapian::Query;
using Queries = std::vector<Query>;

Query combine(Query::op operation, const Queries& parts) {
  return Query(operation, parts.begin(), parts.end());
}

Query segment_query(const std::vector<Token>& segment, const std::string& prefix) {
  auto terms = segment_terms(segment);
  for (auto& term : terms) term.insert(0, prefix);
  if (terms.size() == 1) return Query(terms[0]);
  const auto window = static_cast<Xapian::termcount>(terms.size());
  return Query(Query::OP_PHRASE, terms.begin(), terms.end(), window);
}

// That the segments follow each other with punctuation between. Xapian's phrases know a width, not
// a distance: the joints make up for that.
Query order_query(const std::vector<std::vector<Token>>& parts, const std::string& prefix) {
  std::vector<std::string> starts;
  Queries all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    starts.push_back(prefix + segment_terms(parts[i]).front());
    if (i > 0) all.emplace_back(prefix + joint(parts[i - 1].back(), parts[i].front()));
  }
  const auto width = parts.back().front().position - parts.front().front().position + 1;
  all.emplace_back(Query::OP_PHRASE, starts.begin(), starts.end(), width);
  return combine(Query::OP_AND, all);
}

Query phrase_query(const Phrase& phrase, const std::string& prefix) {
  const auto parts = segments(phrase);
  if (parts.size() == 1) return segment_query(parts[0], prefix);
  Queries all;
  for (const auto& part : parts) all.push_back(segment_query(part, prefix));
  return Query(Query::OP_FILTER, combine(Query::OP_AND, all), order_query(parts, prefix));
}

Query apart_query(const Phrase& phrase, const std::string& prefix) {
  Queries all;
  for (const auto& token : phrase) all.emplace_back(prefix + token.term);
  return combine(Query::OP_AND, all);
}

Query wanted_query(const Wanted& wanted, const std::string& prefix) {
  Queries all;
  for (const auto& spelling : wanted.spellings) {
    all.push_back(wanted.apart ? apart_query(spelling, prefix) : phrase_query(spelling, prefix));
  }
  return all.size() == 1 ? all[0] : combine(Query::OP_SYNONYM, all);
}

Query any_of(const std::vector<Wanted>& group, const std::string& prefix) {
  Queries all;
  for (const auto& wanted : group) all.push_back(wanted_query(wanted, prefix));
  return combine(Query::OP_OR, all);
}

Query required_query(const ParsedQuery& parsed) {
  Queries everything;
  Queries own{Query(first_term)};
  for (const auto& group : parsed.required) {
    own.push_back(any_of(group, ""));
    everything.push_back(Query(Query::OP_OR, own.back(), any_of(group, title_prefix)));
  }
  return Query(Query::OP_FILTER, combine(Query::OP_AND, everything), combine(Query::OP_OR, own));
}

Query rights_query(const std::vector<std::string>& access_classes, bool current_only) {
  Queries classes;
  for (const auto& name : access_classes) {
    if (const auto term = key_term(access_prefix, name)) classes.emplace_back(*term);
  }
  const auto allowed = combine(Query::OP_OR, classes);
  return current_only ? Query(Query::OP_AND, allowed, Query(current_term)) : allowed;
}

}  // namespace

std::optional<std::string> key_term(const char* prefix, const std::string& key) {
  const auto zeros = static_cast<std::size_t>(std::count(key.begin(), key.end(), '\0'));
  if (key.size() + zeros > 240) return std::nullopt;
  return prefix + key;
}

Query to_xapian(const ParsedQuery& parsed, const std::vector<std::string>& access_classes,
                bool current_only) {
  const auto rights = rights_query(access_classes, current_only);
  if (parsed.empty() || rights.empty()) return Query::MatchNothing;
  auto query = required_query(parsed);
  if (!parsed.together.empty()) {
    query = Query(Query::OP_AND_MAYBE, query, phrase_query(parsed.together, ""));
  }
  if (!parsed.excluded.empty()) {
    query = Query(Query::OP_AND_NOT, query, any_of(parsed.excluded, ""));
  }
  return Query(Query::OP_FILTER, query, rights);
}

}  // namespace vermilion::search
