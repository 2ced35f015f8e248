// What the pages of signing in share.
#pragma once
#include "service/agency.h"
#include "web/visit.h"

namespace vermilion::web {

// Who asks, before he has proved anything, whoever he was before.
[[nodiscard]] service::Caller nobody_yet(const Visit& visit);
// Somebody has just proved who he is: a fresh session, and on to `next` or to what was kept for him. `agency`: by his account there.
[[nodiscard]] Response enter(Visit& visit, const std::string& account, const std::string& next,
                             const service::AgencyProof* agency = nullptr);
[[nodiscard]] Session begin_session(Visit& visit, const std::string& account,
                                    const service::AgencyProof* agency = nullptr);
// The sign-in form with what is wrong; with the token that the request came with, so that equal requests get equal answers.
[[nodiscard]] Response login_form(Visit& visit, const std::string& next, const Error* problem);
// By the password in the form, at the directory by which he came.
void prove_by_directory_password(Visit& visit);
// Whatever shows, for one signature by a key in the browser or one deed like it, that it is he: the agency's account if he came by it,
// else what prove_afresh takes (passkey.h). Throws forbidden "login-failed", "sign-in-again".
void prove_for_signature(Visit& visit, const std::string& purpose);
// Throws invalid "password-mistyped" unless the form has the new password the same twice.
void require_typed_twice(const Request& request);
// A failed proof in the words of the page; any other error as it is.
[[nodiscard]] Error told_of_password(const Error& error, const char* code, const Said& said);

}  // namespace vermilion::web
