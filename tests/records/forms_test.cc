// The shipped forms, and publishing them.
#include "records/validation.h"
#include "registry.h"

using namespace registry;

namespace {

// One good value of each shipped form.
Json good_values(const std::string& form) {
  if (form == "nda-employee") return agreement_values();
  if (form == "corrective-action") return action_values();
  if (form == "nda-vendor-person")
    return {{"name", "簡志偉"},           {"vendor", "宏碁資訊"},
            {"contract_no", "C-115-07"},  {"role", "系統維護"},
            {"access_scope", "公文系統"}, {"regulation_version", "1.1"},
            {"valid_from", "2026-09-01"}, {"valid_to", "2027-08-31"}};
  if (form == "context-strategy-table")
    return {{"year", 115},
            {"rows", Json::array({{{"group", "利害關係人"},
                                   {"aspect", "4. 民眾"},
                                   {"description", "提供穩定之資訊平台"},
                                   {"strategy", "監控資訊系統並持續改善"}}})}};
  if (form == "communication-plan")
    return {{"year", 115},
            {"rows", Json::array({{{"item", "稽核結果"},
                                   {"timing", "稽核完成; 管理審查作業"},
                                   {"audience", "召集人"},
                                   {"responsible", "資訊安全稽核小組"},
                                   {"effect", "確認落實度、符合性及有效性"},
                                   {"method", "稽核報告; 會議"}}})}};
  if (form == "room-daily-log")
    return {{"log_date", "2026-11-22"}, {"shift", "日班"},    {"duty_person", "周致遠"},
            {"temperature_c", 22.5},    {"humidity_pct", 51}, {"hvac_ok", true},
            {"ups_ok", true},           {"outage_minutes", 0}};
  if (form == "management-review-input")
    return {{"year", 115},
            {"item", "risk-treatment"},
            {"summary", "殘餘風險三項，均已接受"},
            {"source", "風險處理計畫 115-02"}};
  if (form == "management-review-minutes")
    return {{"year", 115},
            {"meeting_no", "115-1"},
            {"held", "2026-12-20"},
            {"place", "第一會議室"},
            {"chair", "陳昱"},
            {"attendees", Json::array({"林堃", "錢宜"})},
            {"context_table_confirmed", true},
            {"decisions", Json::array({{{"no", "115-1-1"},
                                        {"kind", "ISMS變更"},
                                        {"text", "驗證範圍納入雲端機房"},
                                        {"owner", "林堃"},
                                        {"due", "2027-03-31"},
                                        {"status", "未開始"}}})}};
  Json indicators = Json::array();
  for (int no = 1; no <= 9; ++no)
    indicators.push_back(
        {{"no", no}, {"value", no == 9 ? 98.7 : 1}, {"evidence", {"LOG-115-0001"}}});
  return {{"year", 115}, {"indicators", indicators}};
}

Json schema_of(const std::string& form) { return parse_json(form_files(form).schema); }

std::vector<std::string> said(const std::string& form, const Json& values) {
  std::vector<std::string> list;
  for (const auto& fault : records::faults_of(schema_of(form), values))
    list.push_back(fault.field + " " + fault.label + " " + fault.said.zh);
  return list;
}

FormFiles replaced(FormFiles files, Bytes FormFiles::*file, const std::string& from,
                   const std::string& to) {
  auto& bytes = files.*file;
  const auto at = bytes.find(from);
  REQUIRE(at != std::string::npos);
  bytes.replace(at, from.size(), to);
  return files;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("every shipped form is one that can be published", "[records]") {
  Registry office;
  for (const auto& id : kForms) {
    INFO(id);
    CHECK(records::check_form(office.store().evidence(), form_files(id)).form.id == id);
  }
  CHECK(kForms.size() == 9);
}

TEST_CASE("every shipped form takes good values and refuses each member missing, added or odd",
          "[records]") {
  for (const auto& id : kForms) {
    const auto good = good_values(id);
    INFO(id);
    CHECK(said(id, good) == Lines());
    for (const auto& member : good.items()) {
      INFO(member.key());
      auto changed = good;
      changed[member.key()] = member.value().is_array() ? Json("文字") : Json::array();
      CHECK(said(id, changed) != Lines());
      changed.erase(member.key());
      CHECK(said(id, changed) != Lines());
    }
    auto more = good;
    more["met"] = true;
    CHECK(said(id, more).size() == 1);
  }
}

TEST_CASE("a message names the field by its title, and never the value", "[records]") {
  auto values = agreement_values();
  values.erase("name");
  values["start_date"] = "民國某年某月";
  CHECK(said("nda-employee", values) ==
        Lines{"/start_date 到職日 「到職日」須為日期，例如 2026-11-22", "/name 姓名 「姓名」必填"});
  auto action = action_values("已擱置之機密");
  action["clause"] = 7;
  action["root_cause"] = "";
  const auto faults = said("corrective-action", action);
  CHECK(faults.size() == 3);
  for (const auto& line : faults) CHECK(line.find("機密") == std::string::npos);
  CHECK_THAT(faults, Catch::Matchers::VectorContains(
                         std::string("/status 狀態 「狀態」只能是處理中、已完成")));
  CHECK_THAT(faults, Catch::Matchers::VectorContains(
                         std::string("/root_cause 根本原因 「根本原因」不可空白")));
}

TEST_CASE("a message says in which row", "[records]") {
  auto values = good_values("metric-annual-report");
  values["indicators"][2]["evidence"] = Json::array();
  CHECK(said("metric-annual-report", values) ==
        Lines{"/indicators/2/evidence 佐證紀錄 「量測指標」第 3 列「佐證紀錄」至少 1 列"});
}

TEST_CASE("the nine indicators are there once each, with evidence, and none says it is met",
          "[records]") {
  const auto good = good_values("metric-annual-report");
  auto twice = good;
  twice["indicators"][8]["no"] = 1;
  CHECK(said("metric-annual-report", twice) ==
        Lines{"/indicators 量測指標 「量測指標」格式不符（九項指標各一列）"});
  auto eight = good;
  eight["indicators"].erase(8);
  CHECK(said("metric-annual-report", eight) != Lines());
  auto met = good;
  met["indicators"][1]["met"] = true;
  CHECK(said("metric-annual-report", met) ==
        Lines{"/indicators/1/met met 「量測指標」第 2 列「met」不是這張表單的欄位，請刪去"});
}

TEST_CASE("values that are too long are refused before any expression sees them", "[records]") {
  auto values = agreement_values();
  values["start_date"] = std::string(2000000, '9');
  CHECK(said("nda-employee", values).size() == 1);
  auto many = good_values("communication-plan");
  while (many["rows"].size() < 3000) many["rows"].push_back(many["rows"][0]);
  CHECK(said("communication-plan", many) == Lines{"  內容超過 256 KiB"});
}

TEST_CASE("a schema that promises what nobody checks is refused", "[records]") {
  const auto refused = [](const char* from, const char* to) {
    const auto files = replaced(form_files("nda-employee"), &FormFiles::schema, from, to);
    try {
      records::require_schema(parse_json(files.schema));
    } catch (const Error& error) {
      return error.code();
    }
    return std::string("taken");
  };
  CHECK(refused("draft-07", "draft-04") == "bad-schema");
  CHECK(refused("\"title\": \"姓名\", ", "") == "bad-schema");
  CHECK(refused("\"minLength\": 1", "\"minlength\": 1") == "bad-schema");
  CHECK(refused("\"minLength\": 1", "\"minLength\": \"一\"") == "bad-schema");
  CHECK(refused("\"minLength\": 1", "\"pattern\": \"[\"") == "bad-schema");
  CHECK(refused("\"minLength\": 1", "\"$ref\": \"#\"") == "bad-schema");
  CHECK(refused("\"type\": \"object\"", "\"type\": \"array\"") == "bad-schema");
  CHECK(refused("\"type\": \"string\"", "\"type\": \"text\"") == "bad-schema");
}

TEST_CASE("a form that names an unknown role or classification, or has a faulty text, is refused",
          "[records]") {
  Registry office;
  const auto refused = [&](Bytes FormFiles::*file, const char* from, const char* to) {
    return office.refusal([&] {
      (void)records::check_form(office.store().evidence(),
                                replaced(form_files("nda-employee"), file, from, to));
    });
  };
  CHECK(refused(&FormFiles::yaml, "[personnel", "[janitor") == "unknown-role");
  CHECK(refused(&FormFiles::yaml, "[staff", "[janitor") == "unknown-role");
  CHECK(refused(&FormFiles::yaml, "敏感", "極機密") == "unknown-classification");
  CHECK(refused(&FormFiles::text, "# 員工", "<script>員工") == "raw-html");
  CHECK(refused(&FormFiles::text, "# 員工保密協定", "---\na: b\n---\n") == "bad-form");
  CHECK(refused(&FormFiles::text, "# 員工", "\xff") == "not-text");
  CHECK(refused(&FormFiles::schema, "{", "[") == "bad-json");
}

TEST_CASE("a published form stands in force and under its version, with the statement",
          "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  const auto evidence = office.store().evidence();
  CHECK(records::form_ids(evidence) == Lines{"nda-employee"});
  const auto form = records::require_form(evidence, "nda-employee");
  CHECK(form.files.text == files.text);
  CHECK(form.text_digest == evidence::content_digest(files.text));
  CHECK(records::require_form_version(evidence, "nda-employee", {2, 1}).digest == form.digest);
  const auto filed = identity::filed_statements(evidence, "forms/nda-employee/versions/2.1");
  REQUIRE(filed.size() == 1);
  CHECK(filed[0].statement.kind == "publication");
  CHECK(filed[0].statement.subject["digest"] == form.digest);
  CHECK(filed[0].statement.subject["files"]["text.md"] == form.text_digest);
}

TEST_CASE("a further version must be higher, and the older ones stay", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  CHECK(office.refusal([&] { office.publish(files); }) == "form-version-not-newer");
  CHECK(office.refusal([&] { office.publish(with_version(files, "2.1", "2.0")); }) ==
        "form-version-not-newer");
  office.publish(with_version(files, "2.1", "2.2"));
  const auto evidence = office.store().evidence();
  CHECK(records::form_versions(evidence, "nda-employee") ==
        std::vector<model::Version>{{2, 1}, {2, 2}});
  CHECK(records::require_form(evidence, "nda-employee").form.version == model::Version{2, 2});
  CHECK(records::require_form_version(evidence, "nda-employee", {2, 1}).files.text == files.text);
}

TEST_CASE("of two publications prepared at once one is refused", "[records]") {
  Registry office;
  const auto one = form_files("nda-employee");
  const auto prepare = [&](const FormFiles& files) {
    return records::prepare_form_publication(office.store(), files, signer("sun05", "controller"),
                                             act("publication", "form", "sun05"));
  };
  const auto first = prepare(one);
  const auto second = prepare(one);
  office.sign(first, "sun05");
  CHECK(office.refusal([&] { office.sign(second, "sun05"); }) == "form-version-not-newer");
}

TEST_CASE("two forms do not count under one pattern", "[records]") {
  Registry office;
  office.publish("nda-employee");
  CHECK(office.refusal([&] {
    office.publish(
        replaced(form_files("nda-vendor-person"), &FormFiles::yaml, "VND-{roc", "NDA-{roc"));
  }) == "bad-form");
}

TEST_CASE("a form or version that is not there is not found", "[records]") {
  Registry office;
  CHECK(office.refusal([&] {
    (void)records::require_form(office.store().evidence(), "nda-employee");
  }) == "no-form");
  office.publish("nda-employee");
  CHECK(office.refusal([&] {
    (void)records::require_form_version(office.store().evidence(), "nda-employee", {2, 0});
  }) == "no-form-version");
  CHECK(office.refusal([&] {
    (void)records::require_form(office.store().evidence(), "../people");
  }) == "bad-form-id");
}

TEST_CASE("a pattern that another form once counted under stays that form's", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  office.publish(
      replaced(with_version(files, "2.1", "2.2"), &FormFiles::yaml, "NDA-{roc", "ENDA-{roc"));
  const auto refused = [&](const char* pattern) {
    return office.refusal([&] {
      office.publish(replaced(form_files("nda-vendor-person"), &FormFiles::yaml,
                              "VND-{roc_year}-{seq:4}", pattern));
    });
  };
  CHECK(refused("NDA-{roc_year}-{seq:4}") == "bad-form");
  CHECK(refused("ENDA-{roc_year}-{seq:5}") == "bad-form");
  CHECK(refused("VND-{roc_year}-{seq:4}") == "done");
}

TEST_CASE("a text of blanks or of turning marks is told by its field", "[records]") {
  auto values = agreement_values();
  values["name"] = "\u3000";
  values["unit"] = "監\u202E處";
  CHECK(said("nda-employee", values) ==
        Lines{"/name 姓名 「姓名」不可空白", "/unit 單位 「單位」含看不見的方向控制字元，請刪去"});
}
