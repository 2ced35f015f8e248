// Pictures that people upload, decoded in another process: what is good comes out the same, what is not is refused by name, and
// whatever happens there does not happen here.
#include "render/image.h"

#include <fmt/format.h>

#include <fstream>

#include "base/error.h"
#include "pictures.h"
#include "samples.h"

using namespace vermilion;
using namespace pictures;

namespace {

std::string refused(const std::string& name, const std::string& bytes,
                    const render::ImageDecoder& decoder = render::standard_decoder()) {
  try {
    (void)render::decode_image(name, bytes, decoder);
  } catch (const Error& error) {
    CHECK(error.said().zh.find(name) != std::string::npos);
    CHECK(error.said().en.find(name) != std::string::npos);
    return error.code();
  }
  return "decoded";
}

std::string pixel(const render::Image& image, unsigned x, unsigned y) {
  return image.rgb.substr(3 * (std::size_t{y} * image.width + x), 3);
}

bool is_near(const std::string& a, const std::string& b) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (std::abs(static_cast<unsigned char>(a[i]) - static_cast<unsigned char>(b[i])) > 12)
      return false;
  }
  return true;
}

// A program that does what a broken decoder might.
class Misbehaving {
 public:
  explicit Misbehaving(const std::string& script) : file_("#!/bin/sh\n" + script + "\n") {
    std::filesystem::permissions(file_.path(), std::filesystem::perms::owner_all);
  }
  [[nodiscard]] render::ImageDecoder decoder() const {
    return {file_.path(), std::chrono::milliseconds(300)};
  }

 private:
  samples::TemporaryFile file_;
};

}  // namespace

TEST_CASE("PNG and JPEG pictures come out as RGB, row by row", "[render][image]") {
  const auto exact = render::decode_image("網路架構圖.png", png(64, 32));
  CHECK(exact.width == 64);
  CHECK(exact.height == 32);
  CHECK(pixel(exact, 0, 0) == std::string("\0\0\x5a", 3));
  CHECK(pixel(exact, 63, 31) == std::string("\xfb\xf7\x5a", 3));
  for (const char* name : {"機房.jpg", "機房.jpeg"}) {
    const auto near = render::decode_image(name, jpeg(64, 32));
    CHECK(near.rgb.size() == exact.rgb.size());
    CHECK(is_near(pixel(near, 63, 31), pixel(exact, 63, 31)));
  }
  CHECK(render::decode_image("灰階.jpg", jpeg(8, 8, 1)).rgb.size() == 3 * 64);
}

TEST_CASE("what is transparent is composed on white", "[render][image]") {
  CHECK(render::decode_image("a.png", png_pixel(255, 0, 0, 0)).rgb == "\xff\xff\xff");
  CHECK(render::decode_image("a.png", png_pixel(10, 20, 30, 255)).rgb == "\x0a\x14\x1e");
}

TEST_CASE("a truncated picture is refused, wherever it ends", "[render][image]") {
  for (const auto& [name, whole] : {std::pair<std::string, std::string>("a.png", png(40, 40)),
                                    std::pair<std::string, std::string>("a.jpg", jpeg(40, 40))}) {
    for (const std::size_t part :
         {12UL, 40UL, whole.size() / 2, whole.size() - 12, whole.size() - 1}) {
      INFO(name << " " << part);
      CHECK(refused(name, whole.substr(0, part)) == "image-damaged");
    }
  }
}

TEST_CASE("an empty file, and one whose content is not what its name says, are refused",
          "[render][image]") {
  CHECK(refused("空.png", "") == "image-mismatch");
  CHECK(refused("空.jpg", "") == "image-mismatch");
  CHECK(refused("a.jpg", png(4, 4)) == "image-mismatch");
  CHECK(refused("a.png", jpeg(4, 4)) == "image-mismatch");
  CHECK(refused("a.png", "GIF89a") == "image-mismatch");
  for (const char* name : {"a.svg", "a.PNG", "a.png.exe", "png", "a"})
    CHECK(refused(name, png(4, 4)) == "image-type");
}

