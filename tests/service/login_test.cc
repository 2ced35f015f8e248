// Sign-ins counted and locked, second factors, and what administrators may do about them.
#include "service/login.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "bureau.h"
#include "crypto/one_time_code.h"
#include "crypto/password.h"
#include "identity/login_lock.h"
#include "service/mail.h"
#include "service/notices.h"
#include "service/passwords.h"
#include "support/one_time_code.h"
#include "support/shared.h"

using namespace bureau;
using namespace std::chrono_literals;

namespace {

const std::string kOwn = "Tree7-lampKite";

struct Desk : Bureau {
  Desk() {
    auto admin = as("hsu01");
    auto console = this->console();
    for (const char* account : {"lin01", "wu06"}) {
      const auto made = service::reset_password(admin, account);
      (void)service::change_password(console, {account, require_string(made, "password")}, kOwn);
    }
  }
  std::string try_as(const std::string& account, const std::string& password,
                     const std::string& code = "") {
    auto console = this->console();
    return code_of([&] { service::sign_in(console, {account, password, code}); });
  }
  store::LogRow last() {
    store::LogFilter filter;
    filter.limit = 1;
    return store().catalogue().log(filter).back();
  }
};

}  // namespace

TEST_CASE("[SC-25] five failures lock for fifteen minutes, whoever knows the password",
          "[service][SC-25]") {
  Desk at;
  for (int i = 0; i < 4; ++i) CHECK(at.try_as("lin01", "wrong") == "login-failed");
  CHECK(at.last().outcome == "refused:login-failed");
  CHECK(at.try_as("lin01", "wrong") == "login-failed");
  CHECK(at.last().outcome == "refused:account-locked");
  CHECK(at.last().kind == "login");
  at.clock.advance(14min);
  CHECK(at.try_as("lin01", kOwn) == "login-failed");  // the sixth, with the right one
  CHECK(at.last().kind == "login-locked");
  CHECK(at.last().actor == "lin01");
  CHECK(at.try_as("wu06", kOwn) == "done");  // nobody else is concerned
  at.clock.advance(2min);
  CHECK(at.try_as("lin01", kOwn) == "done");
  // Counted anew after a success.
  for (int i = 0; i < 4; ++i) (void)at.try_as("lin01", "wrong");
  CHECK(at.try_as("lin01", kOwn) == "done");
}

TEST_CASE("[SC-25] tries during a lock neither lengthen it nor hide it", "[service][SC-25]") {
  Desk at;
  for (int i = 0; i < 5; ++i) (void)at.try_as("lin01", "wrong");
  for (int i = 0; i < 20; ++i) (void)at.try_as("lin01", "wrong");
  at.clock.advance(14min + 59s);
  CHECK(at.try_as("lin01", kOwn) == "login-failed");
  at.clock.advance(1s);
  CHECK(at.try_as("lin01", "wrong") == "login-failed");  // one of five again
  CHECK(at.try_as("lin01", kOwn) == "done");
}

TEST_CASE("failures far apart do not add up", "[service][SC-25]") {
  Desk at;
  for (int i = 0; i < 9; ++i) {
    (void)at.try_as("lin01", "wrong");
    at.clock.advance(15min + 1s);
  }
  CHECK(at.try_as("lin01", kOwn) == "done");
}

TEST_CASE("a lock holds in another process's store, and for the signing key too",
          "[service][SC-25]") {
  Desk at;
  for (int i = 0; i < 5; ++i) (void)at.try_as("lin01", "wrong");
  const auto other = store::Store::open(at.disk, at.clock, at.path());
  CHECK(identity::login_lock(other->catalogue(), "lin01", at.clock.now(), {}).locked);
  auto lin = at.as("lin01");  // with his own key file
  CHECK(code_of([&] { (void)lin.session(); }) == "login-failed");
  auto admin = at.as("hsu01");
  (void)service::unlock_account(admin, "lin01");
  CHECK(at.last().kind == "unlock");
  CHECK(at.try_as("lin01", kOwn) == "done");
}

TEST_CASE("wrong keys lock as wrong passwords do", "[service][SC-25]") {
  Desk at;
  for (int i = 0; i < 5; ++i) {
    service::Caller caller;
    caller.credentials = {"lin01", "", plain_pem(at.keys.at("wu06").key)};
    service::Context context(at.disk, at.clock, at.path(), caller);
    CHECK(code_of([&] { (void)context.session(); }) == "login-failed");
  }
  CHECK(at.try_as("lin01", kOwn) == "login-failed");
  CHECK(at.last().kind == "login-locked");
}

TEST_CASE("[SC-25] a burst of tries gets no more than five judged", "[service][SC-25]") {
  Desk at;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 4; ++i) (void)at.try_as("lin01", "wrong");
    });
  }
  for (auto& thread : threads) thread.join();
  store::LogFilter filter;
  filter.kind = identity::kLoginKind;
  filter.actor = "lin01";
  std::size_t judged = 0;
  for (const auto& row : at.store().catalogue().log(filter)) judged += row.outcome != "done";
  CHECK(judged == 5);
}

