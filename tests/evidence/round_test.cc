// What a revision's statements amount to, and who may add which next.
#include "round.h"

using namespace round_of_tests;

namespace {

std::string approving(const Round& round, const model::SignerFields& signer = by("chen04"),
                      const RevisionDigests& now = digests()) {
  return code_of(cannot_sign("approval", round, signer, now));
}

std::string publishing(const Round& round, const char* effective,
                       const RevisionDigests& now = digests(),
                       const std::string& zone = "Asia/Taipei") {
  return code_of(cannot_publish(round, now, parse_date(effective), zone));
}

}  // namespace

TEST_CASE("nothing filed is no round", "[evidence]") {
  const auto round = Filing().round();
  CHECK_FALSE(round.submission);
  CHECK_FALSE(round.approval);
  CHECK(round.authors.empty());
}

TEST_CASE("a round holds the submission and what names the same draft after it", "[evidence]") {
  const auto round =
      Filing().submit(digests(), {"政風室"}).review().countersign("政風室").approve().round();
  REQUIRE(round.submission);
  CHECK(round.submission->name == "01-submission");
  CHECK(round.reviews.size() == 1);
  CHECK(round.countersignatures.size() == 1);
  REQUIRE(round.approval);
  CHECK(round.approval->name == "04-approval");
  CHECK(round.authors == Persons{"lin01", "wu06"});
  CHECK(missing_countersignatures(round).empty());
}

TEST_CASE("who submits counts as an author, and so does the one he submits for", "[evidence]") {
  Filing filing;
  filing.file("submission", by("zhou07", "sun05"),
              subject(digests(), {{"authors", std::vector<std::string>{"lin01"}}}));
  CHECK(filing.round().authors == Persons{"lin01", "sun05", "zhou07"});
}

TEST_CASE("a return ends the round, and what follows needs a new submission", "[evidence]") {
  auto filing = Filing().submit().review().give_back();
  const auto returned = filing.round();
  CHECK_FALSE(returned.submission);
  REQUIRE(returned.returned);
  CHECK(returned.returned->name == "03-review");
  CHECK(approving(returned) == "not-submitted");

  CHECK_FALSE(Filing(filing).approve().round().approval);  // an approval after the return counts
                                                           // for nothing

  const auto again = filing.submit().round();
  CHECK(again.submission->name == "04-submission");
  CHECK_FALSE(again.returned);
  CHECK(again.reviews.empty());
  CHECK(approving(again) == "review-missing");  // the review before the return is of another round
  CHECK(approving(filing.review().round()) == "allowed");
}

TEST_CASE("a return after the approval takes the approval with it", "[evidence]") {
  const auto round = Filing().submit().approve().give_back().round();
  CHECK_FALSE(round.approval);
  CHECK(publishing(round, "2026-12-01") == "not-submitted");
}

TEST_CASE("a new submission begins anew: what was signed before is not counted", "[evidence]") {
  const auto later = digests("三版修");
  const auto round = Filing()
                         .submit(digests(), {"政風室"})
                         .countersign("政風室")
                         .approve()
                         .submit(later, {"政風室"})
                         .round();
  CHECK_FALSE(round.approval);
  CHECK(round.countersignatures.empty());
  CHECK(missing_countersignatures(round) == std::vector<std::string>{"政風室"});
}

TEST_CASE("a signature over another draft, content, metadata or rendition does not count",
          "[evidence]") {
  for (auto RevisionDigests::*member : {&RevisionDigests::draft, &RevisionDigests::content,
                                        &RevisionDigests::metadata, &RevisionDigests::pdf}) {
    auto other = digests();
    other.*member = content_digest("別的");
    const auto round = Filing()
                           .submit(digests(), {"政風室"})
                           .review(other)
                           .countersign("政風室", other)
                           .approve("2026-11-22T08:00:00Z", other)
                           .give_back(other)
                           .round();
    CHECK(round.submission);
    CHECK(round.reviews.empty());
    CHECK(round.countersignatures.empty());
    CHECK_FALSE(round.approval);
    CHECK_FALSE(round.returned);
  }
}

TEST_CASE("signatures before any submission count for nothing", "[evidence]") {
  const auto round = Filing().approve().countersign("政風室").round();
  CHECK_FALSE(round.approval);
  CHECK(round.countersignatures.empty());
}

