// The tables about the document itself: 修訂紀錄 and 簽核紀錄.
#include "base/text.h"
#include "markup/blocks.h"
#include "render/front.h"
#include "render/table.h"

namespace vermilion::render {
namespace {

using markup::Block;
using markup::Cell;
using markup::headed;
using markup::lines;

std::vector<Cell> approval_row(const Approval& approval) {
  const std::string certificate =
      approval.certificate.empty() ? "" : "憑證 " + approval.certificate;
  const std::string principal = approval.on_behalf_of.empty() ? "" : "代 " + approval.on_behalf_of;
  return {headed(approval.meaning, {}), lines({approval.unit, approval.title}),
          headed(approval.name, {principal}), lines({approval.at}),
          lines({approval.label, certificate})};
}

std::vector<Piece> notes(const std::string& digest, Typesetter& typesetter) {
  constexpr Setting setting{style::small_size, style::small_leading + 1};
  std::string text =
      "本表依各簽章聲明產生；簽章以隨文保存之分離式簽章檔（.p7s）為準，可用 OpenSSL 驗證。";
  if (!digest.empty()) text += "\n內容摘要　" + digest;
  const Span words = span(text, Weight::regular, style::quiet);
  auto pieces = line_pieces(typesetter.lines({words}, setting.size, style::text_width), 0, setting);
  pieces.front().space_before = 9;
  mark(pieces, typesetter.structure().add("P"), typesetter.structure());
  return pieces;
}

}  // namespace

Piece page_heading(const std::string& text, const std::string& anchor, Typesetter& typesetter) {
  constexpr Setting setting{17.5F, 28};
  Piece piece = line_piece(typesetter.line({span(text, Weight::bold)}, setting.size), 0, setting);
  typesetter.structure().mark(piece.ink, typesetter.structure().add_heading(2));
  piece.ink.fills.push_back({0, 33, 34, 2.4F, style::vermilion});
  piece.height = 46;
  piece.starts_page = true;
  piece.keep_with_next = true;
  piece.anchors.push_back(anchor);
  return piece;
}

std::vector<Piece> revision_pieces(const std::vector<RevisionRow>& rows, Typesetter& typesetter) {
  if (rows.empty()) return {};
  std::vector<Piece> pieces{page_heading("修訂紀錄", "revisions", typesetter)};
  Block block = markup::table_of({"版次", "日期", "修訂內容", "修訂者", "核准者"});
  for (const auto& row : rows) {
    block.rows.push_back({headed(row.version, {}), lines({row.date}), lines({row.summary}),
                          lines({row.author}), lines({row.approver})});
  }
  append(pieces, table_pieces(block, {0, style::text_width, {8, 25, 37, 15, 15}}, typesetter));
  return pieces;
}

std::vector<Piece> approval_pieces(const PdfRequest& request, Typesetter& typesetter) {
  if (request.approvals.empty()) return {};
  std::vector<Piece> pieces{page_heading("簽核紀錄", "approvals", typesetter)};
  Block block = markup::table_of({"意旨", "單位／職稱", "姓名", "時間", "簽章"});
  for (const auto& approval : request.approvals) block.rows.push_back(approval_row(approval));
  append(pieces, table_pieces(block, {0, style::text_width, {9, 17, 14, 28, 32}}, typesetter));
  append(pieces, notes(request.content_digest, typesetter));
  return pieces;
}

}  // namespace vermilion::render
