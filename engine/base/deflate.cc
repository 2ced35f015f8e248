#include "base/deflate.h"

#include <libdeflate.h>

#include <new>

#include "base/error.h"

namespace vermilion {

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)) {
  if (!compressor_) throw std::bad_alloc();
}

void Deflater::put(Bytes& bytes, std::string_view data) {
  const auto begin = bytes.size();
  bytes.resize(begin + libdeflate_zlib_compress_bound(compressor_.get(), data.size()));
  const auto size = libdeflate_zlib_compress(compressor_.get(), data.data(), data.size(),
                                             bytes.data() + begin, bytes.size() - begin);
  VERMILION_ASSERT(size > 0);
  bytes.resize(begin + size);
}

}  // namespace vermilion
