// The verifier's look at records: whatever filing refuses, it must find; so it asks the same functions.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "evidence/verification.h"
#include "records/forms.h"
#include "records/numbers.h"
#include "records/records.h"
#include "records/signed_pdf.h"
#include "records/turns.h"
#include "records/validation.h"

namespace vermilion::records {
namespace {

using model::Record;
constexpr auto kPatience = std::chrono::minutes(15);

class RecordCheck {
 public:
  RecordCheck(store::Store& store, const Record& record, const Fault& fault)
      : store_(store),
        record_(record),
        fault_(fault),
        folder_(model::record_folder(record.sequence)),
        zone_(store.settings().time_zone) {}

  void run() {
    attempt("", [&] { check_manifest(); });
    attempt("", [&] { check_form(); });
    attempt("", [&] { check_import(); });
    attempt("", [&] { check_correction(); });
    for (const auto& sealed : record_.parts)
      attempt(sealed.part,
              [&] { stream_part(store_, record_, sealed.part, [](std::string_view) {}); });
    check_parts();
    attempt("", [&] { check_signatures(); });
    for (std::size_t i = 0; i < record_.attachments.size(); ++i)
      attempt(record_.attachments[i].name, [&] { check_attachment(i); });
  }

 private:
  void attempt(const std::string& part, const std::function<void()>& check) {
    vermilion::attempt(place(part), fault_, check);
  }

  [[nodiscard]] std::string place(const std::string& part) const {
    return folder_ + "/" + (part.empty() ? "manifest.json" : part);
  }

  void bad(const std::string& part, const Said& said) { fault_(place(part), said); }

  void require(bool good, const std::string& part, const char* zh, const char* en) {
    if (!good) bad(part, {zh, en});
  }

  void check_manifest() {
    const auto path = folder_ + "/manifest.json";
    const auto bytes = store_.evidence().read(path);
    require(bytes && *bytes == canonical(model::to_json(record_)), "",
            "清單不在其序號所在之處，或不是正規形式",
            "the manifest is not where its sequence says, or not canonical");
    sort_acts(path);
    require(acts_.size() == record_.signatures.size() &&
                attaching_.size() == record_.attachments.size(),
            "", "清單被改寫的次數與簽署及附件數不符",
            "the manifest was not written once for each signature and each attachment");
    if (acts_.empty()) return;
    const auto filed = acts_.front().act.at;
    require(record_.filed == filed, "", "歸檔時間與日誌不符",
            "the time of filing differs from the log");
    require(record_.filing_year == static_cast<int>(date_at(filed, zone_).year()), "",
            "歸檔年度不符", "the filing year is not that of the filing");
  }

  // Which writing of the manifest brought a signature, and which an attachment.
  void sort_acts(const std::string& path) {
    std::size_t before = 0;
    for (const auto& one : store_.catalogue().history(path)) {
      const auto attached = record_.attachments.empty() ? 0 : attachments_at(one.act.commit, path);
      (attached > before ? attaching_ : acts_).push_back(one);
      before = attached;
    }
  }

  [[nodiscard]] std::size_t attachments_at(const git::ObjectId& commit, const std::string& path) {
    const auto then = store_.evidence_of(commit).require(path);
    return model::record_from(parse_json(then)).attachments.size();
  }

  void check_form() {
    const auto form = require_form_version(store_.evidence(), record_.form, record_.form_version);
    form_ = form;
    require(form.digest == record_.form_digest, "", "表單與填寫時不同",
            "the form is not as it was when the record was filed");
    require(form.form.classification == record_.classification &&
                form.form.retention == record_.retention,
            "", "分級或保存類別與表單不符", "classification or retention class is not the form's");
    const auto due = is_taken_over(record_) ? std::size_t{1} : form.form.signers.size();
    require(record_.signatures_due == static_cast<int>(due), "", "應簽人數與表單不符",
            "the number of signatures due is not the form's");
    require(record_.number ==
                number_text(form.form.number, roc_year(record_.date), running_of(record_.number)),
            "", "編號不合表單的樣式", "the number does not have the form's pattern");
    const auto values = open_values(store_, record_);
    require(faults_of(parse_json(form.files.schema), values).empty(), "content", "內容不合表單",
            "the values do not fit the form");
  }

  [[nodiscard]] bool is_imported_agreement() const {
    return record_.imported && form_ && form_->form.signers.front().subject;
  }

  // What was in force then, and not now, says whether the person could have signed himself.
  void check_import() {
    if (!is_imported_agreement() || acts_.empty()) return;
    const auto then =
        require_form(store_.evidence_of(acts_.front().act.commit), record_.form).form.version;
    require(record_.form_version < then, "", "匯入的協定不是當時現行版以前的版次",
            "an agreement was imported on a version that was not older than the one in force");
  }