TEST_CASE("[SC-24] every failure runs Argon2 once and writes one entry [SC-45]", "[service][SC-24]") {
  Desk at;
  for (int i = 0; i < 5; ++i) (void)at.try_as("wu06", "wrong");
  auto admin = at.as("hsu01");
  (void)service::disable_person(admin, "chen04", "");
  const auto cost = [&](const std::string& account, const std::string& password) {
    const auto runs = crypto::argon2_runs();
    const auto entries = at.mark().log_size;
    CHECK(at.try_as(account, password) == "login-failed");
    return std::pair(crypto::argon2_runs() - runs, at.mark().log_size - entries);
  };
  (void)cost("nobody99", "x");  // the first one also makes the hash that nobody has
  const std::pair<std::uint64_t, std::uint64_t> same{1, 1};
  CHECK(cost("nobody99", kOwn) == same);  // unknown
  CHECK(cost("lin01", "wrong") == same);  // wrong password
  CHECK(cost("wu06", kOwn) == same);      // locked
  CHECK(cost("chen04", kOwn) == same);    // disabled, and never had a password
  CHECK(cost("zhou07", kOwn) == same);    // no password yet
  CHECK(cost("<script>", "") == same);    // no account at all
}

TEST_CASE("[SC-21] accounts and passwords of every kind are refused alike, and none is logged",
          "[service][SC-21]") {
  using namespace std::string_literals;
  const auto file = shared_suite("blns.json");
  Desk at;
  std::vector<std::string> typed = {"lin01\0hsu01"s, std::string(1 << 20, 'A'),
                                    "\xFF\xFE",        "' OR 1=1--",
                                    "../people/lin01", "LIN01",
                                    "ｌｉｎ０１",      "lin01 "};
  if (file) {
    int take = 0;
    for (const auto& item : parse_json(file_bytes(*file)))
      if (take++ % 8 == 0) typed.push_back(item.get<std::string>());  // each costs an Argon2
  }
  const auto before = at.mark().log_size;
  for (const auto& text : typed) {
    INFO(text.substr(0, 80));
    CHECK(at.try_as(text, text) == "login-failed");
  }
  for (const auto& row : at.log_from(before)) {
    CHECK(row.subject == "account");
    CHECK(row.actor == "local");
  }
}

TEST_CASE("the owner is told of a lock by a mail that holds no secret, and the log says so",
          "[service][SC-25]") {
  Desk at;
  std::vector<std::string> locked;
  service::Caller caller;
  caller.from = "web:192.0.2.7";
  caller.on_lock = [&](const std::string& account) { locked.push_back(account); };
  service::Context context(at.disk, at.clock, at.path(), caller);
  for (int i = 0; i < 7; ++i)
    CHECK(code_of([&] {
            service::sign_in(context, {"lin01", "wrong-Secret-1"});
          }) == "login-failed");
  CHECK(locked == std::vector<std::string>{"lin01"});

  Bytes mail;
  std::string command;
  service::Outside outside;
  outside.mail = [&](const std::string& to, const Bytes& bytes) {
    command = to;
    mail = bytes;
  };
  const auto told = [&](const std::string& account) {
    service::tell_of_lock(context, outside, account);
    return at.last().kind + " " + at.last().subject + " " + at.last().outcome;
  };
  CHECK(told("lin01") == "notice account lin01 lock failed:no-mail");
  const auto settings = at.disk.read_all(at.path() / "vermilion.yaml");
  at.disk.replace(
      at.path() / "vermilion.yaml",
      settings + "\nmail:\n  command: /usr/sbin/sendmail -t\n  from: isms@example.gov.tw\n");
  CHECK(told("wu06") == "notice account wu06 lock failed:no-address");
  CHECK(mail.empty());
  CHECK(told("lin01") == "notice account lin01 lock done");
  CHECK(command == "/usr/sbin/sendmail -t");
  CHECK(mail.find("To: lin01@example.gov.tw\n") != Bytes::npos);
  CHECK(mail.find("From: isms@example.gov.tw\n") == 0);
  CHECK(mail.find("2026-11-22T00:00:00Z") != Bytes::npos);
  for (const char* secret : {"wrong-Secret-1", "林堃", "監資處", "公開"})
    CHECK(mail.find(secret) == Bytes::npos);
  outside.mail = [](const std::string&, const Bytes&) {
    throw Error(Failure::unavailable, "mail-failed", {"x", "x"});
  };
  CHECK(told("lin01") == "notice account lin01 lock failed:mail-failed");
}

