#include "evidence/duties.h"

using namespace vermilion;
using namespace vermilion::evidence;

namespace {

struct Row {
  Duty first;
  Duty second;
  std::string code;
};

const std::vector<Row> kTable = {
    {Duty::author, Duty::approver, "author-approves"},
    {Duty::author, Duty::countersigner, "author-countersigns"},
    {Duty::author, Duty::reviewer, "author-reviews"},
    {Duty::proposer, Duty::disposal_approver, "proposer-approves"},
    {Duty::proposer, Duty::executor, "proposer-executes"},
    {Duty::proposer, Duty::witness, "proposer-witnesses"},
    {Duty::disposal_approver, Duty::executor, "approver-executes"},
    {Duty::disposal_approver, Duty::witness, "approver-witnesses"},
    {Duty::executor, Duty::witness, "executor-witnesses"},
    {Duty::requester, Duty::releaser, "requester-releases"},
    {Duty::grantor, Duty::grantee, "grants-to-self"},
    {Duty::certificate_subject, Duty::certificate_witness, "certifies-self"},
};

constexpr int kDuties = int(Duty::certificate_witness) + 1;

const Row* row_of(Duty a, Duty b) {
  for (const auto& row : kTable) {
    if ((row.first == a && row.second == b) || (row.first == b && row.second == a)) return &row;
  }
  return nullptr;
}

std::string clash_code(const std::optional<DutyClash>& clash) {
  return clash ? clash->code : "none";
}

}  // namespace

TEST_CASE("two acts of the table are refused to one person, whichever is named first",
          "[evidence]") {
  for (const auto& row : kTable) {
    INFO(row.code);
    const auto clash = duty_clash(row.first, {"lin01"}, row.second, {"lin01"});
    REQUIRE(clash);
    CHECK(clash->code == row.code);
    CHECK(clash->person == "lin01");
    CHECK(!clash->said.zh.empty());
    CHECK(!clash->said.en.empty());
    CHECK(clash_code(duty_clash(row.second, {"lin01"}, row.first, {"lin01"})) == row.code);
  }
}

TEST_CASE("two acts of the table are allowed to two persons", "[evidence]") {
  for (const auto& row : kTable) {
    INFO(row.code);
    CHECK_FALSE(duty_clash(row.first, {"lin01", "wu06"}, row.second, {"chen04", "zhou07"}));
    CHECK_FALSE(duty_clash(row.first, {}, row.second, {"chen04"}));
    CHECK_FALSE(duty_clash(row.first, {"lin01"}, row.second, {"lin0"}));
  }
}

TEST_CASE("the principal of a delegation counts like the signer, on either side", "[evidence]") {
  for (const auto& row : kTable) {
    INFO(row.code);
    const Persons delegate_of_lin = persons_of({"zhou07", "周", "", "", "", "lin01"});
    CHECK(delegate_of_lin == Persons{"lin01", "zhou07"});
    CHECK(clash_code(duty_clash(row.first, {"lin01"}, row.second, delegate_of_lin)) == row.code);
    CHECK(clash_code(duty_clash(row.first, {"zhou07"}, row.second, delegate_of_lin)) == row.code);
    CHECK(clash_code(duty_clash(row.first, delegate_of_lin, row.second, {"lin01"})) == row.code);
    CHECK(clash_code(duty_clash(row.first, delegate_of_lin, row.second, {"chen04"})) == "none");
  }
}

TEST_CASE("a pair that is not in the table may be one person", "[evidence]") {
  for (int a = 0; a < kDuties; ++a) {
    for (int b = 0; b < kDuties; ++b) {
      const auto* row = row_of(Duty(a), Duty(b));
      INFO(a << ", " << b);
      CHECK(clash_code(duty_clash(Duty(a), {"lin01"}, Duty(b), {"lin01"})) ==
            (row ? row->code : "none"));
    }
  }
}

TEST_CASE("who acts for nobody is one person alone", "[evidence]") {
  CHECK(persons_of({"lin01", "林堃", "", "", "", std::nullopt}) == Persons{"lin01"});
}
