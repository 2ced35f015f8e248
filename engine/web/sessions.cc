#include "web/sessions.h"

#include <sys/random.h>

#include <array>

#include "base/bytes.h"
#include "base/error.h"

namespace vermilion::web {
namespace {

// More than any office has people; the one unused longest makes room.
constexpr std::size_t kMostSessions = 10000;

}  // namespace

std::string random_token() {
  std::array<char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw Error(Failure::unavailable, "no-randomness",
                {"系統未提供亂數，請稍後再試", "the system gave no random bytes; try again later"});
  }
  return hex({bytes.data(), bytes.size()});
}

bool same_secret(const std::string& one, const std::string& other) noexcept {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  return difference == 0;
}

Session Sessions::begin(const std::string& account, const std::string& name,
                        const std::string& unit) {
  const auto now = clock_.now();
  const Session session{random_token(), account, name, unit, random_token(), now, now};
  auto all = sessions_.lock();
  forget_old(*all);
  all->emplace(session.id, session);
  return session;
}

std::optional<Session> Sessions::find(const std::string& id) {
  auto all = sessions_.lock();
  const auto found = all->find(id);
  if (found == all->end()) return std::nullopt;
  if (over(found->second)) {
    all->erase(found);
    return std::nullopt;
  }
  found->second.used = clock_.now();
  return found->second;
}

void Sessions::end(const std::string& id) { sessions_.lock()->erase(id); }
std::size_t Sessions::count() { return sessions_.lock()->size(); }

bool Sessions::over(const Session& session) const {
  const auto now = clock_.now();
  return now - session.used > idle || now - session.began > longest;
}

void Sessions::forget_old(std::map<std::string, Session>& all) const {
  std::erase_if(all, [&](const auto& entry) { return over(entry.second); });
  if (all.size() < kMostSessions) return;
  auto oldest = all.begin();
  for (auto it = all.begin(); it != all.end(); ++it) {
    if (it->second.used < oldest->second.used) oldest = it;
  }
  all.erase(oldest);
}

}  // namespace vermilion::web
