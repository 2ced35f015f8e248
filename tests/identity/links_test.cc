// Which agency account belongs to whom.
#include "identity/links.h"

#include "support/office.h"
#include "support/schemas.h"

using namespace office;

namespace {

const identity::OutsideIdentity kLin = {identity::kByOidc, "https://login.example.gov.tw",
                                        "林堃-0923"};

store::Act link_act_by(const std::string& account) {
  return {"identity", account, "console", "account lin01 oidc linked", "done", "identity", {}};
}

std::string link_code(const std::function<void()>& act) {
  try {
    act();
    return "done";
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

TEST_CASE("an agency account signs in as one account, and its name stands nowhere in git",
          "[identity]") {
  Office office;
  auto& store = office.store();
  (void)identity::link_identity(store, "lin01", kLin, link_act_by("hsu01"));
  const auto link = identity::find_link(store.evidence(), identity::identity_digest(store, kLin));
  REQUIRE(link);
  CHECK(link->account == "lin01");
  CHECK(link->linked_by == "hsu01");
  store.evidence().each_file("links", [&](const std::string& path, const Bytes& bytes) {
    CHECK((path + bytes).find("林堃") == std::string::npos);
    CHECK(schema_faults("identity-link", parse_canonical(bytes)).empty());
  });
  const auto again = [&](const char* account, const identity::OutsideIdentity& who) {
    return link_code(
        [&] { (void)identity::link_identity(store, account, who, link_act_by("hsu01")); });
  };
  CHECK(again("wu06", kLin) == "identity-linked");
  CHECK(again("lin01", {identity::kByOidc, kLin.issuer, "another"}) == "account-linked");
  CHECK(again("lin01", {identity::kByDirectory, "", "cn=林堃,dc=epa"}) == "done");
  CHECK(again("nobody99", {identity::kByOidc, kLin.issuer, "x"}) == "no-person");
  CHECK(again("wu06", {identity::kByOidc, kLin.issuer, ""}) == "bad-identity");
  CHECK(again("hsu01", {identity::kByOidc, kLin.issuer, "x"}) == "links-own-account");
}

TEST_CASE("the same subject of another service is somebody else", "[identity]") {
  Office office;
  auto other = kLin;
  other.issuer = "https://evil.example";
  CHECK(identity::identity_digest(office.store(), kLin) !=
        identity::identity_digest(office.store(), other));
}

TEST_CASE("what is unlinked signs nobody in, and may be linked to another", "[identity]") {
  Office office;
  auto& store = office.store();
  (void)identity::link_identity(store, "lin01", kLin, link_act_by("hsu01"));
  (void)identity::unlink_identity(store, "lin01", identity::kByOidc, link_act_by("hsu01"));
  CHECK_FALSE(identity::find_link(store.evidence(), identity::identity_digest(store, kLin)));
  CHECK(link_code([&] {
          (void)identity::unlink_identity(store, "lin01", identity::kByOidc, link_act_by("hsu01"));
        }) == "no-link");
  (void)identity::link_identity(store, "wu06", kLin, link_act_by("hsu01"));
  CHECK(identity::all_links(store.evidence()).at(0).account == "wu06");
}
