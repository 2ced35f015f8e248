// What the pages of signing in share.
#pragma once
#include "web/visit.h"

namespace vermilion::web {

// Who asks, before he has proved anything, whoever he was before.
[[nodiscard]] service::Caller nobody_yet(const Visit& visit);
// Somebody has just proved who he is: a fresh session, and on to `next` or to what was kept for him.
[[nodiscard]] Response enter(Visit& visit, const std::string& account, const std::string& next);
[[nodiscard]] Session begin_session(Visit& visit, const std::string& account);
// A failed proof in the words of the page; any other error as it is.
[[nodiscard]] Error told_of_password(const Error& error, const char* code, const Said& said);

}  // namespace vermilion::web
