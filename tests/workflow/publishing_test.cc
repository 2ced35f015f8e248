// Publication, import and withdrawal.
#include "desk.h"

using namespace desk;

namespace {

workflow::Import seed_regulation() {
  workflow::Import import;
  import.metadata = metadata({}, "EPA-01-001");
  import.metadata.approval_number = "環署資字第1041105975號函";
  import.version = {3, 5};
  import.effective = parse_date("民國104年9月1日");
  import.markdown = kText;
  import.summary = "匯入既有核定本";
  return import;
}

store::Receipt import_seed(Desk& desk) {
  const workflow::PublicationFiles files{"%PDF-1.7 3.5", {{"raw.txt", "壹 總則"}}};
  const auto prepared = workflow::prepare_import(desk.store(), seed_regulation(), files,
                                                 signer("sun05", "controller"),
                                                 act("import", "document EPA-01-001 3.5", "sun05"));
  return desk.sign(prepared, "sun05");
}

void withdraw(Desk& desk, const char* effective) {
  const auto prepared = workflow::prepare_withdrawal(
      desk.store(), kId, parse_date(effective), "併入 ISMS-01-001", signer("sun05", "controller"),
      act("withdrawal", "document " + kId, "sun05"));
  desk.sign(prepared, "sun05");
}

}  // namespace

TEST_CASE("a publication puts the approved text on main, under its tag, with the PDF made once",
          "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  desk.approve();
  const auto receipt = desk.publish("2026-12-01");
  const auto evidence = desk.store().evidence();
  CHECK(evidence.require("documents/ISMS-01-002/document.md") == kText);
  const auto folder = model::revision_folder(kId, {1, 0});
  CHECK(evidence.require(folder + "/published.pdf") == "%PDF-1.7 1.0");
  const auto p = workflow::find_publication(evidence, kId, {1, 0});
  REQUIRE(p);
  CHECK(p->content == evidence::content_digest(kText));
  CHECK(p->pdf == evidence::content_digest("%PDF-1.7 1.0"));
  CHECK(p->statement == "04-publication");
  CHECK_FALSE(p->imported);
  const auto subject = identity::filed_statements(evidence, folder).back().statement.subject;
  REQUIRE(subject["rests_on"].size() == 3);
  CHECK(subject["rests_on"][2]["name"] == "03-approval");
  CHECK(subject["rests_on"][2]["sha256"] ==
        evidence::content_digest(evidence.require(folder + "/03-approval.statement.json")));
  const auto published = workflow::published_version(desk.store(), kId, {1, 0});
  CHECK(published.commit == receipt.commit);
  desk.store().settle();
  CHECK(
      run("git -C " + quoted(desk.path() / "evidence.git") + " rev-parse ISMS-01-002/1.0^{commit}")
          .output == receipt.commit->hex() + "\n");
}

TEST_CASE("a statement added while a publication was prepared has it prepared again",
          "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  desk.approve();
  const auto publication = desk.prepare_publication("2026-12-01");
  desk.review();
  CHECK(desk.refusal([&] { desk.sign(publication, "sun05"); }) == "statements-changed");
  desk.publish();
  CHECK(desk.in_force("2026-12-01") == "1.0");
}

TEST_CASE("two controllers publish one version once", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  desk.approve();
  const auto one = desk.prepare_publication("2026-12-01");
  const auto two = desk.prepare_publication("2026-12-02");
  desk.sign(one, "sun05");
  CHECK(desk.refusal([&] { desk.sign(two, "sun05"); }) == "version-published");
}

TEST_CASE("the effective day counts from the approval's day in Taipei", "[workflow]") {
  Desk desk;
  desk.clock.set("2026-11-22T23:30:00Z");  // 07:30 of the 23rd
  desk.create();
  desk.submit();
  desk.review();
  desk.approve();
  CHECK(desk.refusal([&] { desk.publish("2026-11-22"); }) == "effective-before-approval");
  desk.publish("2026-11-23");
  CHECK(desk.in_force("2026-11-22") == "none");
  CHECK(desk.in_force("2026-11-23") == "1.0");
}

