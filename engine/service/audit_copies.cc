#include "service/audit_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/audit_copies.h"
#include "service/audit_access.h"

namespace vermilion::service {
namespace {

using identity::AuditCopy;
using identity::Engagement;

constexpr const char* kApproves = "audit.approve";
constexpr std::string_view kPurpose = " purpose ";

std::vector<AuditCopy> copies_of(Context& context, const identity::WantedAudit& wanted) {
  return identity::audit_copies(context.store().evidence(), context.store().catalogue(),
                                zone_of(context), wanted);
}
std::vector<AuditCopy> all_copies(Context& context) {
  return copies_of(context, [](const Engagement&) { return true; });
}

std::string entry_digest(Context& context, std::uint64_t index) {
  return crypto::digest_text(context.store().log().entry(index));
}

std::map<std::string, Engagement> audits_by_id(Context& context) {
  std::map<std::string, Engagement> audits;
  for (auto& one : identity::all_engagements(context.store().evidence()))
    audits.emplace(one.id, std::move(one));
  return audits;
}

// The subject as the log has it, the purpose apart.
Json copy_json(const AuditCopy& copy, const Engagement& audit) {
  const auto& subject = copy.taken.subject;
  const auto mark = subject.rfind(kPurpose);
  Json json = {{"copy", copy.taken.index},
               {"audit", copy.audit},
               {"auditor", audit.auditor},
               {"approver", audit.approver},
               {"at", rfc3339(copy.taken.at)},
               {"subject", subject.substr(0, mark)},
               {"purpose", mark == std::string::npos ? "" : subject.substr(mark + kPurpose.size())},
               {"until", iso_date(audit.to)},
               {"erased", nullptr}};
  if (copy.erased) json["erased"] = {{"by", copy.erased_by}, {"at", rfc3339(*copy.erased)}};
  return json;
}

AuditCopy require_copy(Context& context, std::uint64_t index) {
  for (auto& copy : all_copies(context))
    if (copy.taken.index == index) return std::move(copy);
  throw Error(Failure::not_found, "no-audit-copy",
              {"沒有這份稽核複本；audit copies 列出各份的序號",
               "there is no such copy; 'audit copies' lists them with their numbers"});
}

// Looked at again when it is committed, so that two who confirm at once leave one statement.
void require_open(const store::Snapshot& evidence, const std::string& audit, std::uint64_t index) {
  for (const auto& filed :
       identity::filed_statements(evidence, identity::engagement_folder(audit))) {
    if (!identity::is_copy_erased(filed.statement) ||
        filed.statement.subject.value("copy", std::uint64_t{0}) != index)
      continue;
    throw Error(Failure::conflict, "copy-erased-already",
                {"這份複本的消除已經確認過", "that this copy was erased was confirmed already"});
  }
}

identity::Prepared prepare_erasure(Context& context, const AuditCopy& copy,
                                   const model::Statement& statement) {
  const auto index = copy.taken.index;
  return identity::prepare(
      context.store(), statement,
      context.act("notification", fmt::format("audit {} copy {}", copy.audit, index)),
      [audit = copy.audit, index](const store::Now& now, store::Changes&) {
        require_open(now.evidence, audit, index);
        return identity::engagement_folder(audit);
      });
}

class CopyCheck {
 public:
  CopyCheck(Context& context, const Fault& fault)
      : context_(context), fault_(fault), evidence_(context.store().evidence()) {
    for (const auto& copy : all_copies(context)) copies_.emplace(copy.taken.index, copy.audit);
  }

  void run() {
    for (const auto& audit : identity::all_engagements(evidence_)) {
      const auto folder = identity::engagement_folder(audit.id);
      attempt(folder, fault_, [&] {
        for (const auto& filed : identity::filed_statements(evidence_, folder))
          if (identity::is_copy_erased(filed.statement))
            check(folder + "/" + filed.name, audit, filed.statement);
      });
    }
    check_there();
  }

 private:
  void check(const std::string& where, const Engagement& audit, const model::Statement& s) {
    const auto index = s.subject.value("copy", std::uint64_t{0});
    const auto copy = copies_.find(index);
    if (copy == copies_.end() || copy->second != audit.id ||
        string_or_empty(s.subject, "id") != audit.id) {
      fault_(where, {"所確認的不是這次稽核的複本", "it confirms what is no copy of this audit"});
    } else if (string_or_empty(s.subject, "entry") != entry_digest(context_, index)) {
      fault_(where,
             {"所載的摘要不是該筆日誌的", "the digest it cites is not that of the log's entry"});
    }
    if (!confirmed_.insert(index).second)
      fault_(where, {"同一份複本確認了兩次", "the same copy was confirmed twice"});
    if (const auto clash = identity::copy_clash(s, audit.auditor)) fault_(where, clash->said);
  }

  // Whatever the log says was confirmed must still be there.
  void check_there() {
    store::LogFilter filter;
    filter.kind = "notification";
    filter.subject_prefix = "audit ";
    filter.limit = std::numeric_limits<std::size_t>::max();
    for (const auto& row : context_.store().catalogue().log(filter)) {
      if (row.outcome != "done" || row.commit.empty()) continue;
      const auto copy = row.subject.substr(row.subject.rfind(' ') + 1);
      const bool there =
          std::any_of(confirmed_.begin(), confirmed_.end(),
                      [&](std::uint64_t index) { return std::to_string(index) == copy; });
      if (there) continue;
      fault_("audits", {fmt::format("日誌第 {} 筆的消除確認不見了", row.index),
                        fmt::format("the confirmation of log entry {} is gone", row.index)});
    }
  }

  Context& context_;
  const Fault& fault_;
  store::Snapshot evidence_;
  std::map<std::uint64_t, std::string> copies_;  // index -> audit
  std::set<std::uint64_t> confirmed_;
};

}  // namespace

Json list_audit_copies(Context& context, bool open_only) {
  Json list = Json::array();
  recorded(context, "log-read", "audits", [&] {
    std::set<std::string> visible;
    for (const auto& audit : list_audits(context)) visible.insert(require_string(audit, "id"));
    const auto audits = audits_by_id(context);
    const auto copies =
        copies_of(context, [&](const Engagement& audit) { return visible.contains(audit.id); });
    for (const auto& copy : copies)
      if (!open_only || !copy.erased) list.push_back(copy_json(copy, audits.at(copy.audit)));
    context.log("log-read", "audits");
  });
  return list;
}

Json confirm_copy_erased(Context& context, std::uint64_t index) {
  Json answer;
  recorded(context, "notification", fmt::format("copy {}", index), [&] {
    const auto signer = context.acting(kApproves);
    const auto copy = require_copy(context, index);
    context.settle();  // the entry has to stand in the log to be cited
    auto statement = identity::copy_erased(copy.audit, index, entry_digest(context, index));
    statement.signer = signer;
    if (const auto clash = identity::copy_clash(statement, copy.taken.actor))
      throw Error(Failure::forbidden, clash->code, clash->said);
    const auto receipt = sign_and_commit(context, prepare_erasure(context, copy, statement));
    answer = {{"copy", index},
              {"audit", copy.audit},
              {"erased", true},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

std::size_t own_open_copies(Context& context) {
  const auto copies = copies_of(context, [&](const Engagement& audit) {
    return audit.auditor == context.actor() || audit.approver == context.actor();
  });
  return static_cast<std::size_t>(
      std::count_if(copies.begin(), copies.end(), [](const auto& copy) { return !copy.erased; }));
}

void check_audit_copies(Context& context, const Fault& fault) { CopyCheck(context, fault).run(); }

}  // namespace vermilion::service
