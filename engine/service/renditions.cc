#include "service/renditions.h"

#include <fmt/format.h>

#include <regex>

#include "base/error.h"
#include "base/local_time.h"
#include "crypto/cms.h"
#include "crypto/digest.h"
#include "identity/people.h"
#include "markup/document.h"
#include "render/pdf.h"
#include "service/certificates.h"
#include "service/paper.h"
#include "service/rendition_files.h"
#include "service/seal.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"
#include "workflow/rounds.h"

namespace vermilion::service {
namespace {

// As the approval block prints them.
std::vector<evidence::FiledStatement> signed_in(const evidence::Round& round) {
  std::vector<evidence::FiledStatement> statements;
  if (round.submission) statements.push_back(*round.submission);
  for (const auto& filed : round.reviews) statements.push_back(filed);
  for (const auto& filed : round.countersignatures) statements.push_back(filed);
  if (round.approval) statements.push_back(*round.approval);
  return statements;
}

void add_signatures(Context& context, const std::string& folder, const evidence::Round& round,
                    render::PdfRequest& request) {
  const auto evidence = context.store().evidence();
  const auto statements = signed_in(round);
  for (const auto& filed : statements) {
    request.approvals.push_back(
        approval_row(context, filed.statement, certificate_behind(evidence, folder, filed)));
  }
  for (auto& file : statements_inside(evidence, folder, statements))
    request.attachments.push_back(std::move(file));
}

std::string signer_of(const std::optional<evidence::FiledStatement>& filed) {
  return filed ? filed->statement.signer.name : "";
}

// Earlier versions from their publications, then this one.
std::vector<render::RevisionRow> revision_table(Context& context, const std::string& id) {
  std::vector<render::RevisionRow> rows;
  const auto evidence = context.store().evidence();
  for (const auto& p : workflow::publications_of(evidence, id)) {
    const auto round = workflow::round_of(evidence, id, p.version);
    rows.push_back({p.version.text(), in_both_calendars(p.effective), p.summary,
                    signer_of(round.submission), signer_of(round.approval)});
  }
  return rows;
}

render::PdfRequest request_for(Context& context, const model::Metadata& metadata,
                               const model::Version& version) {
  render::PdfRequest request;
  request.id = metadata.id;
  request.title = metadata.title;
  request.title_en = metadata.title_en;
  request.organisation = context.store().settings().name;
  request.version = version.text();
  request.classification = metadata.classification;
  request.approval_number = metadata.approval_number;
  if (!metadata.promulgated.empty())
    request.cover_lines.push_back("頒行：" + in_both_calendars(metadata.promulgated));
  if (!metadata.revised.empty())
    request.cover_lines.push_back("修訂：" + in_both_calendars(metadata.revised));
  return request;
}

// What every published PDF has, and no other.
void make_published(Context& context, const Bytes& markdown, Date effective,
                    render::PdfRequest& request) {
  request.effective = in_both_calendars(effective);
  request.signature_fields = {{kSealField, kSealPurpose}};
  request.content_digest = crypto::digest_text(markdown);
  request.code = code_of_document(context, request.id, request.version, request.content_digest);
  request.date = effective;
  request.attachments.push_back(text_inside(markdown));
}

Date commit_day(Context& context, const git::ObjectId& draft) {
  return date_at(context.store().draft_of(draft).describe().committer.at,
                 context.store().settings().time_zone);
}

// As values and front matter have it; nothing for anything else, nor for the 31st of February.
std::optional<Date> day_of_iso(const std::string& text) {
  static const std::regex iso(R"(\d{4}-\d{2}-\d{2})");
  if (!std::regex_match(text, iso)) return std::nullopt;
  try {
    return parse_date(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::string in_both_calendars(Date date) {
  return fmt::format("{}（{}）", roc_date(date), iso_date(date));
}

std::string in_both_calendars(const std::string& printed) {
  if (const auto day = day_of_iso(printed)) return in_both_calendars(*day);
  static const std::regex roc(
      R"(\s*(?:中華)?(?:民國)?\s*(\d{1,3})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?\s*)");
  std::smatch parts;
  if (!std::regex_match(printed, parts, roc)) return printed;
  std::string day = std::to_string(std::stoi(parts[1]) + 1911);
  for (const size_t i : {2, 3}) {
    if (parts[i].matched) day += fmt::format("-{:02}", std::stoi(parts[i]));
  }
  return fmt::format("{}（{}）", printed, day);
}

Json unresolved_json(const markup::Document& document) {
  Json list = Json::array();
  for (const auto& [line, text] : document.unresolved)
    list.push_back({{"line", line}, {"text", text}});
  return list;
}

std::string moment(Context& context, Instant at) {
  const auto zone = zone_of(context);
  return fmt::format("{} {}", roc_date(date_at(at, zone)), local_time(at, zone));
}

std::string certificate_behind(const store::Snapshot& evidence, const std::string& folder,
                               const evidence::FiledStatement& filed) {
  const auto signer =
      crypto::signer_of(evidence.require(folder + "/" + filed.name + ".statement.json.p7s"));
  return signer ? signer->sha256() : "";
}

render::Approval approval_row(Context& context, const model::Statement& s,
                              const std::string& certificate) {
  const auto evidence = context.store().evidence();
  render::Approval row;
  row.meaning = s.meaning;
  row.name = s.signer.name;
  row.unit = s.signer.unit;
  row.title = s.signer.title;
  if (s.signer.on_behalf_of) {
    row.on_behalf_of = identity::profile_of(context.store(), identity::require_person(
                                                                 evidence, *s.signer.on_behalf_of))
                           .name;
  }
  row.at = moment(context, s.at);
  row.label = signature_label(evidence, identity::require_person(evidence, s.signer.account),
                              certificate);
  row.certificate = certificate.substr(0, 16);
  return row;
}

Bytes review_rendition(Context& context, const std::string& id, const workflow::Draft& draft) {
  const auto document = markup::parse_markdown(draft.markdown);
  auto request = request_for(context, draft.metadata, draft.info.version);
  request.document = &document;
  request.pictures = workflow::draft_files(context.store(), draft);
  request.revisions = revision_table(context, id);
  request.revisions.push_back({draft.info.version.text(), "", draft.info.summary, "", ""});
  request.state_mark = evidence::state_label(evidence::State::draft);
  request.date = commit_day(context, draft.commit);
  return render::render_pdf(request);
}

Bytes published_rendition(Context& context, const std::string& id, const workflow::Draft& draft,
                          Date effective) {
  const auto document = markup::parse_markdown(draft.markdown);
  const auto round = workflow::round_of(context.store().evidence(), id, draft.info.version);
  auto request = request_for(context, draft.metadata, draft.info.version);
  request.document = &document;
  request.pictures = workflow::draft_files(context.store(), draft);
  make_published(context, draft.markdown, effective, request);
  add_signatures(context, model::revision_folder(id, draft.info.version), round, request);
  request.revisions = revision_table(context, id);
  request.revisions.push_back({draft.info.version.text(), in_both_calendars(effective),
                               draft.info.summary, signer_of(round.submission),
                               signer_of(round.approval)});
  return render::render_pdf(request);
}

Bytes imported_rendition(Context& context, const model::Metadata& metadata,
                         const model::Version& version, const Bytes& markdown, Date effective) {
  const auto document = markup::parse_markdown(markdown);
  auto request = request_for(context, metadata, version);
  request.document = &document;
  make_published(context, markdown, effective, request);
  request.cover_lines.push_back("本文件由既有核定本匯入（imported）");
  return render::render_pdf(request);
}

}  // namespace vermilion::service
