#include "render/front.h"

namespace vermilion::render {
namespace {

constexpr float left = style::margin_left;
constexpr float right = style::page_width - style::margin_right;

class Cover {
 public:
  Cover(const PdfRequest& request, Typesetter& typesetter)
      : request_(request), typesetter_(typesetter) {}

  Ink draw() {
    organisation();
    titles();
    facts();
    return std::move(ink_);
  }

 private:
  void organisation() {
    ink_.fills.push_back({left, 150, 34, 3.2F, style::vermilion});
    const Line name = typesetter_.fitted(span(request_.organisation, Weight::regular, style::ink),
                                         14, right - left);
    ink_.add(name.ink, left, 186);
  }

  void titles() {
    y_ = 270;
    for (const Line& line :
         typesetter_.lines({span(request_.title, Weight::bold)}, 31, right - left)) {
      ink_.add(line.ink, left, y_);
      y_ += 44;
    }
    y_ -= 10;
    for (const Line& line : typesetter_.lines(
             {span(request_.title_en, Weight::regular, style::quiet)}, 12.5F, right - left)) {
      ink_.add(line.ink, left, y_);
      y_ += 19;
    }
  }

  // From the bottom up, so that the block ends at the same place on every cover.
  void facts() {
    constexpr float row = 27;
    std::vector<std::pair<std::string, std::string>> rows = {{"文件編號", request_.id},
                                                             {"版次", request_.version},
                                                             {"機密等級", request_.classification},
                                                             {"核准文號", request_.approval_number},
                                                             {"生效日期", request_.effective}};
    for (const auto& line : request_.cover_lines) rows.push_back(split(line));
    std::erase_if(rows, [](const auto& fact) { return fact.second.empty(); });
    float y = 690 - static_cast<float>(rows.size()) * row;
    ink_.rules.push_back({left, y, right, y, 0.9F, style::vermilion});
    for (const auto& [name, value] : rows) {
      fact(name, value, y + 17.5F);
      y += row;
      ink_.rules.push_back({left, y, right, y, 0.35F, style::hairline});
    }
  }

  void fact(const std::string& name, const std::string& value, float y) {
    ink_.add(typesetter_.fitted(span(name, Weight::regular, style::quiet), 10, 90).ink, left + 2,
             y);
    ink_.add(typesetter_.fitted(span(value), 11, right - left - 104).ink, left + 104, y);
  }

  // "頒行：89 年 2 月" is the fact 頒行; a line without a colon stands beside an empty name.
  static std::pair<std::string, std::string> split(const std::string& line) {
    const std::string colon = "：";
    const auto at = line.find(colon);
    if (at == std::string::npos) return {"", line};
    return {line.substr(0, at), line.substr(at + colon.size())};
  }

  const PdfRequest& request_;
  Typesetter& typesetter_;
  Ink ink_;
  float y_ = 0;
};

}  // namespace

Ink cover(const PdfRequest& request, Typesetter& typesetter) {
  return Cover(request, typesetter).draw();
}

}  // namespace vermilion::render
