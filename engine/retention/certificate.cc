// Purging the holders of content, and the certificate that says so.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "retention/batch.h"

namespace vermilion::retention {
namespace {

constexpr const char* kCertificateFormat = "vermilion-certificate-of-destruction-1";

Json destroyed_record_json(const DisposalRecord& record) {
  return {{"id", record.id},
          {"number", record.number},
          {"form", record.form},
          {"retention", record.retention},
          {"date", iso_date(record.date)},
          {"due", iso_date(record.due)}};
}

Json person_json(const model::SignerFields& signer) {
  return {{"account", signer.account},
          {"name", signer.name},
          {"unit", signer.unit},
          {"title", signer.title},
          {"on_behalf_of", signer.on_behalf_of ? Json(*signer.on_behalf_of) : Json(nullptr)}};
}

const model::Statement& require_step(const Disposal& disposal, const std::string& kind,
                                     const std::string& stage) {
  const auto* step = find_step(disposal, kind, stage);
  VERMILION_ASSERT(step != nullptr);
  return step->statement;
}

std::vector<std::string> what_remains(const std::vector<Condemned>& records, Holders& holders) {
  std::vector<std::string> left;
  for (const auto& holder : holders) {
    for (const auto& place : holder->remains(records))
      left.push_back(fmt::format("{}: {}", holder->name(), place));
  }
  return left;
}

}  // namespace

Json purge(const std::vector<Condemned>& records, Holders& holders) {
  Json told = Json::array();
  for (const auto& holder : holders)
    told.push_back({{"name", holder->name()}, {"done", holder->purge(records)}});
  const auto left = fmt::format("{}", fmt::join(what_remains(records, holders), "; "));
  if (left.empty()) return told;
  throw Error(Failure::unavailable, "destruction-incomplete",
              {"銷毀未完成，請排除原因後再執行一次；仍有內容在：" + left,
               "the destruction is not complete; remove the cause and execute it again; something "
               "is left in: " +
                   left});
}

Json certificate_json(const store::Store& store, const Disposal& disposal, const Json& holders,
                      const Json& recovery_copies) {
  const auto& zone = store.settings().time_zone;
  const auto& approval = require_step(disposal, "disposal-approval", "");
  const auto& executing = require_step(disposal, "destruction", stage_name(Stage::executing));
  const auto& witness = require_step(disposal, "witness", stage_name(Stage::executing));
  Json records = Json::array();
  for (const auto& record : disposal.records) records.push_back(destroyed_record_json(record));
  return {{"format", kCertificateFormat},
          {"id", disposal.id},
          {"store", store.settings().id},
          {"records", records},
          {"holders", holders},
          {"planned", disposal.records.size()},
          {"destroyed", disposal.records.size()},
          {"method", disposal.method},
          {"approval_number", disposal.approval_number},
          {"executor", person_json(executing.signer)},
          {"witness", person_json(witness.signer)},
          {"executed_at", rfc3339(executing.at)},
          {"recovery_copies", recovery_copies},
          {"text", roc_date(date_at(approval.at, zone)) + "奉准銷毀"}};
}

}  // namespace vermilion::retention
