// Accounts from joining to leaving: who opens them, when they end, and what the verifier finds.
#include <catch2/catch.hpp>

#include "identity/custody.h"
#include "identity/lifecycle.h"
#include "identity/revocation.h"
#include "records.h"
#include "service/lifecycle.h"
#include "service/login.h"

using namespace bureau;
using namespace std::chrono_literals;

namespace {

using Days = std::chrono::days;

template <class Kind>
struct AccountsOf : Kind {
  using Kind::as, Kind::clock, Kind::keys, Kind::store;
  // Adds somebody as the administrator does; the answer is the temporary password.
  std::string add(const std::string& account, const service::PersonRequest& more = {}) {
    auto request = more;
    request.account = account;
    if (request.profile.name.empty()) request.profile = {"蔡承恩", "水保處", "技士", ""};
    auto admin = as("hsu01");
    return require_string(service::add_person(admin, request), "password");
  }
  std::string by(const std::string& who, const std::function<void(service::Context&)>& deed) {
    auto context = as(who);
    return code_of([&] { deed(context); });
  }
  std::string authorise(const std::string& who, const std::string& account) {
    return by(who, [&](auto& c) { (void)service::authorise_person(c, account); });
  }
  std::string leave(const std::string& account, const std::string& day) {
    return by("hsu01", [&](auto& c) { (void)service::leave_person(c, account, day); });
  }
  std::string close(const std::string& account) {
    return by("hsu01", [&](auto& c) { (void)service::close_person(c, account); });
  }
  std::string signs_in(const std::string& account, const std::string& password) {
    auto console = this->console();
    return code_of([&] { service::sign_in(console, {account, password}); });
  }
  // With a key of his own and a role, but not yet authorised.
  void arrive(const std::string& account, const std::string& role) {
    (void)add(account);
    auto admin = as("hsu01");
    (void)service::grant_role(admin, {account, role, "", "", ""});
    keys.emplace(account, certify(store(), account, keys, "hsu01"));
  }
  std::string grant(const std::string& account, const std::string& role) {
    return by("hsu01", [&](auto& c) { (void)service::grant_role(c, {account, role, "", "", ""}); });
  }
  model::Person person(const std::string& account) {
    return identity::require_person(store().evidence(), account);
  }
  std::string found() {
    auto console = this->console();
    return service::verify_store(console, {})["problems"].dump();
  }
  // What the operator changes with the store's own key: signed by the store, and by no person.
  void tamper(const std::string& account, const std::function<void(model::Person&)>& change) {
    auto wanted = act("person", "account " + account, "hsu01");
    wanted.decide = [&](const store::Now& now, store::Changes& changes) {
      auto person = identity::require_person(now.evidence, account);
      change(person);
      identity::put_person(changes, person);
    };
    store().commit(wanted);
  }
};
using Accounts = AccountsOf<Bureau>;
using Joiners = AccountsOf<RecordBureau>;  // who have agreements to sign

}  // namespace

TEST_CASE(
    "[SC-01] 每人僅一帳號 nobody gets a second account, and a shared one needs approval and "
    "custodian",
    "[service][SC-01]") {
  Accounts at;
  service::PersonRequest tsai;
  tsai.profile = {"蔡承恩", "水保處", "技士", "", "A10488"};
  (void)at.add("tsai08", tsai);
  tsai.profile = {"蔡承恩", "空保處", "科員", "", "ａ10488"};
  CHECK(code_of([&] { (void)at.add("tsai09", tsai); }) == "person-has-account");
  service::PersonRequest duty;
  duty.profile = {"值班台", "監資處", "", ""};
  duty.approval = "環署監字第1150012345號";
  CHECK(code_of([&] { (void)at.add("duty-desk", duty); }) == "shared-account");
  duty.custodian = "lin01";
  (void)at.add("duty-desk", duty);
  CHECK(at.authorise("chen04", "duty-desk") == "done");
  CHECK(at.grant("duty-desk", "reviewer") == "shared-account");
  CHECK(code_of([&] { certify(at.store(), "duty-desk", at.keys, "hsu01"); }) == "shared-account");
  CHECK(at.found() == "[]");
  at.tamper("duty-desk", [](auto& person) { person.shared->custodian = "wu06"; });
  CHECK(at.found().find("people/duty-desk.json") != std::string::npos);
}

