#include "web/held.h"

#include <algorithm>
#include <numeric>

namespace vermilion::web {
namespace {

constexpr std::chrono::hours kHeld{12};
constexpr std::size_t kMostOfOne = 1 << 20;
constexpr std::size_t kMostOfAll = 64 << 20;

std::size_t size_of(const HeldForm& form) {
  return std::accumulate(form.fields.begin(), form.fields.end(), std::size_t{0},
                         [](std::size_t size, const auto& field) {
                           return size + field.first.size() + field.second.size();
                         });
}

Fields without_secrets(const Fields& typed) {
  Fields kept;
  for (const auto& [name, value] : typed) {
    if (!is_secret_field(name) && !value.empty()) kept.emplace(name, value);
  }
  return kept;
}

}  // namespace

bool is_secret_field(const std::string& name) {
  const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
  return has("password") || has("passphrase") || has("secret") || has("token") || name == "code";
}

bool HeldForms::keep(const std::string& account, const Request& request) {
  HeldForm form{request.path, without_secrets(request.form), clock_.now()};
  const auto size = size_of(form);
  if (form.fields.empty() || size > kMostOfOne) return false;
  auto all = forms_.lock();
  make_room(*all, size);
  all->insert_or_assign(account, std::move(form));
  return true;
}

std::optional<HeldForm> HeldForms::find(const std::string& account) {
  auto all = forms_.lock();
  make_room(*all, 0);
  const auto found = all->find(account);
  return found == all->end() ? std::nullopt : std::optional(found->second);
}

void HeldForms::drop(const std::string& account, const std::vector<std::string>& path) {
  auto all = forms_.lock();
  const auto found = all->find(account);
  if (found != all->end() && found->second.path == path) all->erase(found);
}

void HeldForms::make_room(All& all, std::size_t wanted) const {
  std::erase_if(all, [&](const auto& entry) { return clock_.now() - entry.second.at > kHeld; });
  std::size_t used = 0;
  for (const auto& entry : all) used += size_of(entry.second);
  while (!all.empty() && used + wanted > kMostOfAll) {
    const auto oldest = std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.second.at < b.second.at;
    });
    used -= size_of(oldest->second);
    all.erase(oldest);
  }
}

}  // namespace vermilion::web
