// The files that belong to a version beside its text: the pictures it shows. What is signed names each by its SHA-256, so a changed
// picture has no approval, like a changed text.
//
// Shape    files/<name> on the draft branch, their digests in draft.json; documents/<id>/files/<name> on main as the newest version has
//          them, beside what an import brought (raw.txt), which is never one of them. A name is one part of a path, at most 100 bytes,
//          without space or punctuation but - _ . and ends in .png, .jpg or .jpeg.
// Units    Bytes.
// Errors   invalid "bad-file-name", "file-too-large", "files-too-many"; for pictures, naming the line: "image-unknown" (no such file),
//          "image-elsewhere" (not files/NAME), "image-without-words", "image-in-sentence"; "file-unused". corrupt "draft-file-differs".
// Source   docs-src/formats/markdown.md, store.md; architecture section 2.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflow/drafts.h"

namespace vermilion::workflow {

inline constexpr std::size_t kMostFileBytes = 4 << 20;
inline constexpr std::size_t kMostFilesBytes = 24 << 20;  // of a version together
inline constexpr std::size_t kMostFiles = 40;

[[nodiscard]] bool is_file_name(const std::string& name);
// Name and size.
void require_file(const std::string& name, const Bytes& bytes);

// The bytes of a draft's files, compared with the digests in draft.json.
[[nodiscard]] std::map<std::string, Bytes> draft_files(store::Store& store, const Draft& draft);

// One of them; nothing if the draft has none of that name.
[[nodiscard]] std::optional<Bytes> draft_file(store::Store& store, const std::string& id,
                                              const model::Version& version,
                                              const std::string& name);
// As the act that published the version left it; nothing if it has none of that name.
[[nodiscard]] std::optional<Bytes> published_file(store::Store& store, const std::string& id,
                                                  const model::Version& version,
                                                  const std::string& name);

[[nodiscard]] std::string published_file_path(const std::string& id, const std::string& name);
// Name and digest of each that the version published in `evidence` has.
[[nodiscard]] std::map<std::string, std::string> published_files(const store::Snapshot& evidence,
                                                                 const std::string& id);

// What is wrong with the pictures of a text, first to last; `line` 0 for a file that the text does not show.
struct PictureFault {
  int line = 0;
  std::string code;
  Said said;
};
[[nodiscard]] std::vector<PictureFault> picture_faults(const Bytes& markdown,
                                                       const model::DraftInfo& info);
// Throws the first of them.
void require_pictures(const Draft& draft);

// For save_draft: what becomes of files/ on the branch.
using FileChanges = std::map<std::string, std::optional<Bytes>>;
// Those of the newest version, put down in `info`.
[[nodiscard]] FileChanges files_to_begin_with(const store::Snapshot& evidence,
                                              const std::string& id, model::DraftInfo& info);
void change_files(const store::Snapshot& branch, model::DraftInfo& info, const FileChanges& wanted,
                  FileChanges& files);

}  // namespace vermilion::workflow