TEST_CASE("帳號逐頁列出，也可以字尋找 accounts are listed page by page, and found by a text in them",
          "[service]") {
  Accounts at;
  (void)at.add("li3");
  (void)at.add("li3-b");  // "-" comes before the "." of li3.json
  auto reader = at.as("hsu01");
  const auto all = service::list_accounts(reader, {});
  CHECK(all["more"] == false);
  CHECK(all["accounts"].size() == all["count"]);
  std::vector<Json> paged;
  service::AccountsRequest page{"", "", 2};
  for (Json shown = {{"more", true}}; shown["more"] == true;) {
    shown = service::list_accounts(reader, page);
    CHECK(shown["count"] == all["count"]);
    REQUIRE(shown["accounts"].size() > 0);
    CHECK(shown["accounts"].size() <= 2);
    for (const auto& one : shown["accounts"]) paged.push_back(one);
    REQUIRE(paged.size() <= all["accounts"].size());
    page.after = require_string(paged.back(), "account");
  }
  CHECK(Json(paged) == all["accounts"]);
  const auto found = [&](const std::string& text) {
    std::string accounts;
    const auto listed = service::list_accounts(reader, {text});
    for (const auto& one : listed["accounts"]) accounts += one["account"].get<std::string>() + " ";
    return accounts;
  };
  CHECK(found("承恩") == "li3 li3-b ");
  CHECK(found("水保處").find("li3 ") != std::string::npos);
  CHECK(found("li3-") == "li3-b ");
  CHECK(found("沒有這個人") == "");
}

TEST_CASE("[SC-02] 帳號名稱不得顯示權限 a name that tells of rights is refused",
          "[service][SC-02]") {
  Accounts at;
  for (const char* account : {"admin-wang", "admin-epa", "wang-root", "it-manager", "auditor1"}) {
    INFO(account);
    CHECK(code_of([&] { (void)at.add(account); }) == "account-tells-rights");
  }
  for (const char* taken : {"init", "system", "local"})
    CHECK(code_of([&] { (void)at.add(taken); }) == "bad-account");
}

TEST_CASE(
    "[SC-03] 未核准前不得使用 an account that waits signs in nowhere, signs nothing and does "
    "nothing",
    "[service][SC-03]") {
  Accounts at;
  const auto password = at.add("tsai08");
  at.keys.emplace("tsai08", certify(at.store(), "tsai08", at.keys, "hsu01"));
  CHECK(at.grant("tsai08", "owner") == "done");
  CHECK(at.signs_in("tsai08", password) == "login-failed");
  CHECK(at.by("tsai08", [](auto& c) { (void)service::list_accounts(c, {}); }) == "login-failed");
  CHECK(at.by("tsai08", [](auto& c) {
    (void)service::create_document(c, {source("ISMS-02-009", "公開", kBody), "", "", ""});
  }) == "login-failed");
  CHECK(at.authorise("hsu01", "tsai08") == "adds-and-authorises");
  CHECK(at.authorise("zhao02", "tsai08") == "no-right");
  CHECK(at.authorise("chen04", "tsai08") == "done");
  CHECK(at.authorise("qian08", "tsai08") == "account-authorised");
  CHECK(at.signs_in("tsai08", password) == "done");
  CHECK(at.by("tsai08", [](auto& c) {
    (void)service::create_document(c, {source("ISMS-02-009", "公開", kBody), "", "", ""});
  }) == "done");
  CHECK(at.found() == "[]");
}

TEST_CASE("[SC-03] 未經他人核准的帳號查得出來 an account opened without its statement is found",
          "[service][SC-03]") {
  Accounts at;
  (void)at.add("tsai08");
  at.tamper("tsai08", [&](auto& person) { person.authorised = at.clock.now(); });
  CHECK(at.found().find("帳號可用，卻沒有核准的聲明") != std::string::npos);
  at.tamper("tsai08", [&](auto& person) { person.added_by = identity::kFounder; });
  CHECK(at.found().find("不是創始帳號，卻未經核准") != std::string::npos);
}

TEST_CASE(
    "先簽約定書 what a role asks for is signed before the account is authorised, and by himself",
    "[service][SC-03]") {
  Joiners at;
  at.arrive("tsai08", "staff");
  CHECK(at.authorise("chen04", "tsai08") == "agreement-missing");
  CHECK(at.by("tsai08", [](auto& c) { (void)service::list_accounts(c, {}); }) == "login-failed");
  // A role that begins later asks for them now: nobody looks again on its first day.
  (void)at.add("kao13");
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"kao13", "staff", "", "2026-11-30", ""});
  CHECK(at.authorise("chen04", "kao13") == "agreement-missing");
  auto agreement = at.agreement();
  agreement.values["name"] = "蔡承恩";
  CHECK(at.by("tsai08", [&](auto& c) { (void)service::create_record(c, agreement); }) == "done");
  CHECK(at.authorise("chen04", "tsai08") == "done");
  // Authorised without a role: the first one asks for the same.
  (void)at.add("lai20");
  CHECK(at.authorise("chen04", "lai20") == "done");
  CHECK(at.grant("lai20", "staff") == "agreement-missing");
  CHECK(at.found() == "[]");
}

