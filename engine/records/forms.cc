#include "records/forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "evidence/revision.h"
#include "identity/rules.h"
#include "markup/document.h"
#include "records/validation.h"

namespace vermilion::records {
namespace {

using model::Form;
using model::Version;

constexpr const char* kYaml = "form.yaml";
constexpr const char* kSchema = "schema.json";
constexpr const char* kText = "text.md";

Json file_digests(const FormFiles& files) {
  return {{kYaml, evidence::content_digest(files.yaml)},
          {kSchema, evidence::content_digest(files.schema)},
          {kText, evidence::content_digest(files.text)}};
}

PublishedForm described(const FormFiles& files) {
  PublishedForm form;
  form.form = model::form_from_yaml(files.yaml);
  form.files = files;
  form.digest = evidence::content_digest(canonical(file_digests(files)));
  form.text_digest = evidence::content_digest(files.text);
  return form;
}

std::optional<PublishedForm> read_form(const store::Snapshot& evidence, const std::string& folder) {
  const auto yaml = evidence.read(folder + "/" + kYaml);
  if (!yaml) return std::nullopt;
  return described(
      {*yaml, evidence.require(folder + "/" + kSchema), evidence.require(folder + "/" + kText)});
}

void require_text_plain(const Bytes& text) {
  if (markup::parse_markdown(text).front_matter.empty()) return;
  throw Error(Failure::invalid, "bad-form",
              {"text.md 不可有開頭的中繼資料；請寫在 form.yaml",
               "text.md takes no front matter; write it in form.yaml"});
}

void require_known_names(const store::Snapshot& evidence, const Form& form) {
  const identity::Rules rules(evidence);
  (void)rules.require_classification(form.classification);
  for (const auto& slot : form.signers) {
    if (!slot.subject) (void)rules.require_role(slot.role);
  }
  for (const auto& roles : {form.readers, form.required_of}) {
    for (const auto& role : roles) (void)rules.require_role(role);
  }
}

std::string number_prefix(const Form& form) {
  return form.number.substr(0, form.number.find("{roc_year}"));
}

// Whether any version of the form ever counted under that prefix: its records keep their numbers.
bool has_counted(const store::Snapshot& evidence, const std::string& id,
                 const std::string& prefix) {
  const auto versions = form_versions(evidence, id);
  return std::any_of(versions.begin(), versions.end(), [&](const Version& version) {
    return number_prefix(require_form_version(evidence, id, version).form) == prefix;
  });
}

// Two forms that count under one prefix would give one number twice.
void require_own_number(const store::Snapshot& evidence, const Form& form) {
  for (const auto& id : form_ids(evidence)) {
    if (id == form.id || !has_counted(evidence, id, number_prefix(form))) continue;
    throw Error(
        Failure::invalid, "bad-form",
        {fmt::format("編號樣式 {} 的開頭已由表單 {} 用過，請另訂", form.number, id),
         fmt::format("the number pattern {} begins as one that form {} has used; choose another",
                     form.number, id)});
  }
}

void require_newer(const store::Snapshot& evidence, const Form& form) {
  const auto versions = form_versions(evidence, form.id);
  if (versions.empty() || versions.back() < form.version) return;
  throw Error(Failure::conflict, "form-version-not-newer",
              {fmt::format("表單 {} 已發布到 {} 版；新版次須更高（form.yaml 的 version）", form.id,
                           versions.back().text()),
               fmt::format("form {} is published up to version {}; raise 'version' in form.yaml",
                           form.id, versions.back().text())});
}

void put_files(store::Changes& changes, const std::string& folder, const FormFiles& files) {
  changes.put(folder + "/" + kYaml, files.yaml);
  changes.put(folder + "/" + kSchema, files.schema);
  changes.put(folder + "/" + kText, files.text);
}

}  // namespace

PublishedForm check_form(const store::Snapshot& evidence, const FormFiles& files) {
  auto form = described(files);
  require_schema(parse_json(files.schema));
  require_text_plain(files.text);
  require_known_names(evidence, form.form);
  require_own_number(evidence, form.form);
  return form;
}

std::vector<std::string> form_ids(const store::Snapshot& evidence) {
  std::vector<std::string> ids;
  for (const auto& entry : evidence.list("forms")) {
    if (entry.directory) ids.push_back(entry.name);
  }
  return ids;
}

std::vector<Version> form_versions(const store::Snapshot& evidence, const std::string& id) {
  std::vector<Version> versions;
  for (const auto& entry : evidence.list(model::form_folder(id) + "/versions"))
    versions.push_back(Version::parse(entry.name));
  std::sort(versions.begin(), versions.end());
  return versions;
}

PublishedForm require_form(const store::Snapshot& evidence, const std::string& id) {
  model::require_form_id(id);
  if (auto form = read_form(evidence, model::form_folder(id))) return *form;
  throw Error(Failure::not_found, "no-form",
              {fmt::format("沒有表單「{}」；form list 列出所有表單", id),
               fmt::format("no form '{}'; 'form list' shows all", id)});
}

PublishedForm require_form_version(const store::Snapshot& evidence, const std::string& id,
                                   const Version& version) {
  model::require_form_id(id);
  if (auto form = read_form(evidence, model::form_version_folder(id, version))) return *form;
  throw Error(
      Failure::not_found, "no-form-version",
      {fmt::format("表單「{}」沒有 {} 版；form show 列出各版", id, version.text()),
       fmt::format("form '{}' has no version {}; 'form show' lists them", id, version.text())});
}

identity::Prepared prepare_form_publication(store::Store& store, const FormFiles& files,
                                            const model::SignerFields& signer,
                                            const store::Act& act) {
  const auto evidence = store.evidence();
  const auto form = check_form(evidence, files);
  require_newer(evidence, form.form);
  const Json subject = {{"type", "form"},
                        {"id", form.form.id},
                        {"version", form.form.version.text()},
                        {"files", file_digests(files)},
                        {"digest", form.digest}};
  auto decide = [form](const store::Now& now, store::Changes& changes) {
    require_newer(now.evidence, form.form);
    require_own_number(now.evidence, form.form);
    const auto folder = model::form_version_folder(form.form.id, form.form.version);
    put_files(changes, model::form_folder(form.form.id), form.files);
    put_files(changes, folder, form.files);
    return folder;
  };
  return identity::prepare(store, {"publication", "發布", subject, signer}, act, std::move(decide));
}

}  // namespace vermilion::records
