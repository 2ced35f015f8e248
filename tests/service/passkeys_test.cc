// Passkeys in an office: made, used, stolen, copied, replayed and taken away.
#include "service/passkeys.h"

#include <catch2/catch.hpp>
#include <thread>

#include "bureau.h"
#include "crypto/base64url.h"
#include "crypto/one_time_code.h"
#include "crypto/password.h"
#include "identity/passkeys.h"
#include "service/attempt.h"
#include "service/lifecycle.h"
#include "service/local_login.h"
#include "service/passwords.h"
#include "support/authenticator.h"
#include "support/one_time_code.h"

using namespace bureau;
using namespace std::chrono_literals;
using authenticator::Device;

namespace {

const std::string kOwnPassword = "Tree7-lampKite";
const service::PasskeySite kSite{"https://localhost:8443", "localhost"};

struct PasskeyDesk : Bureau {
  service::PasskeyChallenges challenges{clock};
  Device device;

  PasskeyDesk() {
    auto admin = as("hsu01");
    auto console = this->console();
    for (const char* account : {"lin01", "wu06"}) {
      const auto made = service::reset_password(admin, account);
      (void)service::change_password(console, {account, require_string(made, "password")},
                                     kOwnPassword);
    }
  }

  std::string add(const std::string& account, const Device& made,
                  const std::string& password = kOwnPassword,
                  const std::string& name = "辦公室電腦") {
    auto console = this->console();
    const auto creation = made.creates({kSite.origin, kSite.name, challenges.issue("add")});
    return code_of([&] {
      (void)service::add_passkey(
          console, {account, password},
          {challenges, "add", kSite, name, creation.client_data, creation.data});
    });
  }
  service::PasskeyProof proof(const Device& used, const std::string& challenge, const Bytes& handle,
                              const service::PasskeySite& site = kSite) {
    const auto answer = used.answers({site.origin, site.name, challenge});
    return {challenges, "sign-in",          site,        used.id,
            handle,     answer.client_data, answer.data, answer.signature};
  }
  Bytes handle_of(const std::string& account) { return identity::passkey_handle(store(), account); }
  std::string try_proof(const service::PasskeyProof& given, const service::SignIn& typed = {}) {
    auto console = this->console();
    return code_of([&] {
      const auto session = service::sign_in_by_passkey(console, given, typed);
      if (session.person.account != "lin01") throw Bug("signed in as somebody else");
    });
  }
  // With the counter one further, as a device does.
  std::string sign_in(const service::SignIn& typed = {}) {
    ++device.counter;
    return try_proof(proof(device, challenges.issue("sign-in"), handle_of("lin01")), typed);
  }
  std::string by_password(const std::string& code = "") {
    auto console = this->console();
    return code_of([&] { service::sign_in(console, {"lin01", kOwnPassword, code}); });
  }
  std::string list_text() {
    auto console = this->console();
    return service::list_passkeys(console, "lin01").dump();
  }
  store::LogRow last_row() { return store().catalogue().log({}).back(); }
};

}  // namespace

TEST_CASE("passkeys: one signs in by itself; the password alone no longer does",
          "[service][SC-23]") {
  PasskeyDesk at;
  CHECK(at.by_password() == "done");
  CHECK(at.add("lin01", at.device, "wrong") == "login-failed");
  CHECK(at.list_text() == "[]");
  CHECK(at.add("lin01", at.device) == "done");
  const auto name = identity::passkey_name({at.device.id, "", 0});
  CHECK(at.last_row().kind == "passkey");
  CHECK(at.last_row().actor == "lin01");
  CHECK(at.last_row().subject == "account lin01 passkey " + name + " added");
  CHECK(at.sign_in() == "done");
  CHECK(at.last_row().kind == "login");
  CHECK(at.last_row().actor == "lin01");
  CHECK(at.by_password() == "login-failed");
  CHECK(at.list_text().find("\"used\":\"2026-") != std::string::npos);
  for (const auto& row : at.log_from(0)) CHECK(row.subject.find("電腦") == std::string::npos);
}