  void check_correction() {
    if (!record_.corrects) return;
    const auto evidence = store_.evidence();
    const auto found = find_record(evidence, *record_.corrects);
    if (!found) return bad("", {"所更正的紀錄不存在", "the record that it corrects is not there"});
    require(found->form == record_.form && found->account == record_.account &&
                found->date == record_.date,
            "", "更正的是另一種表單、另一人或另一日的紀錄",
            "it corrects a record of another form, person or day");
    require(found->sequence < record_.sequence, "", "所更正的紀錄不在它之前",
            "the record that it corrects was not filed before it");
    store::RecordQuery corrections;
    corrections.corrects = *record_.corrects;
    require(evidence.records(corrections).size() == 1, "", "同一紀錄被更正不只一次",
            "one record is corrected more than once");
  }

  [[nodiscard]] std::set<std::string> expected_parts() const {
    std::set<std::string> expected = {"content", "shown"};
    for (const auto& lines : {record_.signatures, record_.attachments}) {
      for (const auto& line : lines) {
        expected.insert(line.name + ".statement");
        expected.insert(line.name + ".p7s");
      }
    }
    for (const auto& line : record_.attachments) expected.insert(line.name);
    for (const auto& signature : record_.signatures) {
      const auto update = update_part(signature.name);
      if (has_part(record_, update)) expected.insert(update);  // whether it should be: check_within
    }
    if (model::is_complete(record_) && !is_signed_throughout(record_)) expected.insert("pdf");
    if (record_.medium == model::Medium::paper || is_imported_agreement()) expected.insert("scan");
    return expected;
  }

  void check_parts() {
    auto missing = expected_parts();
    std::set<std::string> seen;
    for (const auto& sealed : record_.parts) {
      const bool known = missing.erase(sealed.part) == 1 || sealed.part == "scan";
      require(known && seen.insert(sealed.part).second, sealed.part, "多出的部分或重複",
              "a part too many, or twice");
    }
    for (const auto& part : missing) bad(part, {"缺少這個部分", "this part is missing"});
  }

  void check_signatures() {
    require(!record_.signatures.empty() &&
                record_.signatures.size() <= static_cast<std::size_t>(record_.signatures_due),
            "", "簽署數不符", "there are too few or too many signatures");
    Record before = record_;
    before.signatures.clear();
    for (const auto& signature : record_.signatures) {
      attempt(signature.name, [&] { check_signature(signature, before); });
      before.signatures.push_back(signature);
    }
  }

  void check_signature(const model::RecordSignature& signature, const Record& before) {
    const auto index = before.signatures.size();
    if (index >= acts_.size()) return;  // told of the manifest already
    const auto& act = acts_[index].act;
    const auto s = signed_by_line(signature, act);
    if (!s) return;
    check_subject(signature.name, s->subject);
    check_within(signature.name, s->subject, before);
    check_turn(signature.name, *s, before, store_.evidence_of(act.commit));
  }

  void check_attachment(std::size_t index) {
    if (index >= attaching_.size()) return;
    const auto& line = record_.attachments[index];
    const auto& act = attaching_[index].act;
    const auto s = signed_by_line(line, act);
    if (!s) return;
    require(s->kind == kAttachmentWords.kind && s->meaning == kAttachmentWords.meaning &&
                s->subject.value("type", "") == "attachment" &&
                s->subject.value("id", "") == record_.id &&
                Json(s->subject.value("content", "")) == commitment_of(line.name),
            line.name, "簽署的對象不是這個附件", "what was signed is not this attachment");
    const auto then = store_.evidence_of(act.commit);
    const auto record = require_record(then, record_.id);
    if (const auto refusal = cannot_attach(then, record, s->signer, date_at(s->at, zone_)))
      bad(line.name, refusal->said);
  }

  // What is true of every signature; nothing when it is no good one.
  [[nodiscard]] std::optional<model::Statement> signed_by_line(const model::RecordSignature& line,
                                                               const store::ActRow& act) {
    const auto cms = open_part(store_, record_, line.name + ".p7s");
    if (!identity::stamp_stays(store_, identity::sealed_stamp_name(cms)))
      bad(line.name, identity::stamp_gone());
    auto verified = evidence::verify_statement(open_part(store_, record_, line.name + ".statement"),
                                               cms, store_.authority().root, store_.settings().id,
                                               act.log_index, identity::certificate_finder(store_));
    if (verified.verdict != evidence::Verdict::good) {
      bad(line.name, evidence::verdict_said(verified.verdict));
      return std::nullopt;
    }
    check_line(line, *verified.statement, verified.certificate->sha256());
    check_time(line.name, *verified.statement, act);
    return std::move(verified.statement);
  }

  // The manifest's line about a signature against the statement itself.
  void check_line(const model::RecordSignature& line, const model::Statement& s,
                  const std::string& certificate) {
    const bool same = line.kind == s.kind && line.meaning == s.meaning &&
                      line.role == s.signer.role && line.account == s.signer.account &&
                      line.on_behalf_of == s.signer.on_behalf_of && line.at == s.at &&
                      line.certificate == certificate;
    require(same, line.name, "清單所載與簽署的聲明不符",
            "the manifest's line differs from the statement that was signed");
  }

  void check_subject(const std::string& name, Json subject) {
    subject.erase(kSignedPdf);
    auto expected = subject_of(record_);
    if (form_) expected["text"] = form_->text_digest;
    for (const char* part : {"content", "shown", "scan"}) expected[part] = commitment_of(part);
    require(subject == expected, name, "簽署的對象與這張紀錄不符",
            "what was signed is not this record");
  }

