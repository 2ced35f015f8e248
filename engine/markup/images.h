// The pictures a text shows, and the files they are of.
//
// Shape    ![what is seen](files/NAME): NAME is one of the files that belong to the version (workflow/drafts.h). A figure is a paragraph of
//          pictures and nothing else.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

struct ImageUse {
  int line = 0;  // of the block it stands in
  std::string url;
  std::string alt;
  bool in_figure = false;
};

// In the order of the text.
[[nodiscard]] std::vector<ImageUse> images_of(const Document& document);
[[nodiscard]] bool is_figure(const Block& block);
// NAME of "files/NAME"; "" for any other address.
[[nodiscard]] std::string file_name_of(const std::string& url);

// Gives every picture the address that `address_of` tells for its file; the others become the words 〔圖：alt〕.
using AddressOf = std::function<std::optional<std::string>(const std::string& name)>;
void relink_images(std::vector<Block>& blocks, const AddressOf& address_of);
// What stands for a picture where none can be shown.
[[nodiscard]] std::string image_words(const std::string& alt);

}  // namespace vermilion::markup
