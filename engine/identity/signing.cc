#include "identity/signing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

constexpr auto kPatience = std::chrono::minutes(15);
constexpr std::string_view kSuffix = ".statement.json";

void require_good(store::Store& store, const Prepared& prepared, std::string_view cms,
                  std::uint64_t log_index) {
  const auto find = [&](const std::string& sha256) {
    const bool own = sha256 == prepared.own_certificate;
    return own ? std::optional(evidence::CertificateRecord{log_index, std::nullopt})
               : certificate_finder(store)(sha256);
  };
  const auto verified = evidence::verify_statement(prepared.bytes, cms, store.authority().root,
                                                   store.settings().id, log_index, find);
  if (verified.verdict == evidence::Verdict::good) return;
  throw Error(Failure::forbidden, evidence::verdict_name(verified.verdict),
              evidence::verdict_said(verified.verdict));
}

}  // namespace

Prepared prepare(store::Store& store, model::Statement statement, store::Act act,
                 std::function<std::string(const store::Now&, store::Changes&)> decide) {
  statement.at = store.clock().now();
  statement.store = store.settings().id;
  auto bytes = model::statement_bytes(statement);
  const Instant expires = statement.at + kPatience;
  return {
      std::move(statement), std::move(bytes), expires, std::move(act), std::move(decide), "", ""};
}

store::Receipt commit_signed(store::Store& store, const Prepared& prepared, std::string_view cms) {
  store::Act act = prepared.act;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    if (now.at > prepared.expires) {
      throw Error(Failure::invalid, "prepared-expired",
                  {"準備好的簽署已逾 15 分鐘，請重新開始",
                   "what was prepared is over 15 minutes old; begin again"});
    }
    require_good(store, prepared, cms, now.log_index);
    const auto folder = prepared.decide(now, changes);
    const auto name = prepared.fixed_name.empty()
                          ? next_statement_name(now.evidence, folder, prepared.statement.kind)
                          : prepared.fixed_name;
    const auto path = fmt::format("{}/{}{}", folder, name, kSuffix);
    changes.put(path, prepared.bytes);
    changes.put(path + ".p7s", cms);
  };
  return store.commit(act);
}

evidence::FindCertificate certificate_finder(store::Store& store) {
  return [&store](const std::string& sha256) -> std::optional<evidence::CertificateRecord> {
    store::LogFilter filter;
    filter.kind = "certificate";
    filter.subject_prefix = "certificate " + sha256;
    const auto rows = store.catalogue().log(filter);
    for (const auto& row : rows) {
      if (row.outcome != "done") continue;
      const auto account = row.subject.substr(row.subject.rfind(' ') + 1);
      const auto person = find_person(store.evidence(), account);
      if (!person) continue;
      for (const auto& entry : person->certificates) {
        if (entry.sha256 == sha256) return evidence::CertificateRecord{row.index, entry.revoked};
      }
    }
    return std::nullopt;
  };
}

std::vector<evidence::FiledStatement> filed_statements(const store::Snapshot& evidence,
                                                       const std::string& folder) {
  std::vector<evidence::FiledStatement> filed;
  for (const auto& entry : evidence.list(folder)) {
    if (!entry.name.ends_with(kSuffix)) continue;
    const auto name = entry.name.substr(0, entry.name.size() - kSuffix.size());
    filed.push_back({name, model::parse_statement(evidence.require(folder + "/" + entry.name))});
  }
  // "100-review" was filed after "99-review"; git orders them by their letters.
  std::sort(filed.begin(), filed.end(), [](const auto& a, const auto& b) {
    return std::pair(a.name.find('-'), a.name) < std::pair(b.name.find('-'), b.name);
  });
  return filed;
}

std::string next_statement_name(const store::Snapshot& evidence, const std::string& folder,
                                const std::string& kind) {
  int number = 1;
  for (const auto& entry : evidence.list(folder)) number += entry.name.ends_with(kSuffix) ? 1 : 0;
  return fmt::format("{:02}-{}", number, kind);
}

}  // namespace vermilion::identity
