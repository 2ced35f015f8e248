#include "model/form.h"

#include "base/error.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::model;

namespace {

const std::string kYaml = R"(# 員工保密協定
id: nda-employee
title: 員工保密協定
version: 2.1
kind: agreement
classification: 敏感
retention: nda-15y
personal_data: true
number: NDA-{roc_year}-{seq:4}
clause: 肆/三/(一)/2
signers:
  - {kind: agreement, meaning: 同意並簽署, subject: true}
readers: [personnel, auditor]
required_of:
  - staff
)";

std::string replaced(const std::string& from, const std::string& to) {
  auto yaml = kYaml;
  const auto at = yaml.find(from);
  REQUIRE(at != std::string::npos);
  return yaml.replace(at, from.size(), to);
}

// What the refusal says, or "" when the form is taken.
std::string form_refusal(const std::string& yaml) {
  try {
    (void)form_from_yaml(yaml);
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::invalid);
    CHECK_THAT(error.code(), Catch::Matchers::StartsWith("bad-form"));
    return error.said().en;
  }
  return "";
}

}  // namespace

TEST_CASE("a form is read from YAML as it is written", "[model]") {
  const auto form = form_from_yaml(kYaml);
  CHECK(form.id == "nda-employee");
  CHECK(form.title == "員工保密協定");
  CHECK(form.version == Version{2, 1});
  CHECK(form.personal_data);
  CHECK(form.readers == std::vector<std::string>{"personnel", "auditor"});
  REQUIRE(form.signers.size() == 1);
  CHECK(form.signers[0].subject);
  CHECK(form.signers[0].meaning == "同意並簽署");
  CHECK_FALSE(form.signers[0].differs);
}

TEST_CASE("a version stays as it is written, not as a number", "[model]") {
  CHECK(form_from_yaml(replaced("version: 2.1", "version: 2.10")).version == Version{2, 10});
  CHECK(form_from_yaml(replaced("version: 2.1", "version: \"3.0\"")).version == Version{3, 0});
}

TEST_CASE("a form reads back from its JSON", "[model]") {
  const auto json = to_json(samples::form());
  CHECK(to_json(form_from(json)) == json);
  CHECK(to_json(form_from(to_json(form_from_yaml(kYaml)))) == to_json(form_from_yaml(kYaml)));
}

TEST_CASE("YAML that says something twice, or nothing, is refused", "[model]") {
  CHECK_THAT(form_refusal(kYaml + "title: 另一個\n"),
             Catch::Matchers::Contains("'title' is given twice"));
  CHECK(form_refusal("") != "");
  CHECK(form_refusal("- nda-employee\n") != "");
  CHECK(form_refusal("只有文字") != "");
  CHECK(form_refusal("id: [") != "");
  CHECK(form_refusal(replaced("readers: [", "readers: [*nobody, ")) != "");
  CHECK(form_refusal(std::string(70000, '#')) != "");
}

TEST_CASE("YAML cannot be made to grow", "[model]") {
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int n = 1; n < 12; ++n) {
    const auto before = "*a" + std::to_string(n - 1);
    bomb += "a" + std::to_string(n) + ": &a" + std::to_string(n) + " [";
    for (int i = 0; i < 9; ++i) bomb += before + ",";
    bomb += before + "]\n";
  }
  CHECK_THAT(form_refusal(bomb), Catch::Matchers::Contains("anchors (&) are refused"));
  CHECK(form_refusal("id: " + std::string(30000, '[')) != "");
}

TEST_CASE("a form that misses something says what", "[model]") {
  for (const char* key :
       {"id", "title", "version", "kind", "classification", "retention", "number"}) {
    auto json = to_json(samples::form());
    json.erase(key);
    INFO(key);
    CHECK_THROWS_WITH(form_from(json), Catch::Matchers::Contains(key));
  }
  CHECK_THAT(form_refusal(kYaml + "deadline: 明天\n"), Catch::Matchers::Contains("'deadline'"));
}

TEST_CASE("a form whose parts do not fit each other is refused", "[model]") {
  CHECK(form_refusal(replaced("kind: agreement\n", "kind: contract\n")) != "");
  CHECK(form_refusal(replaced("version: 2.1", "version: 2")) != "");
  CHECK(form_refusal(replaced("id: nda-employee", "id: ../people")) != "");
  CHECK(form_refusal(replaced("retention: nda-15y", "retention: ../kek")) != "");
  CHECK(form_refusal(replaced("subject: true", "role: staff")) != "");  // of an agreement
  CHECK(form_refusal(replaced("subject: true", "subject: true, role: staff")) != "");
  CHECK(form_refusal(replaced("subject: true", "differs: true")) != "");
  CHECK(form_refusal(replaced("subject: true", "subject: yes")) != "");
  CHECK(form_refusal(replaced("meaning: 同意並簽署", "meaning: ''")) != "");
  CHECK(form_refusal(replaced("meaning: 同意並簽署, subject", "meaning: 同意並簽署, object")) !=
        "");
  CHECK(form_refusal(replaced("kind: agreement\n", "kind: record\n")) !=
        "");  // required_of is an agreement's
}

TEST_CASE("a number pattern ends with the year and a running number", "[model]") {
  for (const char* good : {"NDA-{roc_year}-{seq:4}", "A-1-{roc_year}-{seq:9}"})
    CHECK(form_refusal(replaced("NDA-{roc_year}-{seq:4}", good)) == "");
  for (const char* bad : {"NDA", "NDA-{seq:4}", "NDA-{roc_year}-{seq}", "NDA-{roc_year}-{seq:0}",
                          "NDA-{roc_year}{seq:4}", "{roc_year}-{seq:4}", "保密-{roc_year}-{seq:4}",
                          "../NDA-{roc_year}-{seq:4}", "NDA-{roc_year}-{seq:4}-{seq:4}"}) {
    INFO(bad);
    CHECK(form_refusal(replaced("NDA-{roc_year}-{seq:4}", bad)) != "");
  }
}

TEST_CASE("a form stands in a folder of its id and version", "[model]") {
  CHECK(form_folder("nda-employee") == "forms/nda-employee");
  CHECK(form_version_folder("nda-employee", {2, 1}) == "forms/nda-employee/versions/2.1");
}
