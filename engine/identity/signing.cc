#include "identity/signing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/clock.h"
#include "identity/outside.h"
#include "identity/people.h"
#include "identity/revocation.h"
#include "identity/rules.h"

namespace vermilion::identity {
namespace {

constexpr auto kPatience = std::chrono::minutes(15);
constexpr std::string_view kSuffix = ".statement.json";

[[noreturn]] void refuse(evidence::Verdict verdict) {
  throw Error(Failure::forbidden, evidence::verdict_name(verdict), evidence::verdict_said(verdict));
}

void require_good(store::Store& store, const Signed& own, std::uint64_t log_index) {
  const auto& prepared = own.prepared;
  const auto& root = store.authority().root;
  const auto find = [&](const std::string& sha256) {
    if (sha256 == prepared.own_certificate)
      return std::optional(evidence::CertificateRecord{log_index, std::nullopt});
    auto record = certificate_finder(store)(sha256);
    // What is revoked by now signs nothing more, even what was prepared before.
    if (record && record->revoked) record->revoked = Instant{};
    return record;
  };
  const auto verified = evidence::verify_statement(prepared.bytes, own.cms, root,
                                                   store.settings().id, log_index, find);
  if (verified.verdict != evidence::Verdict::good) refuse(verified.verdict);
  if (!prepared.must_sign.empty() && prepared.must_sign != verified.certificate->sha256()) {
    throw Error(Failure::forbidden, "wrong-certificate",
                {"須以聲明所指的那張憑證簽署", "the certificate that it names has to sign it"});
  }
  if (prepared.pdf.empty()) return;
  const auto within =
      evidence::verify_beside(prepared.pdf.covered(), own.pdf_cms, verified, root, find);
  if (within != evidence::Verdict::good) refuse(within);
}

// Of one that another authority issued, the earlier of its word and ours counts.
evidence::CertificateRecord record_of(store::Store& store, const store::Snapshot& evidence,
                                      const model::Person& person,
                                      const model::CertificateEntry& entry,
                                      std::uint64_t log_index) {
  evidence::CertificateRecord record{log_index, entry.revoked};
  if (entry.revoked) {
    const auto rows = store.catalogue().history(revocation_path(person.account, entry.sha256));
    if (!rows.empty()) record.revoked_index = rows.front().act.log_index;
  }
  if (auto outside = outside_record(evidence, person.account, entry.sha256)) {
    if (outside->revoked && (!record.revoked || *outside->revoked < *record.revoked))
      record.revoked = outside->revoked;
    record.outside = std::move(outside->authority);
  }
  return record;
}

void require_in_time(const Prepared& prepared, Instant now) {
  if (now <= prepared.expires) return;
  throw Error(Failure::invalid, "prepared-expired",
              {"準備好的簽署已逾 15 分鐘，請重新開始",
               "what was prepared is over 15 minutes old; begin again"});
}

std::string name_for(const store::Snapshot& evidence, const std::string& folder,
                     const Prepared& prepared) {
  return prepared.fixed_name.empty()
             ? next_statement_name(evidence, folder, prepared.statement.kind)
             : prepared.fixed_name;
}

void put_stamp(store::Changes& changes, const std::string& name, const Stamp& stamp) {
  if (!stamp.response.empty()) changes.put(name + ".tsr", stamp.response);
  if (!stamp.missing.empty())
    changes.put(name + ".tsr-missing.json", canonical({{"code", stamp.missing}}));
}

void put_signed(store::Changes& changes, const std::string& folder, const std::string& name,
                const Signed& one) {
  VERMILION_ASSERT(!name.empty());
  const auto path = fmt::format("{}/{}{}", folder, name, kSuffix);
  changes.put(path, one.prepared.bytes);
  changes.put(path + ".p7s", one.cms);
  put_stamp(changes, folder + "/" + name, one.stamp);
}

// What was signed on another machine may be sent twice, by mistake or by somebody who kept it: one signature is one deed.
void require_new(const store::Snapshot& evidence, const std::string& folder,
                 std::string_view statement) {
  for (const auto& entry : evidence.list(folder)) {
    if (!entry.name.ends_with(".statement.json")) continue;
    if (evidence.read(folder + "/" + entry.name) != statement) continue;
    throw Error(
        Failure::conflict, "signed-already",
        {"這份簽署已經歸檔，這次沒有執行", "this signature is filed already; nothing was done"});
  }
}

}  // namespace

Bytes PdfToSign::covered() const { return file.substr(0, hole) + file.substr(hole_end); }

Prepared prepare(store::Store& store, model::Statement statement, store::Act act,
                 std::function<std::string(const store::Now&, store::Changes&)> decide) {
  statement.policy = policy_of(store.evidence());
  if (statement.at == Instant{}) statement.at = store.clock().now();
  statement.store = store.settings().id;
  auto bytes = model::statement_bytes(statement);
  const Instant expires = statement.at + kPatience;
  Prepared prepared;
  prepared.statement = std::move(statement);
  prepared.bytes = std::move(bytes);
  prepared.expires = expires;
  prepared.act = std::move(act);
  prepared.decide = std::move(decide);
  return prepared;
}

Prepared prepared_before(Prepared again, std::string_view bytes) {
  const auto before = model::parse_statement(bytes);
  auto expected = again.statement;
  expected.at = before.at;
  expected.policy.commit = before.policy.commit;
  if (model::statement_bytes(expected) != bytes || before.at > again.statement.at) {
    throw Error(
        Failure::conflict, "prepared-differs",
        {"準備之後內容、規則或簽署人已有不同；請重新準備再簽",
         "text, rules or signer are no longer those of what was prepared; prepare it again, "
         "then sign"});
  }
  again.statement = std::move(expected);
  again.bytes = Bytes(bytes);
  again.expires = again.statement.at + kPatience;
  return again;
}

store::Receipt commit_signed(store::Store& store, const Prepared& prepared, std::string_view cms) {
  return commit_signed(store, {prepared, Bytes(cms)}, {});
}

store::Receipt commit_signed(store::Store& store, const Signed& first,
                             const std::vector<Signed>& others) {
  store::Act act = first.prepared.act;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    require_in_time(first.prepared, now.at);
    require_good(store, first, now.log_index);
    for (const auto& other : others) {
      require_in_time(other.prepared, now.at);
      require_good(store, other, now.log_index);
    }
    require_clock(now, first.prepared.statement);
    if (first.prepared.file) {
      first.prepared.file(now, changes, first);
      return put_stamp(changes, sealed_stamp_name(first.cms), first.stamp);
    }
    const auto folder = first.prepared.decide(now, changes);
    require_new(now.evidence, folder, first.prepared.bytes);
    put_signed(changes, folder, name_for(now.evidence, folder, first.prepared), first);
    for (const auto& other : others) put_signed(changes, folder, other.prepared.fixed_name, other);
  };
  return store.commit(act);
}

