// The round: submit, review, countersign, approve, return; then publish and withdraw.
#include <fmt/format.h>

#include "base/error.h"
#include "crypto/digest.h"
#include "service/documents.h"
#include "service/renditions.h"
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

std::string subject_of(const std::string& id, const std::string& version) {
  return "document " + id + (version.empty() ? "" : " " + version);
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

// One step for everybody: the right, what is shown, what is signed, the act.
Json take_step(Context& context, const StepRequest& request, const std::string& right, workflow::RoundStep step) {
  Json answer;
  recorded(context, step.kind, subject_of(request.id, request.version), [&] {
    const auto version = meant_version(context, request.id, request.version);
    const auto signer = context.acting(right, step.unit, request.on_behalf_of);
    const auto draft = workflow::require_draft(context.store(), request.id, version);
    const auto pdf = crypto::digest_text(review_rendition(context, request.id, draft));
    const auto prepared =
        workflow::prepare_step(context.store(), request.id, version, step, pdf, signer,
                               context.act(step.kind, subject_of(request.id, version.text())));
    answer = receipt_json(request.id, version, prepared, sign_and_commit(context, prepared));
  });
  return answer;
}

}  // namespace

Json submit_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.submit", {"submission", "送審", "", request.comment, false});
}

Json review_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.review", {"review", "審查", "", request.comment, false});
}

Json countersign_document(Context& context, const StepRequest& request) {
  const auto unit = request.unit.empty() ? context.session().profile.unit : request.unit;
  return take_step(context, request, "document.countersign", {"countersignature", "會簽", unit, request.comment, false});
}

Json approve_document(Context& context, const StepRequest& request) {
  return take_step(context, request, "document.approve", {"approval", "核准", "", request.comment, false});
}

Json return_document(Context& context, const StepRequest& request) {
  if (request.comment.empty()) {
    recorded(context, "review", subject_of(request.id, request.version), [] {
      throw Error(Failure::invalid, "reason-missing", {"退回要說明理由（--reason）", "a return needs a reason (--reason)"});
    });
  }
  return take_step(context, request, "document.return", {"review", "退回", "", request.comment, true});
}

Json publish_document(Context& context, const std::string& id, const std::string& version_text,
                      const std::string& effective_text) {
  Json answer;
  recorded(context, "publication", subject_of(id, version_text), [&] {
    const auto version = meant_version(context, id, version_text);
    const auto signer = context.acting("document.publish");
    const Date effective = effective_text.empty() ? context.today() : parse_date(effective_text);
    const auto draft = workflow::require_draft(context.store(), id, version);
    const auto review_pdf = crypto::digest_text(review_rendition(context, id, draft));
    const workflow::PublicationFiles files{published_rendition(context, id, draft, effective), {}};
    const auto prepared =
        workflow::prepare_publication(context.store(), id, version, effective, review_pdf, files, signer,
                                      context.act("publication", subject_of(id, version.text())));
    answer = receipt_json(id, version, prepared, sign_and_commit(context, prepared));
    answer["effective"] = iso_date(effective);
    answer["pdf"] = crypto::digest_text(files.pdf);
  });
  return answer;
}

Json withdraw_document(Context& context, const std::string& id, const std::string& effective_text,
                       const std::string& reason) {
  Json answer;
  recorded(context, "withdrawal", subject_of(id, ""), [&] {
    model::require_document_id(id);
    const auto signer = context.acting("document.withdraw");
    const Date effective = effective_text.empty() ? context.today() : parse_date(effective_text);
    const auto prepared = workflow::prepare_withdrawal(context.store(), id, effective, reason, signer,
                                                       context.act("withdrawal", subject_of(id, "")));
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", id}, {"effective", iso_date(effective)}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

}  // namespace vermilion::service
