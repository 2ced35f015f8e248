// What makes a password good enough. Each rule has a code of its own, so that a person knows what to change.
//
// Text     UTF-8; judged by code points of its NFC, which is also what is hashed (password_form). At most 256 code points.
// Weak     A password is weak when, case, width and look-alikes (@ for a, 0 for o) aside, its words all stand in the list of weak_words.h with
//          only digits and signs around them (Password1234, P@ssw0rd-2026); when neighbouring keys make it up (qwertyuiop12, 1qaz2wsx3edc); when
//          it has fewer than five different characters or repeats one piece (Tree7-Tree7-).
// Errors   require_good_password throws invalid "password-not-text" (ill-formed, NUL or control characters), "password-too-long",
//          "password-too-short", "password-few-classes", "password-has-account", "password-weak".
// Threads  Pure functions.
// Source   seed 肆/八/(三)/6; system_checklist SC-10 to SC-14.
#pragma once
#include <string>

#include "identity/login_rules.h"

namespace vermilion::identity {

constexpr std::size_t kLongestPassword = 256;  // code points

// As it is hashed and compared: NFC, so that it is the same from every keyboard. Bytes that are no text come back as they are.
[[nodiscard]] std::string password_form(const std::string& typed);

void require_good_password(const std::string& typed, const std::string& account,
                           const PasswordRules& rules);

[[nodiscard]] bool is_weak_password(const std::string& typed);

// Random, of three classes: printed once and changed at the first sign-in.
[[nodiscard]] std::string random_password();

}  // namespace vermilion::identity