TEST_CASE("passkeys: an answer counts once, for what it was asked for, within five minutes",
          "[service][SC-27]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  const auto handle = at.handle_of("lin01");
  at.device.counter = 2;
  const auto replayed = at.proof(at.device, at.challenges.issue("sign-in"), handle);
  CHECK(at.try_proof(replayed) == "done");
  CHECK(at.try_proof(replayed) == "login-failed");
  // A device that does not count is known by the challenge alone.
  Device plain;
  plain.counter = 0;
  plain.id = "passkey two";
  REQUIRE(at.add("lin01", plain) == "done");
  const auto again = at.proof(plain, at.challenges.issue("sign-in"), handle);
  CHECK(at.try_proof(again) == "done");
  CHECK(at.try_proof(again) == "login-failed");

  CHECK(at.try_proof(at.proof(plain, at.challenges.issue("sign-in of another session"), handle)) ==
        "login-failed");
  CHECK(at.try_proof(at.proof(plain, crypto::base64url("made up"), handle)) == "login-failed");
  auto admin = at.as("hsu01");
  (void)service::unlock_account(admin, "lin01");
  const auto late = at.proof(plain, at.challenges.issue("sign-in"), handle);
  at.clock.advance(5min);
  CHECK(at.try_proof(late) == "login-failed");
  const auto timely = at.proof(plain, at.challenges.issue("sign-in"), handle);
  at.clock.advance(4min + 59s);
  CHECK(at.try_proof(timely) == "done");
}

TEST_CASE("passkeys: challenges are known by whoever gave them out, once", "[service]") {
  PasskeyDesk at;
  const auto challenge = at.challenges.issue("sign-in a");
  CHECK(challenge.size() == 75);
  CHECK_FALSE(at.challenges.take(challenge, "sign-in b"));
  for (const std::string& other : {std::string(), challenge + "A", challenge.substr(1),
                                   std::string(75, 'A'), std::string("\xff\xfe"), challenge + "="})
    CHECK_FALSE(at.challenges.take(other, "sign-in a"));
  CHECK(at.challenges.take(challenge, "sign-in a"));
  CHECK_FALSE(at.challenges.take(challenge, "sign-in a"));
  const service::PasskeyChallenges elsewhere(at.clock);
  CHECK_FALSE(at.challenges.take(elsewhere.issue("sign-in a"), "sign-in a"));
  const auto later = at.challenges.issue("sign-in a");
  at.clock.set("2020-01-01T00:00:00Z");  // set back: it lives no longer for that
  CHECK_FALSE(at.challenges.take(later, "sign-in a"));
}

TEST_CASE("passkeys: a counter that goes back is refused, and the log says of which passkey",
          "[service]") {
  PasskeyDesk at;
  at.device.counter = 10;
  REQUIRE(at.add("lin01", at.device) == "done");
  at.device.counter = 20;
  CHECK(at.sign_in() == "done");
  auto copy = at.device;  // made before: it has not counted since
  copy.counter = 15;
  const auto before = at.mark().log_size;
  CHECK(at.try_proof(at.proof(copy, at.challenges.issue("sign-in"), at.handle_of("lin01"))) ==
        "login-failed");
  const auto rows = at.log_from(before);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].kind == "passkey");
  CHECK(rows[0].outcome == "refused:passkey-counter");
  CHECK(rows[0].subject == "account lin01 passkey " + identity::passkey_name({copy.id, "", 0}));
  CHECK(rows[1].outcome == "refused:login-failed");
  CHECK(at.sign_in() == "done");  // the right one goes on
}