std::string sealed_stamp_name(std::string_view cms) {
  const auto digest = hex(crypto::sha256(crypto::signature_value(cms)));
  return "timestamps/" + digest.substr(0, 2) + "/" + digest;
}

bool stamp_stays(const store::Store& store, const std::string& name) {
  for (const char* suffix : {".tsr", ".tsr-missing.json"}) {
    const auto filed = store.catalogue().history(name + suffix);
    if (filed.size() > 1 || (filed.size() == 1 && !filed.front().blob)) return false;
  }
  return true;
}

Said stamp_gone() {
  return {"歸檔時的時戳已被移除或更換", "the time stamp that was filed was removed or exchanged"};
}

evidence::FindCertificate certificate_finder(store::Store& store) {
  return [&store](const std::string& sha256) -> std::optional<evidence::CertificateRecord> {
    store::LogFilter filter;
    filter.kind = "certificate";
    filter.subject_prefix = "certificate " + sha256;
    const auto rows = store.catalogue().log(filter);
    const auto evidence = store.evidence();
    for (const auto& row : rows) {
      if (row.outcome != "done") continue;
      const auto account = row.subject.substr(row.subject.rfind(' ') + 1);
      const auto person = find_person(evidence, account);
      if (!person) continue;
      for (const auto& entry : person->certificates) {
        if (entry.sha256 == sha256) return record_of(store, evidence, *person, entry, row.index);
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
