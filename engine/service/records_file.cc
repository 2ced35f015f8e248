// Filing and signing records.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "records/filing.h"
#include "service/record_access.h"
#include "service/record_rendition.h"
#include "service/records.h"

namespace vermilion::service {
namespace {

// The kind of the entry in the log, and the right it takes beyond what the form itself allows.
struct Way {
  std::string kind;
  std::string right;
};

Way way_of(const RecordRequest& request) {
  if (request.imported) return {"import", "record.import"};
  if (request.paper) return {"record", "record.paper"};
  return {request.corrects.empty() ? "record" : "correction", ""};
}

records::NewRecord new_record(Context& context, const RecordRequest& request) {
  records::NewRecord record;
  record.form = request.form;
  record.form_version = request.form_version;
  record.values = request.values;
  record.account = request.account.empty() ? context.actor() : request.account;
  record.date = request.date.empty() ? context.today() : parse_date(request.date);
  record.read_digest = request.read_digest;
  record.medium = request.paper ? model::Medium::paper : model::Medium::electronic;
  record.scan = request.scan;
  record.imported = request.imported;
  if (!request.corrects.empty()) record.corrects = require_content(context, request.corrects).id;
  return record;
}

// Who files: under the right that paper and import take, else under the role of the form's first slot.
model::SignerFields filer(Context& context, const Way& way, const std::string& form) {
  if (!way.right.empty()) return context.acting(way.right);
  const auto slot = records::require_form(context.store().evidence(), form).form.signers.front();
  return context.acting_as(slot.subject ? "" : slot.role);
}

Json receipt_json(Context& context, const std::string& id, const identity::Prepared& prepared,
                  const store::Receipt& receipt) {
  const auto evidence = context.store().evidence();
  const auto record = records::require_record(evidence, id);
  return {{"id", record.id},
          {"number", record.number},
          {"form", record.form},
          {"state", model::is_complete(record) ? "complete" : "signing"},
          {"account", record.account},
          {"date", iso_date(record.date)},
          {"meaning", prepared.statement.meaning},
          {"statement", crypto::digest_text(prepared.bytes)},
          {"at", rfc3339(prepared.statement.at)},
          {"act", receipt.act},
          {"log_index", receipt.log_index}};
}

// Whoever joins signs what he must before his account can be authorised (seed 肆/八/(三)/1), and nothing else.
void admit_to_agreement(Context& context, const RecordRequest& request) {
  if (request.paper || request.imported || !request.corrects.empty()) return;
  const auto& ids = records::form_ids(context.store().evidence());
  if (std::find(ids.begin(), ids.end(), request.form) == ids.end()) return;
  const auto form = records::require_form(context.store().evidence(), request.form).form;
  if (form.kind == "agreement") context.admit_joiner();
}

std::string form_subject(const std::string& form) {
  try {
    model::require_form_id(form);
    return "record " + form;
  } catch (const Error&) {
    return "record";
  }
}

}  // namespace

std::string text_digest(const Bytes& text) { return crypto::digest_text(text); }

Json create_record(Context& context, const RecordRequest& request) {
  Json answer;
  const auto way = way_of(request);
  admit_to_agreement(context, request);
  recorded(context, way.kind, form_subject(request.form), [&] {
    const auto signer = filer(context, way, request.form);
    auto prepared = records::prepare_record(context.store(), new_record(context, request),
                                            record_paper(context), signer,
                                            context.act(way.kind, form_subject(request.form)));
    const auto id = require_string(prepared.statement.subject, "id");
    const auto subject = "record " + id + " " + request.form;
    prepared.act.subject = subject;
    prepared.act.message = way.kind + " " + subject;
    answer = receipt_json(context, id, prepared, sign_and_commit(context, prepared));
  });
  return answer;
}

Json sign_record(Context& context, const std::string& id, const std::string& on_behalf_of) {
  Json answer;
  recorded(context, "record", "record", [&] {
    const auto record = require_content(context, id);
    const auto slot = records::next_slot(context.store().evidence(), record);
    if (!slot) {
      throw Error(Failure::conflict, "record-complete",
                  {fmt::format("紀錄 {} 已簽署完成", record.number),
                   fmt::format("record {} is complete", record.number)});
    }
    const auto signer = context.acting_as(slot->subject ? "" : slot->role, on_behalf_of);
    const auto prepared =
        records::prepare_signature(context.store(), record.id, record_paper(context), signer,
                                   context.act(slot->kind, record_subject(record)));
    const auto receipt = sign_and_commit(context, prepared);
    answer = receipt_json(context, record.id, prepared, receipt);
  });
  return answer;
}

}  // namespace vermilion::service
