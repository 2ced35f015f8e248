#include "model/statement.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

namespace vermilion::model {
namespace {

constexpr std::array<std::string_view, 22> kKinds = {"submission",        "review",
                                                     "countersignature",  "notification",
                                                     "approval",          "publication",
                                                     "acknowledgement",   "agreement",
                                                     "withdrawal",        "record",
                                                     "correction",        "hold",
                                                     "release",           "disposal-proposal",
                                                     "disposal-approval", "destruction",
                                                     "witness",           "delegation",
                                                     "authorisation",     "certificate",
                                                     "minutes",           "import"};

[[noreturn]] void bad_statement(const std::string& what) {
  throw Error(Failure::invalid, "bad-statement",
              {"聲明無效：" + what, "invalid statement: " + what});
}

Json signer_json(const SignerFields& signer) {
  return {{"account", signer.account},
          {"name", require_text(signer.name, "signer.name")},
          {"unit", require_text(signer.unit, "signer.unit")},
          {"title", require_text(signer.title, "signer.title")},
          {"role", signer.role},
          {"on_behalf_of", signer.on_behalf_of ? Json(*signer.on_behalf_of) : Json(nullptr)}};
}

SignerFields signer_fields(const Json& value) {
  SignerFields signer{require_string(value, "account"), require_string(value, "name"),
                      require_string(value, "unit"),    require_string(value, "title"),
                      require_string(value, "role"),    std::nullopt};
  if (!value.contains("on_behalf_of")) bad_statement("signer.on_behalf_of");
  if (!value["on_behalf_of"].is_null()) signer.on_behalf_of = require_string(value, "on_behalf_of");
  return signer;
}

}  // namespace

bool is_statement_kind(std::string_view kind) {
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

std::string statement_bytes(const Statement& statement) {
  if (!is_statement_kind(statement.kind)) bad_statement("kind");
  return canonical(
      {{"kind", statement.kind},
       {"meaning", statement.meaning},
       {"subject", statement.subject},
       {"signer", signer_json(statement.signer)},
       {"policy", {{"commit", statement.policy.commit}, {"sha256", statement.policy.sha256}}},
       {"at", rfc3339(statement.at)},
       {"store", statement.store}});
}

Statement parse_statement(std::string_view bytes) {
  const Json value = parse_canonical(bytes);
  if (!value.is_object() || value.size() != 7) bad_statement("members");
  Statement statement;
  statement.kind = require_string(value, "kind");
  if (!is_statement_kind(statement.kind)) bad_statement("kind");
  statement.meaning = require_string(value, "meaning");
  if (!value.contains("subject") || !value["subject"].is_object()) bad_statement("subject");
  statement.subject = value["subject"];
  (void)require_string(statement.subject, "type");
  if (!value.contains("signer") || !value.contains("policy")) bad_statement("signer, policy");
  statement.signer = signer_fields(value["signer"]);
  statement.policy = {require_string(value["policy"], "commit"),
                      require_string(value["policy"], "sha256")};
  statement.at = parse_instant(require_string(value, "at"));
  statement.store = require_string(value, "store");
  // Written again it must be the same: nothing that was signed may be left unread.
  if (statement_bytes(statement) != bytes) bad_statement("members");
  return statement;
}

}  // namespace vermilion::model