TEST_CASE("[SC-17] a person changes his own password; a wrong current one counts as a failure",
          "[service][SC-17]") {
  Desk at;
  at.clock.advance(24h);
  auto console = at.console();
  const auto change = [&](const std::string& now, const std::string& wanted) {
    return code_of([&] { (void)service::change_password(console, {"lin01", now}, wanted); });
  };
  CHECK(change("wrong", "Boat8-rainDrum") == "login-failed");
  CHECK(change(kOwn, "Password1234") == "password-weak");
  CHECK(at.last().kind == "password");
  CHECK(at.last().actor == "lin01");
  CHECK(at.last().outcome == "refused:password-weak");
  CHECK(change(kOwn, kOwn) == "password-reused");
  CHECK(change(kOwn, "Boat8-rainDrum") == "done");
  CHECK(change("Boat8-rainDrum", "Cloud9-seaHorn") == "password-too-new");
  CHECK(at.try_as("lin01", kOwn) == "login-failed");
  CHECK(at.try_as("lin01", "Boat8-rainDrum") == "done");
}

TEST_CASE("[SC-22] an administrator gives out a temporary password, told once and never logged",
          "[service][SC-15][SC-22]") {
  Desk at;
  auto admin = at.as("hsu01");
  const auto made = service::reset_password(admin, "lin01");
  const auto password = require_string(made, "password");
  CHECK(at.last().subject == "account lin01 reset");
  CHECK(service::password_state(admin, "lin01").change == "temporary");
  CHECK(at.try_as("lin01", kOwn) == "login-failed");
  CHECK(at.try_as("lin01", password) == "done");
  for (const auto& row : at.log_from(0))
    CHECK((row.subject + row.outcome).find(password) == std::string::npos);
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::reset_password(lin, "wu06"); }) == "no-right");
  CHECK(code_of([&] { (void)service::unlock_account(lin, "wu06"); }) == "no-right");
  CHECK(code_of([&] { (void)service::reset_second_factor(lin, "wu06"); }) == "no-right");
  CHECK(code_of([&] { (void)service::reset_password(admin, "nobody99"); }) == "no-person");
}

TEST_CASE("with a second factor the password alone opens nothing, and a code counts once",
          "[service]") {
  Desk at;
  auto console = at.console();
  const auto offer = service::offer_second_factor(console, "lin01");
  const auto secret = *crypto::from_base32(require_string(offer, "secret"));
  CHECK(require_string(offer, "uri").starts_with("otpauth://totp/"));
  const auto enrol = [&](const std::string& code) {
    return service::enrol_second_factor(console, {"lin01", kOwn, code}, offer["secret"]);
  };
  CHECK(code_of([&] { (void)enrol("000000"); }) == "wrong-code");
  const auto made = enrol(code_at(secret, at.clock.now()));
  CHECK(made["recovery_codes"].size() == 8);
  CHECK(code_of([&] { (void)enrol(code_at(secret, at.clock.now())); }) == "second-factor-set");

  CHECK(at.try_as("lin01", kOwn) == "login-failed");
  CHECK(at.try_as("lin01", kOwn, code_at(secret, at.clock.now())) ==
        "login-failed");  // used to enrol
  at.clock.advance(30s);
  const auto code = code_at(secret, at.clock.now());
  CHECK(at.try_as("lin01", "wrong", code) == "login-failed");  // which uses nothing up
  CHECK(at.try_as("lin01", kOwn, code) == "done");
  CHECK(at.try_as("lin01", kOwn, code) == "login-failed");
  // Of two at once with one code, one.
  at.clock.advance(30s);
  const auto next = code_at(secret, at.clock.now());
  std::atomic<int> in{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([&] { in += at.try_as("lin01", kOwn, next) == "done" ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  CHECK(in == 1);

  auto admin = at.as("hsu01");
  (void)service::unlock_account(admin, "lin01");
  const auto recovery = made["recovery_codes"][3].get<std::string>();
  CHECK(at.try_as("lin01", kOwn, recovery) == "done");
  CHECK(at.try_as("lin01", kOwn, recovery) == "login-failed");
  CHECK(service::password_state(console, "lin01").recovery_codes == 7);

  const auto text = *at.store().password("lin01");
  for (const auto& kept : made["recovery_codes"])
    CHECK(text.find(kept.get<std::string>()) == std::string::npos);
  CHECK(text.find(hex(secret)) == std::string::npos);

  CHECK(code_of([&] {
          (void)service::remove_second_factor(console, {"lin01", kOwn});
        }) == "login-failed");
  (void)service::remove_second_factor(console, {"lin01", kOwn, made["recovery_codes"][0]});
  CHECK(at.last().subject == "account lin01 removed");
  CHECK(at.try_as("lin01", kOwn) == "done");
}

TEST_CASE("an administrator removes a lost second factor, and the password stays", "[service]") {
  Desk at;
  auto console = at.console();
  const auto offer = service::offer_second_factor(console, "lin01");
  const auto secret = *crypto::from_base32(require_string(offer, "secret"));
  (void)service::enrol_second_factor(console, {"lin01", kOwn, code_at(secret, at.clock.now())},
                                     offer["secret"]);
  auto admin = at.as("hsu01");
  (void)service::reset_second_factor(admin, "lin01");
  CHECK(at.last().subject == "account lin01 reset");
  CHECK(at.try_as("lin01", kOwn) == "done");
}
