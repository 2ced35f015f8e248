#include "records/filing.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "evidence/commitment.h"
#include "identity/people.h"
#include "identity/rules.h"
#include "records/numbers.h"
#include "records/records.h"
#include "records/sealed_parts.h"
#include "records/signed_pdf.h"
#include "records/turns.h"
#include "records/validation.h"

namespace vermilion::records {
namespace {

using model::Medium;
using model::Record;

// Everything about a new record that is settled before anybody signs.
struct NewFile {
  NewRecord request;
  PublishedForm form;
  Record record;  // without sequence, number, signatures and parts
  Json values;
  Bytes shown;
  Bytes salt;
};

[[noreturn]] void superseded(const NewRecord& request, const std::string& in_force) {
  throw Error(Failure::conflict, "form-superseded",
              {fmt::format("表單 {} 的現行版次是 {}；請改用現行版重新開始", request.form, in_force),
               fmt::format("version {} of form {} is in force; begin again on it", in_force,
                           request.form)});
}

PublishedForm form_of(const store::Snapshot& evidence, const NewRecord& request) {
  auto in_force = require_form(evidence, request.form);
  if (request.form_version.empty()) return in_force;
  auto wanted =
      require_form_version(evidence, request.form, model::Version::parse(request.form_version));
  if (!request.imported && wanted.digest != in_force.digest)
    superseded(request, in_force.form.version.text());
  return wanted;
}

bool is_of_subject(const PublishedForm& form) { return form.form.signers.front().subject; }

// Whoever can still sign the text in force signs it himself: an import tells of what was signed before.
void require_import(const NewFile& file, const store::Snapshot& evidence) {
  if (!file.record.imported || !is_of_subject(file.form)) return;
  const auto in_force = require_form(evidence, file.record.form).form.version;
  if (file.record.form_version < in_force && !file.request.scan.empty()) return;
  throw Error(
      Failure::invalid, "import-of-agreement",
      {fmt::format("協定只能匯入現行 {} 版以前的版次，並須附掃描檔；現行版請由本人簽署",
                   in_force.text()),
       fmt::format("an agreement is imported on a version before {}, which is in force, and with "
                   "its scan; the version in force is signed by the person",
                   in_force.text())});
}

// Texts as they are stored: an NFC copy, so that equal names are equal bytes.
Json stored_texts(const Json& value) {
  if (value.is_string()) return require_text(value.get_ref<const std::string&>(), "表單內容");
  Json copy = value;
  if (!value.is_structured()) return copy;
  for (auto& member : copy) member = stored_texts(member);
  return copy;
}

Record blank_record(const NewRecord& request, const PublishedForm& form,
                    const model::SignerFields& signer, const std::string& id) {
  Record record;
  record.id = id;
  record.form = form.form.id;
  record.form_version = form.form.version;
  record.form_digest = form.digest;
  record.classification = form.form.classification;
  record.retention = form.form.retention;
  record.date = request.date;
  record.account = request.account.empty() ? signer.account : request.account;
  record.medium = request.medium;
  record.imported = request.imported;
  record.signatures_due = is_taken_over(record) ? 1 : static_cast<int>(form.form.signers.size());
  return record;
}

void require_read(const NewFile& file) {
  if (file.form.form.kind != "agreement" || is_taken_over(file.record)) return;
  if (file.request.read_digest.empty()) {
    throw Error(Failure::invalid, "text-not-read",
                {"簽署前須先閱讀協定全文，並帶回所讀文字的摘要值",
                 "read the text first; the digest of what was read must come with the signature"});
  }
  if (file.request.read_digest != file.form.text_digest) {
    throw Error(Failure::conflict, "text-changed",
                {"您閱讀的文字與現行協定不同；請重新閱讀再簽",
                 "what you read is not the text in force; read it again, then sign"});
  }
}

void require_date(Date date, Date today) {
  if (date.ok() && date > today) {
    throw Error(
        Failure::invalid, "date-in-future",
        {fmt::format("紀錄日期 {} 還沒有到；請填今天或以前的日期", roc_date(date)),
         fmt::format("the date of the record, {}, has not come yet; give today's or an earlier one",
                     iso_date(date))});
  }
  if (date.ok() && roc_year(date) >= 1) return;
  throw Error(Failure::invalid, "bad-date",
              {"紀錄日期無效：須為民國元年以後的日期",
               "the date of the record is invalid: it must be in 1912 or later"});
}

void require_scan(const NewRecord& request) {
  if (request.medium != Medium::paper || !request.scan.empty()) return;
  throw Error(Failure::invalid, "scan-missing",
              {"紙本紀錄須附掃描檔", "a paper record needs its scan"});
}

void require_correctable(const NewFile& file, const store::Snapshot& evidence) {
  if (!file.record.corrects) return;
  const auto corrected = require_record(evidence, *file.record.corrects);
  if (corrected.form != file.record.form) {
    throw Error(Failure::invalid, "correction-of-another-form",
                {fmt::format("更正須用同一表單；{} 是 {}", corrected.number, corrected.form),
                 fmt::format("a correction is filed on the same form; {} is of {}",
                             corrected.number, corrected.form)});
  }
  const auto& account = file.request.account;
  const bool another = !account.empty() && account != corrected.account;
  if (another && (file.form.form.kind == "agreement" || is_of_subject(file.form))) {
    throw Error(Failure::forbidden, "correction-of-another-person",
                {fmt::format("{} 是另一人的協定，只能由本人更正", corrected.number),
                 fmt::format("{} is the agreement of another person, who alone can correct it",
                             corrected.number)});
  }
  if (const auto other = correction_of(evidence, corrected.id)) {
    throw Error(
        Failure::conflict, "already-corrected",
        {fmt::format("{} 已由 {} 更正；請更正後者", corrected.number, other->number),
         fmt::format("{} was corrected by {}; correct that one", corrected.number, other->number)});
  }
}

// One version is signed once by one person: a further signature would say nothing.
void require_unsigned(const NewFile& file, const store::Snapshot& evidence) {
  if (file.form.form.kind != "agreement" || file.record.imported) return;
  store::RecordQuery his;
  his.form = file.record.form;
  his.account = file.record.account;
  for (const auto& other : evidence.records(his)) {
    const bool same = other.form_version == file.record.form_version && !other.imported;
    if (!same || other.id == file.record.corrects || correction_of(evidence, other.id)) continue;
    throw Error(Failure::conflict, "already-signed",
                {fmt::format("{} 已簽過 {} 版（{}）", other.account, other.form_version.text(),
                             other.number),
                 fmt::format("{} signed version {} already ({})", other.account,
                             other.form_version.text(), other.number)});
  }
}

void require_turn(const NewFile& file, const store::Snapshot& evidence,
                  const model::SignerFields& signer, Date day) {
  const auto refusal =
      cannot_sign(evidence, file.form.form.signers.front(), file.record, signer, day);
  if (refusal) evidence::refuse(*refusal);
}

// Asked at prepare, and again under the writer's lock.
void require_allowed(const NewFile& file, const store::Snapshot& evidence,
                     const model::SignerFields& signer, Date day) {
  const auto form = form_of(evidence, file.request);
  if (form.digest != file.form.digest) superseded(file.request, form.form.version.text());
  (void)identity::require_person(evidence, file.record.account);
  require_correctable(file, evidence);
  require_turn(file, evidence, signer, day);
  require_import(file, evidence);
  require_read(file);
  require_unsigned(file, evidence);
}

Json signed_subject(const NewFile& file) {
  const auto commitment = [&](const Bytes& bytes) {
    return evidence::commitment_text(file.salt, bytes);
  };
  auto subject = subject_of(file.record);
  subject["text"] = file.form.text_digest;
  subject["content"] = commitment(canonical(file.values));
  subject["shown"] = commitment(file.shown);
  subject["scan"] = file.request.scan.empty() ? Json(nullptr) : Json(commitment(file.request.scan));
  return subject;
}

void require_free(const store::Snapshot& evidence, std::uint64_t sequence) {
  const auto folder = model::record_folder(sequence);
  if (evidence.list(folder).empty()) return;
  throw Error(
      Failure::corrupt, "number-taken",
      {fmt::format("第 {} 號已有紀錄，計數與紀錄不符；請執行 verify，並由備份還原", sequence),
       fmt::format("record {} is there already, so the counters are not those of the "
                   "records; run verify and restore from a backup",
                   sequence)});
}

void number(Record& record, const PublishedForm& form, const store::Now& now,
            const std::string& zone, store::Changes& changes) {
  Numbers numbers(now.evidence);
  const int year = roc_year(record.date);
  record.sequence = numbers.take_sequence();
  require_free(now.evidence, record.sequence);
  record.number = number_text(form.form.number, year, numbers.take(record.form, year));
  record.filing_year = static_cast<int>(date_at(now.at, zone).year());
  record.filed = now.at;
  numbers.put(changes);
}

void seal_content(RecordWriter& writer, const NewFile& file, const Json& subject) {
  const auto content = writer.seal("content", canonical(file.values), file.salt);
  const auto shown = writer.seal("shown", file.shown, file.salt);
  VERMILION_ASSERT(content == subject.value("content", "") &&
                   shown == subject.value("shown", ""));
  if (!file.request.scan.empty()) writer.seal("scan", file.request.scan, file.salt);
}

// A correction is about the same person and day: another would move the record to where nobody looks for it.
void inherit(Record& record, const Record& corrected) {
  record.corrects = corrected.id;
  record.account = corrected.account;
  record.date = corrected.date;
}

NewFile open_file(store::Store& store, const NewRecord& request,
                  const model::SignerFields& signer) {
  const auto evidence = store.evidence();
  NewFile file;
  file.request = request;
  file.form = form_of(evidence, request);
  file.values = stored_texts(request.values);
  file.record = blank_record(request, file.form, signer, evidence::fresh_ulid(store.clock().now()));
  if (!request.corrects.empty()) inherit(file.record, require_record(evidence, request.corrects));
  file.salt = evidence::fresh_salt();
  return file;
}

}  // namespace

identity::Prepared prepare_record(store::Store& store, const NewRecord& request, const Paper& paper,
                                  const model::SignerFields& signer, const store::Act& act) {
  const auto& zone = store.settings().time_zone;
  const Date today = date_at(store.clock().now(), zone);
  require_scan(request);
  auto file = open_file(store, request, signer);
  require_date(file.record.date, today);
  require_allowed(file, store.evidence(), signer, today);
  require_valid(parse_json(file.form.files.schema), file.values);
  const auto words = first_words(file.record, file.form.form.signers.front());
  std::vector<std::string> fields;
  if (paper.update && is_signed_within(file.form.form, file.record))
    fields = signature_fields(file.form.form, words.kind);
  file.shown = paper.render({file.form, file.values, file.record, {}, fields});
  model::Statement statement{words.kind, words.meaning, signed_subject(file), signer};
  statement.at = store.clock().now();
  PdfUpdate update;
  if (!fields.empty())
    update = prepare_update(paper, file.shown, fields.front(), file.salt, statement);
  auto prepared = identity::prepare(store, std::move(statement), act, {});
  prepared.act.subject = "record " + file.record.id;
  prepared.act.message = prepared.statement.kind + " " + prepared.act.subject;
  prepared.file = [&store, file, render = paper.render, appended = update.appended, prepared, zone](
                      const store::Now& now, store::Changes& changes, const identity::Signed& own) {
    require_allowed(file, now.evidence, prepared.statement.signer, date_at(now.at, zone));
    auto record = file.record;
    number(record, file.form, now, zone, changes);
    RecordWriter writer(changes, record);
    seal_content(writer, file, prepared.statement.subject);
    const auto filed = writer.add_signature(store, prepared, own.cms, now.log_index);
    if (appended) writer.seal(update_part(filed.name), appended(own.pdf_cms));
    if (model::is_complete(record) && !is_signed_throughout(record))
      writer.seal("pdf", render({file.form, file.values, record, {filed}}));
    writer.put_manifest();
  };
  prepared.pdf = std::move(update.pdf);
  prepared.must_sign = update.certificate;
  return prepared;
}

}  // namespace vermilion::records
