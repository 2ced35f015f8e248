// Who may sign in, and that a failure tells nothing.
#include "base/text.h"
#include "identity/custody.h"
#include "support/office.h"

using namespace office;
using identity::Credentials;

namespace {

const std::string kPassphrase = "山高水長-年度稽核-二〇二六";
const std::string kPemPassphrase = "隨身碟-金鑰檔";

// 王 keeps her key in the store; one office for all tests that only look, as each key takes a fifth
// of a second.
struct Counter : Office {
  Counter() {
    auto fresh = identity::make_server_key("wang03", kPassphrase);
    const auto key = fresh.key;
    auto wanted = request_for(key, "wang03", clock.now());
    wanted.custody = crypto::Custody::server;
    wanted.server_key = std::move(fresh);
    const auto made =
        identity::prepare_certificate(store(), wanted, signer("hsu01", "administrator"),
                                      act("certificate", "account wang03", "hsu01"), false);
    sign(made.prepared, "hsu01");
    clock.advance(std::chrono::minutes(5));
  }
  [[nodiscard]] Bytes key_file(const std::string& account) const {
    return keys.at(account).key.pem(kPemPassphrase);
  }
};

Counter& counter() {
  static Counter one;
  return one;
}

// All that the caller learns.
std::string told(Counter& at, const Credentials& credentials) {
  try {
    (void)identity::open_session(at.store(), credentials);
  } catch (const Error& error) {
    return std::string(failure_name(error.failure())) + " " + error.code() + " " + error.said().zh +
           " " + error.said().en;
  }
  return "signed in";
}

const std::string kFailed =
    "forbidden login-failed 登入失敗，請確認後再試 sign-in failed; check and try again";

// Changes a person's record as an act of the store.
void change_person(Office& at, const std::string& account,
                   const std::function<void(model::Person&)>& change) {
  auto wanted = act("person", "account " + account, "hsu01");
  wanted.decide = [&](const store::Now& now, store::Changes& changes) {
    auto person = identity::require_person(now.evidence, account);
    change(person);
    changes.put(model::person_path(account), canonical(model::to_json(person)));
  };
  at.store().commit(wanted);
}

}  // namespace

TEST_CASE("a passphrase opens the key in the store, and it signs as its owner", "[identity]") {
  auto session = identity::open_session(counter().store(), {"wang03", kPassphrase, ""});
  CHECK(session.person.account == "wang03");
  CHECK(session.profile.name == "王品妤");
  CHECK(session.profile.unit == "政風室");
  CHECK(session.signer->custody() == crypto::Custody::server);
  const auto cms = session.signer->sign("會簽", counter().clock.now());
  const auto result = crypto::verify_detached(cms, "會簽", counter().store().authority().root,
                                              counter().clock.now());
  CHECK(result.verdict == crypto::CmsVerdict::good);
  CHECK(result.signer->account() == "wang03");
}

TEST_CASE("a person's own key file opens a session too, and says that the key is a file",
          "[identity]") {
  const auto session = identity::open_session(
      counter().store(), {"lin01", kPemPassphrase, counter().key_file("lin01")});
  CHECK(session.person.account == "lin01");
  CHECK(session.signer->custody() == crypto::Custody::file);
}

TEST_CASE("every failure to sign in is told in the same words", "[identity]") {
  auto& at = counter();
  CHECK(told(at, {"wang03", "山高水長-年度稽核-二〇二五", ""}) == kFailed);  // wrong passphrase
  CHECK(told(at, {"wang03", "", ""}) == kFailed);                            // none
  CHECK(told(at, {"nobody", kPassphrase, ""}) == kFailed);                   // unknown account
  CHECK(told(at, {"../people/wang03", kPassphrase, ""}) == kFailed);         // no account at all
  CHECK(told(at, {"lin01", kPassphrase, ""}) == kFailed);                    // no key in the store
  CHECK(told(at, {"lin01", "錯的密碼", at.key_file("lin01")}) ==
        kFailed);  // wrong secret of the file
  CHECK(told(at, {"lin01", kPemPassphrase, at.key_file("wu06")}) ==
        kFailed);  // somebody else's key
  CHECK(told(at, {"nobody", kPemPassphrase, at.key_file("wu06")}) == kFailed);
  CHECK(told(at, {"lin01", kPemPassphrase, "-----BEGIN 不是金鑰-----"}) == kFailed);
}

TEST_CASE("a revoked certificate and a person without one are told like a wrong secret",
          "[identity]") {
  Counter at;
  change_person(at, "wang03", [&](model::Person& p) {
    for (auto& entry : p.certificates) entry.revoked = at.clock.now();
  });
  CHECK(told(at, {"wang03", kPassphrase, ""}) == kFailed);
  change_person(at, "lin01", [](model::Person& p) { p.certificates.clear(); });
  CHECK(told(at, {"lin01", kPemPassphrase, at.key_file("lin01")}) == kFailed);
}

TEST_CASE(
    "a disabled account signs in until its day begins in Taipei, and then as if it were unknown",
    "[identity]") {
  Counter at;
  const Credentials lin{"lin01", kPemPassphrase, at.key_file("lin01")};
  identity::disable_person(at.store(), "lin01", parse_date("民國115年12月1日"),
                           act("person", "account lin01", "hsu01"));
  at.clock.set("2026-11-30T15:59:59Z");
  CHECK(told(at, lin) == "signed in");
  at.clock.set("2026-11-30T16:00:00Z");
  CHECK(told(at, lin) == kFailed);
}

TEST_CASE("a signing passphrase has twelve characters, counted as a person counts them",
          "[identity]") {
  CHECK_THROWS_AS(identity::make_server_key("lin01", ""), Error);
  CHECK_THROWS_AS(identity::make_server_key("lin01", "一二三四五六七八九十一"), Error);
  const auto fresh = identity::make_server_key("lin01", "一二三四五六七八九十十二");
  CHECK(fresh.salt.size() == 16);
  CHECK(fresh.encrypted.find(fresh.key.der()) == Bytes::npos);
  CHECK(fresh.encrypted.size() > fresh.key.der().size());
}
