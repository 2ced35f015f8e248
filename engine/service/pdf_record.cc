#include "service/pdf_record.h"

#include "base/ulid.h"
#include "service/record_access.h"
#include "service/signed_pdf.h"

namespace vermilion::service {
namespace {

const char* kept_as(Context& context, const model::Record& record, std::string_view pdf) {
  const auto stored = records::open_signed_pdf(context.store(), record);
  if (!stored || !stored->starts_with(pdf)) return "other";
  return stored->size() == pdf.size() ? "whole" : "beginning";
}

Json signers_json(const model::Record& record) {
  Json signers = Json::array();
  for (const auto& one : record.signatures)
    signers.push_back({{"field", one.name},
                       {"meaning", one.meaning},
                       {"role", one.role},
                       {"account", one.account},
                       {"on_behalf_of", one.on_behalf_of ? Json(*one.on_behalf_of) : Json()},
                       {"at", rfc3339(one.at)}});
  return signers;
}

}  // namespace

Json record_of_pdf(Context& context, std::string_view pdf, const std::string& reason) {
  const auto evidence = context.store().evidence();
  const auto id = record_in_reason(reason);
  const auto record = is_ulid(id) ? records::find_record(evidence, id) : std::nullopt;
  if (!record || !OpenRights(context).may_open(*record) || destroyed_records(context).contains(id))
    return nullptr;
  const auto form = records::require_form_version(evidence, record->form, record->form_version);
  return {{"id", record->id},
          {"number", record->number},
          {"form", record->form},
          {"title", form.form.title},
          {"state", records::record_state_name(records::state_of(evidence, *record))},
          {"kept", kept_as(context, *record, pdf)},
          {"signatures", signers_json(*record)}};
}

}  // namespace vermilion::service
