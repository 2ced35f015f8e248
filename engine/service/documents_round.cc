// The round: submit, review, countersign, approve, return; then publish and withdraw.
#include <fmt/format.h>

#include "base/error.h"
#include "crypto/digest.h"
#include "markup/document.h"
#include "service/access.h"
#include "service/documents.h"
#include "service/renditions.h"
#include "service/seal.h"
#include "workflow/documents.h"
#include "workflow/publishing.h"
#include "workflow/rounds.h"

namespace vermilion::service {
namespace {

using model::Version;

Version meant_version(Context& context, const std::string& id, const std::string& text) {
  model::require_document_id(id);
  return text.empty() ? workflow::open_draft_version(context.store(), id) : Version::parse(text);
}

Json receipt_json(const std::string& id, const Version& version, const identity::Prepared& prepared,
                  const store::Receipt& receipt) {
  return {{"id", id},
          {"version", version.text()},
          {"kind", prepared.statement.kind},
          {"meaning", prepared.statement.meaning},
          {"statement", crypto::digest_text(prepared.bytes)},
          {"act", receipt.act},
          {"log_index", receipt.log_index},
          {"commit", receipt.commit ? Json(receipt.commit->hex()) : Json(nullptr)}};
}

// Who read one draft must not sign another that took its place meanwhile.
void require_read(const StepRequest& request, const workflow::Draft& draft) {
  if (request.read_draft.empty() || request.read_draft == draft.commit.hex()) return;
  throw Error(Failure::conflict, "draft-changed",
              {"您閱讀之後草案已有變動；請重新閱讀再簽",
               "the draft changed after you read it; read it again, then sign"});
}

// One step for everybody: the right, what is shown, what is signed, the act.
Json take_step(Context& context, const StepRequest& request, const std::string& right,
               workflow::RoundStep step) {
  Json answer;
  recorded(context, step.kind, document_subject(request.id, request.version), [&] {
    const auto signer = context.acting(right, step.unit, request.on_behalf_of);
    (void)require_document(context, context.store().evidence(), request.id);
    const auto version = meant_version(context, request.id, request.version);
    (void)require_version(context, context.store().evidence(), request.id, version);
    const auto draft = workflow::require_draft(context.store(), request.id, version);
    require_read(request, draft);
    const auto pdf = crypto::digest_text(review_rendition(context, request.id, draft));
    const auto prepared = workflow::prepare_step(
        context.store(), request.id, version, step, pdf, signer,
        context.act(step.kind, document_subject(request.id, version.text())));
    answer = receipt_json(request.id, version, prepared, sign_and_commit(context, prepared));
    if (step.kind == "submission")
      answer["unresolved"] = unresolved_json(markup::parse_markdown(draft.markdown));
  });
  return answer;
}

}  // namespace

Json submit_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.submit",
                   {"submission", "送審", "", request.comment, false});
}

Json review_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.review",
                   {"review", "審查", "", request.comment, false});
}

Json countersign_document(Context& context, const StepRequest& request) {
  const auto unit = request.unit.empty() ? context.session().profile.unit : request.unit;
  return take_step(context, request, "document.countersign",
                   {"countersignature", "會簽", unit, request.comment, false});
}

Json approve_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.approve",
                   {"approval", "核准", "", request.comment, false});
}

Json return_document(Context& context, const StepRequest& request) {
  if (request.comment.empty()) {
    recorded(context, "review", document_subject(request.id, request.version), [] {
      throw Error(Failure::invalid, "reason-missing",
                  {"退回要說明理由（--reason）", "a return needs a reason (--reason)"});
    });
  }
  return take_step(context, request, "document.return",
                   {"review", "退回", "", request.comment, true});
}

Json publish_document(Context& context, const std::string& id, const std::string& version_text,
                      const std::string& effective_text) {
  Json answer;
  recorded(context, "publication", document_subject(id, version_text), [&] {
    const auto signer = context.acting("document.publish");
    (void)require_document(context, context.store().evidence(), id);
    const auto version = meant_version(context, id, version_text);
    (void)require_version(context, context.store().evidence(), id, version);
    const Date effective = effective_text.empty() ? context.today() : parse_date(effective_text);
    const auto draft = workflow::require_draft(context.store(), id, version);
    const auto review_pdf = crypto::digest_text(review_rendition(context, id, draft));
    // Nothing is sealed that could not be published; the commit asks again, under the writer's lock.
    workflow::require_publishable(context.store(), id, version, effective, review_pdf);
    workflow::PublicationFiles files{published_rendition(context, id, draft, effective), {}};
    files.sealed_pdf =
        sealed_pdf(context, files.pdf, document_subject(id, version.text()));
    const auto prepared = workflow::prepare_publication(
        context.store(), id, version, effective, review_pdf, files, signer,
        context.act("publication", document_subject(id, version.text())));
    answer = receipt_json(id, version, prepared, sign_and_commit(context, prepared));
    answer["effective"] = iso_date(effective);
    answer["pdf"] = crypto::digest_text(files.pdf);
    answer["sealed_pdf"] =
        files.sealed_pdf.empty() ? Json(nullptr) : Json(crypto::digest_text(files.sealed_pdf));
    forget_seal(context, files.pdf);
  });
  return answer;
}

Json withdraw_document(Context& context, const std::string& id, const std::string& effective_text,
                       const std::string& reason) {
  Json answer;
  recorded(context, "withdrawal", document_subject(id, ""), [&] {
    const auto signer = context.acting("document.withdraw");
    (void)require_document(context, context.store().evidence(), id);
    const Date effective = effective_text.empty() ? context.today() : parse_date(effective_text);
    const auto prepared =
        workflow::prepare_withdrawal(context.store(), id, effective, reason, signer,
                                     context.act("withdrawal", document_subject(id, "")));
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", id},
              {"effective", iso_date(effective)},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

}  // namespace vermilion::service
