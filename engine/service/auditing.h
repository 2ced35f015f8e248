// The audit log as an auditor uses it: list, proof, verify.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct LogRequest {
  std::string from;  // a date, inclusive
  std::string to;    // a date, inclusive
  std::string actor;
  std::string kind;
  std::string subject;  // prefix
  std::size_t limit = 100000;
};
// [{index, at, kind, actor, from, subject, outcome, commit}]; needs the right log.read.
[[nodiscard]] Json list_log(Context& context, const LogRequest& request);

// {ok, size, root, problems}: recomputes the tree from the entries.
[[nodiscard]] Json verify_log(Context& context);

// {index, entry, size, leaf, hashes, checkpoint, verifier_key}: verifies offline.
[[nodiscard]] Json prove_log(Context& context, std::uint64_t index);

}  // namespace vermilion::service