TEST_CASE("every unit named has to countersign, each for itself", "[evidence]") {
  auto filing =
      Filing().submit(digests(), {"政風室", "人事室"}).countersign("政風室").countersign("政風室");
  CHECK(missing_countersignatures(filing.round()) == std::vector<std::string>{"人事室"});
  CHECK(missing_countersignatures(filing.countersign("主計室").round()) ==
        std::vector<std::string>{"人事室"});
  CHECK(missing_countersignatures(filing.countersign("人事室").round()).empty());
}

TEST_CASE("nothing but a submission can be signed before one", "[evidence]") {
  for (const char* kind : {"review", "countersignature", "approval"}) {
    INFO(kind);
    const auto refusal = cannot_sign(kind, Filing().round(), by("chen04"), digests());
    CHECK(code_of(refusal) == "not-submitted");
    CHECK(refusal->failure == Failure::conflict);
  }
  CHECK_FALSE(cannot_sign("submission", Filing().round(), by("lin01"), digests()));
}

TEST_CASE("the same draft is not submitted twice, a changed one may be", "[evidence]") {
  const auto round = Filing().submit().round();
  CHECK(code_of(cannot_sign("submission", round, by("lin01"), digests())) == "already-submitted");
  CHECK_FALSE(cannot_sign("submission", round, by("lin01"), digests("三版修")));
  CHECK_FALSE(
      cannot_sign("submission", Filing().submit().give_back().round(), by("lin01"), digests()));
}

TEST_CASE(
    "a draft changed after its submission can be neither reviewed, countersigned, approved nor "
    "published",
    "[evidence]") {
  const auto round = Filing().submit().approve().round();
  for (auto RevisionDigests::*member : {&RevisionDigests::draft, &RevisionDigests::content,
                                        &RevisionDigests::metadata, &RevisionDigests::pdf}) {
    auto now = digests();
    now.*member = content_digest("改過");
    for (const char* kind : {"review", "countersignature", "approval"}) {
      const auto refusal = cannot_sign(kind, round, by("chen04"), now);
      CHECK(code_of(refusal) == "draft-changed");
      CHECK(refusal->failure == Failure::conflict);
    }
    CHECK(publishing(round, "2026-12-01", now) == "draft-changed");
  }
}

TEST_CASE("statements of a round name the same files, or they are of different drafts",
          "[evidence]") {
  auto with = digests();
  with.files = {{"網路架構.png", content_digest("一")}};
  auto changed = with;
  changed.files["網路架構.png"] = content_digest("二");
  auto more = with;
  more.files["機房.jpg"] = content_digest("三");
  for (const auto& other : {changed, more, digests()}) {
    const auto round =
        Filing().submit(with).review(other).approve("2026-11-22T08:00:00Z", other).round();
    CHECK(round.reviews.empty());
    CHECK_FALSE(round.approval);
    const auto whole =
        Filing().submit(with).review(with).approve("2026-11-22T08:00:00Z", with).round();
    CHECK(publishing(whole, "2026-12-01", with) == "allowed");
    CHECK(publishing(whole, "2026-12-01", other) == "draft-changed");
    CHECK(code_of(cannot_sign("approval", whole, by("chen04"), other)) == "draft-changed");
  }
}

TEST_CASE("an author may not approve, countersign or review, whoever of them submitted",
          "[evidence]") {
  const auto round = Filing().submit().review().round();
  for (const char* author : {"lin01", "wu06"}) {
    for (const auto& [kind, code] :
         std::map<std::string, std::string>{{"approval", "author-approves"},
                                            {"countersignature", "author-countersigns"},
                                            {"review", "author-reviews"}}) {
      INFO(author << ", " << kind);
      const auto refusal = cannot_sign(kind, round, by(author), digests());
      CHECK(code_of(refusal) == code);
      CHECK(refusal->failure == Failure::forbidden);
      CHECK_FALSE(cannot_sign(kind, round, by("chen04"), digests()));
    }
  }
}

TEST_CASE("a delegation does not let an author approve: neither as delegate nor as principal",
          "[evidence]") {
  const auto round = Filing().submit().review().round();
  CHECK(approving(round, by("lin01", "chen04")) == "author-approves");
  CHECK(approving(round, by("zhou07", "lin01")) == "author-approves");
  CHECK(approving(round, by("zhou07", "chen04")) == "allowed");
}

