// Accounts, roles and certificates come to be by acts in the log, and by two persons.
#include "support/office.h"

using namespace office;

namespace {

store::LogRow last_entry(Office& at) {
  const auto rows = at.store().catalogue().log({});
  REQUIRE(!rows.empty());
  return rows.back();
}

std::vector<model::RoleInterval> roles_of(Office& at, const std::string& account) {
  return identity::require_person(at.store().evidence(), account).roles;
}

model::RoleInterval interval(const std::string& role, const char* from, const char* to,
                             const std::string& unit = "") {
  return {role, unit, parse_date(from), to ? std::optional(parse_date(to)) : std::nullopt,
          "hsu01"};
}

store::Act role_act(const std::string& account) {
  return act("role", "account " + account, "hsu01");
}

std::string issue(Office& at, const identity::NewCertificate& wanted,
                  const model::SignerFields& witness, bool first = false) {
  return at.refusal([&] {
    const auto made = identity::prepare_certificate(at.store(), wanted, witness,
                                                    act("certificate", "", witness.account), first);
    at.sign(made.prepared, witness.account);
  });
}

}  // namespace

TEST_CASE("an account is given once and never again, not even after it is disabled", "[identity]") {
  Office at;
  const identity::NewPerson again{"zhou07", {"周大同", "人事室", "科員", ""}, ""};
  const auto add = [&] {
    identity::add_person(at.store(), again, act("person", "account zhou07", "hsu01"));
  };
  CHECK(at.refusal(add) == "account-exists");
  identity::disable_person(at.store(), "zhou07", parse_date("2026-01-01"),
                           act("person", "account zhou07", "hsu01"));
  CHECK(at.refusal(add) == "account-exists");
  const auto person = identity::require_person(at.store().evidence(), "zhou07");
  CHECK(identity::profile_of(at.store(), person).name == "周致遠");
}

TEST_CASE("a person is a pseudonym in plain, and a name only under seal", "[identity]") {
  Office at;
  const auto evidence = at.store().evidence();
  for (const auto& staff : kStaff) {
    const auto bytes = evidence.require(model::person_path(staff.account));
    CHECK(bytes.find(staff.profile.name) == Bytes::npos);
    CHECK(parse_canonical(bytes)["account"] == staff.account);
    CHECK(identity::profile_of(at.store(), model::person_from(parse_json(bytes))).name ==
          staff.profile.name);
  }
  for (const auto& row : at.store().catalogue().log({}))
    CHECK(row.subject.find("林") == std::string::npos);
}

TEST_CASE("bad account names are refused and write nothing", "[identity]") {
  Office at;
  for (const char* account : {"林堃", "Lin01", "ab", "local", "../x"}) {
    INFO(account);
    const identity::NewPerson person{account, {"林堃", "", "", ""}, ""};
    CHECK(at.refusal([&] {
      identity::add_person(at.store(), person, act("person", "account x", "hsu01"));
    }) == "bad-account");
  }
}

TEST_CASE("nobody grants a role to himself", "[identity]") {
  Office at;
  const auto grant = [&](const std::string& account, const std::string& actor) {
    return at.refusal([&] {
      identity::grant_role(at.store(), account, interval("approver", "2026-11-22", nullptr),
                           act("role", "account " + account, actor));
    });
  };
  CHECK(grant("hsu01", "hsu01") == "grants-to-self");
  CHECK(grant("zhou07", "hsu01") == "done");
  CHECK(last_entry(at).subject == "account zhou07");
}

TEST_CASE(
    "a role that does not exist, a person who does not, and an interval upside down are refused",
    "[identity]") {
  Office at;
  const auto grant = [&](const std::string& account, const model::RoleInterval& role) {
    return at.refusal([&] { identity::grant_role(at.store(), account, role, role_act(account)); });
  };
  CHECK(grant("zhou07", interval("署長", "2026-11-22", nullptr)) == "unknown-role");
  CHECK(grant("nobody", interval("approver", "2026-11-22", nullptr)) == "no-person");
  CHECK(grant("zhou07", interval("approver", "2026-11-22", "2026-11-21")) == "bad-interval");
  CHECK(grant("zhou07", interval("approver", "2026-11-22", "2026-11-22")) == "done");
}

