// New objects appended to a PDF whose own bytes stay as they are: the only way to change a signed file.
//
// Shape    FILE, the objects that are new or changed, a cross-reference stream with /Prev. libqpdf parses and holds the objects; it
//          would rewrite the whole on writing, so this writes.
// Threads  One update, one thread. The bytes given must outlive it.
// Errors   corrupt "pdf-unreadable" as open_pdf, also for a file that had to be mended to be read; invalid "pdf-not-appendable" for
//          one without a cross-reference stream, or encrypted.
// Source   ISO 32000-1 7.5.6, 7.5.8; ISO 19005-2 6.1.
#pragma once
#include <map>
#include <set>

#include "render/qpdf.h"

namespace vermilion::render {

class IncrementalUpdate {
 public:
  explicit IncrementalUpdate(std::string_view pdf);

  [[nodiscard]] QPDF& pdf() noexcept { return *pdf_; }
  // Objects made in pdf() go into the update by themselves; those that were there and are altered have to be named.
  void changed(const QPDFObjectHandle& object) { changed_.insert(object.getObjGen()); }
  // A new object that consists of exactly this text.
  [[nodiscard]] QPDFObjectHandle add_literal(std::string text);

  // The file with the update. The text of literal n then lies at literal_at(n).
  [[nodiscard]] Bytes write();
  [[nodiscard]] size_t literal_at(const QPDFObjectHandle& literal) const;

 private:
  struct Entry {
    int number;
    size_t offset;
  };
  void write_object(Bytes& out, QPDFObjectHandle object);
  void write_references(Bytes& out);

  std::string_view original_;
  std::unique_ptr<QPDF> pdf_;
  std::uint64_t previous_ = 0;  // where the cross-reference stream of the original is
  int last_number_ = 0;         // of its objects
  std::set<QPDFObjGen> changed_;
  std::map<QPDFObjGen, std::string> literals_;
  std::map<QPDFObjGen, size_t> literal_at_;
  std::vector<Entry> written_;
};

}  // namespace vermilion::render
