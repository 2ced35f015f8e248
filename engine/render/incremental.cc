#include "render/incremental.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "crypto/digest.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

[[noreturn]] void not_appendable() {
  throw Error(Failure::invalid, "pdf-not-appendable",
              {"這個 PDF 不是本系統製作的，不能在其後加上簽章；請重新輸出再簽",
               "this PDF is not of our making and takes no signature; export it again, then sign"});
}

// The number after the last "startxref", if a cross-reference stream lies there.
std::uint64_t last_references(std::string_view pdf) {
  constexpr std::string_view keyword = "startxref";
  const auto at = pdf.rfind(keyword);
  if (at == pdf.npos) not_appendable();
  const auto digits = pdf.find_first_of("0123456789", at + keyword.size());
  std::uint64_t offset = 0;
  if (digits == pdf.npos ||
      std::from_chars(pdf.data() + digits, pdf.data() + pdf.size(), offset).ec != std::errc() ||
      offset >= pdf.size() || pdf.substr(offset, 4) == "xref")
    not_appendable();
  return offset;
}

int highest_number(QPDF& pdf) {
  int highest = 0;
  for (const Object& object : pdf.getAllObjects())
    highest = std::max(highest, object.getObjectID());
  return highest;
}

Bytes stream_text(Object object) {
  const auto data = object.getRawStreamData();
  auto dictionary = object.getDict();
  dictionary.replaceKey("/Length", Object::newInteger(static_cast<long long>(data->getSize())));
  return dictionary.unparse() + "\nstream\n" +
         Bytes(data->getBuffer(), data->getBuffer() + data->getSize()) + "\nendstream";
}

Bytes big_endian(std::uint64_t value) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

// The second half of /ID changes with every update; the first names the document.
Object changed_id(QPDF& pdf, std::string_view original) {
  auto id = Object::newArray();
  id.appendItem(pdf.getTrailer().getKey("/ID").getArrayItem(0));
  id.appendItem(Object::newString(crypto::sha256(original).substr(0, 16)));
  return id;
}

}  // namespace

IncrementalUpdate::IncrementalUpdate(std::string_view pdf)
    : original_(pdf), pdf_(open_pdf(pdf)), previous_(last_references(pdf)) {
  last_number_ = highest_number(*pdf_);
  if (pdf_->anyWarnings() || pdf_->isEncrypted() || !pdf_->getTrailer().getKey("/ID").isArray() ||
      pdf.size() > 0xFFFF'FFFFU)
    not_appendable();
}

Object IncrementalUpdate::add_literal(std::string text) {
  const auto object = pdf_->makeIndirectObject(Object::newDictionary());
  literals_[object.getObjGen()] = std::move(text);
  return object;
}

size_t IncrementalUpdate::literal_at(const Object& literal) const {
  return literal_at_.at(literal.getObjGen());
}

void IncrementalUpdate::write_object(Bytes& out, Object object) {
  const auto literal = literals_.find(object.getObjGen());
  written_.push_back({object.getObjectID(), out.size()});
  out += fmt::format("{} {} obj\n", object.getObjectID(), object.getGeneration());
  literal_at_[object.getObjGen()] = out.size();
  if (literal != literals_.end())
    out += literal->second;
  else
    out += object.isStream() ? stream_text(object) : object.unparseResolved();
  out += "\nendobj\n";
}

void IncrementalUpdate::write_references(Bytes& out) {
  const int number = std::max(last_number_, written_.back().number) + 1;
  const size_t start = out.size();
  written_.push_back({number, start});
  std::string index;
  Bytes entries;
  for (const Entry& entry : written_) {
    index += fmt::format("{} 1 ", entry.number);
    entries += '\1' + big_endian(entry.offset) + '\0';
  }
  auto dictionary = Object::parse(
      fmt::format("<< /Type /XRef /Size {} /W [1 4 1] /Index [{}] /Prev {} /Length {} >>",
                  number + 1, index, previous_, entries.size()));
  dictionary.replaceKey("/Root", pdf_->getRoot());
  dictionary.replaceKey("/Info", pdf_->getTrailer().getKey("/Info"));
  dictionary.replaceKey("/ID", changed_id(*pdf_, original_));
  out += fmt::format("{} 0 obj\n{}\nstream\n", number, dictionary.unparse());
  out += entries;
  out += fmt::format("\nendstream\nendobj\nstartxref\n{}\n%%EOF\n", start);
}

Bytes IncrementalUpdate::write() {
  Bytes out(original_);
  if (!out.ends_with('\n')) out += '\n';
  for (const Object& object : pdf_->getAllObjects()) {
    if (object.getObjectID() > last_number_ || changed_.contains(object.getObjGen()))
      write_object(out, object);
  }
  write_references(out);
  return out;
}

}  // namespace vermilion::render
