// The folder of an index: one sub-folder per generation, and `current`, naming the one that
// answers.
//
// Shape   <folder>/g1/, g2/ … and <folder>/current ("g2\n"), replaced as a whole. A generation
//         that `current` does not name is half-written or outlived and may go at any time.
// Errors  The disk's own codes.
// Source  docs-src/formats/search.md.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace vermilion::search {

// The generation that `current` names; nothing when the file is absent or is not such a name.
[[nodiscard]] std::optional<std::string> current_generation(const std::filesystem::path& folder);

[[nodiscard]] bool has_current(const std::filesystem::path& folder);

// A name no generation in the folder has; higher than all of them.
[[nodiscard]] std::string next_generation(const std::filesystem::path& folder);

// Durable when it returns: from then on readers open this one.
void make_current(const std::filesystem::path& folder, const std::string& name);

// Removes every generation but `keep`. What cannot be removed now goes next time.
void remove_others(const std::filesystem::path& folder, const std::string& keep);

}  // namespace vermilion::search
