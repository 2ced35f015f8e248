#include "store/file_copy.h"

#include <algorithm>

#include "crypto/digest.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

template <typename Visit>
void each_piece(File& file, std::uint64_t begin, std::uint64_t end, const Visit& visit) {
  for (auto at = begin; at < end; at += kPiece) {
    const auto bytes = file.read(at, static_cast<std::size_t>(std::min(kPiece, end - at)));
    visit(at, bytes);
    if (bytes.size() < kPiece) return;
  }
}

class Digesting {
 public:
  void add(std::string_view bytes) {
    sha256_.add(bytes);
    size_ += bytes.size();
  }
  [[nodiscard]] FileDigest finish() { return {size_, hex(sha256_.finish())}; }

 private:
  crypto::Sha256 sha256_;
  std::uint64_t size_ = 0;
};

}  // namespace

FileDigest digest_file(Disk& disk, const Path& file, std::uint64_t size) {
  Digesting digest;
  each_piece(*disk.open(file, Open::existing), 0, size,
             [&](std::uint64_t, const Bytes& bytes) { digest.add(bytes); });
  return digest.finish();
}

FileDigest copy_file(Disk& disk, const Path& from, const Path& to, std::uint64_t size) {
  Digesting digest;
  const Path temporary = to.string() + ".vermilion-new";
  {
    const auto source = disk.open(from, Open::existing);
    const auto file = disk.open(temporary, Open::create);
    file->truncate(0);
    each_piece(*source, 0, size, [&](std::uint64_t at, const Bytes& bytes) {
      digest.add(bytes);
      file->write(at, bytes);
    });
    file->sync();
  }
  disk.rename(temporary, to);
  return digest.finish();
}

void copy_range(Disk& disk, const Path& from, const Path& to, std::uint64_t begin,
                std::uint64_t end) {
  const auto source = disk.open(from, Open::existing);
  const auto file = disk.open(to, Open::create);
  each_piece(*source, begin, end,
             [&](std::uint64_t at, const Bytes& bytes) { file->write(at, bytes); });
  file->sync();
}

}  // namespace vermilion::store
