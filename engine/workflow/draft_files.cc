#include "workflow/draft_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "markup/images.h"
#include "workflow/documents.h"

namespace vermilion::workflow {
namespace {

using model::Version;

constexpr std::size_t kMostNameBytes = 100;
constexpr std::string_view kEndings[] = {".png", ".jpg", ".jpeg"};

bool ends_well(const std::string& name) {
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

// Letters and digits of any script, and - _ . among them: a name stands in Markdown, in addresses and in paths as it is.
bool is_name_character(char32_t c) {
  if (c < 0x80) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
  }
  return is_cjk(c);
}

std::string folder_of(const std::string& id) { return model::document_folder(id) + "/files"; }

[[noreturn]] void refuse_file(const char* code, const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, code, {zh, en});
}

void require_size(const std::string& name, const Bytes& bytes) {
  if (bytes.size() <= kMostFileBytes) return;
  refuse_file(
      "file-too-large",
      fmt::format("檔案「{}」超過 {} MiB；請縮小後再加入", name, kMostFileBytes >> 20),
      fmt::format("the file {} has more than {} MiB; make it smaller", name, kMostFileBytes >> 20));
}

std::size_t size_of(const store::Snapshot& branch, const FileChanges& files,
                    const std::string& name) {
  const auto changed = files.find(name);
  if (changed != files.end()) return changed->second->size();
  return branch.require("files/" + name).size();
}

void require_few(const store::Snapshot& branch, const model::DraftInfo& info,
                 const FileChanges& files) {
  std::size_t bytes = 0;
  for (const auto& [name, digest] : info.files) bytes += size_of(branch, files, name);
  if (bytes <= kMostFilesBytes && info.files.size() <= kMostFiles) return;
  refuse_file("files-too-many",
              fmt::format("一個版次的檔案至多 {} 個、合計 {} MiB；請移除或縮小其中幾個", kMostFiles,
                          kMostFilesBytes >> 20),
              fmt::format("a version has at most {} files of {} MiB together; remove some or make "
                          "them smaller",
                          kMostFiles, kMostFilesBytes >> 20));
}

void require_there(const model::DraftInfo& info, const std::string& name) {
  if (info.files.contains(name)) return;
  throw Error(
      Failure::not_found, "no-draft-file",
      {fmt::format("草案沒有檔案「{}」", name), fmt::format("the draft has no file {}", name)});
}

Bytes checked_file(const store::Snapshot& branch, const std::string& name,
                   const std::string& digest) {
  auto bytes = branch.require("files/" + name);
  if (evidence::content_digest(bytes) == digest) return bytes;
  throw Error(Failure::corrupt, "draft-file-differs",
              {fmt::format("草案的檔案「{}」與其摘要不符；請重新加入", name),
               fmt::format("the draft's file {} does not match its digest; add it again", name)});
}

PictureFault fault_at(const markup::ImageUse& use, const char* code, const std::string& zh,
                      const std::string& en) {
  return {use.line,
          code,
          {fmt::format("第 {} 行：{}", use.line, zh), fmt::format("line {}: {}", use.line, en)}};
}

std::optional<PictureFault> fault_of(const markup::ImageUse& use, const model::DraftInfo& info) {
  const auto name = markup::file_name_of(use.url);
  if (!is_file_name(name)) {
    return fault_at(
        use, "image-elsewhere",
        fmt::format("圖「{}」不是草案的檔案；請加入草案，寫成 ![說明](files/檔名)", use.url),
        fmt::format("the picture {} is no file of the draft; add it and write "
                    "![what is seen](files/NAME)",
                    use.url));
  }
  if (!info.files.contains(name)) {
    return fault_at(
        use, "image-unknown",
        fmt::format("草案沒有圖檔「{}」；請先加入（document draft --file）", name),
        fmt::format("the draft has no file {}; add it first (document draft --file)", name));
  }
  if (trim(use.alt).empty()) {
    return fault_at(
        use, "image-without-words",
        fmt::format("圖「{}」沒有替代文字；請在 [ ] 裡寫出圖的內容", name),
        fmt::format("the picture {} has no alternate text; say between [ ] what is seen", name));
  }
  if (!use.in_figure) {
    return fault_at(
        use, "image-in-sentence",
        fmt::format("圖「{}」要自成一段：前後空一行，不在句中、標題或表格裡", name),
        fmt::format("the picture {} has to be a paragraph of its own: not in a sentence, a "
                    "heading or a table",
                    name));
  }
  return std::nullopt;
}

PictureFault unused(const std::string& name) {
  return {0,
          "file-unused",
          {fmt::format("檔案「{}」沒有出現在內文；請以 ![說明](files/{}) 引用，或移除", name, name),
           fmt::format("the text does not show the file {}; write ![what is seen](files/{}), or "
                       "remove it",
                       name, name)}};
}

}  // namespace

