#include "service/opening.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/authorisation.h"
#include "records/forms.h"
#include "service/access.h"
#include "service/record_access.h"
#include "service/renditions.h"
#include "workflow/drafts.h"

namespace vermilion::service {
namespace {

void require_stated(Context& context) {
  if (!context.purpose().empty()) {
    (void)context.rules().require_purpose(context.purpose());
    return;
  }
  std::string known;
  for (const auto& one : context.rules().purposes())
    known += fmt::format("{}（{}） ", one.code, one.zh);
  throw Error(Failure::forbidden, "purpose-needed",
              {"請先載明目的（--purpose 代碼）：" + known,
               "state the purpose first (--purpose CODE): " + known});
}

void require_authorised(Context& context, const std::string& document, const std::string& form) {
  const identity::Opening opening{context.actor(), document, form, context.purpose()};
  if (identity::find_authorisation(context.store().evidence(), opening, context.today())) return;
  throw Error(Failure::forbidden, "authorisation-needed",
              {"此項須由單位主管授權您以這個目的調閱（authorisation add），並在起訖日內開啟",
               "the head of the unit must authorise you to open this for that purpose "
               "(authorisation add), and it opens within its dates only"});
}

bool needs_authorisation(Context& context, const std::string& label) {
  return context.rules().require_classification(label).authorisation;
}

bool holds_personal_data(Context& context, const model::Record& record) {
  const auto evidence = context.store().evidence();
  return records::require_form_version(evidence, record.form, record.form_version)
             .form.personal_data ||
         records::require_form(evidence, record.form).form.personal_data;
}

}  // namespace

void require_opening(Context& context, const std::string& kind, const model::Metadata& metadata,
                     const std::string& version) {
  if (!needs_authorisation(context, metadata.classification)) return;
  recorded(context, kind, document_subject(metadata.id, version), [&] {
    require_stated(context);
    require_authorised(context, metadata.id, "");
  });
}

void require_draft_opening(Context& context, const std::string& kind,
                           const model::Metadata& metadata, const model::Version& version) {
  const auto authors = workflow::draft_authors(context.store(), metadata.id, version);
  if (std::find(authors.begin(), authors.end(), context.actor()) == authors.end())
    require_opening(context, kind, metadata, version.text());
}

void require_opening(Context& context, const std::string& kind, const model::Record& record) {
  if (OpenRights(context).takes_part(record)) return;
  const bool classified = needs_authorisation(context, record.classification);
  if (!classified && !holds_personal_data(context, record)) return;
  recorded(context, kind, record_subject(record), [&] {
    require_stated(context);
    if (classified) require_authorised(context, "", record.form);
  });
}

identity::Purpose require_purpose(Context& context, const std::string& kind,
                                  const std::string& subject) {
  recorded(context, kind, subject, [&] { require_stated(context); });
  return context.rules().require_purpose(context.purpose());
}

std::string purpose_named(Context& context) {
  if (context.purpose().empty()) return "";
  return " purpose " + context.rules().require_purpose(context.purpose()).code;
}

std::string export_note(Context& context) {
  if (context.purpose().empty()) return "";
  return fmt::format("匯出：{}　{}　目的：{}", context.actor(),
                     moment(context, context.store().clock().now()),
                     context.rules().require_purpose(context.purpose()).zh);
}

}  // namespace vermilion::service
