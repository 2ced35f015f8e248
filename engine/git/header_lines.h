// What commits and tags share: header lines, people, and the places of signatures.
//
// Source   git's documented object formats; gpg-interface.c for where git looks for a tag's
// signature.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "git/object.h"

namespace vermilion::git {

// "name <email> seconds +0000". Throws invalid ("bad-author").
[[nodiscard]] std::string person_line(const Author& person);
// Nothing if the text is not such a line. Any zone is read; the instant is the same.
[[nodiscard]] std::optional<Author> parse_person(std::string_view line);

// Throws invalid ("bad-message") unless it is UTF-8 without NUL that ends in a newline.
void require_message(const std::string& message);

// Removes "<key> <value>\n" from the front of `rest` and returns the value; nothing if another line
// stands there.
[[nodiscard]] std::optional<std::string_view> take_header(std::string_view& rest,
                                                          std::string_view key);
[[nodiscard]] std::optional<ObjectId> take_id(std::string_view& rest, std::string_view key);

// Where the signature begins in a tag (its size if there is none): the last line that opens one.
[[nodiscard]] std::size_t tag_signature_at(std::string_view tag) noexcept;

}  // namespace vermilion::git
