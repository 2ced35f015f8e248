// Turns text extracted from a paginated original into our Markdown.
//
// Shape    Joins lines broken inside a sentence (between two CJK characters without a space), drops
//          the printed table of contents, recognises the clause numbering 壹 / 一 / (一) / 1 / (1)
//          in all its spellings (、 ． 、 full and half width, with or without "- " and
//          indentation), keeps printed labels even where the numbering breaks, turns tab-separated
//          rows into tables, and reads the cover (title, version, approval number, ROC dates).
// Nothing  of the text is lost: every non-space character of the input's body stands in the output,
//          in order; what was doubtful is listed in `notes` with its line.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::markup {

struct ImportNote {
  int line;  // of the input, from 1
  std::string zh;
  std::string en;
};

struct Imported {
  std::string markdown;         // without front matter
  std::string title;            // 資訊安全管理規範
  std::string issuer;           // 行政院環境保護署
  std::string version;          // 3.5
  std::string approval_number;  // 環署資字第1041105975號函
  std::string promulgated;      // as printed, such as 89 年 2 月
  std::string revised;          // as printed
  std::vector<ImportNote> notes;
};

[[nodiscard]] Imported import_text(std::string_view text);

}  // namespace vermilion::markup
