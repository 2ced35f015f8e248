#include "service/qr.h"

#include <fmt/format.h>

#include "render/qr.h"

namespace vermilion::service {

using render::QrCode;

std::string qr_svg(const std::string& text) {
  const QrCode modules(text);
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
  const QrCode modules(text);
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