TEST_CASE("revoking ends the open intervals of that role and unit, and leaves the past as it was",
          "[identity]") {
  Office at;
  for (const auto& role : {interval("countersigner", "2026-01-01", "2026-03-31", "政風室"),
                           interval("countersigner", "2026-06-01", nullptr, "政風室"),
                           interval("countersigner", "2026-06-01", nullptr, "人事室")}) {
    identity::grant_role(at.store(), "zhou07", role, role_act("zhou07"));
  }
  const auto revoke = [&](const std::string& role, const std::string& unit, const char* last) {
    return at.refusal([&] {
      identity::revoke_role(at.store(), "zhou07", role, unit, parse_date(last), role_act("zhou07"));
    });
  };
  CHECK(revoke("countersigner", "政風室", "2026-11-22") == "done");
  const auto roles = roles_of(at, "zhou07");
  REQUIRE(roles.size() == 3);
  CHECK(roles[0].to == parse_date("2026-03-31"));
  CHECK(roles[1].to == parse_date("2026-11-22"));
  CHECK_FALSE(roles[2].to);
  CHECK(revoke("countersigner", "政風室", "2026-11-22") == "role-not-held");
  CHECK(revoke("approver", "", "2026-11-22") == "role-not-held");
  CHECK(revoke("countersigner", "", "2026-11-30") == "done");
  CHECK(roles_of(at, "zhou07")[2].to == parse_date("2026-11-30"));
}

TEST_CASE("a certificate's issue is an act with proof, witness and entry", "[identity]") {
  Office at;
  const auto key = crypto::PrivateKey::generate_p256();
  REQUIRE(issue(at, request_for(key, "zhou07", at.clock.now()),
                signer("hsu01", "administrator")) == "done");
  const auto evidence = at.store().evidence();
  const auto entry = identity::signing_certificate(identity::require_person(evidence, "zhou07"));
  CHECK(identity::certificate_of(at.store(), entry).public_key().spki() == key.public_key().spki());
  CHECK(last_entry(at).subject == "certificate " + entry.sha256 + " zhou07");
  CHECK(last_entry(at).actor == "hsu01");
  const auto folder = "people/zhou07/certificates/" + entry.sha256;
  CHECK(crypto::request_key(evidence.require(folder + ".p10")).spki() == key.public_key().spki());
  const auto statement = model::parse_statement(evidence.require(folder + ".statement.json"));
  CHECK(statement.signer.account == "hsu01");
  CHECK(statement.subject["certificate"] == "sha256:" + entry.sha256);
  const auto found = identity::certificate_finder(at.store())(entry.sha256);
  REQUIRE(found);
  CHECK(found->log_index == last_entry(at).index);
  CHECK_FALSE(identity::certificate_finder(at.store())(std::string(64, '0')));
}

TEST_CASE("nobody witnesses a certificate of his own, nor through a delegation", "[identity]") {
  Office at;
  const auto wanted = request_for(crypto::PrivateKey::generate_p256(), "hsu01", at.clock.now());
  CHECK(issue(at, wanted, signer("hsu01", "administrator")) == "certifies-self");
  CHECK(issue(at, wanted, signer("zhou07", "administrator", "hsu01")) == "certifies-self");
  CHECK(issue(at, wanted, signer("zhou07", "administrator")) == "done");
}

TEST_CASE("only the first certificate of a store vouches for itself", "[identity]") {
  Office at;
  const auto key = crypto::PrivateKey::generate_p256();
  const auto wanted = request_for(key, "hsu01", at.clock.now());
  CHECK(issue(at, wanted, signer("hsu01", "administrator"), true) == "certifies-self");
}

TEST_CASE("a request that does not prove its key is refused", "[identity]") {
  Office at;
  auto wanted = request_for(crypto::PrivateKey::generate_p256(), "zhou07", at.clock.now());
  wanted.request.back() = static_cast<char>(wanted.request.back() ^ 1);
  CHECK(issue(at, wanted, signer("hsu01", "administrator")) == "request-unproved");
}

TEST_CASE("a request that names another account, or none, is refused", "[identity]") {
  Office at;
  const auto key = crypto::PrivateKey::generate_p256();
  auto wanted = request_for(key, "zhou07", at.clock.now());
  for (const char* named : {"chen04", "zhou070", ""}) {
    INFO(named);
    wanted.request = crypto::make_request(key, named, "zhou07");
    CHECK(issue(at, wanted, signer("hsu01", "administrator")) == "request-of-another");
  }
  wanted.request = crypto::make_request(key, "zhou07", "周致遠");
  CHECK(issue(at, wanted, signer("hsu01", "administrator")) == "done");
}
