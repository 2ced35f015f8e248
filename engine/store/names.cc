#include "store/names.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace vermilion::store {
namespace {

bool is_part(std::string_view part) {
  return !part.empty() && part.front() != '.' && part.front() != '-' && part.back() != '.' &&
         !part.ends_with(".lock");
}

bool is_ref_name(std::string_view name) {
  if (name.empty() || name.size() > 200 || !is_text(name)) return false;
  const bool plain = std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f ||
           std::string_view("~^:?*[\\").find(c) != std::string_view::npos;
  });
  if (!plain || name.find("..") != name.npos || name.find("@{") != name.npos || name == "@") {
    return false;
  }
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    if (!is_part(name.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

std::string ref(const char* folder, const std::string& name, bool allowed) {
  if (allowed && is_ref_name(name)) return folder + name;
  throw Error(
      Failure::invalid, "bad-name",
      {"名稱不能作為版本庫的分支或標籤，請只用英數字、點、連字號與斜線：" + name,
       "the name cannot be a branch or tag; use letters, digits, '.', '-' and '/': " + name});
}

}  // namespace

std::string branch_ref(const std::string& branch) {
  return ref("refs/heads/", branch, branch != "inbox" && !branch.starts_with("inbox/"));
}

std::string tag_ref(const std::string& tag) { return ref("refs/tags/", tag, true); }

}  // namespace vermilion::store
