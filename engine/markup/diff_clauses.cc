// Problem  A clause put in at 3 renumbers all that follow; matching by path alone would show each
//          of them as rewritten.
// Idea     The surest matches first: same path and text; same path and a like text; same text
//          elsewhere; a like text elsewhere; at last, the same path with a text of its own.
#include <algorithm>
#include <map>
#include <string_view>

#include "markup/diff.h"
#include "markup/diff_lines.h"
#include "markup/likeness.h"
#include "markup/shown_lines.h"

namespace vermilion::markup {
namespace {

constexpr double alike = 0.5;
constexpr std::size_t most_clause_steps = 100'000'000;  // comparing clauses with clauses elsewhere
constexpr std::size_t nobody = static_cast<std::size_t>(-1);

struct Side {
  explicit Side(const Document& document) : all(clauses(document)), partner(all.size(), nobody) {
    for (const auto& clause : all) pairs.push_back(pairs_of(clause.text));
  }
  std::vector<std::size_t> unmatched() const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (partner[i] == nobody) result.push_back(i);
    }
    return result;
  }
  std::size_t size_of(const std::vector<std::size_t>& some) const {
    std::size_t size = 0;
    for (const auto i : some) size += pairs[i].size() + 1;
    return size;
  }
  std::vector<Clause> all;
  std::vector<Pairs> pairs;
  std::vector<std::size_t> partner;  // index on the other side
};

std::vector<Part> all_of(const Clause& clause, PartKind kind) {
  return {{kind, joined_text(shown_lines(clause))}};
}

std::vector<Part> parts_between(const Clause& then, const Clause& now) {
  const auto [before, after] = shown_sides(then, now);
  return diff_lines(before, after, now.title.empty() ? Heading::no : Heading::yes);
}

class Matching {
 public:
  Matching(const Document& before, const Document& after) : old_(before), new_(after) {
    for (std::size_t i = 0; i < old_.all.size(); ++i) old_at_[old_.all[i].path] = i;
    match_paths([this](auto i, auto j) { return old_.all[i].text == new_.all[j].text; });
    match_paths([this](auto i, auto j) { return likeness(old_.pairs[i], new_.pairs[j]) >= alike; });
    match_same_text();
    match_like_text();
    match_paths([](auto, auto) { return true; });
  }

  std::vector<ClauseChange> changes() const {
    std::vector<ClauseChange> result;
    add_removed(nobody, result);
    for (std::size_t j = 0; j < new_.all.size(); ++j) {
      add_change(j, result);
      add_removed(j, result);
    }
    return result;
  }

 private:
  void join(std::size_t i, std::size_t j) {
    old_.partner[i] = j;
    new_.partner[j] = i;
  }

  template <typename Fits>
  void match_paths(Fits fits) {
    for (const auto j : new_.unmatched()) {
      const auto found = old_at_.find(new_.all[j].path);
      if (found == old_at_.end() || old_.partner[found->second] != nobody) continue;
      if (fits(found->second, j)) join(found->second, j);
    }
  }

  void match_same_text() {
    std::map<std::string_view, std::vector<std::size_t>> by_text;
    const auto olds = old_.unmatched();
    for (auto i = olds.rbegin(); i != olds.rend(); ++i) by_text[old_.all[*i].text].push_back(*i);
    for (const auto j : new_.unmatched()) {
      const auto found = by_text.find(new_.all[j].text);
      if (new_.all[j].text.empty() || found == by_text.end() || found->second.empty()) continue;
      join(found->second.back(), j);
      found->second.pop_back();
    }
  }

  void match_like_text() {
    struct Pair {
      double like;
      std::size_t i, j;
    };
    const auto olds = old_.unmatched();
    const auto news = new_.unmatched();
    if (olds.size() * new_.size_of(news) + news.size() * old_.size_of(olds) > most_clause_steps)
      return;
    std::vector<Pair> candidates;
    for (const auto i : olds) {
      for (const auto j : news) {
        if (old_.all[i].text.empty() || new_.all[j].text.empty()) continue;
        const double like = likeness(old_.pairs[i], new_.pairs[j]);
        if (like >= alike) candidates.push_back({like, i, j});
      }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Pair& a, const Pair& b) { return a.like > b.like; });
    for (const auto& [like, i, j] : candidates) {
      if (old_.partner[i] == nobody && new_.partner[j] == nobody) join(i, j);
    }
  }

  void add_change(std::size_t j, std::vector<ClauseChange>& to) const {
    const auto& now = new_.all[j];
    if (new_.partner[j] == nobody) {
      to.push_back({ChangeKind::added, "", now.path, now.title, all_of(now, PartKind::added)});
      return;
    }
    const auto& then = old_.all[new_.partner[j]];
    if (then.text != now.text) {
      to.push_back({ChangeKind::changed, then.path, now.path, now.title, parts_between(then, now)});
    } else if (then.path != now.path) {
      to.push_back(
          {ChangeKind::moved, then.path, now.path, now.title, all_of(now, PartKind::kept)});
    }
  }

  // The removed clauses that stood after the old form of clause `j`, or at the very start.
  void add_removed(std::size_t j, std::vector<ClauseChange>& to) const {
    for (auto i = j == nobody                 ? 0
                  : new_.partner[j] == nobody ? nobody
                                              : new_.partner[j] + 1;
         i < old_.all.size() && old_.partner[i] == nobody; ++i) {
      const auto& gone = old_.all[i];
      to.push_back(
          {ChangeKind::removed, gone.path, "", gone.title, all_of(gone, PartKind::removed)});
    }
  }

  Side old_;
  Side new_;
  std::map<std::string, std::size_t> old_at_;
};

}  // namespace

std::vector<ClauseChange> diff_clauses(const Document& before, const Document& after) {
  return Matching(before, after).changes();
}

}  // namespace vermilion::markup