TEST_CASE("a revision supersedes its base from its day on, and both stay as they were published",
          "[workflow]") {
  Desk desk;
  desk.create();
  desk.carry_through("2026-11-22");
  desk.save({1, 1}, kRevised);
  desk.submit({1, 1});
  desk.review({1, 1});
  desk.approve({1, 1});
  desk.publish("2026-12-01", {1, 1});
  CHECK(desk.in_force("2026-11-30") == "1.0");
  CHECK(desk.in_force("2026-12-01") == "1.1");
  CHECK(workflow::published_version(desk.store(), kId, {1, 0}).markdown == kText);
  CHECK(workflow::published_version(desk.store(), kId, {1, 0}).pdf == "%PDF-1.7 1.0");
  CHECK(workflow::published_version(desk.store(), kId, {1, 1}).markdown == kRevised);
  CHECK(workflow::latest_publication(desk.store().evidence(), kId)->base == Version{1, 0});
  CHECK(desk.refusal([&] {
    (void)workflow::published_version(desk.store(), kId, {1, 2});
  }) == "no-version");
}

TEST_CASE("a revision cannot begin before the version it replaces", "[workflow]") {
  Desk desk;
  desk.create();
  desk.carry_through("2026-12-01");
  desk.save({1, 1}, kRevised);
  desk.submit({1, 1});
  desk.review({1, 1});
  desk.approve({1, 1});
  CHECK(desk.refusal([&] {
    desk.publish("2026-11-30", {1, 1});
  }) == "effective-before-predecessor");
  desk.publish("2026-12-01", {1, 1});
  CHECK(desk.in_force("2026-12-01") == "1.1");
}

TEST_CASE("an import is labelled as one, keeps its original, and happens once", "[workflow]") {
  Desk desk;
  import_seed(desk);
  const auto evidence = desk.store().evidence();
  const auto p = workflow::find_publication(evidence, "EPA-01-001", {3, 5});
  REQUIRE(p);
  CHECK(p->imported);
  CHECK(p->statement == "01-import");
  CHECK(evidence.require("documents/EPA-01-001/files/raw.txt") == "壹 總則");
  const auto filed =
      identity::filed_statements(evidence, model::revision_folder("EPA-01-001", {3, 5}));
  REQUIRE(filed.size() == 1);
  CHECK(filed[0].statement.kind == "import");
  CHECK(filed[0].statement.subject["files"]["raw.txt"] == evidence::content_digest("壹 總則"));
  CHECK(desk.refusal([&] { import_seed(desk); }) == "document-exists");
}

TEST_CASE("an imported document is revised like any other", "[workflow]") {
  Desk desk;
  import_seed(desk);
  workflow::save_draft(desk.store(), "EPA-01-001", {3, 6}, {kRevised, std::nullopt, "用語修正"},
                       act("draft", "document EPA-01-001", "lin01"));
  const auto draft = workflow::require_draft(desk.store(), "EPA-01-001", {3, 6});
  CHECK(draft.info.base == Version{3, 5});
  CHECK(draft.metadata.approval_number == "環署資字第1041105975號函");
}

TEST_CASE("a withdrawal ends the force of the document on its day", "[workflow]") {
  Desk desk;
  CHECK(desk.refusal([&] { withdraw(desk, "2026-12-31"); }) == "not-in-force");
  desk.create();
  desk.carry_through("2026-12-01");
  CHECK(desk.refusal([&] { withdraw(desk, "2026-11-30"); }) == "not-in-force");
  withdraw(desk, "2026-12-31");
  CHECK(desk.in_force("2026-12-30") == "1.0");
  CHECK(desk.in_force("2026-12-31") == "none");
  CHECK(desk.refusal([&] { withdraw(desk, "2027-01-01"); }) == "not-in-force");
  CHECK(workflow::published_version(desk.store(), kId, {1, 0}).markdown == kText);
}

TEST_CASE("a withdrawn document has no further version", "[workflow]") {
  Desk desk;
  desk.create();
  desk.carry_through("2026-11-22");
  desk.save({1, 1}, kRevised);
  withdraw(desk, "2026-12-31");
  CHECK(desk.refusal([&] { desk.submit({1, 1}); }) == "document-withdrawn");
}

TEST_CASE("what another store process committed meanwhile is seen", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
  {
    const auto other = store::Store::open(desk.disk, desk.clock, desk.path());
    workflow::DraftChange change;
    change.markdown = kRevised;
    workflow::save_draft(*other, kId, {1, 0}, change, act("draft", "document " + kId, "wu06"));
  }
  try {
    desk.sign(approval, "chen04");
    FAIL("the approval was filed");
  } catch (const Error& error) {
    CHECK(error.code() == "draft-changed");
  }
}
