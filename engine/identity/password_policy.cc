#include "identity/password_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "base/fold.h"
#include "base/text.h"
#include "crypto/random.h"
#include "identity/weak_words.h"

namespace vermilion::identity {
namespace {

[[noreturn]] void refuse(const char* code, std::string zh, std::string en) {
  throw Error(Failure::invalid, code, {std::move(zh), std::move(en)});
}

void require_plain_text(const std::string& typed) {
  bool plain = is_text(typed);
  if (plain) {
    for (const char32_t c : code_points(typed))
      plain = plain && kind_of(c) != CharacterKind::control;
  }
  if (!plain) {
    refuse("password-not-text", "密碼含有控制字元或無法辨識的位元組，請改用一般可輸入的字元",
           "the password holds control characters or bytes that are no text; use plain characters");
  }
}

void require_length(std::size_t length, std::size_t least) {
  if (length > kLongestPassword) {
    refuse("password-too-long", fmt::format("密碼最多 {} 個字元，請縮短", kLongestPassword),
           fmt::format("a password has at most {} characters; shorten it", kLongestPassword));
  }
  if (length < least) {
    refuse("password-too-short", fmt::format("密碼至少 {} 個字元，請加長", least),
           fmt::format("a password has at least {} characters; make it longer", least));
  }
}

int classes_of(const std::u32string& text) {
  std::set<CharacterKind> kinds;
  for (const char32_t c : text) kinds.insert(kind_of(c));
  return static_cast<int>(kinds.size());
}

// What a person writes for a letter to pretend a sign or digit.
char32_t unmasked(char32_t c) {
  constexpr std::u32string_view signs = U"@4830!1$57", letters = U"aabeoiisst";
  const auto at = signs.find(c);
  return at == std::u32string_view::npos ? c : letters[at];
}

bool is_letter(char32_t c) {
  return kind_of(c) == CharacterKind::lower || kind_of(c) == CharacterKind::upper || is_cjk(c);
}

// The end of the word that begins there: letters of one kind of script.
std::size_t word_end(const std::u32string& text, std::size_t start) {
  auto end = start;
  while (end < text.size() && is_letter(text[end]) && is_cjk(text[end]) == is_cjk(text[start]))
    ++end;
  return end;
}

// Whether there are weak words and no others. One or two letters are no word.
bool only_weak_words(const std::u32string& text) {
  constexpr std::size_t shortest = 3;
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto end = std::max(word_end(text, i), i + 1);
    const auto word = std::u32string_view(text).substr(i, end - i);
    i = end;
    if (!is_letter(word.front()) || (word.size() < shortest && !is_cjk(word.front()))) continue;
    if (!is_weak_word(utf8(word))) return false;
    any = true;
  }
  return any;
}

// What stands around the words is no letter in disguise: P@ssw0rd1234! is password and 1234!.
std::u32string without_masks(const std::u32string& text) {
  const auto digit = [](char32_t c) { return kind_of(c) == CharacterKind::digit; };
  const auto last = std::find_if(text.rbegin(), text.rend(), is_letter).base();
  const auto first = std::find_if_not(text.begin(), last, digit);
  std::u32string plain = text;
  std::transform(first, last, plain.begin() + (first - text.begin()), unmasked);
  return plain;
}

// Rows and columns of the keyboard, both ways.
constexpr std::array<std::u32string_view, 12> kKeys = {
    U"1234567890-=", U"qwertyuiop[]", U"asdfghjkl;'", U"zxcvbnm,./", U"1qaz", U"2wsx",
    U"3edc",         U"4rfv",         U"5tgb",        U"6yhn",       U"7ujm", U"8ik,"};

bool are_neighbours(char32_t a, char32_t b) {
  return std::any_of(kKeys.begin(), kKeys.end(), [&](auto row) {
    const auto at = row.find(a), next = row.find(b);
    const bool both = at != row.npos && next != row.npos;
    return both && (at + 1 == next || next + 1 == at);
  });
}

// How much is left when each walk over four or more neighbouring keys, or the same key, counts as one.
std::size_t without_walks(const std::u32string& text) {
  constexpr std::size_t shortest = 4;
  std::size_t left = 0;
  for (std::size_t i = 0; i < text.size();) {
    auto end = i + 1;
    while (end < text.size() &&
           (text[end] == text[end - 1] || are_neighbours(text[end - 1], text[end])))
      ++end;
    left += end - i >= shortest ? 1 : end - i;
    i = end;
  }
  return left;
}

bool repeats_a_piece(const std::u32string& text) {
  for (std::size_t piece = 1; piece * 2 <= text.size(); ++piece) {
    bool repeats = true;
    for (std::size_t i = piece; i < text.size() && repeats; ++i)
      repeats = text[i] == text[i - piece];
    if (repeats) return true;
  }
  return false;
}

}  // namespace

std::string password_form(const std::string& typed) {
  return is_text(typed) ? lookup_form(typed) : typed;
}

bool is_weak_password(const std::string& typed) {
  constexpr std::size_t fewest_characters = 5, fewest_steps = 7;
  const auto text = code_points(compatibility_fold(typed));
  return std::set<char32_t>(text.begin(), text.end()).size() < fewest_characters ||
         repeats_a_piece(text) || without_walks(text) < fewest_steps || only_weak_words(text) ||
         only_weak_words(without_masks(text));
}

void require_good_password(const std::string& typed, const std::string& account,
                           const PasswordRules& rules) {
  require_plain_text(typed);
  const auto text = code_points(password_form(typed));
  require_length(text.size(), rules.min_length);
  if (classes_of(text) < rules.classes) {
    refuse("password-few-classes",
           fmt::format("密碼須含大寫、小寫、數字、特殊符號四類中的至少 {} 類", rules.classes),
           fmt::format("a password needs {} of: upper case, lower case, digits, signs",
                       rules.classes));
  }
  const auto folded = compatibility_fold(typed);
  if (folded.find(compatibility_fold(account)) != std::string::npos) {
    refuse("password-has-account", "密碼不得包含帳號（不分大小寫），請改用與帳號無關的文字",
           "a password must not contain the account, in whatever case; use unrelated words");
  }
  if (is_weak_password(typed)) {
    refuse("password-weak",
           "密碼太容易猜到（常見字詞加數字、鍵盤順序或重複），請改用數個不相干的詞",
           "the password is easily guessed (a common word with digits, a walk over the keyboard, "
           "or repetition); use several unrelated words");
  }
}

std::string random_password() {
  std::string password;
  do {
    password = crypto::random_passphrase(4);
    // Three classes whatever was drawn: the first group begins with a capital and a digit follows the last.
    password.front() =
        "ABCDEFGHJKMNPQRSTUVWXYZ"[static_cast<unsigned char>(crypto::random_bytes(1)[0]) % 23];
    password += "7";
  } while (is_weak_password(password));  // a draw may walk over the keyboard
  return password;
}

}  // namespace vermilion::identity