TEST_CASE("passkeys: another person's, another site's and made-up ones open nothing, and lock",
          "[service][SC-25]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  Device wus;
  wus.id = "of wu06";
  REQUIRE(at.add("wu06", wus) == "done");
  const auto lins = at.handle_of("lin01");
  ++wus.counter;
  CHECK(at.try_proof(at.proof(wus, at.challenges.issue("sign-in"), lins)) == "login-failed");
  wus.id = at.device.id;  // his key under her passkey's name
  CHECK(at.try_proof(at.proof(wus, at.challenges.issue("sign-in"), lins)) == "login-failed");
  const service::PasskeySite other{"https://isms.example.gov.tw", "isms.example.gov.tw"};
  at.device.counter = 9;
  CHECK(at.try_proof(at.proof(at.device, at.challenges.issue("sign-in"), lins, other)) ==
        "login-failed");
  auto unverified = at.device;
  unverified.flags = authenticator::kPresent;
  CHECK(at.try_proof(at.proof(unverified, at.challenges.issue("sign-in"), lins)) == "login-failed");
  CHECK(at.sign_in() == "done");

  // Handles that this store did not make name nobody.
  for (const Bytes& handle : {Bytes(), Bytes("lin01"), Bytes(40, 'x'), Bytes(1 << 20, 'x')}) {
    const auto runs = crypto::argon2_runs();
    CHECK(at.try_proof(at.proof(at.device, at.challenges.issue("sign-in"), handle)) ==
          "login-failed");
    CHECK(crypto::argon2_runs() >
          runs);  // a flood of entries costs its sender as much as with passwords
    CHECK(at.last_row().actor == "local");
    CHECK(at.last_row().subject == "account");
  }
  for (int i = 0; i < 5; ++i)
    (void)at.try_proof(at.proof(wus, at.challenges.issue("sign-in"), lins));
  CHECK(at.last_row().outcome == "refused:account-locked");
  CHECK(at.sign_in() == "login-failed");
  CHECK(at.last_row().kind == "login-locked");
  at.clock.advance(16min);
  CHECK(at.sign_in() == "done");
}

TEST_CASE("passkeys: of two uses with one counter at the same time, one counts", "[service]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  at.device.counter = 5;
  std::vector<service::PasskeyProof> proofs;
  for (int i = 0; i < 3; ++i)
    proofs.push_back(at.proof(at.device, at.challenges.issue("sign-in"), at.handle_of("lin01")));
  std::atomic<int> in{0};
  std::vector<std::thread> threads;
  for (const auto& one : proofs)
    threads.emplace_back([&] { in += at.try_proof(one) == "done" ? 1 : 0; });
  for (auto& thread : threads) thread.join();
  CHECK(in == 1);
}

TEST_CASE("passkeys: they open nothing where only the agency's accounts do", "[service]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  const auto file = at.path() / "vermilion.yaml";
  at.disk.replace(file,
                  at.disk.read_all(file) +
                      "sign_in:\n  local: false\n  directory: {url: 'ldaps://ldap.example.gov.tw', "
                      "template: 'cn={name},dc=epa'}\n");
  CHECK(at.sign_in() == "login-failed");
  auto console = at.console();
  (void)service::break_glass(console, "lin01");
  CHECK(at.sign_in() == "done");
}

TEST_CASE("passkeys: the password of the agency's directory alone is not enough beside them",
          "[service]") {
  PasskeyDesk at;
  const auto by_directory = [&] {
    auto console = at.console();
    return code_of([&] { (void)service::proof_with_code(console, {"lin01", "", ""}); });
  };
  CHECK(by_directory() == "done");
  REQUIRE(at.add("lin01", at.device) == "done");
  CHECK(by_directory() == "login-failed");
}

TEST_CASE("passkeys: where the profile says so, the password has to be right as well",
          "[service][SC-23]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  store::Act rule = act("rules", "profile", "system");
  rule.decide = [](const store::Now& now, store::Changes& changes) {
    auto profile = parse_json(now.evidence.require("rules/profile.json"));
    profile["login"]["passkey"] = "with-password";
    changes.put("rules/profile.json", canonical(profile));
  };
  at.store().commit(rule);
  CHECK(at.sign_in() == "login-failed");
  CHECK(at.sign_in({"lin01", "wrong"}) == "login-failed");
  CHECK(at.sign_in({"wu06", kOwnPassword}) == "login-failed");
  CHECK(at.sign_in({"lin01", kOwnPassword}) == "done");
}

