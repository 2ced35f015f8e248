// A bureau that also keeps records: the nine forms are published, the retention rules filed, and a few persons hold one more role.
//
//   zhou07 周致遠  staff        ren09 任書平   personnel      wu06 吳昀  owner
//   qian08 錢宜    secretary (and approver)     zhao02 趙予安  custodian (and reviewer)
//   wang03 王品妤  countersigner: witness       chen04 陳昱   approver of disposals
#pragma once
#include "bureau.h"
#include "retention/rules.h"
#include "service/records.h"
#include "service/retention.h"
#include "service/review.h"
#include "support/files.h"

namespace bureau {

inline service::FormSource form_source(const std::string& id) {
  const auto folder = std::filesystem::path(VERMILION_SOURCE_DIR) / "forms" / id;
  SystemDisk disk;
  return {disk.read_all(folder / "form.yaml"), disk.read_all(folder / "schema.json"),
          disk.read_all(folder / "text.md")};
}

class RecordBureau : public Bureau {
 public:
  RecordBureau() {
    store::Act rules = act("rules", "rules", "system");
    rules.decide = [](const store::Now&, store::Changes& changes) {
      changes.put("rules/retention.json", retention::default_retention_rules());
    };
    store().commit(rules);
    for (const auto& [account, role] :
         {std::pair("zhou07", "staff"), std::pair("ren09", "personnel"),
          std::pair("qian08", "secretary"), std::pair("zhao02", "custodian")}) {
      auto admin = as("hsu01");
      (void)service::grant_role(admin, {account, role, "", "", ""});
    }
    auto sun = as("sun05");
    for (const auto* id : {"nda-employee", "room-daily-log", "corrective-action",
                           "metric-annual-report", "management-review-input"})
      (void)service::publish_form(sun, form_source(id));
  }

  [[nodiscard]] std::string text_of(const std::string& form) {
    auto someone = as("zhou07");
    return service::show_form(someone, form, "")["text"].get<std::string>();
  }

  // 周致遠's own agreement, or whatever differs from it.
  [[nodiscard]] service::RecordRequest agreement(const std::string& remark = "") {
    service::RecordRequest request;
    request.form = "nda-employee";
    request.values = {
        {"name", "周致遠"}, {"unit", "監資處"}, {"position", "技士"}, {"start_date", "2026-11-02"}};
    if (!remark.empty()) request.values["remark"] = remark;
    request.read_digest = service::text_digest(text_of("nda-employee"));
    return request;
  }

  // A page of the machine room's log, typed in later; due three years after its day.
  [[nodiscard]] std::string room_log(const std::string& date, const std::string& handling) {
    auto sun = as("sun05");
    service::RecordRequest request;
    request.form = "room-daily-log";
    request.date = date;
    request.imported = true;
    request.values = {{"log_date", date},      {"shift", "日班"},     {"duty_person", "周致遠"},
                      {"temperature_c", 22.5}, {"humidity_pct", 51},  {"hvac_ok", true},
                      {"ups_ok", true},        {"outage_minutes", 0}, {"handling", handling}};
    return service::create_record(sun, request)["id"].get<std::string>();
  }

  [[nodiscard]] std::string approved_batch(const std::vector<std::string>& records) {
    auto sun = as("sun05");
    service::ProposalRequest request;
    request.records = records;
    const auto id = service::propose_disposal(sun, request)["id"].get<std::string>();
    auto chen = as("chen04");
    (void)service::approve_disposal(chen, id, "");
    return id;
  }
  // Held by wang03.
  [[nodiscard]] std::string hold(const std::string& record) {
    auto wang = as("wang03");
    service::HoldRequest request;
    request.records = {record};
    request.ground = "伍/一/(三)/3";
    request.reason = "調查中";
    return service::place_hold(wang, request)["id"].get<std::string>();
  }
  [[nodiscard]] identity::Credentials witness(const std::string& account = "wang03") const {
    return {account, "", plain_pem(keys.at(account).key)};
  }
};

}  // namespace bureau
