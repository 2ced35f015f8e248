#include "render/image.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "base/error.h"
#include "picture/decode.h"
#include "render/child_process.h"

namespace vermilion::render {
namespace {

constexpr std::size_t head_size = 8;
constexpr std::size_t most_printed = head_size + 3 * picture::kMostPixels;

[[noreturn]] void refuse_image(const char* code, const std::string& name, const std::string& zh,
                               const std::string& en) {
  throw Error(Failure::invalid, code,
              {fmt::format("圖檔「{}」{}", name, zh), fmt::format("the picture {} {}", name, en)});
}

[[noreturn]] void refuse_verdict(const std::string& name, int exit) {
  using picture::Verdict;
  switch (static_cast<Verdict>(exit)) {
    case Verdict::other_kind:
      refuse_image("image-mismatch", name, "的內容與副檔名不符；請以影像軟體另存為 PNG 或 JPEG",
                   "is not what its name says; save it as PNG or JPEG in an image program");
    case Verdict::damaged:
      refuse_image("image-damaged", name, "已損壞或不完整；請重新取得或另存一次",
                   "is damaged or incomplete; get it again, or save it anew");
    case Verdict::too_large:
      refuse_image(
          "image-too-large", name,
          fmt::format("太大：至多 {} 萬像素，邊長至多 {} 像素；請先縮小",
                      picture::kMostPixels / 10'000, picture::kMostSide),
          fmt::format(
              "is too large: at most {} megapixels, and {} pixels on a side; make it smaller",
              picture::kMostPixels / 1'000'000, picture::kMostSide));
    case Verdict::colours:
      refuse_image("image-colours", name, "的色彩不是 RGB 或灰階；請另存為 RGB",
                   "is not in RGB or grey; save it as RGB");
    case Verdict::animated:
      refuse_image("image-animated", name, "是動畫；請改用單張圖",
                   "is animated; use a still picture");
    case Verdict::more_behind:
      refuse_image("image-trailing", name, "的圖像之後還有其他資料；請以影像軟體另存一次",
                   "has more data behind the picture; save it anew in an image program");
    case Verdict::good:
      break;
  }
  refuse_image("image-decoder-failed", name, "無法解讀；請以影像軟體另存一次",
               "could not be decoded; save it anew in an image program");
}

unsigned number_at(const Bytes& bytes, std::size_t at) {
  unsigned value = 0;
  for (std::size_t i = 4; i > 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

// What the other process says of itself is believed only as far as it fits.
Image image_from(const std::string& name, Bytes printed) {
  Image image;
  if (printed.size() > head_size) {
    image.width = number_at(printed, 0);
    image.height = number_at(printed, 4);
  }
  const auto pixels = std::uint64_t{image.width} * image.height;
  if (pixels == 0 || pixels > picture::kMostPixels || printed.size() != head_size + 3 * pixels)
    refuse_verdict(name, 0);
  image.rgb = printed.erase(0, head_size);
  return image;
}

// A mutex and a condition rather than std::counting_semaphore, which can sleep for ever in GCC 12 (bug 104928). Each decoder ends within
// its patience, so everybody's turn comes.
class DecoderPlaces {
 public:
  void take() {
    std::unique_lock hold(mutex_);
    changed_.wait(hold, [this] { return free_ > 0; });
    --free_;
  }
  void leave() {
    const std::lock_guard hold(mutex_);
    ++free_;
    changed_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int free_ = 2;
};

class DecoderPlace {
 public:
  explicit DecoderPlace(DecoderPlaces& places) : places_(places) { places_.take(); }
  DecoderPlace(const DecoderPlace&) = delete;
  DecoderPlace& operator=(const DecoderPlace&) = delete;
  ~DecoderPlace() { places_.leave(); }

 private:
  DecoderPlaces& places_;
};

Ran run_decoder(const ImageDecoder& decoder, const std::string& kind, std::string_view bytes) {
  static DecoderPlaces places;
  const DecoderPlace one(places);
  return run_program(decoder.program, kind, bytes, most_printed, decoder.patience);
}

}  // namespace

ImageDecoder standard_decoder() { return {beside_this("vermilion-picture")}; }

std::string image_media_type(const std::string& name) {
  if (name.ends_with(".png")) return "image/png";
  return name.ends_with(".jpg") || name.ends_with(".jpeg") ? "image/jpeg" : "";
}

Image decode_image(const std::string& name, std::string_view bytes, const ImageDecoder& decoder) {
  const auto type = image_media_type(name);
  if (type.empty()) {
    refuse_image("image-type", name, "的副檔名不是 png、jpg 或 jpeg（小寫）",
                 "does not end in png, jpg or jpeg (lower case)");
  }
  auto ran = run_decoder(decoder, type.substr(type.find('/') + 1), bytes);
  if (ran.end == Ran::End::not_started) {
    throw Error(
        Failure::unavailable, "image-decoder-missing",
        {fmt::format("無法啟動解讀圖檔的程式 {}；請重新安裝本程式", decoder.program.string()),
         fmt::format("the program that decodes pictures, {}, does not start; install this "
                     "program again",
                     decoder.program.string())});
  }
  if (ran.end != Ran::End::exited || ran.exit != 0)
    refuse_verdict(name, ran.end == Ran::End::exited ? ran.exit : 0);
  return image_from(name, std::move(ran.printed));
}

}  // namespace vermilion::render
