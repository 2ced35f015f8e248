#include "markup/images.h"

#include <algorithm>

namespace vermilion::markup {
namespace {

constexpr std::string_view kFolder = "files/";

// Visits every list of inlines of the blocks, with the block it stands in.
template <typename Blocks, typename Visit>
void each_paragraph(Blocks& blocks, const Visit& visit) {
  for (auto& block : blocks) {
    visit(block, block.content);
    for (auto& row : block.rows) {
      for (auto& cell : row) visit(block, cell.content);
    }
    each_paragraph(block.children, visit);
  }
}

template <typename Inlines, typename Visit>
void each_image(Inlines& content, const Visit& visit) {
  for (auto& part : content) {
    if (part.kind == InlineKind::image) visit(part);
    each_image(part.children, visit);
  }
}

}  // namespace

bool is_figure(const Block& block) {
  const auto is_image = [](const Inline& part) { return part.kind == InlineKind::image; };
  return block.kind == BlockKind::paragraph && !block.opens_clause &&
         std::any_of(block.content.begin(), block.content.end(), is_image) &&
         std::all_of(block.content.begin(), block.content.end(), [&](const Inline& part) {
           return is_image(part) || part.kind == InlineKind::soft_break ||
                  part.kind == InlineKind::hard_break;
         });
}

std::vector<ImageUse> images_of(const Document& document) {
  std::vector<ImageUse> found;
  each_paragraph(document.blocks, [&](const Block& block, const std::vector<Inline>& content) {
    each_image(content, [&](const Inline& image) {
      found.push_back({block.line, image.url, image.text, is_figure(block)});
    });
  });
  return found;
}

std::string file_name_of(const std::string& url) {
  return url.starts_with(kFolder) ? url.substr(kFolder.size()) : "";
}

std::string image_words(const std::string& alt) { return "〔圖：" + alt + "〕"; }

void relink_images(std::vector<Block>& blocks, const AddressOf& address_of) {
  each_paragraph(blocks, [&](Block&, std::vector<Inline>& content) {
    each_image(content, [&](Inline& image) {
      const auto name = file_name_of(image.url);
      const auto address = name.empty() ? std::nullopt : address_of(name);
      if (address)
        image.url = *address;
      else
        image = {InlineKind::text, image_words(image.text), "", {}};
    });
  });
}

}  // namespace vermilion::markup
