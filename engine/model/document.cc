#include "model/document.h"

#include <fmt/format.h>

#include "base/error.h"
#include "model/members.h"

namespace vermilion::model {
namespace {

Json optional_version(const std::optional<Version>& version) {
  return version ? Json(version->text()) : Json(nullptr);
}

std::optional<Version> optional_version(const Json& value, const char* key) {
  const auto text = string_or_empty(value, key);
  return text.empty() ? std::nullopt : std::optional(Version::parse(text));
}

}  // namespace

Json to_json(const Metadata& m) {
  return {{"id", m.id},
          {"title", m.title},
          {"title_en", m.title_en},
          {"level", m.level},
          {"classification", m.classification},
          {"owner_unit", m.owner_unit},
          {"countersign", m.countersign},
          {"language", m.language},
          {"approval_number", m.approval_number},
          {"promulgated", m.promulgated},
          {"revised", m.revised},
          {"sealed", m.sealed}};
}

Metadata metadata_from(const Json& value) {
  Metadata m;
  m.id = require_string(value, "id");
  m.title = require_string(value, "title");
  m.title_en = string_or_empty(value, "title_en");
  m.level = member_or(value, "level", 1);
  m.classification = require_string(value, "classification");
  m.owner_unit = string_or_empty(value, "owner_unit");
  m.countersign = member_or(value, "countersign", std::vector<std::string>());
  m.language = string_or_empty(value, "language");
  m.approval_number = string_or_empty(value, "approval_number");
  m.promulgated = string_or_empty(value, "promulgated");
  m.revised = string_or_empty(value, "revised");
  m.sealed = member_or(value, "sealed", false);
  return m;
}

void require_document_id(const std::string& id) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";
  const bool good = !id.empty() && id.size() <= 40 && id.front() != '-' &&
                    id.find_first_not_of(allowed) == std::string::npos;
  if (!good) {
    throw Error(Failure::invalid, "bad-document-id",
                {fmt::format("文件編號「{}」無效：只用英文字母、數字與 -，例如 ISMS-01-002", id),
                 fmt::format("document number '{}' is invalid: use letters, digits and '-', "
                             "such as ISMS-01-002",
                             id)});
  }
}

Json to_json(const Publication& p) {
  return {{"id", p.id},
          {"version", p.version.text()},
          {"effective", iso_date(p.effective)},
          {"content", p.content},
          {"metadata", p.metadata},
          {"pdf", p.pdf},
          {"sealed_pdf", p.sealed_pdf ? Json(*p.sealed_pdf) : Json(nullptr)},
          {"base", optional_version(p.base)},
          {"base_content", p.base_content},
          {"summary", p.summary},
          {"imported", p.imported},
          {"statement", p.statement}};
}

Publication publication_from(const Json& value) {
  Publication p;
  p.id = require_string(value, "id");
  p.version = Version::parse(require_string(value, "version"));
  p.effective = parse_date(require_string(value, "effective"));
  p.content = require_string(value, "content");
  p.metadata = require_string(value, "metadata");
  p.pdf = require_string(value, "pdf");
  if (const auto sealed = string_or_empty(value, "sealed_pdf"); !sealed.empty())
    p.sealed_pdf = sealed;
  p.base = optional_version(value, "base");
  p.base_content = string_or_empty(value, "base_content");
  p.summary = string_or_empty(value, "summary");
  p.imported = member_or(value, "imported", false);
  p.statement = require_string(value, "statement");
  return p;
}

Json to_json(const DraftInfo& d) {
  Json value = {{"version", d.version.text()},
                {"base", optional_version(d.base)},
                {"base_content", d.base_content},
                {"summary", d.summary}};
  if (!d.files.empty()) value["files"] = d.files;
  return value;
}

DraftInfo draft_info_from(const Json& value) {
  return {Version::parse(require_string(value, "version")), optional_version(value, "base"),
          string_or_empty(value, "base_content"), string_or_empty(value, "summary"),
          member_or(value, "files", std::map<std::string, std::string>())};
}

std::string document_folder(const std::string& id) { return "documents/" + id; }

std::string revision_folder(const std::string& id, const Version& version) {
  return document_folder(id) + "/revisions/" + version.text();
}

std::string draft_branch(const std::string& id, const Version& version) {
  return id + "/" + version.text();
}

}  // namespace vermilion::model