TEST_CASE("who had it submitted in his name, and who submitted it, may not approve", "[evidence]") {
  Filing filing;
  filing.file("submission", by("zhou07", "sun05"),
              subject(digests(), {{"authors", std::vector<std::string>{"lin01"}}}));
  for (const char* person : {"zhou07", "sun05", "lin01"})
    CHECK(approving(filing.round(), by(person)) == "author-approves");
  CHECK(approving(filing.round(), by("zhao02", "sun05")) == "author-approves");
}

TEST_CASE("an approval waits for every countersignature and is given once", "[evidence]") {
  auto filing = Filing().submit(digests(), {"政風室"});
  const auto refusal = cannot_sign("approval", filing.round(), by("chen04"), digests());
  CHECK(code_of(refusal) == "countersignature-missing");
  CHECK(refusal->said.zh.find("政風室") != std::string::npos);
  CHECK(approving(filing.review().countersign("政風室").round()) == "allowed");
  CHECK(approving(filing.approve().round(), by("qian08")) == "already-approved");
}

TEST_CASE("an approval and a publication rest on a review by somebody who is no author",
          "[evidence]") {
  const auto refusal = cannot_sign("approval", Filing().submit().round(), by("chen04"), digests());
  CHECK(code_of(refusal) == "review-missing");
  CHECK(refusal->failure == Failure::conflict);
  CHECK(approving(Filing().submit(digests(), {"政風室"}).round()) == "countersignature-missing");
  CHECK(approving(Filing().submit().review().round()) == "allowed");
  CHECK(publishing(Filing().submit().approve().round(), "2026-12-01") == "review-missing");
  for (const auto& author : {by("wu06"), by("wu06", "zhao02"), by("zhou07", "lin01")}) {
    const auto round = Filing().submit().review(digests(), author).approve().round();
    CHECK(publishing(round, "2026-12-01") == "review-missing");
  }
  const auto later = digests("三版修");
  CHECK(approving(Filing().submit().review().submit(later).round(), by("chen04"), later) ==
        "review-missing");
  CHECK(approving(Filing().submit().review(later).round()) == "review-missing");
}

TEST_CASE("what is not approved, or lacks a countersignature, is not published", "[evidence]") {
  CHECK(publishing(Filing().round(), "2026-12-01") == "not-submitted");
  CHECK(publishing(Filing().submit().review().round(), "2026-12-01") == "not-approved");
  CHECK(publishing(Filing().submit(digests(), {"政風室"}).approve().round(), "2026-12-01") ==
        "countersignature-missing");
  CHECK(publishing(Filing().submit().review().approve().round(), "2026-12-01") == "allowed");
}

TEST_CASE("the effective day is the approval's day or later, counted in the store's time zone",
          "[evidence]") {
  // 23:30 UTC is 07:30 of the next day in Taipei.
  const auto late = Filing().submit().review().approve("2026-11-22T23:30:00Z").round();
  CHECK(publishing(late, "2026-11-22") == "effective-before-approval");
  CHECK(publishing(late, "2026-11-23") == "allowed");
  CHECK(publishing(late, "2026-11-22", digests(), "UTC") == "allowed");
  const auto before_midnight = Filing().submit().review().approve("2026-11-22T15:59:59Z").round();
  CHECK(publishing(before_midnight, "2026-11-22") == "allowed");
  CHECK(publishing(before_midnight, "2026-11-21") == "effective-before-approval");
  const auto midnight = Filing().submit().review().approve("2026-11-22T16:00:00Z").round();
  CHECK(publishing(midnight, "2026-11-22") == "effective-before-approval");
  CHECK(cannot_publish(midnight, digests(), parse_date("2026-11-22"), "Asia/Taipei")->failure ==
        Failure::invalid);
}

TEST_CASE("a refusal becomes an error with the same code and words", "[evidence]") {
  try {
    refuse(
        {Failure::forbidden, "author-approves", {"撰稿人不得核准", "an author may not approve"}});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::forbidden);
    CHECK(error.code() == "author-approves");
    CHECK(error.said().zh == "撰稿人不得核准");
  }
}

TEST_CASE("a submission whose list of authors is none is invalid", "[evidence]") {
  Filing filing;
  filing.file("submission", by("lin01"), subject(digests(), {{"authors", "lin01"}}));
  CHECK_THROWS_AS(filing.round(), Error);
}
