// What the commands of keys and certificates answer, and what a server tells a program that signs from afar.
#include "samples.h"

using vermilion::Json;

namespace samples {
namespace {

const std::string kSha(64, 'a');
const char* const kAt = "2026-11-22T08:00:00Z";
const char* const kLater = "2028-11-21T08:00:00Z";

Json filed(const Json& more) { return with({{"act", kUlid}, {"log_index", 41}}, more); }

Json issued() {
  return filed({{"account", "chen01"},
                {"certificate", kSha},
                {"custody", "token"},
                {"not_after", kLater},
                {"renews", std::string(64, 'b')},
                {"notice", "failed:no-mail"}});
}

Json revoked() {
  return filed({{"account", "chen01"},
                {"certificate", kSha},
                {"revoked", kAt},
                {"reason", "key-compromise"},
                {"notice", "done"}});
}

Json listed_certificate() {
  return {{"certificate", kSha},     {"custody", "browser"}, {"authority", "own"},
          {"status_until", nullptr}, {"not_before", kAt},    {"not_after", kLater},
          {"revoked", kLater}};
}

Json key_request() {
  return {{"account", "fang12"}, {"name", "方怡君"},
          {"unit", "署長室"},    {"title", "副署長"},
          {"filed", kAt},        {"from", "web:10.1.2.3"},
          {"expires", kLater},   {"digest", kSha},
          {"key", kSha},         {"code", "0123 4567 8901 2345 6789 0123"},
          {"mine", false}};
}

Json awaited_item() {
  return {{"what", "approval"}, {"id", "ISMS-02-001"},
          {"version", "9.1"},   {"title", "文件與紀錄管制程序"},
          {"since", kAt},       {"link", "/documents/ISMS-02-001/review?version=9.1"}};
}

}  // namespace

std::vector<Sample> certificate_answers() {
  return {
      {"certificate-receipt", "a renewal", issued(), {"/renews"}},
      {"certificate-receipt", "a revocation", revoked(), {}},
      {"certificate-receipt",
       "a status",
       filed(
           {{"account", "wang09"}, {"certificate", kSha}, {"until", kLater}, {"revoked", nullptr}}),
       {}},
      {"certificate-receipt",
       "an authority",
       filed({{"authority", kSha}, {"name", "內政部憑證管理中心"}, {"not_after", kLater}}),
       {}},
      {"certificate-receipt",
       "a key confirmed",
       filed({{"account", "fang12"}, {"certificate", kSha}}),
       {"/certificate"}},
      {"certificate-list", "certificates", Json::array({listed_certificate()}), {}},
      {"key-requests", "requests", Json::array({key_request()}), {}},
      {"web-home",
       "a session",
       {{"account", "zhang04"}, {"form_token", kSha}, {"waiting", Json::array({awaited_item()})}},
       {}},
      {"web-signing",
       "a statement",
       {{"statement", "{}"}, {"expires", kAt}, {"certificate", "MIIB"}, {"issuer", "MIIC"}},
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