bool is_file_name(const std::string& name) {
  if (name.size() > kMostNameBytes || !ends_well(name) || name.front() == '.' || !is_text(name))
    return false;
  const auto points = code_points(name);
  return std::all_of(points.begin(), points.end(), is_name_character);
}

void require_file(const std::string& name, const Bytes& bytes) {
  if (is_file_name(name)) return require_size(name, bytes);
  refuse_file(
      "bad-file-name",
      "檔名只用中文、英文字母、數字與 - _ .，結尾為 .png、.jpg 或 .jpeg（小寫），例如 網路架構.png",
      "a file name has letters, digits and - _ . only and ends in .png, .jpg or .jpeg in lower "
      "case, such as network.png");
}

std::map<std::string, Bytes> draft_files(store::Store& store, const Draft& draft) {
  std::map<std::string, Bytes> files;
  if (draft.info.files.empty()) return files;
  const auto branch = store.draft_of(draft.commit);
  for (const auto& [name, digest] : draft.info.files)
    files.emplace(name, checked_file(branch, name, digest));
  return files;
}

std::optional<Bytes> draft_file(store::Store& store, const std::string& id, const Version& version,
                                const std::string& name) {
  const auto draft = require_draft(store, id, version);
  const auto known = draft.info.files.find(name);
  if (known == draft.info.files.end()) return std::nullopt;
  return checked_file(store.draft_of(draft.commit), name, known->second);
}

std::optional<Bytes> published_file(store::Store& store, const std::string& id,
                                    const Version& version, const std::string& name) {
  if (!is_file_name(name)) return std::nullopt;
  return store.evidence_of(published_at(store, id, version)).read(published_file_path(id, name));
}

std::string published_file_path(const std::string& id, const std::string& name) {
  return folder_of(id) + "/" + name;
}

std::map<std::string, std::string> published_files(const store::Snapshot& evidence,
                                                   const std::string& id) {
  std::map<std::string, std::string> files;
  for (const auto& entry : evidence.list(folder_of(id))) {
    if (is_file_name(entry.name))
      files[entry.name] = evidence::content_digest(evidence.blob(entry.id));
  }
  return files;
}

std::vector<PictureFault> picture_faults(const Bytes& markdown, const model::DraftInfo& info) {
  std::vector<PictureFault> faults;
  std::set<std::string> shown;
  for (const auto& use : markup::images_of(markup::parse_markdown(markdown))) {
    shown.insert(markup::file_name_of(use.url));
    if (auto fault = fault_of(use, info)) faults.push_back(std::move(*fault));
  }
  for (const auto& [name, digest] : info.files) {
    if (!shown.contains(name)) faults.push_back(unused(name));
  }
  return faults;
}

void require_pictures(const Draft& draft) {
  const auto faults = picture_faults(draft.markdown, draft.info);
  if (faults.empty()) return;
  throw Error(Failure::invalid, faults.front().code, faults.front().said);
}

FileChanges files_to_begin_with(const store::Snapshot& evidence, const std::string& id,
                                model::DraftInfo& info) {
  FileChanges files;
  info.files = published_files(evidence, id);
  for (const auto& [name, digest] : info.files)
    files[name] = evidence.require(published_file_path(id, name));
  return files;
}

void change_files(const store::Snapshot& branch, model::DraftInfo& info, const FileChanges& wanted,
                  FileChanges& files) {
  if (wanted.empty()) return;
  for (const auto& [name, bytes] : wanted) {
    if (bytes) {
      require_file(name, *bytes);
      info.files[name] = evidence::content_digest(*bytes);
    } else {
      require_there(info, name);
      info.files.erase(name);
    }
    // What was only to begin with is not on the branch yet: there is nothing to remove.
    if (bytes || branch.read("files/" + name))
      files[name] = bytes;
    else
      files.erase(name);
  }
  require_few(branch, info, files);
}

}  // namespace vermilion::workflow
