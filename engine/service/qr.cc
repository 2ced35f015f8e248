#include "service/qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include "base/error.h"
#include "base/handle.h"

namespace vermilion::service {
namespace {

constexpr int kQuiet = 4;  // modules of white around it

class Modules {
 public:
  explicit Modules(const std::string& text)
      : code_(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M)) {
    if (code_) return;
    throw Error(
        Failure::unavailable, "qr-failed",
        {"無法產生 QR 碼，請改以文字輸入金鑰", "no QR code could be made; type the secret"});
  }
  [[nodiscard]] int width() const { return code_->width + 2 * kQuiet; }
  [[nodiscard]] bool black(int x, int y) const {
    const int column = x - kQuiet, row = y - kQuiet;
    if (column < 0 || row < 0 || column >= code_->width || row >= code_->width) return false;
    return (code_->data[row * code_->width + column] & 1) != 0;
  }

 private:
  Handle<QRcode, QRcode_free> code_;
};

}  // namespace

std::string qr_svg(const std::string& text) {
  const Modules modules(text);
  std::string path;
  for (int y = 0; y < modules.width(); ++y) {
    for (int x = 0; x < modules.width(); ++x) {
      if (modules.black(x, y)) path += fmt::format("M{} {}h1v1h-1z", x, y);
    }
  }
  return fmt::format(
      R"(<svg class="qr" role="img" aria-label="QR" viewBox="0 0 {0} {0}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{1}"/></svg>)",
      modules.width(), path);
}

std::string qr_text(const std::string& text) {
  const Modules modules(text);
  std::string lines = "\033[30;47m";
  for (int y = 0; y < modules.width(); y += 2) {
    for (int x = 0; x < modules.width(); ++x) {
      const bool upper = modules.black(x, y), lower = modules.black(x, y + 1);
      lines += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    lines += y + 2 < modules.width() ? "\033[0m\n\033[30;47m" : "\033[0m";
  }
  return lines;
}

}  // namespace vermilion::service
