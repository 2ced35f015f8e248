// Prepare, sign, commit: what is not good leaves nothing.
#include "support/office.h"

using namespace office;

namespace {

const std::string kFolder = "documents/ISMS-01-002/revisions/3.6";

model::Statement approval(const std::string& account) {
  return {"approval",
          "核准",
          {{"type", "revision"}, {"id", "ISMS-01-002"}, {"version", "3.6"}},
          signer(account, "approver"),
          {std::string(40, 'c'), "sha256:" + std::string(64, 'd')},
          {},
          ""};
}

identity::Prepared prepared_by(Office& at, const std::string& account) {
  return identity::prepare(at.store(), approval(account),
                           act("approval", "document ISMS-01-002 3.6", account),
                           [](const store::Now&, store::Changes&) { return kFolder; });
}

Bytes cms_of(Office& at, const identity::Prepared& prepared, const KeyPair& pair) {
  return crypto::sign_detached(prepared.bytes, pair.key, pair.certificate,
                               {at.store().authority().issuer}, prepared.statement.at);
}

std::string committing(Office& at, const identity::Prepared& prepared, const Bytes& cms) {
  return at.refusal([&] { identity::commit_signed(at.store(), prepared, cms); });
}

}  // namespace

TEST_CASE("prepare names store and time, and what is committed are its bytes and the signature",
          "[identity]") {
  Office at;
  const auto prepared = prepared_by(at, "chen04");
  CHECK(prepared.statement.store == at.store().settings().id);
  CHECK(prepared.statement.at == at.clock.now());
  CHECK(model::statement_bytes(prepared.statement) == prepared.bytes);
  const auto before = at.mark();
  const auto cms = cms_of(at, prepared, at.keys.at("chen04"));
  CHECK(at.mark() == before);  // preparing and signing leave nothing
  const auto receipt = identity::commit_signed(at.store(), prepared, cms);
  const auto evidence = at.store().evidence();
  CHECK(evidence.require(kFolder + "/01-approval.statement.json") == prepared.bytes);
  CHECK(evidence.require(kFolder + "/01-approval.statement.json.p7s") == cms);
  CHECK(evidence.commit() == receipt.commit);
  CHECK(receipt.log_index == before.log_size);
  CHECK(at.mark().log_size == before.log_size + 1);
}

TEST_CASE("what was prepared holds for fifteen minutes", "[identity]") {
  Office at;
  const auto prepared = prepared_by(at, "chen04");
  const auto cms = cms_of(at, prepared, at.keys.at("chen04"));
  at.clock.advance(std::chrono::minutes(15) + std::chrono::seconds(1));
  CHECK(committing(at, prepared, cms) == "prepared-expired");
  at.clock.advance(std::chrono::seconds(-1));
  CHECK(committing(at, prepared, cms) == "done");
}

TEST_CASE("a signature by another person, over other bytes, or damaged is refused", "[identity]") {
  Office at;
  const auto prepared = prepared_by(at, "chen04");
  CHECK(committing(at, prepared, cms_of(at, prepared, at.keys.at("qian08"))) == "wrong-person");
  at.clock.advance(std::chrono::seconds(1));
  const auto other = prepared_by(at, "chen04");
  CHECK(committing(at, prepared, cms_of(at, other, at.keys.at("chen04"))) == "content-changed");
  auto damaged = cms_of(at, prepared, at.keys.at("chen04"));
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  CHECK(committing(at, prepared, damaged) == "signature-bad");
  CHECK(committing(at, prepared, "") == "signature-bad");
}

TEST_CASE("a certificate that has run out does not sign", "[identity]") {
  Office at;
  at.keys.insert_or_assign(
      "zhou07", certify(at.store(), "zhou07", at.keys, "hsu01", std::chrono::days(30)));
  at.clock.set("2026-12-22T00:00:01Z");
  const auto late = prepared_by(at, "zhou07");
  CHECK(committing(at, late, cms_of(at, late, at.keys.at("zhou07"))) == "certificate-expired");
  at.clock.set("2026-12-21T23:59:58Z");
  const auto in_time = prepared_by(at, "zhou07");
  CHECK(committing(at, in_time, cms_of(at, in_time, at.keys.at("zhou07"))) == "done");
}

TEST_CASE("a certificate by the store's own issuer that no entry shows is refused", "[identity]") {
  Office at;
  const auto key = crypto::PrivateKey::generate_p256();
  const auto false_one = crypto::issue_person(
      key.public_key(), "chen04", "陳昱", {at.clock.now(), at.clock.now() + std::chrono::days(30)},
      at.store().issuing_key(), at.store().authority().issuer);
  const auto prepared = prepared_by(at, "chen04");
  CHECK(committing(at, prepared, cms_of(at, prepared, {key, false_one})) ==
        "certificate-not-logged");
}

TEST_CASE("a refusal under the lock leaves nothing", "[identity]") {
  Office at;
  auto prepared = prepared_by(at, "chen04");
  prepared.decide = [](const store::Now&, store::Changes& changes) -> std::string {
    changes.put("documents/ISMS-01-002/document.md", "# 壹、總則\n");
    throw Error(Failure::conflict, "stale-base", {"底稿已不是最新版", "the base is stale"});
  };
  CHECK(committing(at, prepared, cms_of(at, prepared, at.keys.at("chen04"))) == "stale-base");
  CHECK_FALSE(at.store().evidence().read("documents/ISMS-01-002/document.md"));
}

TEST_CASE("statements are numbered and read in the order they were filed, the hundredth too",
          "[identity]") {
  Office at;
  auto wanted = act("review", "document ISMS-01-002 3.6", "zhao02");
  wanted.decide = [&](const store::Now&, store::Changes& changes) {
    for (int n = 1; n <= 101; ++n) {
      auto statement = approval("chen04");
      statement.at = at.clock.now() + std::chrono::seconds(n);
      changes.put(fmt::format("{}/{:02}-approval.statement.json", kFolder, n),
                  model::statement_bytes(statement));
    }
  };
  at.store().commit(wanted);
  const auto evidence = at.store().evidence();
  const auto filed = identity::filed_statements(evidence, kFolder);
  REQUIRE(filed.size() == 101);
  CHECK(filed[1].name == "02-approval");
  CHECK(filed[100].name == "101-approval");
  for (std::size_t i = 1; i < filed.size(); ++i)
    CHECK(filed[i - 1].statement.at < filed[i].statement.at);
  CHECK(identity::next_statement_name(evidence, kFolder, "publication") == "102-publication");
}