TEST_CASE("passkeys: codes go on beside them", "[service]") {
  PasskeyDesk at;
  auto console = at.console();
  const auto offer = service::offer_second_factor(console, "lin01");
  const auto secret = *crypto::from_base32(require_string(offer, "secret"));
  (void)service::enrol_second_factor(
      console, {"lin01", kOwnPassword, code_at(secret, at.clock.now())}, offer["secret"]);
  REQUIRE(at.add("lin01", at.device) == "done");
  CHECK(at.sign_in() == "done");
  CHECK(at.by_password() == "login-failed");
  at.clock.advance(30s);
  CHECK(at.by_password(code_at(secret, at.clock.now())) == "done");
}

TEST_CASE("passkeys: who is reset or disabled signs in by none, and other secrets stay",
          "[service]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  auto admin = at.as("hsu01");
  (void)service::reset_second_factor(admin, "lin01");
  CHECK(at.list_text() == "[]");
  CHECK(at.sign_in() == "login-failed");
  CHECK(at.by_password() == "done");

  REQUIRE(at.add("lin01", at.device) == "done");
  (void)service::disable_person(admin, "lin01", "");
  CHECK(at.sign_in() == "login-failed");
  auto chen = at.as("chen04");
  (void)service::reopen_person(chen, "lin01");
  CHECK(at.list_text() == "[]");  // the device may be why the account was disabled
  CHECK(at.by_password() == "done");
}

TEST_CASE("passkeys: closing the account of a leaver takes them away [SC-06]", "[service]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  auto admin = at.as("hsu01");
  (void)service::leave_person(admin, "lin01", "");
  at.clock.advance(std::chrono::days(1));
  CHECK(at.list_text() != "[]");
  auto later = at.as("hsu01");
  (void)service::close_person(later, "lin01");
  CHECK(at.list_text() == "[]");
}

TEST_CASE("passkeys: one is removed by its name, and known names and full lists are refused",
          "[service]") {
  PasskeyDesk at;
  REQUIRE(at.add("lin01", at.device) == "done");
  CHECK(at.add("lin01", at.device) == "passkey-known");
  CHECK(at.last_row().outcome == "refused:passkey-known");
  Device more;
  for (int i = 0; i < 9; ++i) {
    more.id = "more" + std::to_string(i);
    CHECK(at.add("lin01", more) == "done");
  }
  more.id = "one too many";
  CHECK(at.add("lin01", more) == "too-many-passkeys");
  auto console = at.console();
  const auto name = identity::passkey_name({at.device.id, "", 0});
  CHECK(code_of([&] { (void)service::remove_passkey(console, "lin01", "0000"); }) == "no-passkey");
  (void)service::remove_passkey(console, "lin01", name);
  CHECK(at.last_row().subject == "account lin01 passkey " + name + " removed");
  CHECK(at.sign_in() == "login-failed");
  for (const std::string& bad : {std::string(), std::string("  "), std::string("a\nb"),
                                 std::string("\xff"), std::string(61, 'a')})
    CHECK(at.add("lin01", more, kOwnPassword, bad) == "bad-passkey-name");
  more.flags = authenticator::kPresent;
  CHECK(at.add("lin01", more) == "bad-passkey");
}

TEST_CASE("passkeys: they are made for names, never for addresses", "[service]") {
  CHECK(service::passkey_site("localhost:8443")->name == "localhost");
  CHECK(service::passkey_site("localhost:8443")->origin == "https://localhost:8443");
  CHECK(service::passkey_site("isms.example.gov.tw")->name == "isms.example.gov.tw");
  for (const char* host : {"127.0.0.1:8443", "[::1]:8443", "", "10.0.0.1", "LOCALHOST", "a_b"})
    CHECK_FALSE(service::passkey_site(host));
}
