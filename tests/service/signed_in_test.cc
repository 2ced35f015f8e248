// A caller who signed in by password: he reads, and signs only with his secret, afresh.
#include <catch2/catch.hpp>

#include "records.h"
#include "service/lifecycle.h"
#include "service/login.h"

using namespace bureau;

namespace {

service::Caller signed_in(const std::string& account) {
  service::Caller caller;
  caller.credentials.account = account;
  caller.from = "web:127.0.0.1";
  caller.signed_in = true;
  return caller;
}

}  // namespace

TEST_CASE(
    "登入後可讀，簽署另要通行短語 after signing in one reads; a signature takes the passphrase") {
  RecordBureau at;
  service::Context zhou(at.disk, at.clock, at.path(), signed_in("zhou07"));
  CHECK(service::waiting_for(zhou).size() == 1);
  CHECK(code_of([&] { (void)service::create_record(zhou, at.agreement()); }) ==
        "passphrase-needed");
  auto caller = signed_in("zhou07");
  caller.credentials.key_file = plain_pem(at.keys.at("zhou07").key);
  service::Context signing(at.disk, at.clock, at.path(), caller);
  CHECK(service::create_record(signing, at.agreement())["state"] == "complete");
}

TEST_CASE("停用的帳號登入後也不能再讀 a disabled account reads no more, signed in or not") {
  RecordBureau at;
  auto admin = at.as("hsu01");
  (void)service::disable_person(admin, "zhou07", "");
  service::Context zhou(at.disk, at.clock, at.path(), signed_in("zhou07"));
  CHECK(code_of([&] { (void)service::waiting_for(zhou); }) == "login-failed");
}

TEST_CASE("登入失敗都一樣，並留下日誌 every failed sign-in is alike, and logged") {
  RecordBureau at;
  auto admin = at.as("hsu01");
  const auto made = service::add_person(admin, {"new10", {"新進", "監資處", "技士", ""}});
  service::Context console(at.disk, at.clock, at.path(), {});
  const auto password_of = require_string(made, "password");
  CHECK(code_of([&] { service::sign_in(console, {"new10", password_of}); }) == "login-failed");
  auto chen = at.as("chen04");
  (void)service::authorise_person(chen, "new10");
  const auto before = at.mark().log_size;
  for (const auto& [account, password] : {std::pair<std::string, std::string>("new10", "wrong"),
                                          {"nobody99", "wrong"},
                                          {"zhou07", "no password was ever set"},
                                          {"我的通行短語", ""}}) {
    CHECK(code_of([&] { service::sign_in(console, {account, password}); }) == "login-failed");
  }
  service::sign_in(console, {"new10", password_of});
  const auto rows = at.log_from(before);
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].subject == "account new10");
  CHECK(rows[1].subject == "account");
  CHECK(rows[3].subject == "account");
  CHECK(rows[3].outcome == "refused:login-failed");
  CHECK(rows[4].actor == "new10");
  CHECK(rows[4].outcome == "done");
}
