// Submission, review, countersignature, return, approval, as signed acts of a store.
#include "desk.h"

using namespace desk;

TEST_CASE("from draft to publication, each step is a signed statement in its place", "[workflow]") {
  Desk desk;
  desk.create({"政風室"});
  desk.save({1, 0}, kRevised, "wu06");
  const auto before = desk.mark();
  desk.submit();
  desk.review();
  desk.countersign("政風室", "wang03");
  desk.approve();
  desk.publish("2026-12-01");
  CHECK(desk.mark().log_size == before.log_size + 5);

  const auto evidence = desk.store().evidence();
  const auto filed = identity::filed_statements(evidence, model::revision_folder(kId, {1, 0}));
  std::vector<std::string> names;
  for (const auto& one : filed) {
    names.push_back(one.name);
    const auto path = model::revision_folder(kId, {1, 0}) + "/" + one.name + ".statement.json";
    const auto row = desk.store().catalogue().history(path).at(0);
    const auto verified = evidence::verify_statement(
        evidence.require(path), evidence.require(path + ".p7s"), desk.store().authority().root,
        desk.store().settings().id, row.act.log_index, identity::certificate_finder(desk.store()));
    CHECK(verified.verdict == evidence::Verdict::good);
    CHECK(row.act.actor == one.statement.signer.account);
  }
  CHECK(names == std::vector<std::string>{"01-submission", "02-review", "03-countersignature",
                                          "04-approval", "05-publication"});
  CHECK(filed[0].statement.subject["authors"] == Json({"lin01", "wu06"}));
  CHECK(filed[0].statement.subject["countersign"] == Json::array({"政風室"}));
  CHECK(filed[2].statement.subject["unit"] == "政風室");
}

TEST_CASE("a step out of turn is refused and writes nothing", "[workflow]") {
  Desk desk;
  CHECK(desk.refusal([&] { desk.submit(); }) == "no-draft");
  desk.create({"政風室"});
  CHECK(desk.refusal([&] { desk.review(); }) == "not-submitted");
  CHECK(desk.refusal([&] { desk.countersign("政風室", "wang03"); }) == "not-submitted");
  CHECK(desk.refusal([&] { desk.approve(); }) == "not-submitted");
  CHECK(desk.refusal([&] { desk.publish(); }) == "not-submitted");
  desk.submit();
  CHECK(desk.refusal([&] { desk.submit(); }) == "already-submitted");
  CHECK(desk.refusal([&] { desk.approve(); }) == "countersignature-missing");
  CHECK(desk.refusal([&] { desk.publish(); }) == "countersignature-missing");
  desk.countersign("政風室", "wang03");
  CHECK(desk.refusal([&] { desk.approve(); }) == "review-missing");
  CHECK(desk.refusal([&] { desk.publish(); }) == "review-missing");
  desk.review();
  CHECK(desk.refusal([&] { desk.publish(); }) == "not-approved");
  desk.approve();
  CHECK(desk.refusal([&] { desk.approve({1, 0}, "qian08"); }) == "already-approved");
  CHECK(desk.refusal([&] { desk.publish("2026-11-21"); }) == "effective-before-approval");
  desk.publish();
  for (const auto& step : {"submission", "review", "approval"}) {
    CHECK(desk.refusal([&] {
      desk.sign(desk.prepare({step, "", "", "", false}, "qian08"), "qian08");
    }) == "version-published");
  }
  CHECK(desk.refusal([&] { desk.publish(); }) == "version-published");
}

TEST_CASE("an author neither reviews, countersigns nor approves, in whosever name", "[workflow]") {
  Desk desk;
  desk.create({"政風室"});
  desk.save({1, 0}, kRevised, "wang03");
  desk.save({1, 0}, kText, "chen04");
  desk.submit();
  CHECK(desk.refusal([&] { desk.review({1, 0}, "wang03"); }) == "author-reviews");
  CHECK(desk.refusal([&] { desk.countersign("政風室", "wang03"); }) == "author-countersigns");
  CHECK(desk.refusal([&] { desk.approve({1, 0}, "chen04"); }) == "author-approves");
  CHECK(desk.refusal([&] { desk.approve({1, 0}, "lin01"); }) == "author-approves");
  CHECK(desk.refusal([&] { desk.approve({1, 0}, "zhou07", "chen04"); }) == "author-approves");
  CHECK(desk.refusal([&] { desk.approve({1, 0}, "chen04", "qian08"); }) == "author-approves");
}

