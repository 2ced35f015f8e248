// Texts on their way to a version.
#include "desk.h"

using namespace desk;

TEST_CASE("a new document is a draft under its version, and no evidence yet", "[workflow]") {
  Desk desk;
  const auto before = desk.mark();
  const auto receipt = desk.create();
  CHECK(desk.mark().head == before.head);
  CHECK(desk.mark().log_size == before.log_size + 1);
  CHECK_FALSE(receipt.commit);
  const auto draft = workflow::require_draft(desk.store(), kId, {1, 0});
  CHECK(receipt.draft == draft.commit);
  CHECK(draft.markdown == kText);
  CHECK(draft.metadata.title == "資訊安全管理規範");
  CHECK_FALSE(draft.info.base);
  CHECK(workflow::document_ids(desk.store().evidence()).empty());
}

TEST_CASE("a document number is begun once, whether drafted or published", "[workflow]") {
  Desk desk;
  desk.create();
  CHECK(desk.refusal([&] { desk.create(); }) == "document-exists");
  CHECK(desk.refusal([&] { desk.create({}, {2, 0}); }) == "document-exists");
  desk.carry_through("2026-11-22");
  CHECK(desk.refusal([&] { desk.create({}, {2, 0}); }) == "document-exists");
}

TEST_CASE("a bad document number, and a revision of what is not there, are refused", "[workflow]") {
  Desk desk;
  CHECK(desk.refusal([&] {
    workflow::create_document(desk.store(), metadata({}, "../people"), kText,
                              {{1, 0}, std::nullopt, "", ""}, act("draft", "document x", "lin01"));
  }) == "bad-document-id");
  CHECK(desk.refusal([&] { desk.save({1, 0}, kText); }) == "no-document");
  CHECK(desk.refusal([&] {
    (void)workflow::require_draft(desk.store(), kId, {1, 0});
  }) == "no-draft");
  CHECK(desk.refusal([&] { (void)workflow::open_draft_version(desk.store(), kId); }) == "no-draft");
}

TEST_CASE("saving changes what is given and keeps the rest, and everyone who saved is an author",
          "[workflow]") {
  Desk desk;
  desk.create({"政風室"});
  desk.save({1, 0}, kRevised, "wu06");
  desk.save({1, 0}, kText, "lin01");
  const auto draft = workflow::require_draft(desk.store(), kId, {1, 0});
  CHECK(draft.markdown == kText);
  CHECK(draft.metadata.countersign == std::vector<std::string>{"政風室"});
  CHECK(draft.info.summary == "新訂");
  CHECK(workflow::draft_authors(desk.store(), kId, {1, 0}) ==
        std::vector<std::string>{"lin01", "wu06"});
}

TEST_CASE("a text that is no UTF-8 is refused", "[workflow]") {
  Desk desk;
  desk.create();
  CHECK(desk.refusal([&] { desk.save({1, 0}, "壹\xff"); }) != "done");
  CHECK(workflow::require_draft(desk.store(), kId, {1, 0}).markdown == kText);
}

TEST_CASE("a revision begins as the newest publication stands and names it", "[workflow]") {
  Desk desk;
  desk.create();
  desk.carry_through("2026-11-22");
  workflow::save_draft(desk.store(), kId, {1, 1}, {}, act("draft", "document " + kId, "wu06"));
  const auto draft = workflow::require_draft(desk.store(), kId, {1, 1});
  CHECK(draft.markdown == kText);
  CHECK(draft.info.base == Version{1, 0});
  CHECK(draft.info.base_content == evidence::content_digest(kText));
  CHECK(workflow::draft_authors(desk.store(), kId, {1, 1}) == std::vector<std::string>{"wu06"});
  CHECK(workflow::open_draft_version(desk.store(), kId) == Version{1, 1});
}

TEST_CASE("a published version takes no more drafting, and an older number none either",
          "[workflow]") {
  Desk desk;
  desk.create({}, {2, 0});
  desk.carry_through("2026-11-22", {2, 0});
  CHECK(desk.refusal([&] { desk.save({2, 0}, kRevised); }) == "version-published");
  CHECK(desk.refusal([&] { desk.save({1, 9}, kRevised); }) == "version-not-newer");
  CHECK(desk.refusal([&] { (void)workflow::open_draft_version(desk.store(), kId); }) == "no-draft");
}
