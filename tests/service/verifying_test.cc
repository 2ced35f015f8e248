// The verifier finds what no honest program would have filed, though every signature in it is good.
#include "bureau.h"
#include "crypto/digest.h"
#include "workflow/rounds.h"

using namespace bureau;

namespace {

// Files a signed statement as if there were no rules: what a person with the store's files and his
// own key could do.
void smuggle(Bureau& at, const std::string& kind, const model::SignerFields& signer,
             const Json& subject, const std::string& folder) {
  model::Statement statement{
      kind, "核准", subject, signer, identity::policy_of(at.store().evidence()), {}, ""};
  const auto prepared = identity::prepare(
      at.store(), statement, act(kind, "document ISMS-02-001 1.0", signer.account),
      [=](const store::Now&, store::Changes&) { return folder; });
  at.sign(prepared, signer.account);
}

std::string found_by(Bureau& at) {
  auto console = at.console();
  std::string text;
  const auto verified = service::verify_store(console, {});
  CHECK(verified["ok"] == verified["problems"].empty());
  for (const auto& problem : verified["problems"]) {
    text += problem["where"].get<std::string>() + ": " + problem["what"].get<std::string>() + "\n";
  }
  return text;
}

bool mentions(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

// What the operator does with the store's own key and log: signed and logged, but no deed of the program.
void operate(Bureau& at, const std::function<void(const store::Now&, store::Changes&)>& decide) {
  auto wanted = act("document", "document ISMS-02-001 1.0", "hsu01");
  wanted.decide = decide;
  at.store().commit(wanted);
}

std::filesystem::path tag_file(Bureau& at) {
  at.store().settle();
  return at.path() / "evidence.git/refs/tags/ISMS-02-001/1.0";
}

const std::string kFolder = "documents/ISMS-02-001/revisions/1.0";

// What the submission named: its approval must name the same.
Json submitted(Bureau& at) {
  auto subject = identity::filed_statements(at.store().evidence(), kFolder).at(0).statement.subject;
  for (const char* key : {"authors", "base", "base_content", "countersign"}) subject.erase(key);
  return subject;
}

}  // namespace

TEST_CASE("an honest store verifies", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  CHECK(found_by(at) == "");
}

TEST_CASE("a quick verification finds what was smuggled in since the last one", "[service]") {
  Bureau at;
  {
    auto admin = at.as("hsu01");
    (void)service::grant_role(admin, {"lin01", "approver", "", "", ""});
  }
  at.create("ISMS-02-001");
  const auto quick = [&] {
    auto console = at.console();
    return service::verify_store(console, {.quick = true, .progress = {}});
  };
  CHECK(quick()["mode"] == "full");  // there was none before
  at.submit("ISMS-02-001");
  const auto sound = quick();
  CHECK(sound["mode"] == "quick");
  CHECK(sound["problems"].empty());
  smuggle(at, "approval", signer("lin01", "approver"), submitted(at), kFolder);
  const auto found = quick();
  CHECK(mentions(found["problems"].dump(), "02-approval"));
  CHECK(mentions(quick()["problems"].dump(), "02-approval"));  // what was found is not taken for granted
}

TEST_CASE("a store in which nothing can be written is verified all the same", "[service]") {
  Bureau at;
  std::filesystem::create_directories(at.path() / "index/checked.json.vermilion-new/in-the-way");
  CHECK(found_by(at) == "");
  CHECK_FALSE(at.store().last_check());
}

TEST_CASE("a verification tells of each of its parts in turn", "[service]") {
  Bureau at;
  std::set<std::string> names;
  std::size_t last = 0;
  auto console = at.console();
  (void)service::verify_store(
      console, {.quick = false,
                .progress = [&](std::size_t part, std::size_t parts, const std::string& name,
                                std::size_t) {
                  CHECK(part >= last);
                  CHECK(part <= parts);
                  last = part;
                  names.insert(name);
                  if (names.size() == parts) CHECK(part == parts);
                }});
  CHECK(names.size() == last);
  CHECK(last == 17);
}

TEST_CASE("an approval by an author is found", "[service]") {
  Bureau at;
  {
    auto admin = at.as("hsu01");
    (void)service::grant_role(admin, {"lin01", "approver", "", "", ""});
  }
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  smuggle(at, "approval", signer("lin01", "approver"), submitted(at), kFolder);
  CHECK(mentions(found_by(at), "02-approval: 撰稿人不得核准"));
}

TEST_CASE("an approval by who holds no such right is found", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  smuggle(at, "approval", signer("zhou07", "approver"), submitted(at), kFolder);
  const auto found = found_by(at);
  CHECK(mentions(found, "document.approve"));
  CHECK(mentions(found, "簽署人當日沒有這個角色"));
}

TEST_CASE("an approval in the name of somebody who delegated nothing is found", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  smuggle(at, "approval", signer("zhou07", "approver", "chen04"), submitted(at), kFolder);
  CHECK(mentions(found_by(at), "當日沒有這項代理"));
}

TEST_CASE("a delegation its principal did not sign gives nothing, though it lies in his folder",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  smuggle(at, "delegation", signer("zhou07", ""),
          {{"type", "delegation"},
           {"id", "01JD9V3K5W8Q2M4N6P7R9S1T0V"},
           {"delegate", "zhou07"},
           {"rights", std::vector<std::string>{"document.approve"}},
           {"from", "2026-11-22"},
           {"to", "2026-12-31"}},
          "people/chen04/delegations");
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] {
          (void)service::approve_document(zhou, {"ISMS-02-001", "", "chen04", "", ""});
        }) == "no-delegation");
  smuggle(at, "approval", signer("zhou07", "approver", "chen04"), submitted(at), kFolder);
  CHECK(mentions(found_by(at), "當日沒有這項代理"));
}

