// What the ways of service/agency.h share.
#pragma once
#include <set>
#include <string>

#include "service/context.h"
#include "store/sign_in_settings.h"

namespace vermilion::service {

[[noreturn]] void no_such_way();
[[nodiscard]] store::SignInSettings sign_in_settings(Context& context);
// The roles listed that none of these groups opens.
[[nodiscard]] std::set<std::string> closed_roles(const store::SignInSettings& settings,
                                                 const std::set<std::string>& groups);

}  // namespace vermilion::service
