// Who is signed in at a browser, in memory only: a restart signs everybody out.
//
// Shape    The id is 32 random bytes as 64 hexadecimal digits, told to the browser alone. Each session carries the token that its
//          forms must bring back.
// Units    After its idle minutes (rules/profile.json) without a request a session is locked: nothing is done in its name any more, and it
//          only serves to keep what its owner was typing (held.h). 12 hours end it anyway.
// Threads  Any.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/guarded.h"

namespace vermilion::web {

struct Session {
  std::string id;
  std::string account;
  std::string name;  // as the page greets
  std::string unit;
  std::string form_token;
  std::string password_mark;  // of the password that it began with (service/passwords.h)
  std::chrono::seconds idle{15 * 60};
  // By the agency's account (service/agency.h); `way` is "" for the password kept here.
  std::string way;
  std::string link;
  std::string directory_name;
  std::set<std::string> closed_roles;
  std::optional<Instant> proved;  // when he last showed there who he is
  Instant began = {};
  Instant used = {};
  bool locked = false;
};

// Whether whoever came by the agency's account has shown there, in the last five minutes (service/agency.h), who he is; true of the
// others. A minute ahead is a clock that differs from ours.
[[nodiscard]] bool is_proved_afresh(const Session& session, Instant now);

class Sessions {
 public:
  static constexpr std::chrono::seconds longest{12 * 60 * 60};

  explicit Sessions(const Clock& clock) : clock_(clock) {}

  // A fresh id and token, whatever the browser held before.
  [[nodiscard]] Session begin(Session person);
  // The session if it lives; that counts as a use.
  [[nodiscard]] std::optional<Session> find(const std::string& id);
  // The session if it is locked.
  [[nodiscard]] std::optional<Session> find_locked(const std::string& id);
  // Its owner has shown anew who he is, or that proof is used up (nothing). False when there is no such session any more.
  bool prove(const std::string& id, std::optional<Instant> when);
  void end(const std::string& id);
  [[nodiscard]] std::size_t count();  // that live

 private:
  [[nodiscard]] std::optional<Session> find(const std::string& id, bool locked);
  [[nodiscard]] bool over(const Session& session) const;
  [[nodiscard]] bool is_locked(const Session& session) const;
  void forget_old(std::map<std::string, Session>& all) const;

  const Clock& clock_;
  Guarded<std::map<std::string, Session>> sessions_;
};

// 256 random bits as 64 hexadecimal digits, from the kernel. Throws unavailable "no-randomness".
[[nodiscard]] std::string random_token();
// Takes the same time wherever two texts of one length differ.
[[nodiscard]] bool same_secret(const std::string& one, const std::string& other) noexcept;

}  // namespace vermilion::web