TEST_CASE("an approval before its countersignature is found", "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "公開", "countersign: [政風室]\n");
  at.submit("ISMS-02-001");
  smuggle(at, "approval", signer("chen04", "approver"), submitted(at), kFolder);
  CHECK(mentions(found_by(at), "尚缺會簽：政風室"));
}

TEST_CASE("an approval before any review is found", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  smuggle(at, "approval", signer("chen04", "approver"), submitted(at), kFolder);
  CHECK(mentions(found_by(at), "02-approval: 尚未審查"));
}

TEST_CASE("a certificate its holder witnessed himself is found, unless it is the first",
          "[service]") {
  Bureau at;
  const auto sha256 = at.keys.at("hsu01").certificate.sha256();
  smuggle(at, "certificate", signer("hsu01", "administrator"),
          {{"type", "certificate"}, {"account", "hsu01"}, {"certificate", "sha256:" + sha256}},
          "people/hsu01/certificates");
  CHECK(mentions(found_by(at), "憑證由持有人自己見證"));
}

TEST_CASE("a statement whose signature is gone, and one rewritten later, are found", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  operate(at, [](const store::Now& now, store::Changes& changes) {
    changes.remove(kFolder + "/03-approval.statement.json.p7s");
    changes.put(kFolder + "/published.pdf",
                now.evidence.require(kFolder + "/published.pdf") + "%%");
  });
  const auto found = found_by(at);
  CHECK(mentions(found, "03-approval.statement.json: 缺少簽章檔"));
  CHECK(mentions(found, kFolder + "/published.pdf: 歸檔後又被改寫"));
}

TEST_CASE("a publication removed whole is found by its tag, and without its tag by the log",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  operate(at, [](const store::Now& now, store::Changes& changes) {
    for (const auto& entry : now.evidence.list(kFolder)) changes.remove(kFolder + "/" + entry.name);
  });
  const std::string gone = kFolder + ": 日誌第";
  const auto found = found_by(at);
  CHECK(mentions(found, "tag ISMS-02-001/1.0: 標籤所指的發布已不在 main 上"));
  CHECK(mentions(found, gone));
  std::filesystem::remove(tag_file(at));
  const auto silent = found_by(at);
  CHECK_FALSE(mentions(silent, "標籤"));
  CHECK(mentions(silent, gone));
}

TEST_CASE("a tag of no publication, a publication of no tag and a tag moved are found",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  const auto tag = [&](const std::string& name) {
    operate(at, [=](const store::Now&, store::Changes& changes) {
      changes.put("packs/note.md", "會議備忘 " + name);
      changes.tag(name, "ISMS-02-001\n");
    });
  };
  SECTION("of no publication") {
    tag("ISMS-02-001/1.1");
    CHECK(mentions(found_by(at), "tag ISMS-02-001/1.1: 標籤所指的發布已不在 main 上"));
  }
  std::filesystem::remove(tag_file(at));
  SECTION("of no tag") {
    CHECK(mentions(found_by(at), kFolder + "/publication.json: 這次發布沒有標籤"));
  }
  SECTION("moved") {
    tag("ISMS-02-001/1.0");
    CHECK(mentions(found_by(at), "tag ISMS-02-001/1.0: 標籤不指向發布的那次作業"));
  }
}

TEST_CASE("a certificate whose request is by another, or gone, is found", "[service]") {
  Bureau at;
  const auto folder = "people/chen04/certificates/" + at.keys.at("chen04").certificate.sha256();
  SECTION("another's") {
    operate(at, [&](const store::Now&, store::Changes& changes) {
      changes.put(folder + ".p10", crypto::make_request(at.keys.at("chen04").key, "lin01", "林堃"));
    });
    CHECK(mentions(found_by(at), folder + ".statement.json: 憑證申請不見或已變更"));
  }
  SECTION("gone") {
    operate(at,
            [&](const store::Now&, store::Changes& changes) { changes.remove(folder + ".p10"); });
    CHECK(mentions(found_by(at), folder + ".statement.json: 憑證申請不見或已變更"));
  }
  SECTION("another's, and stated as such") {
    const auto request = crypto::make_request(at.keys.at("chen04").key, "lin01", "林堃");
    operate(at, [&](const store::Now&, store::Changes& changes) {
      changes.put("people/chen04/certificates/02-certificate.p10", request);
    });
    smuggle(
        at, "certificate", signer("hsu01", "administrator"),
        {{"type", "certificate"}, {"account", "chen04"}, {"request", crypto::digest_text(request)}},
        "people/chen04/certificates");
    const auto found = found_by(at);
    INFO(found);
    CHECK(mentions(found, "02-certificate.statement.json: 憑證申請是別人的"));
  }
}
