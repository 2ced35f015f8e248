// Disposal, from proposal to certificate, and everything that is refused on the way.
#include <algorithm>

#include "archive.h"
#include "support/schemas.h"

using namespace archive;

namespace {

RecordFacts of_class(const std::string& retention, const char* date) {
  auto facts = room_log(date);
  facts.retention = retention;
  return facts;
}

std::vector<std::string> statement_names(const Disposal& disposal) {
  std::vector<std::string> names;
  for (const auto& filed : disposal.statements) names.push_back(filed.name);
  return names;
}

// Every statement of the disposal as the verifier would look at it.
void check_statements(Archive& archive, const Disposal& disposal) {
  const auto evidence = archive.store().evidence();
  for (const auto& filed : disposal.statements) {
    INFO(filed.name);
    const auto path = disposal_folder(disposal.id) + "/" + filed.name + ".statement.json";
    const auto row = archive.store().catalogue().history(path).at(0);
    const auto verified = evidence::verify_statement(
        evidence.require(path), evidence.require(path + ".p7s"), archive.store().authority().root,
        archive.store().settings().id, row.act.log_index,
        identity::certificate_finder(archive.store()));
    CHECK(verified.verdict == evidence::Verdict::good);
    CHECK(schema_faults("statement", parse_json(evidence.require(path))).empty());
  }
}

Json stored(Archive& archive, const std::string& id, const std::string& file) {
  return parse_json(archive.store().evidence().require(disposal_folder(id) + "/" + file));
}

bool contains(const std::vector<std::string>& told, const std::string& words) {
  return std::any_of(told.begin(), told.end(), [&](const std::string& line) {
    return line.find(words) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("from proposal to certificate, each step is a signed statement in its place",
          "[retention]") {
  Archive archive;
  const auto one = archive.file(room_log("112.3.1"));
  const auto two = archive.file(room_log("112.3.2"));
  const auto kept = archive.file(room_log("112.3.3"));
  const auto id = archive.propose({two.id, one.id, one.id});
  CHECK(archive.disposal(id).stage == Stage::proposed);
  archive.approve(id);
  CHECK(archive.disposal(id).stage == Stage::approved);
  CHECK_FALSE(destroyed_by(archive.store().evidence(), one.id));
  archive.execute(id);
  CHECK(archive.disposal(id).stage == Stage::executing);
  CHECK(destroyed_by(archive.store().evidence(), one.id)->id == id);
  CHECK(archive.faults(id).empty());
  archive.certify_with(id, archive.purge_all(id));

  const auto disposal = archive.disposal(id);
  CHECK(disposal.stage == Stage::done);
  CHECK(disposal.records.size() == 2);
  CHECK(statement_names(disposal) ==
        std::vector<std::string>{"01-disposal-proposal", "02-disposal-approval", "03-destruction",
                                 "04-witness", "05-destruction", "06-witness"});
  check_statements(archive, disposal);
  CHECK(schema_faults("disposal", stored(archive, id, "batch.json")).empty());
  CHECK(schema_faults("disposal-payloads", stored(archive, id, "payloads.json")).empty());
  CHECK(
      schema_faults("certificate-of-destruction", stored(archive, id, "certificate.json")).empty());
  CHECK(archive.faults(id).empty());
  for (const auto& gone : {one, two}) {
    CHECK(destroyed_by(archive.store().evidence(), gone.id)->stage == Stage::done);
    for (const auto& payload : gone.payloads)
      CHECK(archive.refusal([&] { (void)archive.store().payload(payload); }) ==
            "payload-destroyed");
  }
  CHECK_FALSE(destroyed_by(archive.store().evidence(), kept.id));
  CHECK(archive.store().payload(kept.payloads[0]) == "ROOM-112-0001 密封內容");
  CHECK(all_disposals(archive.store().evidence()).size() == 1);
}

TEST_CASE("the certificate tells what was destroyed, how, by whom and by what approval",
          "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log("112.3.1"));
  archive.clock.set("2026-11-22T17:00:00Z");  // the 23rd in Taipei
  const auto certificate = *archive.disposal(archive.destroy({record.id})).certificate;
  CHECK(certificate["text"] == "民國115年11月23日奉准銷毀");
  CHECK(certificate["planned"] == 1);
  CHECK(certificate["destroyed"] == 1);
  CHECK(certificate["records"][0]["due"] == "2026-03-02");
  CHECK(certificate["executor"]["name"] == "吳昀");
  CHECK(certificate["witness"]["name"] == "王品妤");
  CHECK(certificate["executed_at"] == "2026-11-22T17:00:00Z");
  CHECK(certificate["holders"][0]["done"] == Json::array({"removed vault/kek/room-3y-2023-1.kek"}));
  CHECK(certificate["holders"][1]["name"] == "快取 cache");
  CHECK(certificate["recovery_copies"]["zh"].get<std::string>().find("未設定") !=
        std::string::npos);
}

TEST_CASE("what may not be destroyed is not proposed", "[retention]") {
  Archive archive;
  const auto refusal = [&](const RecordFacts& facts) {
    const auto filed = archive.file(facts);
    return archive.refusal([&] { archive.propose({filed.id}); });
  };
  CHECK(refusal(room_log("112.11.22")) == "not-due");  // its last day
  CHECK(refusal(room_log("112.11.21")) == "done");
  CHECK(refusal(of_class("people", "89.1.1")) == "retention-permanent");
  CHECK(refusal(of_class("nda-15y", "89.1.1")) == "trigger-open");
  auto open = room_log();
  open.completed.reset();
  CHECK(refusal(open) == "record-incomplete");
  CHECK(refusal(of_class("room-9y", "89.1.1")) == "unknown-retention");
  CHECK(refusal(of_class("archive-10y", "89.1.1")) == "archive-track");
  const auto held = archive.file(room_log());
  archive.place_hold(of({held.id}));
  CHECK(archive.refusal([&] { archive.propose({held.id}); }) == "held");
  CHECK(archive.refusal([&] { archive.propose({}); }) == "no-records");
  CHECK(archive.refusal([&] { archive.propose({held.id}, {}, false, " "); }) == "no-method");
  CHECK(archive.refusal([&] { archive.propose({"01JDB3J9M0000000000000000H"}); }) ==
        "no-such-path");
}

TEST_CASE("a record is in one batch, also when two propose at once", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto late =
      prepare_proposal(archive.store(), facts_in, {record.id}, "消除電子檔", false,
                       Archive::who("lin01"), act("disposal-proposal", "disposal", "lin01"));
  const auto id = archive.propose({record.id});
  CHECK(archive.refusal([&] { archive.sign(late, "lin01"); }) == "record-in-batch");
  CHECK(archive.refusal([&] { archive.propose({record.id}); }) == "record-in-batch");
  archive.approve(id);
  archive.execute(id);
  archive.certify_with(id, archive.purge_all(id));
  CHECK(archive.refusal([&] { archive.propose({record.id}); }) == "record-in-batch");
}

TEST_CASE("a step out of turn is refused and writes nothing", "[retention]") {
  Archive archive;
  const auto id = archive.propose({archive.file(room_log()).id});
  CHECK(archive.refusal([&] { archive.execute(id); }) == "disposal-stage");
  archive.approve(id);
  CHECK(archive.refusal([&] { archive.approve(id, {.approver = "qian08"}); }) == "disposal-stage");
  const auto again = archive.prepared_execution(id);
  archive.execute(id);
  CHECK(archive.refusal([&] { archive.sign_both(again); }) == "disposal-stage");
  CHECK(archive.refusal([&] { archive.execute(id); }) == "disposal-stage");
  CHECK(archive.refusal([&] { archive.approve(id); }) == "disposal-stage");
  const auto told = archive.purge_all(id);
  archive.certify_with(id, told);
  CHECK(archive.refusal([&] { archive.certify_with(id, told); }) == "disposal-stage");
  CHECK(archive.refusal([&] { archive.approve("01JDB3J9M0000000000000000H"); }) == "no-disposal");
  CHECK(archive.refusal([&] { archive.approve("../people"); }) == "no-disposal");
}

TEST_CASE("proposer, approver, executor and witness are four persons", "[retention]") {
  Archive archive;
  const auto id = archive.propose({archive.file(room_log()).id});
  const auto approval = [&](const std::string& who) {
    return archive.refusal([&] { archive.approve(id, {.approver = who}); });
  };
  const auto execution = [&](const std::string& executor, const std::string& witness) {
    return archive.refusal(
        [&] { archive.execute(id, {.executor = executor, .witness = witness}); });
  };
  CHECK(approval("sun05") == "proposer-approves");
  CHECK(approval("sun05 for chen04") == "proposer-approves");
  CHECK(approval("chen04 for sun05") == "proposer-approves");
  archive.approve(id, {.approver = "chen04 for qian08"});
  CHECK(execution("sun05", "wang03") == "proposer-executes");
  CHECK(execution("wu06", "sun05") == "proposer-witnesses");
  CHECK(execution("chen04", "wang03") == "approver-executes");
  CHECK(execution("qian08", "wang03") == "approver-executes");
  CHECK(execution("wu06 for qian08", "wang03") == "approver-executes");
  CHECK(execution("wu06", "chen04") == "approver-witnesses");
  CHECK(execution("wu06", "wang03 for qian08") == "approver-witnesses");
  CHECK(execution("wu06", "wu06") == "executor-witnesses");
  CHECK(execution("wu06 for wang03", "wang03") == "executor-witnesses");
  CHECK(execution("wu06 for lin01", "wang03 for lin01") == "executor-witnesses");
  CHECK(archive.disposal(id).stage == Stage::approved);
  archive.execute(id, {.executor = "wu06 for lin01"});

  const auto told = archive.purge_all(id);
  const auto certificate = [&](const std::string& executor, const std::string& witness) {
    return archive.refusal(
        [&] { archive.certify_with(id, told, {.executor = executor, .witness = witness}); });
  };
  CHECK(certificate("sun05", "wang03") == "proposer-executes");
  CHECK(certificate("wu06", "chen04") == "approver-witnesses");
  CHECK(certificate("wang03", "ren09") == "executor-witnesses");
  CHECK(certificate("ren09", "lin01") == "executor-witnesses");
  CHECK(certificate("ren09", "zhou07") == "done");  // others, if those of the execution cannot
  CHECK(archive.disposal(id).certificate->at("executor")["account"] == "wu06");
  CHECK(archive.faults(id).empty());
}

TEST_CASE("the witness's statement is nothing without the executor's", "[retention]") {
  Archive archive;
  const auto id = archive.propose({archive.file(room_log()).id});
  archive.approve(id);
  const auto pair = archive.prepared_execution(id);
  CHECK_THROWS_AS(archive.sign(pair.witness, "wang03"), Bug);
  // Nor does somebody else's key stand for his.
  auto forged = pair.witness;
  const auto& wu06 = archive.keys.at("wu06");
  const auto cms = crypto::sign_detached(forged.bytes, wu06.key, wu06.certificate,
                                         {archive.store().authority().issuer}, forged.statement.at);
  CHECK(archive.refusal([&] {
    identity::commit_signed(archive.store(), {pair.executor, archive.signature(pair.executor)},
                            {{forged, cms}});
  }) == "wrong-person");
  CHECK(archive.disposal(id).stage == Stage::approved);
}

TEST_CASE("a hold placed in between stops approval and execution until it is released",
          "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto id = archive.propose({record.id});
  auto hold = archive.place_hold(of({record.id}));
  CHECK(archive.refusal([&] { archive.approve(id); }) == "held");
  archive.release(hold, "qian08");
  const auto approval = prepare_approval(archive.store(), facts_in, id, "", Archive::who("chen04"),
                                         act("disposal-approval", "disposal " + id, "chen04"));
  hold = archive.place_hold(of({record.id}));
  CHECK(archive.refusal([&] { archive.sign(approval, "chen04"); }) == "held");
  archive.release(hold, "qian08");
  archive.sign(approval, "chen04");
  // Signed before the hold, brought after it.
  const auto pair = archive.prepared_execution(id);
  hold = archive.place_hold({{}, "room-daily-log", parse_date("112.1.1"), std::nullopt});
  CHECK(archive.refusal([&] { archive.sign_both(pair); }) == "held");
  CHECK(archive.refusal([&] { archive.execute(id); }) == "held");
  CHECK(archive.store().payload(record.payloads[0]) == "ROOM-112-0001 密封內容");
  archive.release(hold, "qian08");
  archive.execute(id);
  CHECK(archive.faults(id).empty());
}

TEST_CASE("the refusal of what is held is forbidden, and names record and hold", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto hold = archive.place_hold(of({record.id}));
  try {
    archive.propose({record.id});
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::forbidden);
    CHECK(error.said().zh.starts_with("ROOM-112-0001：保全中"));
    CHECK(error.said().en.find(hold) != std::string::npos);
  }
}

TEST_CASE("what is due is reckoned again when the signatures come", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto id = archive.propose({record.id});
  archive.approve(id);
  const auto pair = archive.prepared_execution(id);
  auto rules = parse_json(default_retention_rules());
  for (auto& rule : rules)
    if (rule["id"] == "room-3y") rule["years"] = 5;
  archive.put("rules/retention.json", rules.dump());
  CHECK(archive.refusal([&] { archive.sign_both(pair); }) == "not-due");
  archive.put("rules/retention.json", default_retention_rules());
  auto changed = record;
  changed.number = "ROOM-112-0009";
  archive.put(manifest_path(record.id), canonical(facts_json(changed)));
  CHECK(archive.refusal([&] { archive.sign_both(pair); }) == "record-changed");
  CHECK(archive.refusal([&] { archive.execute(id); }) == "record-changed");
}

TEST_CASE("files of the archives need the authority's approval number before they are destroyed",
          "[retention]") {
  Archive archive;
  const auto id = archive.propose({archive.file(of_class("archive-10y", "104.9.1")).id}, {}, true);
  archive.approve(id);
  CHECK(archive.refusal([&] { archive.execute(id); }) == "approval-number-missing");
  CHECK(archive.refusal([&] { archive.approve(id); }) == "disposal-stage");
  archive.approve(id, {.approver = "qian08"}, "檔徵字第1150001234號");
  CHECK(archive.refusal([&] { archive.approve(id, {}, "檔徵字第2號"); }) == "disposal-stage");
  CHECK(archive.refusal([&] { archive.execute(id, {.executor = "chen04"}); }) ==
        "approver-executes");
  archive.execute(id);
  archive.certify_with(id, archive.purge_all(id));
  const auto disposal = archive.disposal(id);
  CHECK(disposal.approval_number == "檔徵字第1150001234號");
  CHECK(disposal.certificate->at("approval_number") == "檔徵字第1150001234號");
  CHECK(statement_names(disposal).back() == "07-witness");
  CHECK(archive.faults(id).empty());
}

TEST_CASE("as long as a holder has something left there is no certificate", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto id = archive.propose({record.id});
  archive.approve(id);
  archive.execute(id);
  archive.cache_sticks = true;
  try {
    (void)archive.purge_all(id);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == "destruction-incomplete");
    CHECK(error.failure() == Failure::unavailable);
    CHECK(error.said().zh.find("快取 cache: cache/ROOM-112-0001") != std::string::npos);
  }
  archive.cache_sticks = false;
  // A store opened anew goes on where the last one was left.
  const auto again = store::Store::open(archive.disk, archive.clock, archive.path());
  const auto evidence = again->evidence();
  Holders holders;
  holders.push_back(std::make_unique<StoreHolder>(*again));
  const auto told = purge(condemned(evidence, require_disposal(evidence, id)), holders);
  CHECK(told[0]["done"] == Json::array({"removed vault/kek/room-3y-2023-1.kek"}));
  archive.certify_with(id, told);
  CHECK(archive.faults(id).empty());
}

TEST_CASE("a certificate that does not fit the disposal is refused", "[retention]") {
  Archive archive;
  const auto id = archive.propose({archive.file(room_log()).id});
  archive.approve(id);
  archive.execute(id);
  auto certificate = certificate_json(archive.store(), archive.disposal(id), archive.purge_all(id), kNoCopies);
  certificate["destroyed"] = 2;
  CHECK(archive.refusal([&] {
    (void)prepare_certificate(archive.store(), id, certificate, "%PDF", Archive::who("wu06"),
                              Archive::who("wang03"), act("destruction", "disposal", "wu06"));
  }) == "certificate-mismatch");
}

TEST_CASE("the verifier finds what the signing would have refused", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto id = archive.propose({record.id});
  archive.approve(id);
  const auto folder = disposal_folder(id) + "/";
  // Files the statements of an execution without asking anybody.
  const auto force = [&](const Cast& cast, bool with_witness = true) {
    const auto pair = archive.prepared_execution(id);
    const auto put = [&](identity::Prepared one, const std::string& account) {
      one.statement.signer = Archive::who(account);
      archive.put(folder + one.fixed_name + ".statement.json",
                  model::statement_bytes(one.statement));
    };
    archive.put(folder + "payloads.json", canonical({{"payloads", record.payloads},
                                                     {"records", {{record.id, record.payloads}}}}));
    return std::function<void()>([=] {
      put(pair.executor, cast.executor);
      if (with_witness) put(pair.witness, cast.witness);
    });
  };
  SECTION("nothing, if there is nothing") {
    force({})();
    CHECK(archive.faults(id).empty());
  }
  SECTION("the approver as executor") {
    force({.executor = "chen04"})();
    CHECK(archive.faults(id) ==
          std::vector<std::string>{disposal_folder(id) + ": 銷毀核准人不得執行同一批（chen04）"});
  }
  SECTION("no witness") {
    force({}, false)();
    CHECK(contains(archive.faults(id), "缺少監毀人的聲明"));
  }
  SECTION("a hold that stood") {
    const auto late = force({});
    archive.place_hold(of({record.id}));
    late();
    CHECK(contains(archive.faults(id), "03-destruction.statement.json: ROOM-112-0001：保全中"));
    CHECK(contains(archive.faults(id), "04-witness.statement.json: ROOM-112-0001：保全中"));
  }
  SECTION("a term that had not ended") {
    const auto early = force({});
    archive.clock.set("2026-03-01T00:00:00Z");
    early();
    CHECK(contains(archive.faults(id),
                   "03-destruction.statement.json: ROOM-112-0001：機房日誌及登錄紀錄報表 3 年"));
  }
  SECTION("other payloads") {
    force({})();
    archive.put(folder + "payloads.json",
                canonical({{"payloads", Json::array()}, {"records", Json::object()}}));
    CHECK(contains(archive.faults(id), "03-destruction.statement.json: 聲明與銷毀案的檔案不符"));
  }
  SECTION("another batch") {
    auto batch = stored(archive, id, "batch.json");
    batch["method"] = "焚毀";
    archive.put(folder + "batch.json", canonical(batch));
    CHECK(contains(archive.faults(id),
                   "01-disposal-proposal.statement.json: 聲明與銷毀案的檔案不符"));
  }
  SECTION("another certificate") {
    archive.execute(id);
    archive.certify_with(id, archive.purge_all(id));
    auto certificate = stored(archive, id, "certificate.json");
    certificate["destroyed"] = 3;
    archive.put(folder + "certificate.json", canonical(certificate));
    CHECK(contains(archive.faults(id), "05-destruction.statement.json: 聲明與銷毀案的檔案不符"));
    CHECK(contains(archive.faults(id), "certificate.json: 銷毀證明與銷毀案不符"));
  }
  SECTION("a statement that was replaced") {
    const auto path = folder + "02-disposal-approval.statement.json";
    auto approval = model::parse_statement(archive.store().evidence().require(path));
    approval.signer = Archive::who("qian08");
    archive.put(path, model::statement_bytes(approval));
    CHECK(contains(archive.faults(id), "02-disposal-approval.statement.json: 聲明曾遭更動"));
  }
  SECTION("a step out of order") {
    archive.put(folder + "03-disposal-proposal.statement.json",
                archive.store().evidence().require(folder + "01-disposal-proposal.statement.json"));
    CHECK(contains(archive.faults(id), "03-disposal-proposal.statement.json: 不應出現於此階段"));
  }
}
