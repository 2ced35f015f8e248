// The signatures of a record after the first.
#include <fmt/format.h>

#include "base/error.h"
#include "identity/rules.h"
#include "records/filing.h"
#include "records/records.h"
#include "records/sealed_parts.h"
#include "records/signed_pdf.h"
#include "records/turns.h"

namespace vermilion::records {
namespace {

using model::Record;

// The record as it was read, and what was opened of it.
struct OpenFile {
  Record record;
  PublishedForm form;
  Json values;
  std::vector<evidence::FiledStatement> statements;
};

PublishedForm form_of(const store::Snapshot& evidence, const Record& record) {
  auto form = require_form_version(evidence, record.form, record.form_version);
  if (form.digest == record.form_digest) return form;
  throw Error(Failure::corrupt, "form-altered",
              {fmt::format("表單 {} {} 版與紀錄填寫時不同；請執行 verify", record.form,
                           record.form_version.text()),
               fmt::format("form {} {} is not as it was when the record was filed; run verify",
                           record.form, record.form_version.text())});
}

[[noreturn]] void conflict(const std::string& code, const std::string& zh, const std::string& en) {
  throw Error(Failure::conflict, code, {zh, en});
}

// The slot this person may fill now.
model::SignerSlot require_turn(const store::Snapshot& evidence, const Record& record,
                               const model::SignerFields& signer, Date day) {
  if (const auto other = correction_of(evidence, record.id)) {
    conflict("already-corrected",
             fmt::format("{} 已由 {} 更正，不再簽署", record.number, other->number),
             fmt::format("{} was corrected by {} and takes no more signatures", record.number,
                         other->number));
  }
  const auto slot = next_slot(evidence, record);
  if (!slot) {
    conflict("record-complete", fmt::format("{} 的簽署已齊備", record.number),
             fmt::format("every signature of {} is given", record.number));
  }
  if (const auto refusal = cannot_sign(evidence, *slot, record, signer, day))
    evidence::refuse(*refusal);
  return *slot;
}

// Asked again under the writer's lock. What was prepared is for one turn only.
Record require_same_turn(const OpenFile& file, const store::Now& now,
                         const model::SignerFields& signer, Date day) {
  auto record = require_record(now.evidence, file.record.id);
  (void)require_turn(now.evidence, record, signer, day);
  if (record.signatures.size() != file.record.signatures.size()) {
    conflict("record-changed", "準備期間有人簽了這張紀錄；請重新開始",
             "somebody signed this record meanwhile; begin again");
  }
  return record;
}

OpenFile open_file(store::Store& store, const Record& record) {
  return {record, form_of(store.evidence(), record), open_values(store, record),
          open_statements(store, record)};
}

}  // namespace

std::optional<model::SignerSlot> next_slot(const store::Snapshot& evidence, const Record& record) {
  if (state_of(evidence, record) != RecordState::signing) return std::nullopt;
  return form_of(evidence, record).form.signers.at(record.signatures.size());
}

identity::Prepared prepare_signature(store::Store& store, const std::string& id, const Paper& paper,
                                     const model::SignerFields& signer, const store::Act& act) {
  const auto evidence = store.evidence();
  const auto& zone = store.settings().time_zone;
  const auto record = require_record(evidence, id);
  const auto slot = require_turn(evidence, record, signer, date_at(store.clock().now(), zone));
  const auto file = open_file(store, record);
  model::Statement statement{slot.kind, slot.meaning, file.statements.front().statement.subject,
                             signer};
  statement.at = store.clock().now();
  PdfUpdate update;
  statement.subject.erase(kSignedPdf);  // the first signer's
  if (paper.update && is_signed_throughout(record)) {
    update = prepare_update(paper, *open_pdf(store, record),
                            signature_name(record.signatures.size(), slot.kind),
                            open_salt(store, record), statement);
  }
  auto prepared = identity::prepare(store, std::move(statement), act, {});
  prepared.act.subject = "record " + record.id;
  prepared.act.message = slot.kind + " " + prepared.act.subject;
  prepared.file = [&store, file, render = paper.render, appended = update.appended, prepared, zone](
                      const store::Now& now, store::Changes& changes, const identity::Signed& own) {
    auto present = require_same_turn(file, now, prepared.statement.signer, date_at(now.at, zone));
    auto statements = file.statements;
    RecordWriter writer(changes, present);
    statements.push_back(writer.add_signature(store, prepared, own.cms, now.log_index));
    if (appended) writer.seal(update_part(statements.back().name), appended(own.pdf_cms));
    if (model::is_complete(present) && !is_signed_throughout(present))
      writer.seal("pdf", render({file.form, file.values, present, statements}));
    writer.put_manifest();
  };
  prepared.pdf = std::move(update.pdf);
  prepared.must_sign = update.certificate;
  return prepared;
}

}  // namespace vermilion::records
