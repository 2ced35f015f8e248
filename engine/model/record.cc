#include "model/record.h"

#include <fmt/format.h>

#include "base/error.h"
#include "model/members.h"

namespace vermilion::model {
namespace {

const char* medium_name(Medium medium) { return medium == Medium::paper ? "paper" : "electronic"; }

[[noreturn]] void bad_record(const std::string& member) {
  throw Error(Failure::invalid, "bad-record",
              {"紀錄清單無效：" + member, "invalid record manifest: " + member});
}

Medium medium_from(const std::string& name) {
  if (name == "paper") return Medium::paper;
  if (name != "electronic") bad_record("medium");
  return Medium::electronic;
}

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

std::optional<std::string> optional_text(const Json& value, const char* key) {
  const auto text = member_or(value, key, std::string());
  return text.empty() ? std::nullopt : std::optional(text);
}

Json signature_json(const RecordSignature& s) {
  return {{"name", s.name},       {"kind", s.kind},
          {"meaning", s.meaning}, {"role", s.role},
          {"account", s.account}, {"on_behalf_of", or_null(s.on_behalf_of)},
          {"at", rfc3339(s.at)},  {"certificate", s.certificate}};
}

RecordSignature signature_from(const Json& value) {
  return {require_string(value, "name"),
          require_string(value, "kind"),
          require_string(value, "meaning"),
          require_string(value, "role"),
          require_string(value, "account"),
          optional_text(value, "on_behalf_of"),
          parse_instant(require_string(value, "at")),
          require_string(value, "certificate")};
}

Json part_json(const SealedPart& p) {
  return {{"part", p.part}, {"payload", p.payload}, {"ciphertext", p.ciphertext}};
}

SealedPart part_from(const Json& value) {
  return {require_string(value, "part"), require_string(value, "payload"),
          require_string(value, "ciphertext")};
}

template <typename T>
T require_number(const Json& value, const char* key) {
  const auto number = member_or(value, key, std::int64_t{-1});
  if (number < 1) bad_record(key);
  return static_cast<T>(number);
}

}  // namespace

Json to_json(const Record& r) {
  Json value = {{"id", r.id},
                {"sequence", r.sequence},
                {"number", r.number},
                {"form", r.form},
                {"form_version", r.form_version.text()},
                {"form_digest", r.form_digest},
                {"classification", r.classification},
                {"retention", r.retention},
                {"filing_year", r.filing_year},
                {"date", iso_date(r.date)},
                {"account", r.account},
                {"medium", medium_name(r.medium)},
                {"imported", r.imported},
                {"corrects", or_null(r.corrects)},
                {"signatures_due", r.signatures_due},
                {"signatures", Json::array()},
                {"parts", Json::array()},
                {"filed", rfc3339(r.filed)}};
  for (const auto& signature : r.signatures)
    value["signatures"].push_back(signature_json(signature));
  for (const auto& attachment : r.attachments)
    value["attachments"].push_back(signature_json(attachment));
  for (const auto& part : r.parts) value["parts"].push_back(part_json(part));
  return value;
}

Record record_from(const Json& value) {
  Record r;
  r.id = require_string(value, "id");
  r.sequence = require_number<std::uint64_t>(value, "sequence");
  r.number = require_string(value, "number");
  r.form = require_string(value, "form");
  r.form_version = Version::parse(require_string(value, "form_version"));
  r.form_digest = require_string(value, "form_digest");
  r.classification = require_string(value, "classification");
  r.retention = require_string(value, "retention");
  r.filing_year = require_number<int>(value, "filing_year");
  r.date = parse_date(require_string(value, "date"));
  r.account = require_string(value, "account");
  r.medium = medium_from(require_string(value, "medium"));
  r.imported = member_or(value, "imported", false);
  r.corrects = optional_text(value, "corrects");
  r.signatures_due = require_number<int>(value, "signatures_due");
  for (const auto& signature : member_or(value, "signatures", Json::array_t()))
    r.signatures.push_back(signature_from(signature));
  for (const auto& attachment : member_or(value, "attachments", Json::array_t()))
    r.attachments.push_back(signature_from(attachment));
  for (const auto& part : member_or(value, "parts", Json::array_t()))
    r.parts.push_back(part_from(part));
  r.filed = parse_instant(require_string(value, "filed"));
  return r;
}

bool is_complete(const Record& record) {
  return record.signatures.size() >= static_cast<std::size_t>(record.signatures_due);
}

std::string record_folder(std::uint64_t sequence) {
  const auto digits = fmt::format("{:08}", sequence);
  return fmt::format("records/{}/{}/{}/{}", digits.substr(0, 2), digits.substr(2, 2),
                     digits.substr(4, 2), digits);
}

}  // namespace vermilion::model
