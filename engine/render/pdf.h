// A controlled text as a PDF: cover, contents, clauses, tables over pages, approval block.
//
// Shape    A4. Header: number, title, classification; footer: version, state mark, page n/N.
// Outline and links from
//          the table of contents. Fonts: Noto Sans TC from `fonts`, then Debian's CNS fonts for
//          what it lacks; subset by HarfBuzz.
// Level    PDF/A-2a and PDF/UA-1; PDF/A-2u beyond 200 pages; with attachments PDF/A-3a or 3u.
// Same     input, same bytes: no clock, no random id; dates come from the request.
// Threads  Any thread; one document per call.
// Errors   invalid "missing-glyph" naming each character that no font has, before anything is
// drawn; unavailable
//          "font-missing" naming the file.
// Source   architecture invariant 11; docs-src/formats/rendition.md.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/date.h"
#include "markup/document.h"

namespace vermilion::render {

// One line of the approval block. Absent fields are "".
struct Approval {
  std::string meaning;  // 核准, 會簽 …
  std::string name;
  std::string unit;
  std::string title;
  std::string on_behalf_of;  // name of the principal: printed 代
  std::string at;            // both calendars, as it shall be printed
  std::string label;         // 電子簽章（伺服器保管金鑰）…
  std::string certificate;   // short: first 16 hex digits of its SHA-256
};

struct RevisionRow {  // 修訂紀錄
  std::string version;
  std::string date;
  std::string summary;
  std::string author;
  std::string approver;
};

// The level of an archive copy; conformance.h says what each is for.
enum class Conformance { a2a, u2, a3a, u3, b1 };

// A file within the PDF. `relationship` as in ISO 19005-3: Source, Data, Alternative, Supplement.
struct Attachment {
  std::string name;
  std::string media_type;
  std::string description;
  std::string relationship;
  Bytes bytes;
};

// Leads from the paper to where it can be checked: at the foot of the cover, or above the text of a sheet.
struct PaperCode {
  std::string link;     // in the QR code
  std::string words;    // the same to be typed: ISMS-01-002 3.6 K7Q2-9M4T-1XWB
  std::string caption;  // what it is for
};

// An empty field for a signature that is still to come (pades.h), in a row of boxes at the end of the text.
struct SignatureField {
  std::string name;     // "seal": ASCII, once in a document
  std::string purpose;  // 機關印章: printed above the box, and what a reader is told
};

struct PdfRequest {
  const markup::Document* document = nullptr;
  std::map<std::string, Bytes> pictures = {};  // PNG and JPEG files that ![…](files/NAME) shows, by name
  std::string id;  // ISMS-01-002
  std::string title;
  std::string title_en;
  std::string organisation;    // on the cover, or ""
  std::string version;         // 3.6
  std::string classification;  // 公開
  std::string effective;       // as printed, "" in a review rendition
  std::string approval_number;
  std::vector<std::string> cover_lines;  // further lines such as 頒行：89 年 2 月
  std::vector<Approval> approvals;       // empty: review rendition, no approval block
  std::vector<SignatureField> signature_fields;
  std::vector<RevisionRow> revisions;
  bool sheet = false;          // record, certificate: the text alone, no cover or contents, signatures below it
  std::string notice = "列印後為非管制文件";  // in the middle of the footer
  std::string state_mark;      // watermark such as 作廢, or ""
  std::string content_digest;  // sha256:… printed small on the approval page
  Date date;                   // for the PDF's own metadata
  std::optional<PaperCode> code;
  std::vector<Attachment> attachments;
  // None: tagged (a2a, with attachments a3a) up to 200 pages, u2 (u3) beyond.
  std::optional<Conformance> conformance;
};

// Where the shipped fonts are: VERMILION_FONTS, else beside the program (../share/vermilion/fonts),
// else the source tree.
[[nodiscard]] std::filesystem::path font_folder();

// Throws as decode_image (image.h) does, and as the fonts do.
[[nodiscard]] Bytes render_pdf(const PdfRequest& request);

// What the bytes depend on besides the input: versions of the libraries and digests of the font
// files.
[[nodiscard]] std::string render_manifest();

}  // namespace vermilion::render