TEST_CASE("a wrong checksum is found in the pixels and beside them", "[render][image]") {
  auto bytes = png(40, 40);
  bytes[bytes.find("IDAT") + 20] ^= 1;
  CHECK(refused("a.png", bytes) == "image-damaged");
  auto text = chunk("tEXt", std::string("Title\0x", 7));
  auto with_text = png(4, 4);
  with_text.insert(33, text);
  CHECK(refused("a.png", with_text) == "decoded");
  with_text[33 + 10] ^= 1;
  CHECK(refused("a.png", with_text) == "image-damaged");
}

TEST_CASE("what says it has too many pixels is refused before it is unpacked", "[render][image]") {
  const auto bomb = chunk("IDAT", deflated_zeros(30'000'000));
  CHECK(bomb.size() < 40'000);
  CHECK(refused("a.png", png_claiming(60'000, 60'000, bomb)) == "image-too-large");
  CHECK(refused("a.png", png_claiming(5'000, 5'000, bomb)) == "image-too-large");
  CHECK(refused("a.png", png_claiming(20'000, 1, bomb)) == "image-too-large");
  CHECK(refused("a.jpg", jpeg_claiming(65'500, 65'500)) == "image-too-large");
  CHECK(refused("a.jpg", jpeg_claiming(65'535, 65'535)) ==
        "image-damaged");  // libjpeg stops at 65,500
  CHECK(refused("a.png", png_claiming(0, 0, bomb)) == "image-damaged");
}

TEST_CASE("a picture that unpacks to more than it says, or to nothing, does no harm",
          "[render][image]") {
  const auto bomb = chunk("IDAT", deflated_zeros(30'000'000));
  const auto small = refused("a.png", png_claiming(10, 10, bomb));
  CHECK((small == "decoded" || small == "image-damaged"));
  CHECK(refused("a.png", png_claiming(10, 10, "")) == "image-damaged");
  CHECK(refused("a.jpg", jpeg_claiming(16, 16)) == "image-damaged");
}

TEST_CASE("bytes behind a picture, animations and CMYK are refused", "[render][image]") {
  const std::string script = "<script>alert(1)</script>";
  CHECK(refused("a.png", png(4, 4) + script) == "image-trailing");
  CHECK(refused("a.jpg", jpeg(4, 4) + "PK\3\4" + script) == "image-trailing");
  auto animated = png(4, 4);
  animated.insert(33, chunk("acTL", std::string(8, '\0')));
  CHECK(refused("a.png", animated) == "image-animated");
  CHECK(refused("a.jpg", jpeg(4, 4, 4)) == "image-colours");
}

TEST_CASE(
    "a decoder that crashes, hangs, says nonsense or is not there is an error here and no more",
    "[render][image]") {
  const auto bytes = png(4, 4);
  for (const char* script : {"kill -SEGV $$", "exec sleep 1000", "exit 3", "echo 〇", "yes",
                             "printf '\\377\\377\\377\\377\\377\\377\\377\\377'", "exit 0"}) {
    INFO(script);
    const Misbehaving program(script);
    CHECK(refused("a.png", bytes, program.decoder()) == "image-decoder-failed");
  }
  try {
    (void)render::decode_image("a.png", bytes, {"/nowhere/vermilion-picture"});
    FAIL("decoded by nothing");
  } catch (const Error& error) {
    CHECK(error.code() == "image-decoder-missing");
  }
}

TEST_CASE("the decoder gets no environment and no file of ours", "[render][image]") {
  const std::ofstream secret("/dev/null");
  const Misbehaving program(
      "[ $(ls /proc/self/fd | wc -l) -le 4 ] && [ -z \"$HOME\" ] && exit 41; exit 42");
  CHECK(refused("a.png", png(4, 4), program.decoder()) == "image-damaged");
}
