// vermilion-picture: decodes one picture and ends. Whatever its bytes make a library do stays in this process.
//
//   vermilion-picture png|jpeg <PICTURE >PIXELS
//
// Shape    Out: width and height, 4 bytes each with the lowest first, then RGB. Nothing when the picture is refused.
// Exit     picture::Verdict; 2 when called otherwise.
// Limits   512 MiB of memory, 5 s of CPU, and confined.h.
#include <unistd.h>

#include <array>
#include <string>

#include "main/confined/confined.h"
#include "picture/decode.h"

namespace {

using namespace vermilion;
using namespace vermilion::picture;

constexpr confined::Limits kLimits{512U << 20, 5};

bool write_pixels(const Pixels& pixels) {
  std::array<unsigned char, 8> size{};
  for (unsigned i = 0; i < 4; ++i) {
    size[i] = static_cast<unsigned char>(pixels.width >> (8 * i));
    size[4 + i] = static_cast<unsigned char>(pixels.height >> (8 * i));
  }
  return confined::write_all({reinterpret_cast<const char*>(size.data()), size.size()}) &&
         confined::write_all({reinterpret_cast<const char*>(pixels.rgb.data()), pixels.rgb.size()});
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc == 2 ? argv[1] : "";
  if ((kind != "png" && kind != "jpeg") || !confined::confine(kLimits)) return 2;
  std::string bytes;
  if (!confined::read_all(bytes)) return 2;
  Pixels pixels;
  const auto verdict = decode(kind == "png" ? Kind::png : Kind::jpeg, bytes, pixels);
  if (verdict == Verdict::good && !write_pixels(pixels)) return 2;
  _exit(static_cast<int>(verdict));  // the pixels go with the process
}
