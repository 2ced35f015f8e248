#include "workflow/rounds.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "identity/rules.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"

namespace vermilion::workflow {
namespace {

using model::Version;

Json subject_of(const std::string& id, const Draft& draft, const RoundStep& step,
                const std::string& pdf) {
  const auto digests = draft.digests(pdf);
  Json subject = {{"type", "revision"},
                  {"id", id},
                  {"version", draft.info.version.text()},
                  {"draft", digests.draft},
                  {"content", digests.content},
                  {"metadata", digests.metadata},
                  {"pdf", digests.pdf}};
  if (!digests.files.empty()) subject["files"] = digests.files;
  if (!step.unit.empty()) subject["unit"] = step.unit;
  if (!step.comment.empty()) subject["comment"] = require_text(step.comment, "意見");
  if (step.returns) subject["decision"] = "return";
  return subject;
}

// A submission lists who wrote it, on what it rests and who has to countersign.
void describe_submission(Json& subject, store::Store& store, const Draft& draft,
                         const std::string& id) {
  subject["authors"] = draft_authors(store, id, draft.info.version);
  subject["base"] = draft.info.base ? Json(draft.info.base->text()) : Json(nullptr);
  subject["base_content"] = draft.info.base_content;
  subject["countersign"] = draft.metadata.countersign;
}

}  // namespace

evidence::Round round_of(const store::Snapshot& evidence, const std::string& id,
                         const Version& version) {
  return evidence::current_round(
      identity::filed_statements(evidence, model::revision_folder(id, version)));
}

void require_fresh_base(const store::Snapshot& evidence, const std::string& id,
                        const model::DraftInfo& info) {
  if (withdrawal_of(evidence, id)) {
    throw Error(
        Failure::conflict, "document-withdrawn",
        {fmt::format("{} 已廢止，不能再有新版次；請以新的編號建立文件", id),
         fmt::format(
             "{} is withdrawn and takes no further version; create a document with a new number",
             id)});
  }
  const auto latest = latest_publication(evidence, id);
  const bool fresh =
      latest ? info.base == latest->version && info.base_content == latest->content : !info.base;
  if (fresh) return;
  throw Error(
      Failure::conflict, "stale-base",
      {fmt::format("草案的底稿 {} 已不是最新版（現為 {}）；請以最新版重新起草",
                   info.base ? info.base->text() : "（無）",
                   latest ? latest->version.text() : "（無）"),
       fmt::format(
           "the draft rests on {}, but {} was published since; draft again on the newest version",
           info.base ? info.base->text() : "nothing",
           latest ? latest->version.text() : "nothing")});
}

identity::Prepared prepare_step(store::Store& store, const std::string& id, const Version& version,
                                const RoundStep& step, const std::string& pdf,
                                const model::SignerFields& signer, const store::Act& act) {
  const auto draft = require_draft(store, id, version);
  model::Statement statement;
  statement.kind = step.kind;
  statement.meaning = step.meaning;
  statement.subject = subject_of(id, draft, step, pdf);
  if (step.kind == "submission") {
    require_pictures(draft);
    describe_submission(statement.subject, store, draft, id);
  }
  statement.signer = signer;

  auto decide = [id, version, step, pdf, signer, signed_draft = draft.commit](const store::Now& now,
                                                                              store::Changes&) {
    const auto tip = now.draft(model::draft_branch(id, version));
    const auto present = Draft{*tip.commit(),
                               model::draft_info_from(parse_json(tip.require("draft.json"))),
                               {},
                               tip.require("document.md"),
                               tip.require("metadata.json")};
    if (find_publication(now.evidence, id, version)) {
      throw Error(Failure::conflict, "version-published",
                  {"這個版次已發布", "this version is already published"});
    }
    require_fresh_base(now.evidence, id, present.info);
    const auto refusal = evidence::cannot_sign(step.kind, round_of(now.evidence, id, version),
                                               signer, present.digests(pdf));
    if (refusal) evidence::refuse(*refusal);
    if (present.commit != signed_draft) {
      throw Error(Failure::conflict, "draft-changed",
                  {"草案在您閱讀後已變更；請重新閱讀再簽",
                   "the draft changed after you read it; read it again, then sign"});
    }
    return model::revision_folder(id, version);
  };
  return identity::prepare(store, std::move(statement), act, std::move(decide));
}

}  // namespace vermilion::workflow
