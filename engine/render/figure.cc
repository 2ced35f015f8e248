#include "render/figure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "markup/images.h"
#include "render/style.h"

namespace vermilion::render {
namespace {

constexpr float points_per_pixel = 0.75F;
constexpr float gap = 4;  // below a picture
constexpr std::uint64_t most_pixels = 48'000'000;

std::uint64_t pixels_of(const Image& image) { return std::uint64_t{image.width} * image.height; }

[[noreturn]] void refuse_pixels() {
  throw Error(
      Failure::invalid, "images-too-large",
      {fmt::format("一份文件的圖合計至多 {} 萬像素；請縮小其中幾張", most_pixels / 10'000),
       fmt::format("the pictures of one document have at most {} megapixels together; make some "
                   "of them smaller",
                   most_pixels / 1'000'000)});
}

Piece picture_piece(std::shared_ptr<const Image> image, const std::string& alternate, float x,
                    float right, float page_height, Structure& structure) {
  const float width = points_per_pixel * static_cast<float>(image->width);
  const float height = points_per_pixel * static_cast<float>(image->height);
  const float scale = std::min({1.0F, (right - x) / width, (page_height - gap) / height});
  Piece piece;
  piece.space_before = style::paragraph_gap;
  piece.height = height * scale + gap;
  piece.ink.images.push_back({x, 0, width * scale, height * scale, std::move(image), 0, artifact});
  const Tag tag = structure.add("Figure");
  structure.at(tag).alternate = alternate;
  structure.mark(piece.ink, tag);
  return piece;
}

}  // namespace

Pictures decode_pictures(const markup::Document& document,
                         const std::map<std::string, Bytes>& files) {
  Pictures pictures;
  std::uint64_t pixels = 0;
  for (const auto& use : markup::images_of(document)) {
    const auto file = files.find(markup::file_name_of(use.url));
    if (file == files.end() || pictures.contains(file->first)) continue;
    auto image = std::make_shared<const Image>(decode_image(file->first, file->second));
    if ((pixels += pixels_of(*image)) > most_pixels) refuse_pixels();
    pictures.emplace(file->first, std::move(image));
  }
  return pictures;
}

std::vector<Piece> figure_pieces(const markup::Block& block, float x, float right,
                                 float page_height, const Pictures& pictures,
                                 Typesetter& typesetter) {
  std::vector<Piece> pieces;
  if (!markup::is_figure(block)) return pieces;
  for (const auto& part : block.content) {
    if (part.kind != markup::InlineKind::image) continue;
    const auto found = pictures.find(markup::file_name_of(part.url));
    if (found == pictures.end()) return {};
    pieces.push_back(
        picture_piece(found->second, part.text, x, right, page_height, typesetter.structure()));
  }
  return pieces;
}

}  // namespace vermilion::render
