// Controlled documents as plain values, and their JSON.
//
// Shape   Metadata is documents/<id>/metadata.json; Publication is revisions/<version>/publication.json; DraftInfo is
//         draft.json on a draft branch. schemas/document.schema.json, publication.schema.json and draft.schema.json
//         are their definitions.
// Errors  from_json throws Failure::invalid naming the member.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "model/version.h"

namespace vermilion::model {

struct Metadata {
  std::string id;     // ISMS-01-002
  std::string title;  // 資訊安全管理規範
  std::string title_en;
  int level = 1;                         // 1..4: policy, procedure, work instruction, form
  std::string classification;            // 公開
  std::string owner_unit;                // 監資處
  std::vector<std::string> countersign;  // units that must countersign: 政風室
  std::string language = "zh-Hant";
  std::string approval_number;  // 環署資字第1041105975號函, or ""
  std::string promulgated;      // as printed, or ""
  std::string revised;          // as printed, or ""
  bool sealed = false;          // fixed when the document is created
};

[[nodiscard]] Json to_json(const Metadata& metadata);
[[nodiscard]] Metadata metadata_from(const Json& value);

// A document number: letters, digits and '-', such as ISMS-01-002; it is part of paths and branch names.
// Throws invalid "bad-document-id".
void require_document_id(const std::string& id);

struct Publication {
  std::string id;
  Version version;
  Date effective;
  std::string content;                    // sha256 of document.md
  std::string metadata;                   // sha256 of metadata.json
  std::string pdf;                        // sha256 of published.pdf before the seal
  std::optional<std::string> sealed_pdf;  // after it; nothing while no seal is configured
  std::optional<Version> base;            // the version it was written from and supersedes
  std::string base_content;
  std::string summary;    // what changed, for the revision table
  bool imported = false;  // approved outside this system
  std::string statement;  // file name of the statement that published it: "05-publication"
};

[[nodiscard]] Json to_json(const Publication& publication);
[[nodiscard]] Publication publication_from(const Json& value);

struct DraftInfo {
  Version version;              // the version it wants to become
  std::optional<Version> base;  // nothing for a new document
  std::string base_content;     // sha256 of the base's document.md, or ""
  std::string summary;
  std::map<std::string, std::string> files = {};  // sha256 of each by its name: what files/ on the branch has to hold
};

[[nodiscard]] Json to_json(const DraftInfo& draft);
[[nodiscard]] DraftInfo draft_info_from(const Json& value);

// Where things stand on main and on draft branches.
[[nodiscard]] std::string document_folder(const std::string& id);  // documents/<id>
[[nodiscard]] std::string revision_folder(const std::string& id,
                                          const Version& version);  // …/revisions/<v>
[[nodiscard]] std::string draft_branch(const std::string& id, const Version& version);  // <id>/<v>

}  // namespace vermilion::model
