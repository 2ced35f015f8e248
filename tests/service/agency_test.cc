// Links, roles bounded by groups, and local passwords switched off. Real services: tests/e2e/s05-oidc.sh and s05-ldap.sh.
#include "service/agency.h"

#include <catch2/catch.hpp>

#include "bureau.h"
#include "service/agency_parts.h"
#include "service/local_login.h"
#include "service/passwords.h"
#include "support/schemas.h"

using namespace bureau;
using namespace std::chrono_literals;

namespace {

const std::string kOwnPassword = "Tree7-lampKite";

struct AgencyDesk : Bureau {
  AgencyDesk() {
    auto admin = as("hsu01");
    auto console = this->console();
    const auto made = service::reset_password(admin, "lin01");
    (void)service::change_password(console, {"lin01", require_string(made, "password")},
                                   kOwnPassword);
  }
  void settings(const std::string& yaml) {
    const auto file = path() / "vermilion.yaml";
    disk.replace(file, disk.read_all(file) + yaml);
  }
  std::string try_password() {
    auto console = this->console();
    return code_of([&] { (void)service::sign_in(console, {"lin01", kOwnPassword}); });
  }
};

const std::string kOff =
    "sign_in:\n  local: false\n  oidc: {issuer: 'https://login.example.gov.tw', client_id: v, "
    "redirect: 'https://isms.example.gov.tw/login/agency/return'}\n  roles: {owner: [文件組], "
    "approver: [核准組]}\n";

}  // namespace

TEST_CASE("local passwords switched off open nothing, until the glass is broken, for half an hour",
          "[service]") {
  AgencyDesk at;
  CHECK(at.try_password() == "done");
  {
    auto console = at.console();
    CHECK(code_of([&] { (void)service::break_glass(console, "lin01"); }) == "local-login-on");
  }
  at.settings(kOff);
  CHECK(at.try_password() == "login-failed");
  auto console = at.console();
  auto admin = at.as("hsu01");
  CHECK(code_of([&] { (void)service::break_glass(admin, "lin01"); }) == "console-only");
  CHECK(code_of([&] { (void)service::break_glass(console, "nobody99"); }) == "no-person");
  (void)service::break_glass(console, "wu06");  // another's
  CHECK(at.try_password() == "login-failed");
  (void)service::break_glass(console, "lin01");
  store::LogFilter notices;
  notices.kind = "notice";
  CHECK(at.store().catalogue().log(notices).back().subject == "account lin01 local-login");
  CHECK(at.try_password() == "done");
  at.clock.advance(31min);
  CHECK(at.try_password() == "login-failed");
}

TEST_CASE("[SC-33] groups open roles that were granted and give none", "[service][SC-33]") {
  AgencyDesk at;
  at.settings(kOff);
  auto console = at.console();
  const auto settings = service::sign_in_settings(console);
  CHECK(service::closed_roles(settings, {}) == std::set<std::string>{"owner", "approver"});
  CHECK(service::closed_roles(settings, {"文件組", "owner"}) == std::set<std::string>{"approver"});
  const auto right_with = [&](const std::set<std::string>& groups, const char* right) {
    service::Caller caller;
    caller.closed_roles = service::closed_roles(settings, groups);
    auto lin = at.as("lin01", caller);
    return code_of([&] { lin.require_right(right); });
  };
  CHECK(right_with({"文件組"}, "document.create") == "done");
  CHECK(right_with({}, "document.create") == "no-right");
  CHECK(right_with({"文件組", "核准組"}, "document.approve") ==
        "no-right");  // an owner, not an approver
}

TEST_CASE("linking is an administrator's, for anybody but himself, and both are in the log",
          "[service]") {
  AgencyDesk at;
  at.settings(kOff);
  auto admin = at.as("hsu01");
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::link_account(lin, "wu06", "oidc", "x"); }) == "no-right");
  CHECK(code_of([&] { (void)service::link_account(admin, "hsu01", "oidc", "x"); }) ==
        "links-own-account");
  CHECK(code_of([&] { (void)service::link_account(admin, "lin01", "directory", "cn=x"); }) ==
        "no-such-way");
  (void)service::link_account(admin, "lin01", "oidc", "林堃-0923");
  store::LogFilter filter;
  filter.kind = "identity";
  std::vector<std::string> told;
  for (const auto& row : at.store().catalogue().log(filter))
    told.push_back(row.subject + " " + row.outcome);
  CHECK(told == std::vector<std::string>{"account wu06 oidc linked refused:no-right",
                                         "account hsu01 oidc linked refused:links-own-account",
                                         "account lin01 oidc linked done"});
  CHECK(service::list_links(admin).size() == 1);
}

TEST_CASE("the status tells how people sign in", "[service]") {
  AgencyDesk at;
  at.settings(kOff);
  auto console = at.console();
  const auto status = service::store_status(console);
  CHECK(schema_faults("status", status).empty());
  CHECK(status["sign_in"]["local"] == false);
  CHECK(status["sign_in"]["roles"]["approver"] == Json::array({"核准組"}));
}
