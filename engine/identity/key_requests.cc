#include "identity/key_requests.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

constexpr const char* kRequestKind = "certificate-request";
constexpr auto kRequestPatience = std::chrono::days(14);
constexpr auto kBrowserKeyTerm = std::chrono::days(730);
constexpr std::size_t kLargestRequest = 4096;

std::string request_path(const std::string& account) {
  return "people/" + account + "/request.p10";
}

std::string request_digest(const Bytes& request) { return hex(crypto::sha256(request)); }

std::string request_subject(const std::string& digest, const std::string& account) {
  return fmt::format("{} {} {}", kRequestKind, digest, account);
}

store::Act request_act(store::Act act, const std::string& digest, const std::string& account) {
  act.kind = kRequestKind;
  act.subject = act.message = request_subject(digest, account);
  return act;
}

[[noreturn]] void no_key_request() {
  throw Error(Failure::not_found, "no-key-request",
              {"沒有這件金鑰申請：可能已簽發、已退回、已逾 14 天，或本人又重新申請；請重新載入清單",
               "there is no such request: it was confirmed or refused, is over 14 days old, or was "
               "replaced by a newer one; reload the list"});
}

// The newest entry that filed exactly these bytes for that account.
std::optional<KeyRequest> filed_request(store::Store& store, const std::string& account,
                                        const Bytes& request) {
  store::LogFilter filter;
  filter.kind = kRequestKind;
  filter.subject_prefix = request_subject(request_digest(request), account);
  const auto rows = store.catalogue().log(filter);
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (row->outcome != "done" || row->subject != filter.subject_prefix) continue;
    return KeyRequest{account, request,   request_digest(request),
                      row->at, row->from, row->at + kRequestPatience};
  }
  return std::nullopt;
}

void require_this_request(const store::Now& now, const KeyRequest& wanted) {
  const auto present = now.evidence.read(request_path(wanted.account));
  if (!present || *present != wanted.request || now.at > wanted.expires) no_key_request();
}

KeyRequest require_key_request(store::Store& store, const std::string& account,
                               const std::string& digest) {
  auto found = find_key_request(store, account);
  if (!found || found->digest != digest) no_key_request();
  return std::move(*found);
}

void require_good_request(const std::string& account, const Bytes& request) {
  if (request.size() > kLargestRequest) {
    throw Error(Failure::invalid, "request-too-large",
                {"憑證申請過大；請在「我的金鑰」重新製作金鑰",
                 "the certificate request is too large; make the key again on the page 'My key'"});
  }
  (void)crypto::request_key(request);
  require_own_request({account, request, crypto::Custody::browser, std::nullopt, {}});
}

std::vector<std::string> browser_certificates(const model::Person& person) {
  std::vector<std::string> found;
  for (const auto& entry : person.certificates) {
    if (!entry.revoked && entry.custody == crypto::custody_name(crypto::Custody::browser))
      found.push_back(entry.sha256);
  }
  return found;
}

}  // namespace

std::string key_id(const crypto::PublicKey& key) { return hex(crypto::sha256(key.spki())); }

std::string spoken_code(const crypto::PublicKey& key) {
  __extension__ typedef unsigned __int128 Wide;
  Wide modulus = 1;
  for (int i = 0; i < 24; ++i) modulus *= 10;
  Wide number = 0;
  for (const char byte : crypto::sha256(key.spki()).substr(0, 10))
    number = number * 256 + static_cast<unsigned char>(byte);
  number %= modulus;
  std::string code;
  for (int i = 0; i < 24; ++i) {
    if (i > 0 && i % 4 == 0) code.insert(0, " ");
    code.insert(0, std::to_string(static_cast<int>(number % 10)));
    number /= 10;
  }
  return code;
}

store::Receipt file_key_request(store::Store& store, const std::string& account,
                                const Bytes& request, const store::Act& wanted) {
  require_good_request(account, request);
  auto act = request_act(wanted, request_digest(request), account);
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    (void)require_person(now.evidence, account);
    changes.put(request_path(account), request);
  };
  return store.commit(act);
}

store::Receipt drop_key_request(store::Store& store, const std::string& account,
                                const std::string& digest, const store::Act& wanted) {
  const auto pending = require_key_request(store, account, digest);
  auto act = wanted;
  act.kind = "certificate-request-dropped";
  act.subject = act.message = request_subject(digest, account);
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    require_this_request(now, pending);
    changes.remove(request_path(account));
  };
  return store.commit(act);
}

std::optional<KeyRequest> find_key_request(store::Store& store, const std::string& account) {
  const auto request = store.evidence().read(request_path(account));
  auto found = request ? filed_request(store, account, *request) : std::nullopt;
  if (found && store.clock().now() > found->expires) found.reset();
  return found;
}

std::vector<KeyRequest> key_requests(store::Store& store) {
  store::LogFilter filter;
  filter.kind = kRequestKind;
  filter.from = store.clock().now() - kRequestPatience;
  std::vector<KeyRequest> waiting;
  for (const auto& row : store.catalogue().log(filter)) {
    const auto account = row.subject.substr(row.subject.rfind(' ') + 1);
    if (row.outcome != "done" || !model::is_account_name(account)) continue;
    const auto found = find_key_request(store, account);
    if (found && row.subject == request_subject(found->digest, account) && row.at == found->filed)
      waiting.push_back(*found);
  }
  return waiting;
}

PreparedCertificate prepare_key_certificate(store::Store& store, const std::string& account,
                                            const std::string& digest,
                                            const model::SignerFields& signer,
                                            const store::Act& act) {
  const auto pending = require_key_request(store, account, digest);
  const Instant now_at = store.clock().now();
  const NewCertificate wanted{account,
                              pending.request,
                              crypto::Custody::browser,
                              std::nullopt,
                              {now_at, now_at + kBrowserKeyTerm},
                              browser_certificates(require_person(store.evidence(), account))};
  auto made = prepare_certificate(store, wanted, signer, act, false);
  made.prepared.decide = [pending, inner = std::move(made.prepared.decide)](
                             const store::Now& now, store::Changes& changes) {
    require_this_request(now, pending);
    changes.remove(request_path(pending.account));
    return inner(now, changes);
  };
  return made;
}

}  // namespace vermilion::identity
