#include "service/agreement_certificate.h"

#include <fmt/format.h>

#include "base/error.h"
#include "markup/blocks.h"
#include "records/forms.h"
#include "render/copies.h"
#include "service/classified.h"
#include "service/opening.h"
#include "service/paper.h"
#include "service/record_access.h"
#include "service/record_rendition.h"
#include "service/renditions.h"

namespace vermilion::service {
namespace {

using markup::lines;

void require_signed_agreement(const model::Form& form, const model::Record& record) {
  if (form.kind != "agreement")
    throw Error(Failure::invalid, "not-an-agreement",
                {"這筆紀錄不是約定書，請匯出其 PDF",
                 "this record is no agreement; export its PDF instead"});
  if (!model::is_complete(record))
    throw Error(Failure::conflict, "not-signed-yet",
                {"約定書尚未簽署完成，不能出具證明",
                 "the agreement is not signed by all of its signers yet"});
}

markup::Document certificate_document(const records::PublishedForm& form,
                                      const model::Record& record,
                                      const model::Statement& signed_by) {
  auto facts = markup::table_of({"項目", "內容"});
  const auto fact = [&](const std::string& name, const std::string& value) {
    facts.rows.push_back({lines({name}), lines({value})});
  };
  fact("約定書", form.form.title + "，版次 " + form.form.version.text());
  fact("內文摘要", form.text_digest);
  fact("立書人", signed_by.signer.name + "（" + signed_by.signer.account + "）");
  fact("單位／職稱", signed_by.signer.unit + "　" + signed_by.signer.title);
  fact("紀錄編號", record.number);
  fact("紀錄日", in_both_calendars(record.date));
  markup::Document document;
  document.blocks = {markup::heading_of(1, "約定書簽署證明"),
                     markup::paragraph_of("立書人已閱讀並簽署下列約定書。本證明不含其填寫內容；"
                                          "約定書與簽章以電子正本為準。"),
                     facts};
  return document;
}

}  // namespace

Bytes agreement_certificate_pdf(Context& context, const std::string& id) {
  const auto record = require_content(context, id);
  require_opening(context, "export", record);
  const auto evidence = context.store().evidence();
  const auto form = records::require_form_version(evidence, record.form, record.form_version);
  require_signed_agreement(form.form, record);
  const auto statements = records::open_statements(context.store(), record);
  const auto document = certificate_document(form, record, statements.front().statement);
  render::PdfRequest request;
  request.document = &document;
  request.id = record.number;
  request.title = "約定書簽署證明";
  request.organisation = context.store().settings().name;
  request.version = form.form.version.text();
  request.classification = form.form.classification;
  request.sheet = true;
  request.notice = "正本為電子紀錄";
  request.date = record.date;
  request.code = code_of_record(context, record);
  for (const auto& filed : statements)
    request.approvals.push_back(
        approval_row(context, filed.statement, certificate_of(record, filed.name)));
  request.content_digest = string_or_empty(statements.front().statement.subject, "content");
  auto pdf = render::render_pdf(request);
  if (const auto note = export_note(context); !note.empty())
    pdf = render::labelled_copy(pdf, {"", "", note});
  context.log("export", record_subject(record) + purpose_named(context));
  return pdf;
}

}  // namespace vermilion::service
