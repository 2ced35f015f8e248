// A one-time link handed over in the place of a temporary password: who may use it, once, and what is told of it.
#include "service/password_link.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "bureau.h"
#include "crypto/one_time_code.h"
#include "service/lifecycle.h"
#include "service/passwords.h"
#include "service/witness.h"
#include "support/one_time_code.h"

using namespace bureau;
using namespace std::chrono_literals;

namespace {

const std::string kLinkSite = "https://isms.example.gov.tw";
const std::string kChosen = "Tree7-lampKite";
const std::string kOther = "Boat8-rainDrum";

struct LinkDesk : Bureau {
  LinkDesk() {
    outside.mail = [this](const std::string&, const Bytes& bytes) { mails.push_back(bytes); };
  }
  void set_up_mail() {
    const auto file = path() / "vermilion.yaml";
    disk.replace(file, disk.read_all(file) + "\nmail:\n  command: /usr/sbin/sendmail -t\n");
  }
  service::Context from_web() {
    service::Caller caller;
    caller.from = "web:192.0.2.7";
    caller.outside = &outside;
    return {disk, clock, path(), caller};
  }
  Json give_to(const std::string& account, bool mail = false) {
    service::Caller caller;
    caller.outside = &outside;
    auto admin = as("hsu01", caller);
    return service::give_password_link(admin, {account, kLinkSite, mail});
  }
  // The token of a link for that account.
  std::string token_for(const std::string& account) { return token_in(give_to(account)["link"]); }
  static std::string token_in(const std::string& link) { return link.substr(link.rfind('/') + 1); }
  std::string use(const std::string& account, const std::string& token,
                  const std::string& wanted = kChosen) {
    auto context = from_web();
    return code_of([&] { (void)service::choose_password(context, {account, token, wanted}); });
  }
  std::string try_as(const std::string& account, const std::string& password,
                     const std::string& code = "") {
    auto console = this->console();
    return code_of([&] { service::sign_in(console, {account, password, code}); });
  }
  std::string last_of(const std::string& kind) {
    store::LogFilter filter;
    filter.kind = kind;
    filter.limit = 1;
    const auto row = store().catalogue().log(filter).back();
    return row.actor + " " + row.from + ": " + row.subject + " " + row.outcome;
  }

  service::Outside outside;
  std::vector<Bytes> mails;
};

}  // namespace

TEST_CASE("[SC-22] a link lets its person choose his password once; the receipt is in the log",
          "[service][SC-22]") {
  LinkDesk at;
  const auto given = at.give_to("lin01");
  CHECK(given["until"] == "2026-11-23T00:00:00Z");
  CHECK_FALSE(given.contains("password"));
  const auto link = require_string(given, "link");
  CHECK(link.starts_with(kLinkSite + "/login/link/lin01/"));
  CHECK(at.last_of("password") == "hsu01 console: account lin01 link done");
  const auto token = LinkDesk::token_in(link);
  CHECK(at.use("lin01", token) == "done");
  CHECK(at.last_of("password") == "lin01 web:192.0.2.7: account lin01 by-link done");
  CHECK(at.try_as("lin01", kChosen) == "done");
  auto console = at.console();
  CHECK(service::password_state(console, "lin01").change.empty());
  CHECK(at.use("lin01", token, kOther) == "login-failed");
  CHECK(at.last_of("login") == "lin01 web:192.0.2.7: account lin01 refused:login-failed");
  CHECK(at.try_as("lin01", kChosen) == "done");
  for (const auto& row : at.log_from(0))
    CHECK((row.subject + row.outcome + row.from).find(token) == std::string::npos);
}

