// An office at work on ISMS-01-002: whoever is named drafts, signs and publishes through prepare
// and commit.
#pragma once
#include "support/office.h"
#include "workflow/documents.h"
#include "workflow/drafts.h"
#include "workflow/publishing.h"
#include "workflow/rounds.h"

namespace desk {

using namespace office;
using model::Version;

inline const std::string kId = "ISMS-01-002";
inline const Bytes kText = "# 壹、總則\n\n一、為確保資訊安全，訂定本規範。\n";
inline const Bytes kRevised = "# 壹、總則\n\n一、為確保資通安全，訂定本規範。\n";
inline const std::string kShown = evidence::content_digest("送審本");  // of the review rendition

inline model::Metadata metadata(const std::vector<std::string>& countersign = {},
                                const std::string& id = kId) {
  model::Metadata m;
  m.id = id;
  m.title = "資訊安全管理規範";
  m.classification = "公開";
  m.owner_unit = "監資處";
  m.countersign = countersign;
  return m;
}

class Desk : public Office {
 public:
  store::Receipt create(const std::vector<std::string>& countersign = {},
                        const Version& version = {1, 0}, const std::string& account = "lin01") {
    return workflow::create_document(store(), metadata(countersign), kText,
                                     {version, std::nullopt, "", "新訂"},
                                     act("draft", "document " + kId, account));
  }
  store::Receipt save(const Version& version, const Bytes& text,
                      const std::string& account = "lin01") {
    workflow::DraftChange change;
    change.markdown = text;
    return workflow::save_draft(store(), kId, version, change,
                                act("draft", "document " + kId, account));
  }

  identity::Prepared prepare(const workflow::RoundStep& step, const std::string& account,
                             const Version& version = {1, 0},
                             const std::optional<std::string>& principal = std::nullopt) {
    return workflow::prepare_step(
        store(), kId, version, step, kShown, signer(account, "", principal),
        act(step.kind, "document " + kId + " " + version.text(), account));
  }
  store::Receipt submit(const Version& version = {1, 0}, const std::string& account = "lin01") {
    return sign(prepare({"submission", "送審", "", "", false}, account, version), account);
  }
  store::Receipt review(const Version& version = {1, 0}, const std::string& account = "zhao02") {
    return sign(prepare({"review", "審查", "", "條次已核對", false}, account, version), account);
  }
  store::Receipt give_back(const Version& version = {1, 0}, const std::string& account = "zhao02") {
    return sign(prepare({"review", "退回", "", "缺附表二", true}, account, version), account);
  }
  store::Receipt countersign(const std::string& unit, const std::string& account,
                             const Version& version = {1, 0}) {
    return sign(prepare({"countersignature", "會簽", unit, "", false}, account, version), account);
  }
  store::Receipt approve(const Version& version = {1, 0}, const std::string& account = "chen04",
                         const std::optional<std::string>& principal = std::nullopt) {
    return sign(prepare({"approval", "核准", "", "", false}, account, version, principal), account);
  }

  identity::Prepared prepare_publication(const char* effective, const Version& version = {1, 0}) {
    return workflow::prepare_publication(
        store(), kId, version, parse_date(effective), kShown, {"%PDF-1.7 " + version.text(), {}},
        signer("sun05", "controller"),
        act("publication", "document " + kId + " " + version.text(), "sun05"));
  }
  store::Receipt publish(const char* effective = "2026-12-01", const Version& version = {1, 0}) {
    return sign(prepare_publication(effective, version), "sun05");
  }
  // From draft to publication, without countersignatures.
  void carry_through(const char* effective, const Version& version = {1, 0}) {
    submit(version);
    review(version);
    approve(version);
    publish(effective, version);
  }

  [[nodiscard]] evidence::Round round(const Version& version = {1, 0}) {
    return workflow::round_of(store().evidence(), kId, version);
  }
  [[nodiscard]] std::string in_force(const char* day) {
    const auto evidence = store().evidence();
    const auto version =
        evidence::in_force_on(parse_date(day), workflow::publications_of(evidence, kId),
                              workflow::withdrawal_of(evidence, kId));
    return version ? version->text() : "none";
  }
};

}  // namespace desk
