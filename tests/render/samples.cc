#include "samples.h"

#include <fmt/ranges.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "support/shared.h"

namespace fs = std::filesystem;
using namespace vermilion;

namespace samples {

TemporaryFile::TemporaryFile(const std::string& bytes, const std::string& suffix) {
  static std::atomic<int> number{0};
  path_ = fs::temp_directory_path() / ("vermilion-render-" + std::to_string(getpid()) + "-" +
                                       std::to_string(++number) + suffix);
  std::ofstream(path_, std::ios::binary) << bytes;
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe);
  std::string output;
  char block[65536];
  while (const size_t size = fread(block, 1, sizeof block, pipe)) output.append(block, size);
  const int status = pclose(pipe);
  INFO(command << "\n" << output.substr(0, 2000));
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 0);
  return output;
}

namespace {

std::vector<std::string> pages_by(const std::string& pdf, const std::string& options) {
  const TemporaryFile file(pdf);
  std::istringstream text(output_of("pdftotext -raw " + options + " " + file.path() + " -"));
  std::vector<std::string> pages;
  for (std::string page; std::getline(text, page, '\f');) pages.push_back(without_space(page));
  return pages;
}

}  // namespace

std::vector<std::string> page_texts(const std::string& pdf) { return pages_by(pdf, ""); }

std::vector<std::string> page_bodies(const std::string& pdf) {
  return pages_by(pdf, "-x 0 -y 60 -W 600 -H 720");
}

std::string text_of(const std::string& pdf) {
  return fmt::format("{}", fmt::join(page_texts(pdf), ""));
}

std::string body_of(const std::string& pdf) {
  auto pages = page_bodies(pdf);
  REQUIRE_FALSE(pages.empty());
  pages.erase(pages.begin());
  return fmt::format("{}", fmt::join(pages, ""));
}

std::string without_space(const std::string& text) {
  std::u32string kept;
  for (const char32_t c : code_points(text)) {
    if (!is_space(c) && c != U'\f') kept += c;
  }
  return utf8(kept);
}

size_t count_of(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::vector<Picture> pictures_of(const std::string& pdf, int dots_per_inch) {
  const TemporaryFile file(pdf);
  // One PGM after the other: "P5\n<width> <height>\n255\n" and the gray values.
  std::istringstream stream(
      output_of("pdftoppm -gray -r " + std::to_string(dots_per_inch) + " " + file.path()));
  std::vector<Picture> pictures;
  std::string kind;
  int depth = 0;
  for (Picture picture; stream >> kind >> picture.width >> picture.height >> depth;) {
    REQUIRE(kind == "P5");
    stream.get();
    picture.gray.resize(static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height));
    stream.read(picture.gray.data(), static_cast<std::streamsize>(picture.gray.size()));
    pictures.push_back(picture);
  }
  return pictures;
}

std::string starter_text(const std::string& name) {
  const auto text = file_bytes(fs::path(VERMILION_SOURCE_DIR) / "docs-src" / "isms" / name);
  REQUIRE_FALSE(text.empty());
  return text;
}

std::string starter_texts() {
  std::string text;
  for (const auto& entry :
       fs::directory_iterator(fs::path(VERMILION_SOURCE_DIR) / "docs-src" / "isms"))
    text += starter_text(entry.path().filename());
  return text;
}

render::PdfRequest published(const markup::Document& document) {
  render::PdfRequest request;
  request.document = &document;
  request.id = "ISMS-01-002";
  request.title = "資訊安全管理規範";
  request.title_en = "Information Security Management Regulation";
  request.organisation = "行政院環境保護署";
  request.version = "3.6";
  request.classification = "公開";
  request.effective = "民國115年12月1日（2026-12-01）";
  request.approval_number = "環署監字第1150012345號";
  request.cover_lines = {"頒行：89 年 2 月", "修訂：115 年 11 月 22 日"};
  request.revisions = {{"3.5", "民國104年8月28日", "依 CNS 27001 全文修正", "陳怡君", "王大明"},
                       {"3.6", "民國115年11月22日", "修正備份頻率", "陳怡君", "王大明"}};
  request.approvals = {
      {"會簽", "林堃", "政風室", "主任", "", "民國115年11月20日 16:05",
       "電子簽章（伺服器保管金鑰）", "3f9a1c0be7d24455"},
      {"核准", "\U00020BB7田\U0002137C", "監資處", "處長", "王大明", "民國115年11月22日 09:30",
       "電子簽章（本人保管金鑰檔）", "a01b22c3d4e5f607"}};
  request.content_digest =
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  request.date = std::chrono::year(2026) / 11 / 22;
  return request;
}

render::PdfRequest titled(const markup::Document& document) {
  render::PdfRequest request;
  request.document = &document;
  request.id = "T-1";
  request.title = "試印";
  request.version = "1.0";
  request.classification = "公開";
  request.date = std::chrono::year(2026) / 11 / 22;
  return request;
}

std::string rendered(const std::string& markdown) {
  const auto document = markup::parse_markdown(markdown);
  return render::render_pdf(titled(document));
}

std::string regulation_pdf() {
  const auto document = markup::parse_markdown(starter_text("ISMS-01-002.md"));
  return render::render_pdf(published(document));
}

}  // namespace samples
