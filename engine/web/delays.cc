#include "web/delays.h"

#include <algorithm>

namespace vermilion::web {
namespace {

constexpr std::chrono::minutes kForgiven{15};
constexpr std::size_t kMostKept = 10000;
constexpr unsigned kMostDoublings = 4;

auto oldest_of(auto& all) {
  return std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.second.last < b.second.last;
  });
}

}  // namespace

std::chrono::milliseconds Delays::before(const std::string& account, const std::string& address) {
  auto all = failures_.lock();
  forget_old(*all);
  const auto found = all->find({account, address});
  if (found == all->end()) return std::chrono::milliseconds(0);
  return base_ * (1U << std::min(found->second.count - 1, kMostDoublings));
}

void Delays::failed(const std::string& account, const std::string& address) {
  auto all = failures_.lock();
  if (all->size() >= kMostKept) all->erase(oldest_of(*all));
  auto& failures = (*all)[{account, address}];
  ++failures.count;
  failures.last = clock_.now();
}

void Delays::succeeded(const std::string& account, const std::string& address) {
  failures_.lock()->erase({account, address});
}

void Delays::forget_old(All& all) const {
  std::erase_if(all,
                [&](const auto& entry) { return clock_.now() - entry.second.last > kForgiven; });
}

}  // namespace vermilion::web