TEST_CASE(
    "a draft changed after its submission has to be submitted again, and what was signed is void",
    "[workflow]") {
  Desk desk;
  desk.create({"政風室"});
  desk.submit();
  desk.review();
  desk.countersign("政風室", "wang03");
  desk.save({1, 0}, kRevised);
  CHECK(desk.refusal([&] { desk.approve(); }) == "draft-changed");
  CHECK(desk.refusal([&] { desk.publish(); }) == "draft-changed");
  desk.submit();
  CHECK(desk.round().reviews.empty());
  CHECK(desk.refusal([&] { desk.approve(); }) == "countersignature-missing");
  desk.countersign("政風室", "wang03");
  CHECK(desk.refusal([&] { desk.approve(); }) == "review-missing");
  desk.review();
  desk.approve();
  desk.publish();
  CHECK(workflow::published_version(desk.store(), kId, {1, 0}).markdown == kRevised);
}

TEST_CASE("an approval already given does not carry over to a changed text", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  desk.approve();
  desk.save({1, 0}, kRevised);
  CHECK(desk.refusal([&] { desk.publish(); }) == "draft-changed");
}

TEST_CASE("another rendition than the one submitted is another draft", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  const auto other =
      workflow::prepare_step(desk.store(), kId, {1, 0}, {"approval", "核准", "", "", false},
                             evidence::content_digest("別的版面"), signer("chen04", "approver"),
                             act("approval", "document " + kId + " 1.0", "chen04"));
  CHECK(desk.refusal([&] { desk.sign(other, "chen04"); }) == "draft-changed");
}

TEST_CASE("what changes between reading and signing is not signed", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  SECTION("the text") {
    const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
    desk.save({1, 0}, kRevised);
    CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "draft-changed");
  }
  SECTION("the text, submitted anew: the approval would count for a text its signer never saw") {
    const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
    desk.save({1, 0}, kRevised);
    desk.submit();
    desk.review();
    CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "draft-changed");
  }
  SECTION("a return") {
    const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
    desk.give_back();
    CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "not-submitted");
  }
  SECTION("another approver was first") {
    const auto one = desk.prepare({"approval", "核准", "", "", false}, "chen04");
    const auto two = desk.prepare({"approval", "核准", "", "", false}, "qian08");
    desk.sign(one, "chen04");
    CHECK(desk.refusal([&] { desk.sign(two, "qian08"); }) == "already-approved");
  }
  SECTION("the submission itself") {
    desk.save({1, 0}, kRevised);
    const auto submission = desk.prepare({"submission", "送審", "", "", false}, "lin01");
    desk.save({1, 0}, kRevised + "\n二、增訂。\n");
    CHECK(desk.refusal([&] { desk.sign(submission, "lin01"); }) == "draft-changed");
  }
}

TEST_CASE("the same prepared step is filed once", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
  desk.sign(approval, "chen04");
  CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "already-approved");
}

TEST_CASE("a step prepared more than fifteen minutes ago is begun again", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.review();
  const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04");
  desk.clock.advance(std::chrono::minutes(15) + std::chrono::seconds(1));
  CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "prepared-expired");
  desk.approve();
  CHECK(desk.round().approval);
}

TEST_CASE("a return sends the draft back, and the same text may be submitted again", "[workflow]") {
  Desk desk;
  desk.create();
  desk.submit();
  desk.give_back();
  REQUIRE(desk.round().returned);
  CHECK(desk.round().returned->statement.subject["comment"] == "缺附表二");
  CHECK(desk.refusal([&] { desk.approve(); }) == "not-submitted");
  desk.submit();
  desk.review();
  desk.approve();
  CHECK(desk.round().approval);
}

TEST_CASE("a draft whose base is no longer the newest is stale at every step", "[workflow]") {
  Desk desk;
  desk.create();
  desk.carry_through("2026-11-22");
  desk.save({1, 1}, kRevised);
  desk.save({1, 2}, kRevised + "\n二、增訂。\n");
  desk.submit({1, 2});
  const auto approval = desk.prepare({"approval", "核准", "", "", false}, "chen04", {1, 2});
  desk.carry_through("2026-11-23", {1, 1});
  CHECK(desk.refusal([&] { desk.sign(approval, "chen04"); }) == "stale-base");
  CHECK(desk.refusal([&] { desk.approve({1, 2}); }) == "stale-base");
  CHECK(desk.refusal([&] { desk.review({1, 2}); }) == "stale-base");
  CHECK(desk.refusal([&] { desk.publish("2026-12-01", {1, 2}); }) == "stale-base");
  CHECK(desk.in_force("2026-12-01") == "1.1");
}