TEST_CASE("[SC-22] expired, superseded, reset, another's and unknown links are refused alike",
          "[service][SC-22]") {
  LinkDesk at;
  const auto expired = at.token_for("lin01");
  at.clock.advance(24h);
  CHECK(at.use("lin01", expired) == "login-failed");
  const auto older = at.token_for("lin01");
  const auto newer = at.token_for("lin01");
  CHECK(at.use("lin01", older) == "login-failed");
  CHECK(at.use("wu06", newer) == "login-failed");
  CHECK(at.use("nobody99", newer) == "login-failed");
  CHECK(at.use("<script>", newer) == "login-failed");
  CHECK(at.use("lin01", "") == "login-failed");
  auto admin = at.as("hsu01");
  (void)service::reset_password(admin, "lin01");
  CHECK(at.use("lin01", newer) == "login-failed");
}

TEST_CASE("[SC-22] an account that waits, is disabled or whose holder has left uses no link",
          "[service][SC-22]") {
  LinkDesk at;
  auto admin = at.as("hsu01");
  const auto made = service::add_person(
      admin, {"lai20", {"賴怡安", "水保處", "技士", ""}, "", "", "", kLinkSite, false});
  CHECK_FALSE(made.contains("password"));
  const auto token = LinkDesk::token_in(require_string(made, "link"));
  CHECK(at.use("lai20", token) == "login-failed");
  at.sign(identity::prepare_authorisation(at.store(), "lai20", office::signer("chen04", "approver"),
                                          office::act("person", "", "chen04")),
          "chen04");
  CHECK(at.use("lai20", token) == "done");  // what was refused before used nothing up
  CHECK(at.try_as("lai20", kChosen) == "done");

  const auto wu = at.token_for("wu06");
  (void)service::disable_person(admin, "wu06", "");
  CHECK(at.use("wu06", wu) == "login-failed");
  const auto qian = at.token_for("qian08");
  (void)service::leave_person(admin, "qian08", "2026-11-21");
  CHECK(at.use("qian08", qian) == "login-failed");
}

TEST_CASE("[SC-22] every rule of passwords holds for the one chosen, and a refusal keeps the link",
          "[service][SC-22]") {
  LinkDesk at;
  CHECK(at.use("lin01", at.token_for("lin01")) == "done");
  const auto token = at.token_for("lin01");  // within the day that an own password stays
  CHECK(at.try_as("lin01", kChosen) == "login-failed");
  for (const auto& [wanted, code] :
       std::vector<std::pair<std::string, std::string>>{{"Abcdefghijk", "password-too-short"},
                                                        {"abcdefghijkl1", "password-few-classes"},
                                                        {"Lin01-Strong9", "password-has-account"},
                                                        {"Password1234", "password-weak"},
                                                        {kChosen, "password-reused"}}) {
    INFO(wanted);
    CHECK(at.use("lin01", token, wanted) == code);
  }
  CHECK(at.last_of("password") ==
        "lin01 web:192.0.2.7: account lin01 by-link refused:password-reused");
  CHECK(at.use("lin01", token, kOther) == "done");
}

TEST_CASE("[SC-25] guessing a link locks the account as guessing a password does",
          "[service][SC-22][SC-25]") {
  LinkDesk at;
  const auto token = at.token_for("lin01");
  for (int i = 0; i < 5; ++i) CHECK(at.use("lin01", std::string(43, 'A')) == "login-failed");
  CHECK(at.last_of("login") == "lin01 web:192.0.2.7: account lin01 refused:account-locked");
  CHECK(at.use("lin01", token) == "login-failed");
  at.clock.advance(16min);
  CHECK(at.use("lin01", token) == "done");
}

TEST_CASE("[SC-22] of two who use a link at once, one chooses", "[service][SC-22]") {
  LinkDesk at;
  const auto token = at.token_for("lin01");
  std::atomic<int> chose{0}, refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      const auto outcome = at.use("lin01", token);
      if (outcome == "done") ++chose;
      if (outcome == "login-failed") ++refused;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(chose == 1);
  CHECK(refused == 2);
}

