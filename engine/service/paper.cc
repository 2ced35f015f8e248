#include "service/paper.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/one_time_code.h"
#include "crypto/random.h"
#include "records/forms.h"
#include "records/records.h"
#include "service/record_access.h"
#include "store/site_settings.h"
#include "workflow/documents.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kCodeLetters = 12;  // 60 bits
constexpr std::size_t kSerialBytes = 8;
constexpr const char* kCaption = "查核本頁：掃描或輸入下列查核碼，即知是否為現行版本。";
// It is signed before it has a number: the page cannot say which.
constexpr const char* kUnnumberedCaption = "掃描或輸入下列查核碼，即知這筆紀錄的編號與現況。";
constexpr const char* kBlankCaption = "本張流水號如下。填妥並簽署後，連同掃描檔登錄為紙本紀錄。";

std::string code_for(Context& context, const Json& sheet) {
  Json named = sheet;
  named["store"] = context.store().settings().id;
  return crypto::base32(crypto::sha256(canonical(named))).substr(0, kCodeLetters);
}

std::string document_code(Context& context, const std::string& id, const std::string& version,
                          const std::string& content) {
  return code_for(context, {{"document", id}, {"version", version}, {"content", content}});
}

// What was signed before the record had its number is known by its id.
std::string name_on_paper(const model::Record& record) {
  return record.number.empty() ? record.id : record.number;
}

std::string record_code(Context& context, const std::string& name, const model::Record& record) {
  return code_for(context, {{"record", name}, {"id", record.id}});
}

std::string grouped(const std::string& code) {
  return code.substr(0, 4) + "-" + code.substr(4, 4) + "-" + code.substr(8);
}

// Identifiers hold letters, digits, '-' and '.', but a number may be of other letters.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.')
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

render::PaperCode printed_code(Context& context, const std::string& id, const std::string& version,
                               const std::string& code, const char* caption = kCaption) {
  const auto words = (version.empty() ? id : id + " " + version) + " " + grouped(code);
  const auto site = store::load_site(context.disk(), context.store().path());
  if (site.empty()) return {words, words, caption};
  return {fmt::format("{}/paper?id={}&version={}&code={}", site, escaped(id), version, code), words,
          caption};
}

std::string typed(const std::string& code) {
  std::string letters;
  for (const char c : code) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return letters;
}

// Anything may have been typed.
std::optional<model::Publication> publication_named(const store::Snapshot& evidence,
                                                    const PaperQuestion& question) {
  try {
    model::require_document_id(question.id);
    return workflow::find_publication(evidence, question.id,
                                      model::Version::parse(question.version));
  } catch (const Error& error) {
    if (error.failure() != Failure::invalid) throw;
    return std::nullopt;
  }
}

// What is said of a sheet, and what the log has to know.
struct KnownPaper {
  Json answer;
  std::string classification;
  std::string subject;
};

std::optional<KnownPaper> document_sheet(Context& context, const PaperQuestion& question) {
  const auto evidence = context.store().evidence();
  const auto publication = publication_named(evidence, question);
  if (!publication || typed(question.code) != document_code(context, question.id, question.version,
                                                            publication->content))
    return std::nullopt;
  const auto all = workflow::publications_of(evidence, question.id);
  const auto withdrawal = workflow::withdrawal_of(evidence, question.id);
  const auto state = evidence::published_state(*publication, context.day(), all, withdrawal);
  const auto current = evidence::in_force_on(context.day(), all, withdrawal);
  const bool replaced = state == evidence::State::superseded && current;
  const auto metadata =
      workflow::published_metadata(context.store(), question.id, publication->version);
  Json answer = {{"kind", "document"},
                 {"id", question.id},
                 {"title", metadata.title},
                 {"version", question.version},
                 {"state", evidence::state_name(state)},
                 {"state_label", evidence::state_label(state)},
                 {"date", iso_date(publication->effective)},
                 {"replaced_by", replaced ? Json(current->text()) : Json(nullptr)}};
  return KnownPaper{std::move(answer), metadata.classification,
                    "document " + question.id + " " + question.version};
}

