// Trees as bytes: "<octal mode> <name>\0<20 id bytes>" for each entry.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "git/object.h"
#include "git/path.h"

namespace vermilion::git {
namespace {

constexpr std::size_t kUsualEntry = 32;  // bytes: a mode, a short name, an id

[[noreturn]] void bad_tree(const std::string& what) {
  throw Error(Failure::corrupt, "bad-tree",
              {"Git 目錄物件的格式不正確，請以備份還原（" + what + "）",
               "a Git tree is malformed; restore it from a backup (" + what + ")"});
}

std::uint32_t mode_of(const TreeEntry& entry) {
  if (entry.directory) return kDirectoryMode;
  return entry.mode != 0 ? entry.mode : kFileMode;
}

bool known_mode(std::uint32_t mode) {
  return mode == kFileMode || mode == kDirectoryMode || mode == kSubmoduleMode || mode == 0100755 ||
         mode == 0100664 || mode == 0120000;
}

std::uint32_t take_mode(std::string_view& rest) {
  const auto space = rest.substr(0, 7).find(' ');
  if (space == rest.npos || space == 0 || rest[0] == '0') bad_tree("mode");
  std::uint32_t mode = 0;
  for (const char digit : rest.substr(0, space)) {
    if (digit < '0' || digit > '7') bad_tree("mode");
    mode = mode * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  if (!known_mode(mode)) bad_tree("mode");
  rest.remove_prefix(space + 1);
  return mode;
}

TreeEntry take_entry(std::string_view& rest) {
  TreeEntry entry;
  entry.mode = take_mode(rest);
  entry.directory = entry.mode == kDirectoryMode;
  const auto end = rest.find('\0');
  if (end == rest.npos || rest.size() - end - 1 < entry.id.bytes.size()) bad_tree("truncated");
  entry.name = rest.substr(0, end);
  if (!is_tree_name(entry.name)) bad_tree("name");
  std::copy_n(rest.begin() + static_cast<std::ptrdiff_t>(end) + 1, entry.id.bytes.size(),
              reinterpret_cast<char*>(entry.id.bytes.data()));
  rest.remove_prefix(end + 1 + entry.id.bytes.size());
  return entry;
}

// Two entries of one name clash even when one is a file and the other a directory, and then they
// need not be neighbours in git's order ("a", "a.b", "a/").
bool has_double(const std::vector<TreeEntry>& entries) {
  std::vector<std::string_view> names;
  names.reserve(entries.size());
  for (const auto& entry : entries) names.push_back(entry.name);
  if (!std::is_sorted(names.begin(), names.end())) std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

// As if the name of a directory ended in '/', and without making such names: a tree of a thousand records is compared each act.
bool git_order(const TreeEntry& a, const TreeEntry& b) {
  const auto common = std::min(a.name.size(), b.name.size());
  if (const int order = a.name.compare(0, common, b.name, 0, common); order != 0) return order < 0;
  const auto next = [common](const TreeEntry& entry) {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return static_cast<unsigned char>(entry.directory ? '/' : '\0');
  };
  if (next(a) != next(b)) return next(a) < next(b);
  return false;
}

Bytes tree_bytes(const std::vector<TreeEntry>& entries) {
  if (!std::is_sorted(entries.begin(), entries.end(), git_order)) {
    auto sorted = entries;
    std::sort(sorted.begin(), sorted.end(), git_order);
    return tree_bytes(sorted);
  }
  Bytes bytes;
  bytes.reserve(entries.size() * kUsualEntry);
  for (const auto& entry : entries) {
    std::array<char, 12> mode{};
    const auto end = std::to_chars(mode.begin(), mode.end(), mode_of(entry), 8).ptr;
    *end = ' ';
    bytes.append(mode.data(), end + 1);
    bytes += entry.name;
    bytes += '\0';
    bytes.append(entry.id.bytes.begin(), entry.id.bytes.end());
  }
  return bytes;
}

std::vector<TreeEntry> parse_tree(std::string_view bytes) {
  std::vector<TreeEntry> entries;
  entries.reserve(bytes.size() / kUsualEntry + 1);
  while (!bytes.empty()) {
    entries.push_back(take_entry(bytes));
    const auto count = entries.size();
    if (count > 1 && !git_order(entries[count - 2], entries[count - 1])) bad_tree("order");
  }
  if (has_double(entries)) bad_tree("double name");
  return entries;
}

}  // namespace vermilion::git
