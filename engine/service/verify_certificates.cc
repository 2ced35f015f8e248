#include "service/verify_certificates.h"

#include <algorithm>

#include "crypto/digest.h"
#include "identity/outside.h"
#include "identity/people.h"
#include "identity/revocation.h"

namespace vermilion::service {
namespace {

class CertificateCheck {
 public:
  CertificateCheck(Context& context, const std::function<void()>& count, const Fault& fault)
      : context_(context), count_(count), fault_(fault), evidence_(context.store().evidence()) {}

  void run() {
    for (const auto& person : identity::all_persons(evidence_)) {
      for (const auto& entry : person.certificates) {
        const auto where = identity::certificate_path(person.account, entry.sha256);
        attempt(where, fault_, [&] { check_entry(where, person.account, entry); });
      }
    }
    attempt(identity::kCrlPath, fault_, [&] { check_list(); });
    attempt("rules/trust", fault_, [&] { check_trust(); });
  }

 private:
  void check_entry(const std::string& where, const std::string& account,
                   const model::CertificateEntry& entry) {
    count_();
    const auto bytes = evidence_.read(identity::revocation_path(account, entry.sha256));
    const bool replaced =
        entry.revoked && (was_replaced(account, entry.sha256) ||
                          identity::revoked_by_closing(evidence_, account, entry.sha256));
    if (!replaced && bytes.has_value() != entry.revoked.has_value()) {
      fault_(where, {"憑證的廢止註記與簽署的廢止聲明不符",
                     "the mark of revocation does not agree with a signed revocation"});
    } else if (bytes && model::parse_statement(*bytes).at != *entry.revoked) {
      fault_(where, {"廢止的時刻與聲明不符", "the time of revocation is not the statement's"});
    }
    if (identity::is_outside(evidence_, account, entry.sha256))
      check_outside(where, account, entry);
  }

  // By the statement that issued its successor.
  bool was_replaced(const std::string& account, const std::string& sha256) {
    for (const auto& filed :
         identity::filed_statements(evidence_, "people/" + account + "/certificates")) {
      const auto old = filed.statement.subject.value("replaces", std::vector<std::string>());
      if (std::find(old.begin(), old.end(), "sha256:" + sha256) != old.end()) return true;
    }
    return false;
  }

  void check_outside(const std::string& where, const std::string& account,
                     const model::CertificateEntry& entry) {
    if (!identity::proof_holds(context_.store(), account, entry.sha256))
      fault_(where, {"外部憑證的持有證明或信任鏈不成立",
                     "its proof of possession, or its chain, does not hold"});
    if (!identity::status_holds(context_.store(), account, entry))
      fault_(where, {"外部憑證的廢止狀態與憑證機構所給的不符",
                     "its status differs from what its authority said"});
    const auto s = model::parse_statement(evidence_.require(where + ".statement.json"));
    const auto same = [&](const char* member, const std::string& file) {
      return require_string(s.subject, member) == crypto::digest_text(evidence_.require(file));
    };
    if (!same("chain", where + ".chain.pem") || !same("proof", where + ".proof.p7s"))
      fault_(where, {"信任鏈或持有證明在登錄之後被更換",
                     "its chain or its proof was exchanged after the import"});
  }

  // Nothing in it that is not revoked; and all that was, but for what was replaced since it was made.
  void check_list() {
    const auto bytes = identity::filed_crl(evidence_);
    const auto revoked = identity::revocations(context_.store(), evidence_);
    if (!bytes && revoked.empty()) return;
    count_();
    const auto list =
        bytes ? crypto::read_crl(*bytes, context_.store().authority().issuer) : crypto::Crl{};
    const auto in = [](const auto& all, const auto& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    const bool true_ones = std::all_of(list.revoked.begin(), list.revoked.end(),
                                       [&](const auto& one) { return in(revoked, one); });
    const bool all_of_them = std::all_of(revoked.begin(), revoked.end(), [&](const auto& one) {
      return in(list.revoked, one) || (one.reason == "superseded" && one.at >= list.made);
    });
    if (true_ones && all_of_them) return;
    fault_(identity::kCrlPath, {"廢止清單與簽署的廢止聲明不符",
                                "the revocation list does not agree with the signed revocations"});
  }

  void check_trust() {
    for (const auto& entry : evidence_.list("rules/trust")) {
      if (!entry.name.ends_with(".pem")) continue;
      count_();
      const auto path = "rules/trust/" + entry.name;
      const auto sha256 = crypto::Certificate::from_pem(evidence_.require(path)).sha256();
      const auto bytes = evidence_.read("rules/trust/" + sha256 + ".statement.json");
      const bool is_signed = bytes && string_or_empty(model::parse_statement(*bytes).subject,
                                                      "certificate") == "sha256:" + sha256;
      if (!is_signed || entry.name != sha256 + ".pem")
        fault_(path,
               {"信任的憑證機構沒有人簽署", "an authority is trusted that nobody signed for"});
    }
  }

  Context& context_;
  const std::function<void()>& count_;
  const Fault& fault_;
  store::Snapshot evidence_;
};

}  // namespace

void check_certificates(Context& context, const std::function<void()>& count, const Fault& fault) {
  CertificateCheck(context, count, fault).run();
}

}  // namespace vermilion::service