TEST_CASE(
    "待核准的帳號列入待辦 an account that waits is told to who may authorise it, but not to who "
    "added it",
    "[service]") {
  Accounts at;
  (void)at.add("tsai08");
  const auto told = [&](const std::string& who) {
    auto context = at.as(who);
    return service::waiting_for(context).dump().find("/people/tsai08") != std::string::npos;
  };
  CHECK(told("chen04"));
  CHECK_FALSE(told("hsu01"));
  CHECK_FALSE(told("zhao02"));
}

TEST_CASE(
    "角色在簽署時變動就要重看 a role given while the authorisation was being signed makes it void",
    "[service]") {
  Accounts at;
  (void)at.add("tsai08");
  const auto prepared = identity::prepare_authorisation(
      at.store(), "tsai08", signer("chen04", "approver"), act("person", "", "chen04"));
  CHECK(at.grant("tsai08", "approver") == "done");
  CHECK(code_of([&] { at.sign(prepared, "chen04"); }) == "account-changed");
  CHECK_FALSE(at.person("tsai08").authorised);
}

TEST_CASE(
    "委外與臨時人員須有最後可用日 vendors and temporary staff need a last day, and are out after "
    "it",
    "[service][SC-03]") {
  Accounts at;
  (void)at.add("kao13");
  CHECK(at.grant("kao13", "vendor") == "expiry-needed");
  service::PersonRequest vendor;
  vendor.expires = "115.12.31";
  const auto password = at.add("kao14", vendor);
  CHECK(at.grant("kao14", "vendor") == "done");
  CHECK(at.authorise("chen04", "kao14") == "done");
  CHECK(at.signs_in("kao14", password) == "done");
  at.clock.advance(Days(40));  // 116.1.1
  at.acknowledge_clock();
  CHECK(at.signs_in("kao14", password) == "login-failed");
  const auto extend = [&](const std::string& who, const std::string& day) {
    return at.by(who, [&](auto& c) { (void)service::extend_person(c, "kao14", day); });
  };
  CHECK(extend("lin01", "2027-08-31") == "no-right");
  CHECK(extend("chen04", "2026-12-31") == "bad-interval");
  CHECK(extend("chen04", "2027-08-31") == "done");
  CHECK(at.signs_in("kao14", password) == "done");
  CHECK(at.found() == "[]");
  at.tamper("kao14", [](auto& person) { person.expires = parse_date("2030-12-31"); });
  CHECK(at.found().find("最後可用日與簽署的聲明不符") != std::string::npos);
  at.tamper("kao14", [](auto& person) { person.expires.reset(); });
  CHECK(at.found().find("沒有最後可用日") != std::string::npos);
}

TEST_CASE(
    "[SC-05] 閒置帳號停用 an idle account is disabled, opened again by a signature, and its name "
    "never given again",
    "[service][SC-05]") {
  Accounts at;
  const auto password = at.add("tsai08");
  CHECK(at.authorise("chen04", "tsai08") == "done");
  at.clock.advance(Days(89));
  at.acknowledge_clock();
  for (const auto& staff : kStaff)  // everybody else keeps working
    (void)at.by(staff.account, [](auto& c) { (void)service::list_accounts(c, {}); });
  auto console = at.console();
  CHECK(service::disable_idle(console) == Json::array());
  at.clock.advance(Days(1));
  CHECK(service::disable_idle(console) == Json::array({"tsai08"}));
  CHECK(service::disable_idle(console) == Json::array());
  CHECK(at.signs_in("tsai08", password) == "login-failed");
  CHECK(at.by("zhao02", [](auto& c) { (void)service::disable_idle(c); }) == "no-right");
  CHECK(code_of([&] { (void)at.add("tsai08"); }) == "account-exists");
  const auto reopen = [&] {
    return at.by("chen04", [&](auto& c) { (void)service::reopen_person(c, "tsai08"); });
  };
  CHECK(reopen() == "done");
  CHECK(reopen() == "account-in-use");
  CHECK(service::disable_idle(console) == Json::array());
  CHECK(at.signs_in("tsai08", password) == "done");
  CHECK(at.found() == "[]");
}

TEST_CASE(
    "[SC-05] 最後一位授權人不因閒置而停用 the last who can give roles is not disabled for being "
    "idle",
    "[service][SC-05]") {
  Accounts at;
  at.clock.advance(Days(400));
  auto console = at.console();
  const auto disabled = service::disable_idle(console);
  CHECK(disabled.size() == kStaff.size() - 1);
  CHECK(disabled.dump().find("hsu01") == std::string::npos);
}

