// Printed pages: what the code on one tells whoever holds it; blank forms; registers and reports as PDF.
#include "service/paper.h"

#include <regex>
#include <set>

#include "records.h"
#include "service/agreement_certificate.h"
#include "service/blank_form.h"
#include "service/sheets.h"
#include "support/process.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

// As text without spaces and line ends: a cell may be broken anywhere.
std::string read(const Bytes& pdf) {
  const Scratch scratch;
  const auto file = scratch.write("paper.pdf", pdf);
  std::string all;
  for (const char c : run("pdftotext -raw " + file + " -").output)
    if (c != ' ' && c != '\n' && c != '\f') all += c;
  return all;
}

int pages_of(const Bytes& pdf) {
  const Scratch scratch;
  const auto file = scratch.write("paper.pdf", pdf);
  return std::stoi(run("pdfinfo " + file + " | sed -n 's/^Pages: *//p'").output);
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

// The code that stands on the page behind the words before it.
std::string code_after(const std::string& text, const std::string& words) {
  const auto at = text.find(words);
  return at == std::string::npos ? "" : text.substr(at + words.size(), 14);
}

struct PaperBureau : RecordBureau {
  Bytes document_pdf(const std::string& id, const std::string& version = "") {
    auto chen = as("chen04");
    return service::export_pdf(chen, {id, version, service::StateMark::none}).pdf;
  }
  Json asked(const service::PaperQuestion& question) {
    auto nobody = console();
    return service::check_paper(nobody, question);
  }
};

}  // namespace

TEST_CASE("the code on a document's cover says whether that version is still in force",
          "[service][paper]") {
  PaperBureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  const auto code = code_after(read(at.document_pdf("ISMS-02-001")), "ISMS-02-0011.0");
  REQUIRE(code.size() == 14);
  const auto now = at.asked({"ISMS-02-001", "1.0", code});
  CHECK(now["known"] == true);
  CHECK(now["state"] == "in_force");
  CHECK(now["title"] == "文件與紀錄管制程序");
  CHECK(now["replaced_by"].is_null());

  at.revise("ISMS-02-001", "公開", "本程序另訂正本與副本之區別。");
  at.carry_through("ISMS-02-001");
  const auto later = at.asked({"ISMS-02-001", "1.0", code});
  CHECK(later["state"] == "superseded");
  CHECK(later["replaced_by"] == "1.1");
  const auto newer = code_after(read(at.document_pdf("ISMS-02-001")), "ISMS-02-0011.1");
  CHECK(newer != code);
  CHECK(at.asked({"ISMS-02-001", "1.1", newer})["state"] == "in_force");
}

TEST_CASE(
    "a code may be typed in small letters and without hyphens; a wrong one is as unknown as "
    "a page that never was",
    "[service][paper]") {
  PaperBureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  auto code = code_after(read(at.document_pdf("ISMS-02-001")), "ISMS-02-0011.0");
  std::string typed;
  for (const char c : code)
    if (c != '-') typed += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  CHECK(at.asked({"ISMS-02-001", "1.0", typed})["known"] == true);
  const Json unknown = {{"known", false}};
  code.front() = code.front() == 'A' ? 'B' : 'A';
  CHECK(at.asked({"ISMS-02-001", "1.0", code}) == unknown);
  CHECK(at.asked({"ISMS-02-001", "1.0", ""}) == unknown);
  CHECK(at.asked({"ISMS-02-001", "9.9", typed}) == unknown);
  CHECK(at.asked({"ISMS-02-001", "三點六", typed}) == unknown);
  CHECK(at.asked({"ISMS-09-009", "1.0", typed}) == unknown);
  CHECK(at.asked({"../etc/passwd", "1.0", typed}) == unknown);
  CHECK(at.asked({std::string("ISMS\0", 5), "", typed}) == unknown);
}

TEST_CASE("who holds an agreement's paper learns that it is signed, and nothing more",
          "[service][paper]") {
  PaperBureau at;
  auto zhou = at.as("zhou07");
  const auto filed = service::create_record(zhou, at.agreement());
  auto mine = at.for_purpose("zhou07");
  const auto pdf = service::export_record_pdf(mine, filed["id"]).pdf;
  const auto number = filed["number"].get<std::string>();
  const auto id = filed["id"].get<std::string>();  // it was signed before it had a number
  const auto printed = code_after(read(pdf), "即知這筆紀錄的編號與現況。" + id);
  const auto answer = at.asked({id, "", printed});
  CHECK(answer["known"] == true);
  CHECK(answer["id"] == number);
  CHECK(answer["state"] == "complete");
  CHECK(answer["title"] == "員工保密協定");
  CHECK_FALSE(has(answer.dump(), "周致遠"));
  CHECK(at.asked({number, "", printed}) == Json{{"known", false}});
}

TEST_CASE("a check of paper above 公開 is in the log by its id, one of public paper is not",
          "[service][paper]") {
  PaperBureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.create("ISMS-02-002", "敏感");
  at.carry_through("ISMS-02-002");
  const auto open = code_after(read(at.document_pdf("ISMS-02-001")), "ISMS-02-0011.0");
  const auto closed = code_after(read(at.document_pdf("ISMS-02-002")), "ISMS-02-0021.0");
  const auto before = at.store().log().checkpoint().size;
  CHECK(at.asked({"ISMS-02-001", "1.0", open})["known"] == true);
  CHECK(at.asked({"ISMS-02-002", "1.0", "K7Q2-9M4T-1XWB"})["known"] == false);
  CHECK(at.store().log().checkpoint().size == before);
  CHECK(at.asked({"ISMS-02-002", "1.0", closed})["known"] == true);
  const auto rows = at.log_from(before);
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().kind == "paper");
  CHECK(rows.front().subject == "document ISMS-02-002 1.0");
}

