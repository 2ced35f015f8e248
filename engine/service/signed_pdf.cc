#include "service/signed_pdf.h"

#include <fmt/format.h>

#include "base/local_time.h"
#include "render/pades.h"
#include "render/signature_look.h"
#include "service/keys.h"
#include "service/long_term.h"
#include "service/renditions.h"

namespace vermilion::service {
namespace {

constexpr std::string_view kRecordNamed = "；紀錄 ";

render::SignatureLook person_look(Context& context, const render::Approval& row, Instant at) {
  const Date day = date_at(at, zone_of(context));
  return {
      row.name,
      {fmt::format("{}　{}　{}", row.meaning, row.unit, row.title), in_both_calendars(day),
       row.label, fmt::format("{}　憑證 {}", local_time(at, zone_of(context)), row.certificate)},
      row.on_behalf_of};
}

std::string reason_of(const render::Approval& row, const model::Statement& statement) {
  const auto principal = row.on_behalf_of.empty() ? "" : fmt::format("（代 {}）", row.on_behalf_of);
  return fmt::format("{}{}{}{}", row.meaning, principal, kRecordNamed,
                     require_string(statement.subject, "id"));
}

// A key that is elsewhere signs with the certificate that goes there with what it signs.
crypto::Certificate certificate_to_sign(Context& context) {
  if (!context.signs_elsewhere()) return context.signer().certificate();
  return crypto::Certificate::from_der(own_certificates(context).person);
}

}  // namespace

std::string record_in_reason(const std::string& reason) {
  const auto at = reason.rfind(kRecordNamed);
  return at == reason.npos ? "" : reason.substr(at + kRecordNamed.size());
}

bool signs_within(const Context& context) {
  return !context.caller().only_prepare && !context.caller().signed_before;
}

records::PdfUpdate sign_within(Context& context, const Bytes& pdf, const std::string& field,
                               const model::Statement& statement) {
  const auto own = certificate_to_sign(context);
  const auto certificate = own.sha256();
  const auto row = approval_row(context, statement, certificate);
  const auto look = render::draw_signature(person_look(context, row, statement.at));
  auto prepared = render::prepare_signature(
      pdf, {field, own.common_name(), reason_of(row, statement), statement.at, look,
            validation_data_of(context, statement.signer.account, own,
                               "record " + require_string(statement.subject, "id"))});
  const auto before = pdf.size();
  render::UnsignedPdf update{prepared.file.substr(before), prepared.hole - before,
                             prepared.hole_end - before};
  return {{std::move(prepared.file), prepared.hole, prepared.hole_end},
          certificate,
          [update](std::string_view cms) { return render::with_signature(update, cms); }};
}

}  // namespace vermilion::service