TEST_CASE(
    "[SC-06] 離職核章 a leaver is closed only when nothing is open, and then his key is revoked",
    "[service][SC-06]") {
  Accounts at;
  at.arrive("tsai08", "approver");
  CHECK(at.authorise("chen04", "tsai08") == "done");
  (void)at.by("tsai08", [](auto& c) {
    (void)service::add_delegation(c, "qian08", {"document.approve"}, "", "2026-11-30");
  });
  CHECK(at.close("tsai08") == "account-open");
  CHECK(at.by("zhao02", [](auto& c) { (void)service::leave_person(c, "tsai08", ""); }) ==
        "no-right");
  CHECK(at.leave("hsu01", "2026-11-21") == "bad-interval");  // who has left signs nothing
  CHECK(at.leave("tsai08", "2026-11-23") == "done");
  CHECK(at.by("tsai08", [](auto& c) { (void)service::list_accounts(c, {}); }) == "done");
  CHECK(at.close("tsai08") == "account-open");
  at.clock.advance(Days(2));  // 24 November
  CHECK(at.by("tsai08", [](auto& c) { (void)service::list_accounts(c, {}); }) == "login-failed");
  CHECK(at.close("tsai08") == "account-in-charge");
  at.clock.advance(Days(7));
  CHECK(at.close("tsai08") == "done");
  const auto person = at.person("tsai08");
  CHECK(person.left == parse_date("2026-12-01"));
  REQUIRE(person.certificates.size() == 1);
  CHECK(person.certificates[0].revoked);
  CHECK(person.roles[0].to == parse_date("2026-11-23"));
  const auto list =
      crypto::read_crl(*identity::filed_crl(at.store().evidence()), at.store().authority().issuer);
  REQUIRE(list.revoked.size() == 1);
  CHECK(list.revoked[0].reason == "cessation");
  CHECK(at.grant("tsai08", "owner") == "account-left");
  CHECK(at.authorise("chen04", "tsai08") == "account-left");
  CHECK(code_of([&] { certify(at.store(), "tsai08", at.keys, "hsu01"); }) == "account-left");
  CHECK(at.found() == "[]");
  at.tamper("tsai08", [](auto& gone) { gone.certificates[0].revoked.reset(); });
  CHECK(at.found().find("憑證卻未廢止") != std::string::npos);
}

TEST_CASE(
    "[SC-06] 未通報不得核章 a disabled account is not closed before its holder's leaving is told",
    "[service][SC-06]") {
  Accounts at;
  (void)at.add("tsai08");
  CHECK(at.authorise("chen04", "tsai08") == "done");
  CHECK(at.by("hsu01", [](auto& c) { (void)service::disable_person(c, "tsai08", ""); }) == "done");
  CHECK(at.close("tsai08") == "account-open");
}

TEST_CASE("[SC-06] 沒有核章聲明的離職查得出來 a leaver closed without a statement is found",
          "[service][SC-06]") {
  Accounts at;
  at.tamper("wu06", [](auto& person) { person.left = parse_date("2026-11-22"); });
  CHECK(at.found().find("離職核章沒有簽署的聲明") != std::string::npos);
  at.tamper("lin01", [](auto& person) { person.last_day = parse_date("2026-11-30"); });
  CHECK(at.found().find("最後在職日與離職通報不符") != std::string::npos);
}

TEST_CASE(
    "[SC-07] 調任 after a move the old unit's roles are over, and who held a role on a day can be "
    "told",
    "[service][SC-07]") {
  Accounts at;
  (void)at.by("hsu01", [](auto& c) {
    (void)service::grant_role(c, {"zhou07", "countersigner", "人事室", "", ""});
  });
  const auto move = [&](const std::string& who) {
    return at.by(who, [](auto& c) {
      (void)service::move_person(c, {"zhou07", "水保處", "科長", "2026-12-01"});
    });
  };
  const auto unit = identity::profile_of(at.store(), at.person("zhou07")).unit;
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"zhou07", "countersigner", unit, "", ""});
  CHECK(move("zhou07") == "no-right");
  CHECK(move("chen04") == "done");
  const auto on = [&](const char* day) {
    service::Caller caller;
    caller.at = parse_date(day);
    auto looking = at.as("lin01", caller);
    return service::role_holders(looking, "countersigner", unit).dump();
  };
  CHECK(on("2026-11-30").find("zhou07") != std::string::npos);
  CHECK(on("2026-12-01").find("zhou07") == std::string::npos);
  CHECK(identity::profile_of(at.store(), at.person("zhou07")).unit == unit);
  at.clock.advance(Days(10));
  CHECK(identity::profile_of(at.store(), at.person("zhou07")).unit == "水保處");
  CHECK(identity::profile_of(at.store(), at.person("zhou07"), parse_date("2026-11-30")).unit ==
        unit);
  CHECK(at.found() == "[]");
}
