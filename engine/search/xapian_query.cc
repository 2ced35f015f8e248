#include "search/xapian_query.h"

#include <algorithm>

#include "search/terms.h"

namespace vermilion::search {
namespace {

using XapianQuery = Xapian::Query;
using Queries = std::vector<XapianQuery>;

XapianQuery combine(XapianQuery::op operation, const Queries& parts) {
  return XapianQuery(operation, parts.begin(), parts.end());
}

XapianQuery segment_query(const std::vector<Token>& segment, const std::string& prefix) {
  auto terms = segment_terms(segment);
  for (auto& term : terms) term.insert(0, prefix);
  if (terms.size() == 1) return XapianQuery(terms[0]);
  const auto window = static_cast<Xapian::termcount>(terms.size());
  return XapianQuery(XapianQuery::OP_PHRASE, terms.begin(), terms.end(), window);
}

// That the segments follow each other with punctuation between. Xapian's phrases know a width, not
// a distance: the joints make up for that.
XapianQuery order_query(const std::vector<std::vector<Token>>& parts, const std::string& prefix) {
  std::vector<std::string> starts;
  Queries all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    starts.push_back(prefix + segment_terms(parts[i]).front());
    if (i > 0) all.emplace_back(prefix + joint(parts[i - 1].back(), parts[i].front()));
  }
  const auto width = parts.back().front().position - parts.front().front().position + 1;
  all.emplace_back(XapianQuery::OP_PHRASE, starts.begin(), starts.end(), width);
  return combine(XapianQuery::OP_AND, all);
}

XapianQuery phrase_query(const Phrase& phrase, const std::string& prefix) {
  const auto parts = segments(phrase);
  if (parts.size() == 1) return segment_query(parts[0], prefix);
  Queries all;
  for (const auto& part : parts) all.push_back(segment_query(part, prefix));
  return XapianQuery(XapianQuery::OP_FILTER, combine(XapianQuery::OP_AND, all),
                     order_query(parts, prefix));
}

XapianQuery apart_query(const Phrase& phrase, const std::string& prefix) {
  Queries all;
  for (const auto& token : phrase) all.emplace_back(prefix + token.term);
  return combine(XapianQuery::OP_AND, all);
}

XapianQuery wanted_query(const Wanted& wanted, const std::string& prefix) {
  Queries all;
  for (const auto& spelling : wanted.spellings) {
    all.push_back(wanted.apart ? apart_query(spelling, prefix) : phrase_query(spelling, prefix));
  }
  return all.size() == 1 ? all[0] : combine(XapianQuery::OP_SYNONYM, all);
}

XapianQuery any_of(const std::vector<Wanted>& group, const std::string& prefix) {
  Queries all;
  for (const auto& wanted : group) all.push_back(wanted_query(wanted, prefix));
  return combine(XapianQuery::OP_OR, all);
}

XapianQuery required_query(const ParsedQuery& parsed) {
  Queries everything;
  Queries own{XapianQuery(first_term)};
  for (const auto& group : parsed.required) {
    own.push_back(any_of(group, ""));
    everything.push_back(XapianQuery(XapianQuery::OP_OR, own.back(), any_of(group, title_prefix)));
  }
  return XapianQuery(XapianQuery::OP_FILTER, combine(XapianQuery::OP_AND, everything),
                     combine(XapianQuery::OP_OR, own));
}

XapianQuery rights_query(const std::vector<std::string>& access_classes, bool current_only) {
  Queries classes;
  for (const auto& name : access_classes) {
    if (const auto term = key_term(access_prefix, name)) classes.emplace_back(*term);
  }
  const auto allowed = combine(XapianQuery::OP_OR, classes);
  return current_only ? XapianQuery(XapianQuery::OP_AND, allowed, XapianQuery(current_term))
                      : allowed;
}

}  // namespace

std::optional<std::string> key_term(const char* prefix, const std::string& key) {
  const auto zeros = static_cast<std::size_t>(std::count(key.begin(), key.end(), '\0'));
  if (key.size() + zeros > 240) return std::nullopt;
  return prefix + key;
}

XapianQuery to_xapian(const ParsedQuery& parsed, const std::vector<std::string>& access_classes,
                      bool current_only) {
  const auto rights = rights_query(access_classes, current_only);
  if (parsed.empty() || rights.empty()) return XapianQuery::MatchNothing;
  auto query = required_query(parsed);
  if (!parsed.together.empty()) {
    query = XapianQuery(XapianQuery::OP_AND_MAYBE, query, phrase_query(parsed.together, ""));
  }
  if (!parsed.excluded.empty()) {
    query = XapianQuery(XapianQuery::OP_AND_NOT, query, any_of(parsed.excluded, ""));
  }
  return XapianQuery(XapianQuery::OP_FILTER, query, rights);
}

}  // namespace vermilion::search
