#include "store/tar.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameSize = 100;
constexpr std::size_t kSizeAt = 124;
constexpr std::size_t kSumAt = 148;
constexpr std::size_t kSumSize = 8;
constexpr char kEnd = '\0';  // of each field

// The sum of all bytes, its own field taken as spaces.
unsigned sum_of(std::string_view header) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const bool own = i >= kSumAt && i < kSumAt + kSumSize;
    sum += own ? unsigned{' '} : static_cast<unsigned char>(header[i]);
  }
  return sum;
}

Bytes header_of(const std::string& name, std::size_t size, Instant at) {
  VERMILION_ASSERT(!name.empty() && name.size() < kNameSize);
  Bytes header = name;
  header.resize(kNameSize, '\0');
  for (const auto number : {0600UL, 0UL, 0UL}) header += fmt::format("{:07o}{}", number, kEnd);
  header += fmt::format("{:011o}{}{:011o}{}", size, kEnd, at.time_since_epoch().count(), kEnd);
  header += "        0";  // the sum to come, and the type: a plain file
  header.resize(257, '\0');
  header += fmt::format("ustar{}00", kEnd);
  header.resize(kBlock, '\0');
  header.replace(kSumAt, kSumSize, fmt::format("{:06o}{} ", sum_of(header), kEnd));
  return header;
}

std::size_t padding(std::size_t size) { return (kBlock - size % kBlock) % kBlock; }

[[noreturn]] void bad_archive() {
  throw Error(Failure::corrupt, "bad-archive",
              {"復原用複本的內容損毀", "the content of the recovery copy is broken"});
}

std::size_t octal(std::string_view field) {
  std::size_t value = 0;
  const auto read = std::from_chars(field.data(), field.data() + field.size(), value, 8);
  if (read.ec != std::errc() || read.ptr == field.data()) bad_archive();
  return value;
}

}  // namespace

void TarWriter::add(const std::string& name, std::string_view content) {
  sink_(header_of(name, content.size(), at_));
  sink_(content);
  sink_(Bytes(padding(content.size()), '\0'));
}

void TarWriter::finish() { sink_(Bytes(2 * kBlock, '\0')); }

void read_tar(std::string_view tar,
              const std::function<void(const std::string&, std::string_view)>& visit) {
  while (tar.size() >= kBlock && !all_zero(tar.substr(0, kBlock))) {
    const auto header = tar.substr(0, kBlock);
    const auto size = octal(header.substr(kSizeAt, 11));
    if (octal(header.substr(kSumAt, 6)) != sum_of(header)) bad_archive();
    if (tar.size() - kBlock < size + padding(size)) bad_archive();
    const auto name = header.substr(0, kNameSize);
    visit(std::string(name.substr(0, name.find('\0'))), tar.substr(kBlock, size));
    tar.remove_prefix(kBlock + size + padding(size));
  }
  if (tar.size() < 2 * kBlock) bad_archive();
}

}  // namespace vermilion::store
