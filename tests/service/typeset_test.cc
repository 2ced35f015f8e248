// What drafting and submitting say of references, how a text asks to be set, and the comparison sheet.
#include <catch2/catch.hpp>
#include <cstring>

#include "bureau.h"
#include "service/renditions.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

constexpr const char* kReferring =
    "## 壹、總則\n\n### 一、目的\n\n見 壹/一，另見 肆/九[^缺]。\n\n[看](#c-貳)\n";

std::string lines_of(const Json& answer) {
  std::string text;
  for (const auto& row : answer["unresolved"])
    text += std::to_string(row["line"].get<int>()) + " " + row["text"].get<std::string>() + "\n";
  return text;
}

}  // namespace

TEST_CASE("drafting and submitting tell the references that lead nowhere and refuse nothing",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  auto lin = at.as("lin01");
  service::DraftRequest draft;
  draft.id = "ISMS-02-001";
  draft.source = source("ISMS-02-001", "公開", kReferring);
  draft.summary = "修正";
  const auto saved = service::draft_document(lin, draft);
  const auto head = std::count(draft.source->begin(), draft.source->end(), '\n') -
                    std::count(kReferring, kReferring + std::strlen(kReferring), '\n');
  CHECK(lines_of(saved) == fmt::format("{0} [^缺]\n{0} 肆/九\n{1} #c-貳\n", head + 4, head + 6));
  CHECK(schema_faults("receipt", saved).empty());
  const auto submitted = service::submit_document(lin, {"ISMS-02-001", "", "", "", ""});
  CHECK(submitted["unresolved"].size() == 3);
  CHECK(schema_faults("receipt", submitted).empty());
}

TEST_CASE("how a text is set is a part of it, and a style that does not exist is refused",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "公開", "style: official\norientation: landscape\n");
  at.carry_through("ISMS-02-001");
  auto zhou = at.as("zhou07");
  const auto text =
      service::show_document(zhou, "ISMS-02-001", "", true)["text"].get<std::string>();
  CHECK(text.starts_with("---\nstyle: official\norientation: landscape\n---\n"));
  CHECK(code_of([&] { at.create("ISMS-02-002", "公開", "style: fancy\n"); }) == "bad-layout");
}

TEST_CASE("the comparison sheet is a PDF for who may read both versions, and is logged",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "公開", "全文修正。");
  at.carry_through("ISMS-02-001");
  auto zhou = at.as("zhou07");
  const auto before = at.mark().log_size;
  const auto sheet = service::export_diff_pdf(zhou, "ISMS-02-001", "", "");
  CHECK(sheet.version == "1.1");
  CHECK(sheet.pdf.starts_with("%PDF-"));
  CHECK(at.mark().log_size > before);
  CHECK(at.store().log().entry(at.mark().log_size - 1).find("export") != std::string::npos);
}

TEST_CASE("a printed date says both calendars, unless it is none or says them already",
          "[service]") {
  using service::in_both_calendars;
  CHECK(in_both_calendars("89 年 2 月") == "89 年 2 月（2000-02）");
  CHECK(in_both_calendars("民國115年11月22日") == "民國115年11月22日（2026-11-22）");
  CHECK(in_both_calendars("104年") == "104年（2015）");
  CHECK(in_both_calendars("民國115年11月22日（2026-11-22）") == "民國115年11月22日（2026-11-22）");
  CHECK(in_both_calendars("核定後實施") == "核定後實施");
  CHECK(in_both_calendars("2026-11-22") == "民國115年11月22日（2026-11-22）");
  CHECK(in_both_calendars("2026-02-31") == "2026-02-31");
}
