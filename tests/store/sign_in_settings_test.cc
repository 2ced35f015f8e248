// What vermilion.yaml may say of signing in, and what it may not.
#include "store/sign_in_settings.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/process.h"

using namespace vermilion;

namespace {

std::string settings_code(const std::string& yaml) {
  const Scratch folder;
  SystemDisk disk;
  folder.write("vermilion.yaml", "name: 行政院環境保護署\n" + yaml);
  try {
    (void)store::load_sign_in_settings(disk, folder.path());
    return "taken";
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

TEST_CASE("settings of signing in that would open more than they say are refused", "[store]") {
  const std::string oidc =
      "sign_in:\n  oidc: {issuer: 'https://login.example.gov.tw', client_id: v, "
      "redirect: 'https://isms.example.gov.tw/login/agency/return'}\n";
  const auto [yaml, expected] = GENERATE_REF(table<std::string, std::string>({
      {"", "taken"},
      {oidc, "taken"},
      {oidc + "  roles: {approver: [甲組]}\n", "taken"},
      {oidc + "  role: {approver: [甲組]}\n", "bad-settings"},  // a gate that would not stand
      {"sign_in: {local: false}\n", "bad-settings"},
      {"sign_in: {local: maybe}\n", "bad-settings"},
      {"sign_in: {oidc: {issuer: 'http://login.example.gov.tw', client_id: v, redirect: "
       "'https://x/'}}\n",
       "bad-settings"},
      {"sign_in: {oidc: {issuer: 'https://x', redirect: 'https://x/'}}\n", "bad-settings"},
      {"sign_in: {directory: {url: 'ldaps://x', template: 'uid={name}'}}\n", "taken"},
      {"sign_in: {directory: {url: 'ldapi://x', template: 'uid={name}'}}\n", "bad-settings"},
      {"sign_in: {directory: {url: 'ldaps://x', filter: '(uid={name})', base: dc=x}}\n",
       "bad-settings"},
      {"sign_in: {directory: {url: 'ldaps://x', bind_dn: cn=r, base: dc=x, filter: "
       "'(uid={name})'}}\n",
       "bad-settings"},  // without a password it would be an anonymous bind
      {"sign_in: {directory: {url: 'ldaps://x', template: a, filter: b}}\n", "bad-settings"},
  }));
  INFO(yaml);
  CHECK(settings_code(yaml) == expected);
}
