// Signing with a key that is not here: what was prepared is handed out, and committed when its signature comes back.
//
// Idea     A service function runs as always until it would sign. There it throws SignatureAwaited, which holds everything that is
//          left to be done; nothing has been stored. It is no Error: nothing was refused, and nothing is logged.
// Lives    What is in it refers to the Context that it came out of: keep the two together.
// Source   architecture section 3 (prepare, sign, commit).
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "service/context.h"

namespace vermilion::service {

struct SignatureAwaited {
  identity::Prepared prepared;           // the caller's own
  std::vector<identity::Signed> others;  // of persons who have signed the same act already
  std::function<void()> afterwards;      // what follows a commit, may be empty
};

// Checks the signatures as the verifier would and files them (`pdf_cms` as Prepared::pdf asks), as `now`, the caller as he is today: who was disabled or lost the role
// meanwhile does not sign. Refusals are logged. Throws as identity::commit_signed, and forbidden "no-role", "no-delegation".
store::Receipt commit_awaited(Context& now, Context& kept, const SignatureAwaited& awaited,
                              std::string_view cms, std::string_view pdf_cms = {});

}  // namespace vermilion::service
