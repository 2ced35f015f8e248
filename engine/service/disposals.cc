// Disposal: propose, approve, execute with a witness, and what remains of it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/ulid.h"
#include "crypto/digest.h"
#include "identity/custody.h"
#include "identity/people.h"
#include "markup/document.h"
#include "records/forms.h"
#include "render/pdf.h"
#include "retention/disposal.h"
#include "service/backups.h"
#include "service/login.h"
#include "service/record_access.h"
#include "service/record_rendition.h"
#include "service/renditions.h"
#include "service/retention.h"
#include "service/signed_steps.h"
#include "service/signing.h"

namespace vermilion::service {
namespace {

using retention::Disposal;
using retention::Stage;

constexpr const char* kMethod = "消除電子檔";

retention::FactsOf facts_from(Context& context) {
  return [zone = context.store().settings().time_zone](const store::Snapshot& evidence,
                                                       const std::vector<std::string>& ids) {
    return record_facts(evidence, zone, ids);
  };
}

std::string disposal_subject(const std::string& id) { return "disposal " + id; }

// What is no id is not logged: anything may have been typed there.
std::string disposal_named(const std::string& id) {
  return is_ulid(id) ? disposal_subject(id) : "disposal";
}

Json receipt_json(const std::string& id, Stage stage, const store::Receipt& receipt) {
  return {{"id", id},
          {"stage", retention::stage_name(stage)},
          {"act", receipt.act},
          {"log_index", receipt.log_index}};
}

// Whom the witness signs as. Known without his secret: everything that would refuse him is asked before that is.
model::SignerFields witness_fields(Context& context, const std::string& account) {
  const auto person = identity::find_person(context.store().evidence(), account);
  const auto role =
      person ? context.rules().role_with(*person, "disposal.witness", context.today()) : "";
  if (role.empty()) {
    throw Error(
        Failure::forbidden, "no-right",
        {fmt::format("「{}」沒有監毀的權限（disposal.witness）", account),
         fmt::format("'{}' does not hold the right to witness (disposal.witness)", account)});
  }
  const auto profile = identity::profile_of(context.store(), *person);
  return {person->account, profile.name, profile.unit, profile.title, role, {}};
}

store::Receipt sign_pair(Context& context, const identity::Session& witness,
                         const retention::PreparedPair& pair) {
  const auto sign = [](crypto::Signer& signer, const identity::Prepared& prepared) {
    return identity::Signed{prepared, signer.sign(prepared.bytes, prepared.statement.at)};
  };
  const auto witnessed = sign(*witness.signer, pair.witness);
  if (context.signs_elsewhere()) {
    throw SignatureAwaited{
        pair.executor, {witnessed}, [&context] { publish_destructions(context); }};
  }
  return identity::commit_signed(context.store(), sign(context.signer(), pair.executor),
                                 {witnessed});
}

std::string form_title(const store::Snapshot& evidence, const std::string& form) {
  return records::require_form(evidence, form).form.title;
}

std::string holder_row(const Json& holder) {
  std::string done;
  for (const auto& line : holder.value("done", Json::array()))
    done += (done.empty() ? "" : "；") + line.get<std::string>();
  return fmt::format("| 自我檢查：{} | {} |\n", cell_text(string_or_empty(holder, "name")),
                     cell_text(done.empty() ? "無留存" : done));
}

// All that is not the list stands in one table: with few records the whole, signatures and all, is one page.
std::string certificate_markdown(const store::Snapshot& evidence, const Disposal& disposal,
                                 const Json& certificate) {
  std::string text = fmt::format(
      "# 銷毀證明\n\n{}\n\n| 項目 | 內容 |\n| --- | --- |\n| 銷毀案 | {} |\n| 方法 | {} |\n"
      "| 檔案主管機關核准文號 | {} |\n| 件數 | 預定 {} 件，已銷毀 {} 件 |\n| 復原用複本 | {} |\n",
      cell_text(string_or_empty(certificate, "text")), disposal.id, cell_text(disposal.method),
      disposal.approval_number.empty() ? "（內部核准，無須文號）"
                                       : cell_text(disposal.approval_number),
      certificate.value("planned", 0), certificate.value("destroyed", 0),
      cell_text(string_or_empty(certificate["recovery_copies"], "zh")));
  for (const auto& holder : certificate.value("holders", Json::array())) text += holder_row(holder);
  text +=
      "\n## 銷毀目錄\n\n| 編號 | 表單 | 保存類別 | 紀錄日 | 屆滿次日 |\n| --- | --- | --- | --- | "
      "--- |\n";
  for (const auto& record : disposal.records) {
    text += fmt::format("| {} | {} | {} | {} | {} |\n", cell_text(record.number),
                        cell_text(form_title(evidence, record.form)), cell_text(record.retention),
                        roc_date(record.date), roc_date(record.due));
  }
  return text;
}

// The approvals so far; the two signatures under this certificate stand beside it, not in it.
Bytes certificate_pdf(Context& context, const Disposal& disposal, const Json& certificate) {
  const auto document = markup::parse_markdown(
      certificate_markdown(context.store().evidence(), disposal, certificate));
  render::PdfRequest request;
  request.document = &document;
  request.id = disposal.id;
  request.title = "銷毀證明";
  request.title_en = "Certificate of destruction";
  request.organisation = context.store().settings().name;
  request.version = "1.0";
  request.classification = "內部使用";
  request.sheet = true;
  request.notice = "正本為電子紀錄";
  const auto zone = context.store().settings().time_zone;
  for (const auto& filed : disposal.statements) {
    request.approvals.push_back(approval_row(
        context, filed.statement,
        certificate_behind(context.store().evidence(), "disposals/" + disposal.id, filed)));
    request.date = date_at(filed.statement.at, zone);
  }
  request.content_digest = crypto::digest_text(canonical(certificate));
  return render::render_pdf(request);
}

Json disposal_json(const Disposal& disposal) {
  Json records = Json::array();
  for (const auto& record : disposal.records) {
    records.push_back({{"id", record.id},
                       {"number", record.number},
                       {"form", record.form},
                       {"retention", record.retention},
                       {"date", iso_date(record.date)},
                       {"due", iso_date(record.due)},
                       {"because", record.because.zh}});
  }
  Json signatures = Json::array();
  for (const auto& filed : disposal.statements) signatures.push_back(signed_step_json(filed));
  return {{"id", disposal.id},
          {"stage", retention::stage_name(disposal.stage)},
          {"stage_label", retention::stage_label(disposal.stage)},
          {"track", disposal.archive ? "archive" : "internal"},
          {"method", disposal.method},
          {"approval_number", disposal.approval_number},
          {"records", records},
          {"signatures", signatures},
          {"certificate", disposal.certificate ? *disposal.certificate : Json(nullptr)}};
}

// A proposer reads the list of what is due, not the records: beyond that list a record he may not open does not exist for him.
std::vector<std::string> proposable(Context& context, const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  const auto due = names.empty() ? Json::array() : retention_due(context);
  for (const auto& name : names) {
    const auto row = std::find_if(due.begin(), due.end(), [&](const Json& one) {
      return one["id"] == name || one["number"] == name;
    });
    ids.push_back(row != due.end() ? (*row)["id"].get<std::string>() : named_record(context, name));
  }
  return ids;
}

// What is due, not held and in no other batch.
void add_all_due(Context& context, std::vector<std::string>& ids) {
  std::set<std::string> taken;
  for (const auto& disposal : retention::all_disposals(context.store().evidence())) {
    if (disposal.stage == Stage::withdrawn) continue;
    for (const auto& record : disposal.records) taken.insert(record.id);
  }
  const auto due = retention_due(context);
  for (const auto& row : due) {
    const auto id = row["id"].get<std::string>();
    if (!row["held"].get<bool>() && !taken.contains(id)) ids.push_back(id);
  }
}

}  // namespace

Json propose_disposal(Context& context, const ProposalRequest& request) {
  Json answer;
  recorded(context, "disposal-proposal", "disposal", [&] {
    const auto signer = context.acting("disposal.propose");
    auto ids = proposable(context, request.records);
    if (request.all_due) add_all_due(context, ids);
    auto prepared = retention::prepare_proposal(context.store(), facts_from(context), ids,
                                                request.method.empty() ? kMethod : request.method,
                                                request.archive, signer,
                                                context.act("disposal-proposal", "disposal"));
    const auto id = require_string(prepared.statement.subject, "id");
    prepared.act.subject = disposal_subject(id);
    prepared.act.message = "disposal-proposal " + disposal_subject(id);
    answer = receipt_json(id, Stage::proposed, sign_and_commit(context, prepared));
    answer["count"] = ids.size();
  });
  return answer;
}

Json approve_disposal(Context& context, const std::string& id, const std::string& approval_number) {
  Json answer;
  recorded(context, "disposal-approval", disposal_named(id), [&] {
    const auto signer = context.acting("disposal.approve");
    (void)retention::require_disposal(context.store().evidence(), id);
    const auto prepared =
        retention::prepare_approval(context.store(), facts_from(context), id, approval_number,
                                    signer, context.act("disposal-approval", disposal_subject(id)));
    answer = receipt_json(id, Stage::approved, sign_and_commit(context, prepared));
  });
  return answer;
}

Json withdraw_disposal(Context& context, const std::string& id, const std::string& reason) {
  Json answer;
  recorded(context, "withdrawal", disposal_named(id), [&] {
    const auto signer = context.acting("disposal.propose");
    const auto prepared = retention::prepare_withdrawal(
        context.store(), id, reason, signer, context.act("withdrawal", disposal_subject(id)));
    answer = receipt_json(id, Stage::withdrawn, sign_and_commit(context, prepared));
  });
  return answer;
}

Json execute_disposal(Context& context, const std::string& id,
                      const identity::Credentials& credentials) {
  Json answer;
  recorded(context, "destruction", disposal_named(id), [&] {
    const auto executor = context.acting("disposal.execute");
    const auto witness = witness_fields(context, credentials.account);
    const auto act = context.act("destruction", disposal_subject(id));
    auto disposal = retention::require_disposal(context.store().evidence(), id);
    std::optional<retention::PreparedPair> executing;
    if (disposal.stage != Stage::executing) {
      executing = retention::prepare_execution(context.store(), facts_from(context), id, executor,
                                               witness, act);
    }
    const auto session = prove_key(context, credentials);
    if (executing) {
      (void)sign_pair(context, session, *executing);
      disposal = retention::require_disposal(context.store().evidence(), id);
    }
    // Before anything goes: whoever restores an older copy from now on knows what may not come back.
    publish_destructions(context);
    auto holders = content_holders(context);
    const auto done =
        retention::purge(retention::condemned(context.store().evidence(), disposal), holders);
    const auto certificate =
        retention::certificate_json(context.store(), disposal, done, recovery_horizon(context));
    const auto pdf = certificate_pdf(context, disposal, certificate);
    answer = receipt_json(id, Stage::done,
                          sign_pair(context, session,
                                    retention::prepare_certificate(context.store(), id, certificate,
                                                                   pdf, executor, witness, act)));
    answer["certificate"] = certificate;
    publish_destructions(context);
  });
  return answer;
}

Json list_disposals(Context& context) {
  require_right(context, "retention.read", "read", "disposal");
  Json list = Json::array();
  for (const auto& disposal : retention::all_disposals(context.evidence()))
    list.push_back(disposal_json(disposal));
  return list;
}

Json show_disposal(Context& context, const std::string& id) {
  require_right(context, "retention.read", "read", disposal_named(id));
  return disposal_json(retention::require_disposal(context.evidence(), id));
}

Bytes disposal_certificate_pdf(Context& context, const std::string& id) {
  require_right(context, "retention.read", "export", disposal_named(id));
  const auto disposal = retention::require_disposal(context.evidence(), id);
  context.log("export", disposal_subject(disposal.id));
  return context.evidence().require("disposals/" + disposal.id + "/certificate.pdf");
}

}  // namespace vermilion::service
