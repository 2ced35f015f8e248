// What the commands of keys and certificates answer, and what a server tells a program that signs from afar.
#include "samples.h"

using vermilion::Json;

namespace samples {
namespace {

const std::string kCertificateSha(64, 'a');
const char* const kIssuedAt = "2026-11-22T08:00:00Z";
const char* const kExpiresAt = "2028-11-21T08:00:00Z";

Json filed(const Json& more) { return with({{"act", kUlid}, {"log_index", 41}}, more); }

Json issued() {
  return filed({{"account", "chen01"},
                {"certificate", kCertificateSha},
                {"custody", "token"},
                {"not_after", kExpiresAt},
                {"renews", std::string(64, 'b')},
                {"notice", "failed:no-mail"}});
}

Json revoked() {
  return filed({{"account", "chen01"},
                {"certificate", kCertificateSha},
                {"revoked", kIssuedAt},
                {"reason", "key-compromise"},
                {"notice", "done"}});
}

Json listed_certificate() {
  return {{"certificate", kCertificateSha}, {"custody", "browser"},    {"authority", "own"},
          {"status_until", nullptr},        {"not_before", kIssuedAt}, {"not_after", kExpiresAt},
          {"revoked", kExpiresAt}};
}

Json key_request() {
  return {{"account", "fang12"},    {"name", "方怡君"},
          {"unit", "署長室"},       {"title", "副署長"},
          {"filed", kIssuedAt},     {"from", "web:10.1.2.3"},
          {"expires", kExpiresAt},  {"digest", kCertificateSha},
          {"key", kCertificateSha}, {"code", "0123 4567 8901 2345 6789 0123"},
          {"mine", false}};
}

Json awaited_item() {
  return {{"what", "approval"}, {"id", "ISMS-02-001"},
          {"version", "9.1"},   {"title", "文件與紀錄管制程序"},
          {"since", kIssuedAt}, {"link", "/documents/ISMS-02-001/review?version=9.1"}};
}

}  // namespace

std::vector<Sample> certificate_answers() {
  return {{"certificate-receipt", "a renewal", issued(), {"/renews"}},
          {"certificate-receipt", "a revocation", revoked(), {}},
          {"certificate-receipt",
           "a status",
           filed({{"account", "wang09"},
                  {"certificate", kCertificateSha},
                  {"until", kExpiresAt},
                  {"revoked", nullptr}}),
           {}},
          {"certificate-receipt",
           "the seal",
           filed({{"certificate", kCertificateSha},
                  {"name", "環境保護署 機關印章"},
                  {"not_after", kExpiresAt}}),
           {}},
          {"certificate-receipt",
           "an authority",
           filed({{"authority", kCertificateSha},
                  {"name", "內政部憑證管理中心"},
                  {"not_after", kExpiresAt}}),
           {}},
          {"certificate-receipt",
           "a key confirmed",
           filed({{"account", "fang12"}, {"certificate", kCertificateSha}}),
           {"/certificate"}},
          {"certificate-list", "certificates", Json::array({listed_certificate()}), {}},
          {"key-requests", "requests", Json::array({key_request()}), {}},
          {"web-home",
           "a session",
           {{"account", "zhang04"},
            {"form_token", kCertificateSha},
            {"waiting", Json::array({awaited_item()})}},
           {}},
          {"web-signing",
           "a statement",
           {{"statement", "{}"},
            {"pdf", "JVBERi08MDA+"},
            {"hole", {5, 9}},
            {"expires", kIssuedAt},
            {"certificate", "MIIB"},
            {"issuer", "MIIC"}},
           {}},
          {"signed-remotely",
           "an approval",
           {{"kind", "approval"},
            {"meaning", "核准"},
            {"subject", {{"type", "revision"}}},
            {"statement", digest('a')}},
           {},
           {"/subject"}}};
}

}  // namespace samples
