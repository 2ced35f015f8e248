#include "web/sessions.h"

#include <sys/random.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/error.h"

namespace vermilion::web {
namespace {

// More than any office has people; the one unused longest makes room.
constexpr std::size_t kMostSessions = 10000;
constexpr std::chrono::minutes kProofLasts{5};
constexpr std::chrono::minutes kClocksDiffer{1};

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

bool is_proved_afresh(const Session& session, Instant now) {
  if (session.way.empty()) return true;
  return session.proved && *session.proved <= now + kClocksDiffer &&
         now - *session.proved <= kProofLasts;
}

Session Sessions::begin(Session person) {
  person.id = random_token();
  person.form_token = random_token();
  person.began = person.used = clock_.now();
  person.locked = false;
  auto all = sessions_.lock();
  forget_old(*all);
  all->emplace(person.id, person);
  return person;
}

std::optional<Session> Sessions::find(const std::string& id) { return find(id, false); }
std::optional<Session> Sessions::find_locked(const std::string& id) { return find(id, true); }

std::optional<Session> Sessions::find(const std::string& id, bool locked) {
  auto all = sessions_.lock();
  const auto found = all->find(id);
  if (found == all->end()) return std::nullopt;
  auto& session = found->second;
  if (over(session)) {
    all->erase(found);
    return std::nullopt;
  }
  session.locked = is_locked(session);  // for good, even if the clock is set back
  if (session.locked != locked) return std::nullopt;
  if (!locked) session.used = clock_.now();
  return session;
}

bool Sessions::prove(const std::string& id, std::optional<Instant> when) {
  auto all = sessions_.lock();
  const auto found = all->find(id);
  if (found == all->end() || over(found->second) || is_locked(found->second)) return false;
  found->second.proved = when;
  return true;
}

void Sessions::end(const std::string& id) { sessions_.lock()->erase(id); }

std::size_t Sessions::count() {
  auto all = sessions_.lock();
  return static_cast<std::size_t>(std::count_if(all->begin(), all->end(), [&](const auto& entry) {
    return !over(entry.second) && !is_locked(entry.second);
  }));
}

bool Sessions::over(const Session& session) const { return clock_.now() - session.began > longest; }

bool Sessions::is_locked(const Session& session) const {
  return session.locked || clock_.now() - session.used > session.idle;
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
