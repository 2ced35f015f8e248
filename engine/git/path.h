// Names inside trees: what git can store, and the narrower set this engine writes.
//
// Why      Names come from uploads. What stock git would refuse (".git" in its disguises), rewrite
// on checkout
//          (".gitattributes") or take for a separator ("\") must not get into the evidence.
// Source   git's fsck messages hasDot, hasDotdot, hasDotgit, fullPathname.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "git/object.h"

namespace vermilion::git {

constexpr std::uint32_t kFileMode = 0100644;
constexpr std::uint32_t kDirectoryMode = 0040000;
constexpr std::uint32_t kSubmoduleMode = 0160000;
constexpr std::size_t kMaxDepth =
    64;  // directories below each other; a hostile tree must not exhaust the stack

// True if git can hold an entry of this name at all.
[[nodiscard]] bool is_tree_name(std::string_view name) noexcept;

// The parts of a path to be written or read. Throws invalid ("bad-path") naming the path.
[[nodiscard]] std::vector<std::string> path_parts(const std::string& path);

// The order of entries in a tree: bytes of the name, a directory as if it ended in "/".
[[nodiscard]] bool git_order(const TreeEntry& a, const TreeEntry& b);

}  // namespace vermilion::git
