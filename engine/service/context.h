// Who is asking, of which store, as of when. Every service function takes one.
//
// Shape    Opens the store when made. The caller's secret is proved on first need (session()), and a failed proof is logged.
// Two times: day() is the effective date asked for (--at), evidence() the state known at the time asked for (--known-at).
//          Rights are always today's.
// Threads  One thread at a time.
// Audit    Who is bound to the scope of an audit (identity/engagement.h) gets a store that takes log entries from him and nothing else, and
//          no right beyond what the scope gives: limit().
// Errors   forbidden "read-only" when such a one acts, "sign-in-needed" when an act needs a person and there is none, "login-failed", "no-right",
//          "passphrase-needed" when somebody signed in has to sign.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "identity/custody.h"
#include "identity/engagement.h"
#include "identity/rules.h"
#include "identity/signing.h"
#include "model/statement.h"
#include "store/store.h"

namespace vermilion::service {

struct Outside;  // witness.h: the ways out of this machine

struct SignedBefore {
  Bytes statement;  // as thrown
  Bytes cms;
};
struct OnlyPrepared {
  Bytes statement;  // the exact bytes to sign
};

struct Caller {
  identity::Credentials credentials;  // account empty: the local console
  std::string from = "console";
  std::optional<Date> at;
  std::optional<Instant> known_at;
  // Set by a web session that has proved the login password: reading needs no more; a signature still needs the passphrase or key
  // file in `credentials`, afresh each time.
  bool signed_in = false;
  // Roles that are not open to whoever signed in as he did, though he holds them (service/agency.h).
  std::set<std::string> closed_roles = {};
  // Told of an account that failures have just locked, so that its owner hears of it (service/notices.h). May be empty.
  std::function<void(const std::string& account)> on_lock = {};
  // His key is in his browser: whatever would be signed is thrown as SignatureAwaited (service/signing.h) instead.
  bool signs_elsewhere = false;
  // His key is on another machine. Either nothing is signed, and the bytes to sign are thrown as OnlyPrepared; or they were signed
  // there, and the same act, asked for again within 15 minutes, is committed with that signature.
  bool only_prepare = false;
  std::optional<SignedBefore> signed_before = {};
  // For mails to persons and for time stamps; nullptr: there is no way out. Must outlive the context.
  const Outside* outside = nullptr;
  // For what he opens or takes away: a code of the profile's purposes; "" none was stated.
  std::string purpose = {};
};

class Context {
 public:
  Context(Disk& disk, const Clock& clock, const Path& store, Caller caller);
  ~Context();

  [[nodiscard]] store::Store& store() { return read_only_ ? *read_only_ : *store_; }
  // Waits until what was acted stands in all files; throws unavailable "fold-pending". Nothing is lost without it.
  void settle();
  [[nodiscard]] Disk& disk() { return disk_; }
  [[nodiscard]] const Outside* outside() const { return caller_.outside; }
  [[nodiscard]] const std::string& actor() const;  // account, or "local"
  [[nodiscard]] const Caller& caller() const { return caller_; }
  [[nodiscard]] bool local() const { return caller_.credentials.account.empty(); }
  [[nodiscard]] bool signs_elsewhere() const { return caller_.signs_elsewhere; }
  [[nodiscard]] const identity::Session& session();  // proves the secret; throws
  [[nodiscard]] crypto::Signer& signer();
  [[nodiscard]] const model::Person* person();   // nullptr: the local console
  [[nodiscard]] const identity::Rules& rules();  // today's

  [[nodiscard]] const std::string& purpose() const { return caller_.purpose; }
  // What an auditor is held to; null for everybody else.
  [[nodiscard]] const identity::AuditLimit* limit() const { return limit_ ? &*limit_ : nullptr; }

  [[nodiscard]] Date today() const;
  [[nodiscard]] Date day() const;  // --at, else today
  [[nodiscard]] bool looks_back() const { return caller_.known_at.has_value(); }
  [[nodiscard]] store::Snapshot evidence();  // --known-at, else now

  // Before session(): the caller's account may still wait for its authorisation. For what has to be signed before it.
  void admit_joiner() { caller_.credentials.joining = true; }

  // A log entry as this caller would make it.
  [[nodiscard]] store::Act act(const std::string& kind, const std::string& subject) const;
  // Logs an event that changes nothing: a read, an export, a search.
  void log(const std::string& kind, const std::string& subject,
           const std::string& outcome = "done");

  // The signer's own words for a statement under a right, for a unit and perhaps for a principal. Throws forbidden
  // "no-right" or "no-delegation".
  [[nodiscard]] model::SignerFields acting(const std::string& right, const std::string& unit = "",
                                           const std::string& on_behalf_of = "");
  // The same under a role that a form asks for ("" : whichever the person holds first, or none).
  [[nodiscard]] model::SignerFields acting_as(const std::string& role,
                                              const std::string& on_behalf_of = "");
  // Whether the person holds the right today; the console holds none.
  [[nodiscard]] bool may(const std::string& right);
  // Throws forbidden "no-right" unless he may.
  void require_right(const std::string& right);

 private:
  [[nodiscard]] identity::Session open_session();
  // Who delegated that right to the caller for today; else forbidden "no-delegation".
  [[nodiscard]] model::Person principal(const std::string& account, const std::string& right);

  Disk& disk_;
  Caller caller_;
  std::unique_ptr<store::Store> store_;
  std::optional<identity::AuditLimit> limit_;
  std::unique_ptr<store::Store> read_only_;  // in front of store_, for who has a limit
  std::optional<identity::Session> session_;
  std::optional<identity::Rules> rules_;
};

// Runs one act of a caller who has proved who he is (or of the console), so that no entry stands in the name of somebody else. A
// refusal (forbidden, conflict, invalid) is logged as such before it is thrown on; if it cannot be logged, the act fails as
// unavailable. A failed sign-in has its own entry.
void recorded(Context& context, const std::string& kind, const std::string& subject,
              const std::function<void()>& act);

// Work that was logged as begun: however it fails, the log says "failed:<code>" before that is thrown on.
void logged(Context& context, const std::string& kind, const std::string& subject,
            const std::function<void()>& work);

// The right a reading function asks for: a refusal is logged as the kind it would have been.
void require_right(Context& context, const std::string& right, const std::string& kind,
                   const std::string& subject);

// Signs what was prepared with the caller's key and commits it; or as Caller::only_prepare and signed_before say. Throws SignatureAwaited
// (service/signing.h) if that key is in his browser.
store::Receipt sign_and_commit(Context& context, const identity::Prepared& prepared);

// The subject of a log entry with why it came about, if there is a why: "delegation 01J… access-review 01K… row 7".
[[nodiscard]] std::string reasoned(const std::string& subject, const std::string& because);

[[nodiscard]] std::string zone_of(Context& context);  // "Asia/Taipei"

}  // namespace vermilion::service
