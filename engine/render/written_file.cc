#include "render/written_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "crypto/digest.h"

namespace vermilion::render {
namespace {

constexpr int objects_in_stream = 200;
constexpr size_t row_size = 7;  // /W [1 4 2]

std::string reference(int number) { return fmt::format("{} 0 R", number); }

}  // namespace

WrittenFile::WrittenFile(QPDF& pdf, Deflater& deflater)
    : pdf_(pdf), writer_(pdf), deflater_(deflater) {
  set_format(writer_, FileFormat::current);
  writer_.setStaticID(true);  // `finish` makes one of its own, of the whole file
  file_ = written_by(writer_);
  take_entries();
}

// Its cross references are the last object of what qpdf wrote; they give way to those of the whole.
void WrittenFile::take_entries() {
  const size_t named = file_.rfind("startxref\n");
  VERMILION_ASSERT(named != Bytes::npos);
  const auto end = std::stoll(file_.substr(named + 10));
  for (const auto& [object, entry] : writer_.getWrittenXRefTable()) {
    const auto number = static_cast<size_t>(object.getObj());
    if (entries_.size() <= number) entries_.resize(number + 1);
    if (entry.getType() == 2) {
      entries_[number] = {2, static_cast<std::uint32_t>(entry.getObjStreamNumber()),
                          static_cast<std::uint16_t>(entry.getObjStreamIndex())};
    } else {
      entries_[number] = {1, static_cast<std::uint32_t>(entry.getOffset()), 0};
      if (entry.getOffset() == end) own_number_ = object.getObj();
    }
  }
  VERMILION_ASSERT(own_number_ != 0);
  entries_[0].index = 0xFFFF;
  file_.resize(static_cast<size_t>(end));
}

int WrittenFile::number_of(const QPDFObjectHandle& object) {
  QPDFObjectHandle known = object;
  const int number = writer_.getRenumberedObjGen(known.getObjGen()).getObj();
  VERMILION_ASSERT(number != 0);
  return number;
}

int WrittenFile::reserve() {
  entries_.emplace_back();
  return static_cast<int>(entries_.size() - 1);
}

void WrittenFile::put(int number, std::string_view object) {
  if (filled_ == 0) stream_ = reserve();
  entries_[static_cast<size_t>(number)] = {2, static_cast<std::uint32_t>(stream_),
                                           static_cast<std::uint16_t>(filled_)};
  numbers_ += fmt::format("{} {} ", number, objects_.size());
  objects_ += object;
  objects_ += '\n';
  if (++filled_ == objects_in_stream) close_stream();
}

void WrittenFile::close_stream() {
  if (filled_ == 0) return;
  put_stream(stream_, fmt::format("/Type/ObjStm/N {}/First {}", filled_, numbers_.size()),
             numbers_ + objects_);
  filled_ = 0;
  numbers_.clear();
  objects_.clear();
}

void WrittenFile::put_stream(int number, const std::string& members, std::string_view content) {
  entries_[static_cast<size_t>(number)] = {1, static_cast<std::uint32_t>(file_.size()), 0};
  Bytes deflated;
  deflater_.put(deflated, content);
  file_ += fmt::format("{} 0 obj\n<<{}/Length {}/Filter/FlateDecode>>\nstream\n", number, members,
                       deflated.size());
  file_ += deflated;
  file_ += "\nendstream\nendobj\n";  // PDF/A asks for the line end
}

// Each row as its difference to the row above, which deflates to little.
Bytes WrittenFile::entry_rows() const {
  Bytes rows;
  rows.reserve(entries_.size() * (row_size + 1));
  std::array<unsigned char, row_size> above{};
  for (const Entry& entry : entries_) {
    const auto byte = [](std::uint32_t value, int shift) {
      return static_cast<unsigned char>(value >> shift);
    };
    const std::array<unsigned char, row_size> row{
        entry.type,           byte(entry.place, 24), byte(entry.place, 16), byte(entry.place, 8),
        byte(entry.place, 0), byte(entry.index, 8),  byte(entry.index, 0)};
    rows += '\2';  // "up" of PNG
    for (size_t i = 0; i < row_size; ++i) rows += static_cast<char>(row[i] - above[i]);
    above = row;
  }
  return rows;
}

Bytes WrittenFile::finish() {
  close_stream();
  const size_t start = file_.size();
  VERMILION_ASSERT(start <= UINT32_MAX);  // as wide as a row
  VERMILION_ASSERT(std::all_of(entries_.begin() + 1, entries_.end(),
                               [](const Entry& entry) { return entry.type != 0; }));
  const std::string id = hex(crypto::sha256(file_)).substr(0, 32);
  QPDFObjectHandle trailer = pdf_.getTrailer();
  entries_[static_cast<size_t>(own_number_)] = {1, static_cast<std::uint32_t>(start),
                                                0};  // it has a row of its own
  put_stream(own_number_,
             fmt::format("/Type/XRef/W[1 4 2]/DecodeParms<</Columns {}/Predictor 12>>/Size {}/Root "
                         "{}/Info {}/ID[<{}><{}>]",
                         row_size, entries_.size(), reference(number_of(trailer.getKey("/Root"))),
                         reference(number_of(trailer.getKey("/Info"))), id, id),
             entry_rows());
  file_ += fmt::format("startxref\n{}\n%%EOF\n", start);
  return std::move(file_);
}

}  // namespace vermilion::render
