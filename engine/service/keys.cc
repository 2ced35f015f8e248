#include "service/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/key_requests.h"
#include "identity/people.h"

namespace vermilion::service {
namespace {

constexpr const char* kIssueRight = "certificate.issue";

std::string key_subject(const std::string& account) {
  return model::is_account_name(account) ? "account " + account : "account";
}

Json request_json(Context& context, const identity::KeyRequest& request) {
  const auto evidence = context.store().evidence();
  const auto profile =
      identity::profile_of(context.store(), identity::require_person(evidence, request.account));
  const auto key = crypto::request_key(request.request);
  return {{"account", request.account},
          {"name", profile.name},
          {"unit", profile.unit},
          {"title", profile.title},
          {"filed", rfc3339(request.filed)},
          {"from", request.from},
          {"expires", rfc3339(request.expires)},
          {"digest", request.digest},
          {"key", identity::key_id(key)},
          {"code", identity::spoken_code(key)},
          {"mine", request.account == context.actor()}};
}

std::optional<model::CertificateEntry> present_certificate(const model::Person& person) {
  const auto found = std::find_if(person.certificates.rbegin(), person.certificates.rend(),
                                  [](const auto& entry) { return !entry.revoked; });
  return found == person.certificates.rend() ? std::nullopt : std::optional(*found);
}

Json key_receipt(const std::string& account, const store::Receipt& receipt) {
  return {{"account", account}, {"act", receipt.act}, {"log_index", receipt.log_index}};
}

}  // namespace

std::string own_custody(Context& context) {
  const auto present = present_certificate(context.session().person);
  return present ? present->custody : "";
}

Json own_key(Context& context) {
  const auto& person = context.session().person;
  const auto present = present_certificate(person);
  const auto request = identity::find_key_request(context.store(), person.account);
  Json answer = {{"account", person.account},
                 {"custody", present ? present->custody : ""},
                 {"certificate", ""},
                 {"key", ""},
                 {"request", request ? request_json(context, *request) : Json(nullptr)}};
  if (!present) return answer;
  answer["certificate"] = present->sha256;
  answer["not_after"] = rfc3339(present->not_after);
  answer["key"] =
      identity::key_id(identity::certificate_of(context.store(), *present).public_key());
  return answer;
}

CertificatePair own_certificates(Context& context) {
  const auto entry = identity::signing_certificate(context.session().person);
  return {identity::certificate_of(context.store(), entry).der(),
          context.store().authority().issuer.der()};
}

Json request_key(Context& context, const Bytes& request) {
  Json answer;
  recorded(context, "certificate-request", key_subject(context.actor()), [&] {
    const auto account = context.session().person.account;
    answer = key_receipt(account, identity::file_key_request(context.store(), account, request,
                                                             context.act("", "")));
  });
  return answer;
}

Json list_key_requests(Context& context) {
  require_right(context, kIssueRight, "read", "certificate-requests");
  Json list = Json::array();
  for (const auto& request : identity::key_requests(context.store()))
    list.push_back(request_json(context, request));
  return list;
}

Json show_key_request(Context& context, const std::string& account) {
  for (const auto& request : list_key_requests(context)) {
    if (request["account"] == account) return request;
  }
  throw Error(Failure::not_found, "no-key-request",
              {"沒有這件金鑰申請，或已簽發、退回、逾期",
               "there is no such request for a key, or it was confirmed, refused, or is over"});
}

Json confirm_key(Context& context, const std::string& account, const std::string& digest) {
  Json answer;
  recorded(context, "certificate", key_subject(account), [&] {
    const auto signer = context.acting(kIssueRight);
    const auto made = identity::prepare_key_certificate(context.store(), account, digest, signer,
                                                        context.act("certificate", ""));
    answer = key_receipt(account, sign_and_commit(context, made.prepared));
    answer["certificate"] = made.certificate.sha256();
  });
  return answer;
}

Json drop_key(Context& context, const std::string& account, const std::string& digest) {
  Json answer;
  recorded(context, "certificate-request-dropped", key_subject(account), [&] {
    if (account != context.actor()) context.require_right(kIssueRight);
    answer = key_receipt(
        account, identity::drop_key_request(context.store(), account, digest, context.act("", "")));
  });
  return answer;
}

}  // namespace vermilion::service