TEST_CASE(
    "a page names one day: its times are those of the store's zone, its dates in both calendars",
    "[service][paper]") {
  PaperBureau at;
  at.clock.set("2026-11-30T18:03:49Z");  // in Taipei the next day, and the next month
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  auto zhou = at.as("zhou07");
  const auto id = require_string(service::create_record(zhou, at.agreement("兼辦資安業務")), "id");
  auto sun = at.for_purpose("sun05");
  auto mine = at.for_purpose("zhou07");
  auto ren = at.for_purpose("ren09");
  auto hsu = at.as("hsu01");
  const Bytes pages[] = {at.document_pdf("ISMS-02-001"), service::export_record_pdf(mine, id).pdf,
                         service::agreement_certificate_pdf(mine, id),
                         service::agreement_register_pdf(ren, "nda-employee"),
                         service::log_report_pdf(hsu, {"2026-11-01", "2026-12-01", 99})};
  for (const auto& page : pages) {
    const auto text = read(page);
    INFO(text);
    CHECK(has(text, "2026-12-0102:03:49+08:00"));
    CHECK_FALSE(has(text, "2026-11-30T18:03:49Z"));
  }
  const auto log = at.room_log("2026-11-02", "空調已復歸");
  CHECK(has(read(service::export_record_pdf(sun, log).pdf), "民國115年11月2日（2026-11-02）"));
}

TEST_CASE("a blank form has room for each field and each signature", "[service][paper]") {
  PaperBureau at;
  auto zhou = at.as("zhou07");
  const auto pdf = service::blank_form_pdf(zhou, "room-daily-log", "");
  const auto text = read(pdf);
  for (const char* words : {"填寫內容", "☐是", "☐否", "民國", "簽署",
                            "空白表單，填寫後依其等級保管", "room-daily-log"}) {
    INFO(words);
    CHECK(has(text, words));
  }
  auto shown = at.as("zhou07");
  const auto form = service::show_form(shown, "room-daily-log", "");
  for (const auto& field : form["fields"]) {
    INFO(field.dump());
    std::string title;
    for (const char c : field["title"].get<std::string>())
      if (c != ' ') title += c;
    CHECK(has(text, title));
  }
}

TEST_CASE(
    "each print-out of a blank form has a serial number of its own, by which the log finds it "
    "again",
    "[service][paper]") {
  PaperBureau at;
  std::set<std::string> serials;
  for (int i = 0; i < 2; ++i) {
    auto zhou = at.as("zhou07");
    const auto text = read(service::blank_form_pdf(zhou, "room-daily-log", ""));
    std::smatch found;
    REQUIRE(std::regex_search(text, found, std::regex("room-daily-log1.0([A-Z2-7-]{14})")));
    serials.insert(found[1]);
    auto console = at.console();
    const auto answer = service::check_paper(console, {"room-daily-log", "1.0", found[1]});
    CHECK(schema_faults("paper", answer).empty());
    CHECK(answer["kind"] == "form");
    CHECK(answer["state"] == "in_force");
    CHECK(answer["date"] == "2026-11-22");
    std::string serial = found[1];
    std::erase(serial, '-');
    const auto rows = at.log_from(0);
    CHECK(std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
      return row.kind == "print" && row.actor == "zhou07" &&
             row.subject == "form room-daily-log 1.0 " + serial;
    }));
    auto guesser = at.console();
    for (const auto& wrong : {serial.substr(0, 11), serial + "A", std::string()})
      CHECK(service::check_paper(guesser, {"room-daily-log", "1.0", wrong})["known"] == false);
  }
  CHECK(serials.size() == 2);
}

TEST_CASE("registers and reports are sheets with their rows", "[service][paper]") {
  PaperBureau at;
  auto zhou = at.as("zhou07");
  (void)service::create_record(zhou, at.agreement());
  (void)at.room_log("2026-11-02", "空調已復歸");
  auto ren = at.for_purpose("ren09");
  const auto signed_by = read(service::agreement_register_pdf(ren, "nda-employee"));
  CHECK(has(signed_by, "員工保密協定簽署登記簿"));
  CHECK(has(signed_by, "周致遠"));
  auto sun = at.for_purpose("sun05");
  const auto rooms = read(service::records_register_pdf(sun, {"room-daily-log", "", "", "", ""}));
  CHECK(has(rooms, "空調已復歸"));
  auto hsu = at.as("hsu01");
  const auto report = read(service::log_report_pdf(hsu, {"2026-11-01", "2026-11-30", 20}));
  CHECK(has(report, "系統稽核紀錄"));
  CHECK(has(report, "(8)"));
  auto nobody = at.console();
  CHECK(has(read(service::rights_matrix_pdf(nobody)), "document.approve"));
}

TEST_CASE("that somebody agreed is told on one page, without what he filled in",
          "[service][paper]") {
  PaperBureau at;
  auto zhou = at.as("zhou07");
  const auto filed = service::create_record(zhou, at.agreement("兼辦資安業務"));
  auto mine = at.for_purpose("zhou07");
  const auto pdf = service::agreement_certificate_pdf(mine, filed["id"]);
  CHECK(pages_of(pdf) == 1);
  const auto text = read(pdf);
  for (const char* words : {"約定書簽署證明", "員工保密協定", "sha256:", "周致遠", "電子簽章"}) {
    INFO(words);
    CHECK(has(text, words));
  }
  CHECK_FALSE(has(text, "兼辦資安業務"));
  const auto log = at.room_log("2026-11-02", "空調已復歸");
  auto sun = at.for_purpose("sun05");
  CHECK(code_of([&] { (void)service::agreement_certificate_pdf(sun, log); }) == "not-an-agreement");
}
