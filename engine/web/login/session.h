// What the pages of signing in share.
#pragma once
#include "web/visit.h"

namespace vermilion::web {

[[nodiscard]] Session begin_session(Visit& visit, const std::string& account);
// A failed proof in the words of the page; any other error as it is.
[[nodiscard]] Error told_of_password(const Error& error, const char* code, const Said& said);

}  // namespace vermilion::web
