#include "git/header_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace vermilion::git {
namespace {

bool is_person_text(const std::string& text) {
  const auto is_bad = [](char c) {
    return c == '<' || c == '>' || static_cast<unsigned char>(c) < 0x20;
  };
  return is_text(text) && std::none_of(text.begin(), text.end(), is_bad) && trim(text) == text;
}

}  // namespace

std::string person_line(const Author& person) {
  const auto seconds = person.at.time_since_epoch().count();
  if (person.name.empty() || !is_person_text(person.name) || !is_person_text(person.email) ||
      seconds < 0) {
    throw Error(Failure::invalid, "bad-author",
                {"作者名稱、信箱或時間不能寫入 Git，請更正：" + person.name,
                 "the author's name, address or time cannot be written to Git; correct it: " +
                     person.name});
  }
  return fmt::format("{} <{}> {} +0000", person.name, person.email, seconds);
}

std::optional<Author> parse_person(std::string_view line) {
  const auto open = line.find('<');
  const auto close = line.find("> ");
  if (open == line.npos || close == line.npos || open == 0 || close < open ||
      line[open - 1] != ' ') {
    return std::nullopt;
  }
  const auto digits = line.substr(close + 2);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  constexpr std::int64_t kLatest = 1LL << 40;  // the year 36812: beyond it calendars overflow
  if (error != std::errc() || seconds < 0 || seconds > kLatest) return std::nullopt;
  const std::string_view zone(end, static_cast<std::size_t>(digits.data() + digits.size() - end));
  if (zone.size() != 6 || zone[0] != ' ' || (zone[1] != '+' && zone[1] != '-')) return std::nullopt;
  return Author{std::string(line.substr(0, open - 1)),
                std::string(line.substr(open + 1, close - open - 1)),
                Instant(std::chrono::seconds(seconds))};
}

void require_message(const std::string& message) {
  if (is_text(message) && message.ends_with('\n')) return;
  throw Error(Failure::invalid, "bad-message",
              {"Git 訊息必須是以換行結尾的 UTF-8 文字",
               "a Git message must be UTF-8 text that ends in a newline"});
}

std::optional<std::string_view> take_header(std::string_view& rest, std::string_view key) {
  const auto end = rest.find('\n');
  if (end == rest.npos || end <= key.size() || !rest.starts_with(key) || rest[key.size()] != ' ') {
    return std::nullopt;
  }
  const auto value = rest.substr(key.size() + 1, end - key.size() - 1);
  rest.remove_prefix(end + 1);
  return value;
}

std::optional<ObjectId> take_id(std::string_view& rest, std::string_view key) {
  const auto before = rest;
  const auto value = take_header(rest, key);
  if (!value) return std::nullopt;
  const auto id = ObjectId::from_hex(*value);
  if (!id) rest = before;
  return id;
}

std::size_t tag_signature_at(std::string_view tag) noexcept {
  static constexpr std::array<std::string_view, 4> kOpenings = {
      "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----",
      "-----BEGIN PGP MESSAGE-----", "-----BEGIN SIGNED MESSAGE-----"};
  std::size_t found = tag.size();
  for (std::size_t line = 0; line < tag.size();) {
    const auto rest = tag.substr(line);
    if (std::any_of(kOpenings.begin(), kOpenings.end(),
                    [&](auto opening) { return rest.starts_with(opening); })) {
      found = line;
    }
    line = std::min(tag.find('\n', line), tag.size() - 1) + 1;
  }
  return found;
}

}  // namespace vermilion::git
