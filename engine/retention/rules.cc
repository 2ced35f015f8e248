#include "retention/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/json.h"
#include "model/members.h"

namespace vermilion::retention {
namespace {

constexpr const char* kFile = "rules/retention.json";
constexpr std::array kLegalYears = {30, 25, 20, 15, 10, 5, 3, 1};

struct TriggerNames {
  Trigger trigger;
  const char* name;
  const char* label;
};
constexpr std::array kTriggers = {
    TriggerNames{Trigger::record_date, "record-date", "紀錄日"},
    TriggerNames{Trigger::year_end, "year-end", "年度結束日"},
    TriggerNames{Trigger::completed, "completed", "簽署完成日"},
    TriggerNames{Trigger::superseded, "superseded", "被取代之年度結束日"},
    TriggerNames{Trigger::employment_end, "employment-end", "離職日"},
};

const TriggerNames& names_of(Trigger trigger) noexcept {
  return *std::find_if(kTriggers.begin(), kTriggers.end(),
                       [&](const TriggerNames& names) { return names.trigger == trigger; });
}

[[noreturn]] void bad(const Said& said) {
  throw Error(Failure::corrupt, "bad-rules",
              {fmt::format("規則檔 {} 無法使用：{}", kFile, said.zh),
               fmt::format("rules file {} cannot be used: {}", kFile, said.en)});
}

Trigger trigger_of(const std::string& name) {
  for (const auto& names : kTriggers) {
    if (names.name == name) return names.trigger;
  }
  bad({"沒有起算點「" + name + "」", "no trigger '" + name + "'"});
}

// A class is part of key file names.
std::string require_id(const Json& row) {
  auto id = require_string(row, "id");
  const bool good =
      !id.empty() && id.size() <= 64 &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (!good) bad({"類別代號「" + id + "」不合規定", "bad class '" + id + "'"});
  return id;
}

std::optional<int> require_years(const Json& row) {
  if (!row.contains("years")) bad({"缺少「years」", "'years' is missing"});
  if (row["years"].is_null()) return std::nullopt;
  const int years = model::member_or(row, "years", 0);
  if (std::find(kLegalYears.begin(), kLegalYears.end(), years) == kLegalYears.end()) {
    bad({fmt::format("保存年限 {} 年不是法定的 30、25、20、15、10、5、3、1 年", years),
         fmt::format("{} years is none of the legal steps 30, 25, 20, 15, 10, 5, 3, 1", years)});
  }
  return years;
}

bool is_archive(const Json& row) {
  const auto track = require_string(row, "track");
  if (track != "archive" && track != "internal")
    bad({"「track」應為 archive 或 internal", "'track' is archive or internal"});
  return track == "archive";
}

RetentionClass class_of(const Json& row) {
  return {.id = require_id(row),
          .zh = require_string(row, "zh"),
          .en = require_string(row, "en"),
          .years = require_years(row),
          .trigger = trigger_of(require_string(row, "trigger")),
          .archive = is_archive(row),
          .basis = require_string(row, "basis")};
}

Json read_rows(const store::Snapshot& evidence) {
  const auto bytes = evidence.read(kFile);
  if (!bytes) bad({"檔案不存在", "there is no such file"});
  auto rows = parse_json(*bytes);
  if (!rows.is_array()) bad({"應為陣列", "it is no array"});
  return rows;
}

}  // namespace

const char* trigger_name(Trigger trigger) noexcept { return names_of(trigger).name; }
const char* trigger_label(Trigger trigger) noexcept { return names_of(trigger).label; }

RetentionRules::RetentionRules(const store::Snapshot& evidence) {
  try {
    const Json rows = read_rows(evidence);
    for (const auto& row : rows) classes_.push_back(class_of(row));
  } catch (const Error& error) {
    if (error.failure() != Failure::invalid) throw;
    bad(error.said());
  }
  for (const auto& one : classes_) {
    const auto same = [&](const RetentionClass& other) { return other.id == one.id; };
    if (std::count_if(classes_.begin(), classes_.end(), same) > 1)
      bad({"類別「" + one.id + "」重複", "class '" + one.id + "' stands twice"});
  }
}

const RetentionClass& RetentionRules::require(const std::string& id) const {
  std::string known;
  for (const auto& one : classes_) {
    if (one.id == id) return one;
    known += fmt::format("{}（{}） ", one.id, one.zh);
  }
  throw Error(Failure::invalid, "unknown-retention",
              {fmt::format("沒有保存類別「{}」；可用的有：{}", id, known),
               fmt::format("no retention class '{}'; known: {}", id, known)});
}

}  // namespace vermilion::retention