  // What the statement says of the PDF, and what is kept of it. Whether the signature there holds the service knows.
  void check_within(const std::string& name, const Json& subject, const Record& before) {
    const bool within = subject.contains(kSignedPdf);
    require(
        within == has_part(record_, update_part(name)), name,
        "聲明說 PDF 也簽了而沒有那個簽章，或反之",
        "the statement says that the PDF is signed as well, and that signature is not there; or "
        "the other way round");
    if (!within || !form_) return;
    require(is_signed_within(form_->form, record_) && is_signed_throughout(before), name,
            "這張紀錄的 PDF 不是這樣簽的：不該在內簽署，或前一位沒有簽",
            "the PDF of this record is not signed in that way: nobody does, or the one before did "
            "not");
  }

  [[nodiscard]] Json commitment_of(const std::string& part) {
    for (const auto& sealed : record_.parts) {
      if (sealed.part == part)
        return store_.stream_payload(sealed.payload, [](std::string_view) {}).commitment;
    }
    return nullptr;
  }

  void check_time(const std::string& name, const model::Statement& s, const store::ActRow& act) {
    require(s.at <= act.at + kPatience && act.at <= s.at + kPatience, name,
            "簽署時間與日誌時間相差超過 15 分鐘",
            "the signing time is over 15 minutes from its log entry");
    require(act.actor == s.signer.account, name, "歸檔人不是簽署人",
            "it was filed by another account");
  }

  // Roles as they stood when it was filed: what came later counts neither for nor against it.
  void check_turn(const std::string& name, const model::Statement& s, const Record& before,
                  const store::Snapshot& then) {
    if (!form_ || before.signatures.size() >= form_->form.signers.size()) return;
    const auto& slot = form_->form.signers[before.signatures.size()];
    const bool first = before.signatures.empty();
    const auto words = first ? first_words(record_, slot) : FirstWords{slot.kind, slot.meaning};
    require(s.kind == words.kind && s.meaning == words.meaning, name, "簽署的種類或意義與表單不符",
            "kind or meaning of the signature is not the form's");
    if (const auto refusal = cannot_sign(then, slot, before, s.signer, date_at(s.at, zone_)))
      bad(name, refusal->said);
  }

  store::Store& store_;
  const Record& record_;
  const Fault& fault_;
  std::string folder_;
  std::string zone_;
  std::vector<store::PathRow> acts_;       // of the signatures
  std::vector<store::PathRow> attaching_;  // of the attachments
  std::optional<PublishedForm> form_;
};

void check_sequence(const std::vector<Record>& all, const Fault& fault) {
  std::uint64_t next = 1;
  for (const auto& record : all) {
    if (record.sequence != next) {
      fault(model::record_folder(record.sequence) + "/manifest.json",
            {fmt::format("序號不連續：此前應有第 {} 號", next),
             fmt::format("the sequence has a gap: {} should come before it", next)});
    }
    next = record.sequence + 1;
  }
}

// The counters must be what the manifests make them: wound back, they would give a number again.
void check_counters(const store::Snapshot& evidence, const std::vector<Record>& all,
                    const Fault& fault) {
  const auto bytes = evidence.read(kNumbersPath);
  if (!bytes && all.empty()) return;
  Json expected = {{"sequence", all.empty() ? 0 : all.back().sequence}, {"forms", Json::object()}};
  for (const auto& record : all) {
    auto& last = expected["forms"][record.form][std::to_string(roc_year(record.date))];
    last = std::max(last.is_null() ? 0 : last.get<int>(), running_of(record.number));
  }
  if (bytes && *bytes == canonical(expected)) return;
  fault(kNumbersPath, {"計數與清單不符；請由備份還原",
                       "the counters differ from the manifests; restore them from a backup"});
}

void check_unique(const std::vector<Record>& all, const Fault& fault) {
  std::set<std::string> numbers;
  for (const auto& record : all) {
    if (numbers.insert(record.number).second) continue;
    fault(model::record_folder(record.sequence) + "/manifest.json",
          {fmt::format("編號 {} 重複", record.number),
           fmt::format("number {} is given twice", record.number)});
  }
}

}  // namespace

void check_record(store::Store& store, const Record& record, const Fault& fault) {
  RecordCheck(store, record, fault).run();
}

void check_numbers(const store::Snapshot& evidence, const std::vector<Record>& all,
                   const Fault& fault) {
  check_sequence(all, fault);
  check_unique(all, fault);
  check_counters(evidence, all, fault);
  std::map<std::pair<std::string, int>, int> last;
  for (const auto& record : all) {
    auto& running = last[{record.form, roc_year(record.date)}];
    const int found = running_of(record.number);
    if (found != running + 1) {
      fault(model::record_folder(record.sequence) + "/manifest.json",
            {fmt::format("編號 {} 不連續：前一號是 {}", record.number, running),
             fmt::format("number {} does not follow {}", record.number, running)});
    }
    running = found;
  }
}

}  // namespace vermilion::records
