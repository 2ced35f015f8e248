// Holds, placed and released as signed acts of a store.
#include "archive.h"
#include "support/schemas.h"

using namespace archive;

namespace {

HoldScope of_september() {
  return {{}, "room-daily-log", parse_date("104.9.1"), parse_date("104.10.31")};
}

std::vector<std::string> faults_in(Archive& archive) {
  std::vector<std::string> told;
  check_holds(archive.store().evidence(), [&](const std::string& where, const Said& what) {
    told.push_back(where + ": " + what.zh);
  });
  return told;
}

}  // namespace

TEST_CASE("a hold is a signed statement, and so is its release by another person", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto id = archive.place_hold(of({record.id}));
  const auto form = archive.place_hold(of_september());
  archive.release(id, "chen04");

  const auto evidence = archive.store().evidence();
  const auto holds = all_holds(evidence);
  REQUIRE(holds.size() == 2);
  const auto& first = holds[holds[0].id == id ? 0 : 1];
  const auto& second = holds[holds[0].id == id ? 1 : 0];
  CHECK(first.requester == "zhao02");
  CHECK(first.released_by == "chen04");
  CHECK_FALSE(holds_record(first, record));
  CHECK(second.id == form);
  CHECK_FALSE(second.released);
  CHECK(second.scope.to == parse_date("2015-10-31"));
  for (const std::string name : {"/01-hold", "/02-release"}) {
    const auto bytes = evidence.require("holds/" + id + name + ".statement.json");
    CHECK(schema_faults("statement", parse_json(bytes)).empty());
    CHECK(evidence.read("holds/" + id + name + ".statement.json.p7s"));
  }
  CHECK(schema_faults("statement",
                      parse_json(evidence.require("holds/" + form + "/01-hold.statement.json")))
            .empty());
  CHECK(faults_in(archive).empty());
}

TEST_CASE("who requested a hold does not release it, in whosever name", "[retention]") {
  Archive archive;
  const auto id = archive.place_hold(of_september(), "zhao02");
  CHECK(archive.refusal([&] { archive.release(id, "zhao02"); }) == "requester-releases");
  CHECK(archive.refusal([&] { archive.release(id, "zhao02 for chen04"); }) == "requester-releases");
  CHECK(archive.refusal([&] { archive.release(id, "chen04 for zhao02"); }) == "requester-releases");
  const auto other = archive.place_hold(of_september(), "wu06 for lin01");
  CHECK(archive.refusal([&] { archive.release(other, "lin01"); }) == "requester-releases");
  archive.release(id, "chen04");
  CHECK(archive.refusal([&] { archive.release(id, "qian08"); }) == "hold-released");
  CHECK(archive.refusal([&] { archive.release("01JDB3J9M0000000000000000H", "chen04"); }) ==
        "no-hold");
  CHECK(archive.refusal([&] { archive.release("../people", "chen04"); }) == "no-hold");
}

TEST_CASE("two releases prepared at once: the second is refused when it comes", "[retention]") {
  Archive archive;
  const auto id = archive.place_hold(of_september());
  const auto late = prepare_release(archive.store(), id, "判決確定", Archive::who("qian08"),
                                    act("release", "hold " + id, "qian08"));
  archive.release(id, "chen04");
  CHECK(archive.refusal([&] { archive.sign(late, "qian08"); }) == "hold-released");
}

TEST_CASE("a hold says what it holds, on what ground and why", "[retention]") {
  Archive archive;
  const auto refusal = [&](const HoldScope& scope, const char* ground, const char* reason) {
    return archive.refusal([&] {
      (void)prepare_hold(archive.store(), scope, ground, reason, Archive::who("zhao02"),
                         act("hold", "hold", "zhao02"));
    });
  };
  auto both = of_september();
  both.records = {"01JDB3J9M0000000000000000H"};
  auto backwards = of_september();
  std::swap(backwards.from, backwards.to);
  auto dated = of({"01JDB3J9M0000000000000000H"});
  dated.from = parse_date("104.9.1");
  for (const auto& scope : {HoldScope(), both, backwards, dated, of({"NDA-115-0001"})})
    CHECK(refusal(scope, "伍/一", "調查") == "hold-scope");
  CHECK(refusal(of_september(), " ", "調查") == "hold-reason");
  CHECK(refusal(of_september(), "伍/一", "") == "hold-reason");
}

TEST_CASE("what is destroyed cannot be held any more", "[retention]") {
  Archive archive;
  const auto record = archive.file(room_log());
  const auto late = prepare_hold(archive.store(), of({record.id}), "伍/一", "調查",
                                 Archive::who("zhao02"), act("hold", "hold", "zhao02"));
  const auto id = archive.propose({record.id});
  archive.approve(id);
  archive.execute(id);
  CHECK(archive.refusal([&] { archive.place_hold(of({record.id})); }) == "record-destroyed");
  CHECK(archive.refusal([&] { archive.sign(late, "zhao02"); }) == "record-destroyed");
}

TEST_CASE("the verifier finds a hold released by its requester, or twice", "[retention]") {
  Archive archive;
  const auto id = archive.place_hold(of_september());
  const auto evidence = archive.store().evidence();
  auto release =
      model::parse_statement(evidence.require("holds/" + id + "/01-hold.statement.json"));
  release.kind = "release";
  release.subject = {{"type", "hold"}, {"id", id}, {"reason", "不查了"}};
  const auto path = [&](const char* name) {
    return "holds/" + id + "/" + name + ".statement.json";
  };
  SECTION("by its requester") {
    archive.put(path("02-release"), model::statement_bytes(release));
    CHECK(faults_in(archive) ==
          std::vector<std::string>{"holds/" + id + ": 聲請保全的人不得單獨解除"});
  }
  SECTION("twice") {
    release.signer.account = "chen04";
    archive.put(path("02-release"), model::statement_bytes(release));
    CHECK(faults_in(archive).empty());
    archive.put(path("03-release"), model::statement_bytes(release));
    CHECK(faults_in(archive) == std::vector<std::string>{"holds/" + id + ": 這件保全已經解除"});
  }
}
