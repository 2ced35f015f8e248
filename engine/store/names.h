// Names that become refs of a git repository.
#pragma once
#include <string>

namespace vermilion::store {

// "refs/heads/ISMS-01-001", "refs/tags/ISMS-01-001/3.6". Throws invalid ("bad-name") for what git
// refuses as a ref, for names beyond 200 bytes, and for branches below inbox/, which outsiders push
// to.
[[nodiscard]] std::string branch_ref(const std::string& branch);
[[nodiscard]] std::string tag_ref(const std::string& tag);

}  // namespace vermilion::store
