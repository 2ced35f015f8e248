#include "render/qr.h"

#include <qrencode.h>

#include "base/error.h"
#include "base/handle.h"

namespace vermilion::render {
namespace {

constexpr int quiet_zone = 4;  // modules of white around it

}  // namespace

QrCode::QrCode(const std::string& text) {
  const Handle<QRcode, QRcode_free> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
  if (!code) {
    throw Error(
        Failure::unavailable, "qr-failed",
        {"無法產生 QR 碼，請改用文字", "no QR code could be made; use the text instead"});
  }
  side_ = code->width;
  for (int i = 0; i < side_ * side_; ++i) black_.push_back((code->data[i] & 1) != 0);
}

int QrCode::width() const { return side_ + 2 * quiet_zone; }

bool QrCode::black(int x, int y) const {
  const int column = x - quiet_zone, row = y - quiet_zone;
  if (column < 0 || row < 0 || column >= side_ || row >= side_) return false;
  return black_[static_cast<size_t>(row * side_ + column)];
}

// One fill for each run of black modules.
Ink qr_ink(const std::string& text, float side) {
  const QrCode code(text);
  const float module = side / static_cast<float>(code.width());
  Ink ink;
  for (int y = 0; y < code.width(); ++y) {
    for (int x = 0, end = 0; x < code.width(); x = end + 1) {
      for (end = x; end < code.width() && code.black(end, y);) ++end;
      if (end == x) continue;
      ink.fills.push_back({static_cast<float>(x) * module, static_cast<float>(y) * module,
                           static_cast<float>(end - x) * module, module * 1.01F, {0, 0, 0}});
    }
  }
  return ink;
}

}  // namespace vermilion::render
