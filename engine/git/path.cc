#include "git/path.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace vermilion::git {
namespace {

[[noreturn]] void bad_path(const std::string& path) {
  throw Error(Failure::invalid, "bad-path",
              {"路徑「" + path + "」不能使用，請改用不含 ..、.git、反斜線與控制字元的名稱",
               "the path \"" + path +
                   "\" cannot be used; choose names without .., .git, backslashes and control "
                   "characters"});
}

// Code points that HFS+ ignores, so that ".g\u200cit" would be ".git" on a Mac.
bool is_ignored(char32_t c) noexcept {
  return (c >= 0x200c && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x206a && c <= 0x206f) || c == 0xfeff;
}

std::string folded_name(std::string_view name) {
  std::string plain;
  for (const char32_t c : code_points(name)) {
    if (is_ignored(c)) continue;
    plain += c >= U'A' && c <= U'Z' ? utf8(c + 32) : utf8(c);
  }
  return plain;
}

bool may_be_written(const std::string& part) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\';
  };
  if (!is_tree_name(part) || !is_text(part) || std::any_of(part.begin(), part.end(), is_control))
    return false;
  const auto name = folded_name(part);
  return !name.starts_with(".git") && !name.starts_with("git~");
}

}  // namespace

bool is_tree_name(std::string_view name) noexcept {
  return !name.empty() && name != "." && name != ".." && name != ".git" &&
         name.find('/') == name.npos;
}

std::vector<std::string> path_parts(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    parts.push_back(path.substr(begin, end - begin));
    if (!may_be_written(parts.back()) || parts.size() > kMaxDepth) bad_path(path);
    begin = end + 1;
  }
  return parts;
}

}  // namespace vermilion::git
