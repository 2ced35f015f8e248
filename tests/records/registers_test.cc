// Registers and their export.
#include "registry.h"

using namespace registry;

namespace {

std::vector<records::AgreementRow> rows_of(Registry& office) {
  const auto evidence = office.store().evidence();
  return records::agreement_register(records::require_form(evidence, "nda-employee"),
                                     records::all_records(evidence),
                                     identity::all_persons(evidence), parse_date("2026-11-22"));
}

const records::AgreementRow& row_of(const std::vector<records::AgreementRow>& rows,
                                    const std::string& account) {
  for (const auto& row : rows) {
    if (row.account == account) return row;
  }
  throw Bug("no row of " + account);
}

}  // namespace

TEST_CASE("the register shows who must sign, who has, and on which version", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  CHECK(rows_of(office).size() == 10);
  CHECK(row_of(rows_of(office), "zhou07").required);
  CHECK(row_of(rows_of(office), "zhou07").version.empty());
  const auto record = office.file_agreement();
  const auto signed_rows = rows_of(office);
  const auto& row = row_of(signed_rows, "zhou07");
  CHECK(row.version == "2.1");
  CHECK(row.record == record.id);
  CHECK(row.number == "NDA-115-0001");
  CHECK(row.at == "2026-11-22T00:00:00Z");
  CHECK(row.medium == "electronic");
  CHECK(row.current);
  office.publish(with_version(files, "2.1", "2.2"));
  CHECK_FALSE(row_of(rows_of(office), "zhou07").current);
  CHECK(row_of(rows_of(office), "zhou07").version == "2.1");
  office.file_agreement();
  CHECK(row_of(rows_of(office), "zhou07").version == "2.2");
  CHECK(row_of(rows_of(office), "zhou07").current);
}

TEST_CASE("whoever signed stays in the register without the role, and a correction counts once",
          "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto old = office.file_agreement();
  auto corrected = office.blank("nda-employee", agreement_values("周至遠"));
  corrected.corrects = old.id;
  const auto record = office.file(corrected, "zhou07");
  CHECK(row_of(rows_of(office), "zhou07").record == record.id);
  const auto evidence = office.store().evidence();
  const auto before_all_roles = records::agreement_register(
      records::require_form(evidence, "nda-employee"), records::all_records(evidence),
      identity::all_persons(evidence), parse_date("2020-01-01"));
  REQUIRE(before_all_roles.size() == 1);
  CHECK_FALSE(before_all_roles[0].required);
  CHECK(before_all_roles[0].account == "zhou07");
}

TEST_CASE("a correction to an older version takes the newer one back", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  office.publish(with_version(files, "2.1", "2.2"));
  auto corrected = office.blank("nda-employee", agreement_values());
  corrected.corrects = office.file_agreement().id;
  corrected.account = "zhou07";
  corrected.imported = true;
  corrected.scan = "%PDF-1.7 掃描之紙本";
  corrected.form_version = "2.1";
  office.file(corrected, "ren09", "personnel");
  CHECK(row_of(rows_of(office), "zhou07").version == "2.1");
  CHECK(row_of(rows_of(office), "zhou07").medium == "imported");
  CHECK_FALSE(row_of(rows_of(office), "zhou07").current);
}

TEST_CASE("CSV is quoted as RFC 4180 says, under a UTF-8 mark", "[records]") {
  CHECK(records::to_csv({{"編號", "說明"}, {"CAR-115-0001", "一,\"二\"\n三"}, {"", "甲"}}) ==
        "\xEF\xBB\xBF編號,說明\r\nCAR-115-0001,\"一,\"\"二\"\"\n三\"\r\n,甲\r\n");
}

TEST_CASE("no cell of a CSV is a formula to a spreadsheet", "[records]") {
  for (const std::string cell :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"}) {
    INFO(cell);
    const auto csv = records::to_csv({{cell}});
    CHECK((csv.starts_with("\xEF\xBB\xBF'") || csv.starts_with("\xEF\xBB\xBF\"'")));
  }
  CHECK(records::to_csv({{"1-1", "甲=乙"}}) ==
        "\xEF\xBB\xBF"
        "1-1,甲=乙\r\n");
}
