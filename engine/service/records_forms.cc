// Forms: list, show, check, publish.
#include <algorithm>

#include "model/record.h"
#include "records/forms.h"
#include "retention/rules.h"
#include "service/audit_access.h"
#include "service/form_fields.h"
#include "service/record_access.h"
#include "service/records.h"

namespace vermilion::service {
namespace {

records::FormFiles files_of(const FormSource& source) {
  return {source.yaml, source.schema, source.text};
}

// Whether the caller is one who may file it: the subject of an agreement he must sign, or the role of the first slot.
bool may_file(Context& context, const model::Form& form) {
  const auto* person = context.person();
  if (!person || context.limit()) return false;
  const auto& slot = form.signers.front();
  const auto holds = [&](const std::string& role) {
    return model::holds(*person, role, context.today());
  };
  if (!slot.subject) return holds(slot.role);
  return form.required_of.empty() ||
         std::any_of(form.required_of.begin(), form.required_of.end(), holds);
}

Json form_row(Context& context, const model::Form& form) {
  return {{"id", form.id},
          {"title", form.title},
          {"title_en", form.title_en},
          {"version", form.version.text()},
          {"kind", form.kind},
          {"classification", form.classification},
          {"retention", form.retention},
          {"clause", form.clause},
          {"may_file", may_file(context, form)}};
}

Json signers_json(const model::Form& form) {
  Json list = Json::array();
  for (const auto& slot : form.signers) {
    list.push_back({{"kind", slot.kind},
                    {"meaning", slot.meaning},
                    {"role", slot.role},
                    {"subject", slot.subject},
                    {"differs", slot.differs}});
  }
  return list;
}

}  // namespace

Json list_forms(Context& context) {
  const auto evidence = context.evidence();
  Json list = Json::array();
  for (const auto& id : records::form_ids(evidence))
    if (!context.limit() || context.limit()->covers_form(id))
      list.push_back(form_row(context, records::require_form(evidence, id).form));
  return list;
}

records::PublishedForm form_to_read(Context& context, const store::Snapshot& evidence,
                                    const std::string& id, const std::string& version) {
  if (context.limit() && !context.limit()->covers_form(id)) outside_scope(context, "read", "form");
  auto form = version.empty()
                  ? records::require_form(evidence, id)
                  : records::require_form_version(evidence, id, model::Version::parse(version));
  if (form.form.kind == "agreement") context.admit_joiner();
  return form;
}

Json show_form(Context& context, const std::string& id, const std::string& version) {
  const auto evidence = context.evidence();
  const auto form = form_to_read(context, evidence, id, version);
  Json answer = form_row(context, form.form);
  answer["text"] = form.files.text;
  answer["text_digest"] = form.text_digest;
  answer["digest"] = form.digest;
  answer["schema"] = parse_json(form.files.schema);
  answer["fields"] = to_json(fields_of(form.files.schema));
  answer["signers"] = signers_json(form.form);
  answer["versions"] = Json::array();
  for (const auto& known : records::form_versions(evidence, id))
    answer["versions"].push_back(known.text());
  return answer;
}

Json check_form(Context& context, const FormSource& source) {
  const auto evidence = context.store().evidence();
  const auto form = records::check_form(evidence, files_of(source));
  (void)retention::RetentionRules(evidence).require(form.form.retention);
  return {{"ok", true},
          {"id", form.form.id},
          {"version", form.form.version.text()},
          {"digest", form.digest}};
}

Json publish_form(Context& context, const FormSource& source) {
  Json answer;
  recorded(context, "publication", "form", [&] {
    const auto signer = context.acting("form.publish");
    answer = check_form(context, source);
    const auto subject =
        "form " + require_string(answer, "id") + " " + require_string(answer, "version");
    const auto receipt = sign_and_commit(
        context, records::prepare_form_publication(context.store(), files_of(source), signer,
                                                   context.act("publication", subject)));
    answer["act"] = receipt.act;
    answer["log_index"] = receipt.log_index;
  });
  return answer;
}

}  // namespace vermilion::service
