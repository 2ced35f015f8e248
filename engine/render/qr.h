// A short text as a QR code: its modules, and the same as ink.
//
// Units    Modules; qr_ink in points, the quiet zone included.
// Errors   unavailable "qr-failed".
// Source   ISO/IEC 18004; libqrencode, error correction M.
#pragma once
#include <string>
#include <vector>

#include "render/ink.h"

namespace vermilion::render {

class QrCode {
 public:
  explicit QrCode(const std::string& text);
  [[nodiscard]] int width() const;  // with four modules of white on each side
  [[nodiscard]] bool black(int x, int y) const;

 private:
  int side_ = 0;  // without the white
  std::vector<bool> black_;
};

// A square of `side` points with its upper left corner at (0, 0).
[[nodiscard]] Ink qr_ink(const std::string& text, float side);

}  // namespace vermilion::render