const char* label_of(const std::string& state) {
  if (state == "destroyed") return "已銷毀";
  if (state == "corrected") return "已更正";
  return state == "complete" ? "已完成簽署" : "簽署中";
}

std::optional<KnownPaper> record_sheet(Context& context, const PaperQuestion& question) {
  const auto evidence = context.store().evidence();
  const auto record = records::find_record(evidence, question.id);
  if (!record || typed(question.code) != record_code(context, question.id, *record))
    return std::nullopt;
  const std::string state = destroyed_records(context).contains(record->id)
                                ? "destroyed"
                                : records::record_state_name(records::state_of(evidence, *record));
  const auto correction = records::correction_of(evidence, record->id);
  const auto form =
      records::require_form_version(evidence, record->form, record->form_version).form;
  Json answer = {{"kind", "record"},
                 {"id", record->number},
                 {"title", form.title},
                 {"version", record->form_version.text()},
                 {"state", state},
                 {"state_label", label_of(state)},
                 {"date", iso_date(record->date)},
                 {"replaced_by", correction ? Json(correction->number) : Json(nullptr)}};
  return KnownPaper{std::move(answer), form.classification, record_subject(*record)};
}

std::string blank_subject(const std::string& form, const std::string& version,
                          const std::string& serial) {
  return "form " + form + " " + version + " " + serial;
}

// As the log tells of its printing; what was typed is looked for as a whole.
std::optional<KnownPaper> blank_sheet(Context& context, const PaperQuestion& question) {
  store::LogFilter printed;
  printed.kind = "print";
  printed.subject_prefix = blank_subject(question.id, question.version, typed(question.code));
  printed.limit = 1;
  const auto rows = context.store().catalogue().log(printed);
  if (rows.empty() || rows.front().subject != printed.subject_prefix) return std::nullopt;
  const auto evidence = context.store().evidence();
  const auto form =
      records::require_form_version(evidence, question.id, model::Version::parse(question.version))
          .form;
  const auto current = records::require_form(evidence, question.id).form.version;
  const auto state =
      current == form.version ? evidence::State::in_force : evidence::State::superseded;
  Json answer = {{"kind", "form"},
                 {"id", form.id},
                 {"title", form.title},
                 {"version", form.version.text()},
                 {"state", evidence::state_name(state)},
                 {"state_label", evidence::state_label(state)},
                 {"date", iso_date(date_at(rows.front().at, context.store().settings().time_zone))},
                 {"replaced_by", current == form.version ? Json(nullptr) : Json(current.text())}};
  return KnownPaper{std::move(answer), form.classification, printed.subject_prefix};
}

std::optional<KnownPaper> known_sheet(Context& context, const PaperQuestion& question) {
  if (question.version.empty()) return record_sheet(context, question);
  auto document = document_sheet(context, question);
  return document ? document : blank_sheet(context, question);
}

}  // namespace

render::PaperCode code_of_document(Context& context, const std::string& id,
                                   const std::string& version, const std::string& content) {
  return printed_code(context, id, version, document_code(context, id, version, content));
}

render::PaperCode code_of_record(Context& context, const model::Record& record) {
  const auto name = name_on_paper(record);
  return printed_code(context, name, "", record_code(context, name, record),
                      record.number.empty() ? kUnnumberedCaption : kCaption);
}

render::PaperCode number_blank(Context& context, const model::Form& form) {
  const auto serial = crypto::base32(crypto::random_bytes(kSerialBytes)).substr(0, kCodeLetters);
  const auto version = form.version.text();
  context.log("print", blank_subject(form.id, version, serial));
  return printed_code(context, form.id, version, serial, kBlankCaption);
}

// Of what is public nothing is logged, as with every reading: its code stands on a page that anybody may have.
Json check_paper(Context& context, const PaperQuestion& question) {
  auto sheet = known_sheet(context, question);
  if (!sheet) return {{"known", false}};
  if (context.rules().require_classification(sheet->classification).rank > 0)
    context.log("paper", sheet->subject);
  sheet->answer["known"] = true;
  return std::move(sheet->answer);
}

}  // namespace vermilion::service