TEST_CASE("[SC-22] a mail carries the link alone, and its owner is told when it was used",
          "[service][SC-22]") {
  LinkDesk at;
  const auto untold = at.give_to("lin01", true);
  CHECK(untold["mail"] == "failed:no-mail");
  CHECK(untold.contains("link"));  // so that it can be handed over
  at.set_up_mail();
  CHECK(at.give_to("wu06", true)["mail"] == "failed:no-address");
  const auto given = at.give_to("lin01", true);
  CHECK(given["mail"] == "done");
  CHECK_FALSE(given.contains("link"));
  CHECK(at.last_of("notice") == "system console: account lin01 password-link done");
  REQUIRE(at.mails.size() == 1);
  const auto at_link = at.mails[0].find(kLinkSite + "/login/link/lin01/");
  REQUIRE(at_link != Bytes::npos);
  CHECK(at.mails[0].find("To: lin01@example.gov.tw\n") == 0);
  for (const char* secret : {"林堃", "監資處"}) CHECK(at.mails[0].find(secret) == Bytes::npos);
  const auto link = at.mails[0].substr(at_link, at.mails[0].find('\n', at_link) - at_link);
  CHECK(at.use("lin01", LinkDesk::token_in(link)) == "done");
  REQUIRE(at.mails.size() == 2);
  CHECK(at.mails[1].find("2026-11-22T00:00:00Z") != Bytes::npos);
  CHECK(at.mails[1].find("web:192.0.2.7") != Bytes::npos);
  CHECK(at.mails[1].find(LinkDesk::token_in(link)) == Bytes::npos);
  CHECK(at.mails[1].find(kChosen) == Bytes::npos);
  CHECK(at.last_of("notice") == "system web:192.0.2.7: account lin01 password done");
}

TEST_CASE("[SC-22] a link leaves the second factor as it was", "[service][SC-22]") {
  LinkDesk at;
  CHECK(at.use("lin01", at.token_for("lin01")) == "done");
  auto console = at.console();
  const auto offer = service::offer_second_factor(console, "lin01");
  const auto secret = *crypto::from_base32(require_string(offer, "secret"));
  (void)service::enrol_second_factor(console, {"lin01", kChosen, code_at(secret, at.clock.now())},
                                     offer["secret"]);
  CHECK(at.use("lin01", at.token_for("lin01"), kOther) == "done");
  at.clock.advance(30s);
  CHECK(at.try_as("lin01", kOther) == "login-failed");
  CHECK(at.try_as("lin01", kOther, code_at(secret, at.clock.now())) == "done");
}

TEST_CASE("a link is an administrator's to give, and leads to a site by https alone",
          "[service][SC-22]") {
  LinkDesk at;
  auto lin = at.as("lin01");
  CHECK(code_of([&] {
          (void)service::give_password_link(lin, {"wu06", kLinkSite});
        }) == "no-right");
  CHECK(at.last_of("password") == "lin01 console: account wu06 link refused:no-right");
  auto admin = at.as("hsu01");
  CHECK(code_of([&] {
          (void)service::give_password_link(admin, {"nobody99", kLinkSite});
        }) == "no-person");
  for (const char* site : {"http://isms.example.gov.tw", "https://", "isms.example.gov.tw", "",
                           "https://a/b", "https://a b", "https://a\nBcc: x"}) {
    INFO(site);
    CHECK(code_of([&] { (void)service::give_password_link(admin, {"wu06", site}); }) == "bad-site");
  }
}

TEST_CASE("[SC-22] where local passwords are switched off, a link opens nothing",
          "[service][SC-22]") {
  LinkDesk at;
  const auto token = at.token_for("lin01");
  const auto file = at.path() / "vermilion.yaml";
  at.disk.replace(
      file,
      at.disk.read_all(file) +
          "sign_in:\n  local: false\n  oidc: {issuer: 'https://login.example.gov.tw', client_id: "
          "v, redirect: 'https://isms.example.gov.tw/login/agency/return'}\n");
  CHECK(at.use("lin01", token) == "login-failed");
}
