// Contents handed on piece by piece, so that nobody has to hold them whole.
//
// Threads  As whatever stands behind them.
#pragma once
#include <functional>
#include <string_view>

#include "base/bytes.h"
#include "base/disk.h"

namespace vermilion {

// The next bytes, at most `size` of them; fewer only at the end.
using Source = std::function<Bytes(std::size_t size)>;
using Sink = std::function<void(std::string_view piece)>;

// The bytes must outlive it.
[[nodiscard]] Source source_of(std::string_view bytes);
// The file from its beginning to its end. It must outlive it.
[[nodiscard]] Source source_of(File& file);
// Appends to `bytes`.
[[nodiscard]] Sink sink_to(Bytes& bytes);

}  // namespace vermilion
