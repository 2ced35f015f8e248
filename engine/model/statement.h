// A statement: what a person's key signs. Canonical JSON naming what was signed by digest, its meaning, who, in
// which role, on whose behalf, when.
//
// Shape   architecture section 3; schemas/statement.schema.json is its definition. The stored bytes are what was
//         signed: parse_statement refuses bytes that are not their own canonical form.
// Errors  Failure::invalid "bad-statement" naming the member.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"

namespace vermilion::model {

struct SignerFields {
  std::string account;
  std::string name;
  std::string unit;
  std::string title;
  std::string role;                         // the role acted in: "approver"
  std::optional<std::string> on_behalf_of;  // account of the principal
};

// Which rules were in force: the commit of main they were read from and the SHA-256 over them.
struct Policy {
  std::string commit;
  std::string sha256;
};

struct Statement {
  std::string kind;     // "approval"; see is_statement_kind
  std::string meaning;  // 核准
  Json subject;         // {"type":"revision","id":…,"version":…,…}
  SignerFields signer;
  Policy policy = {};  // this, the time and the store's id are filled in when it is prepared
  Instant at = {};
  std::string store = {};
};

[[nodiscard]] bool is_statement_kind(std::string_view kind);
[[nodiscard]] std::string statement_bytes(const Statement& statement);
[[nodiscard]] Statement parse_statement(std::string_view bytes);

}  // namespace vermilion::model
