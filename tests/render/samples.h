// Requests to render, and what poppler and qpdf say of the result.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "render/pdf.h"

namespace samples {

// A file of its own in the temporary folder, removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes, const std::string& suffix = ".pdf");
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// What `command` writes to both its outputs; fails the test if it does not exit with 0.
std::string output_of(const std::string& command);

// The text of each page in drawing order, white space removed.
std::vector<std::string> page_texts(const std::string& pdf);

// The same of the pages' bodies only: header and footer are cropped.
std::vector<std::string> page_bodies(const std::string& pdf);

// All pages together, and all bodies without the cover.
std::string text_of(const std::string& pdf);
std::string body_of(const std::string& pdf);

std::string without_space(const std::string& text);

size_t count_of(const std::string& text, const std::string& part);

// One page after the other, as a picture: gray values, row by row.
struct Picture {
  int width = 0;
  int height = 0;
  std::string gray;
};
std::vector<Picture> pictures_of(const std::string& pdf, int dots_per_inch);

// The starter text docs-src/isms/<name>.
std::string starter_text(const std::string& name);
// All of them, one after the other.
std::string starter_texts();

// A published revision of `document` with cover, revisions and two approvals.
vermilion::render::PdfRequest published(const vermilion::markup::Document& document);

// `document` with nothing but a title.
vermilion::render::PdfRequest titled(const vermilion::markup::Document& document);
// The same rendered.
std::string rendered(const std::string& markdown);

// The starter regulation, published.
std::string regulation_pdf();

}  // namespace samples
