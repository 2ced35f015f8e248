#include "render/front.h"

namespace vermilion::render {
namespace {

constexpr float row_height = 27;
constexpr float value_leading = 16;

class Cover {
 public:
  Cover(const PdfRequest& request, Typesetter& typesetter)
      : request_(request), typesetter_(typesetter), structure_(typesetter.structure()) {}

  Ink draw() {
    organisation();
    titles();
    facts();
    code();
    return std::move(ink_);
  }

 private:
  void organisation() {
    ink_.fills.push_back({style::margin_left, 150, 34, 3.2F, style::vermilion});
    y_ = 186;
    put(structure_.add("P"), request_.organisation, Weight::regular, style::ink, 14, 20);
  }

  void titles() {
    y_ = std::max(y_ + 20, 270.0F);
    const float size = title_size();
    put(structure_.add_heading(1), request_.title, Weight::bold, style::ink, size, size * 1.42F);
    y_ -= 10;
    put(structure_.add("P"), request_.title_en, Weight::regular, style::quiet, 12.5F, 19);
  }

  // Smaller when the title would take more than three lines.
  float title_size() {
    for (const float size : {31.0F, 26.0F}) {
      if (lines(request_.title, Weight::bold, style::ink, size).size() <= 3) return size;
    }
    return 21;
  }

  std::vector<Line> lines(const std::string& text, Weight weight, Colour colour, float size) {
    return typesetter_.lines({span(text, weight, colour)}, size,
                             style::right_edge - style::margin_left);
  }

  void put(Tag tag, const std::string& text, Weight weight, Colour colour, float size,
           float leading) {
    for (Line& line : lines(text, weight, colour, size)) {
      structure_.mark(line.ink, tag);
      ink_.add(line.ink, style::margin_left, y_);
      y_ += leading;
    }
  }

  using Fact = std::pair<std::string, std::string>;

  [[nodiscard]] std::vector<Fact> known_facts() const {
    std::vector<Fact> rows = {{"文件編號", request_.id},
                              {"版次", request_.version},
                              {"機密等級", request_.classification},
                              {"核准文號", request_.approval_number},
                              {"生效日期", request_.effective}};
    for (const auto& line : request_.cover_lines) rows.push_back(split(line));
    std::erase_if(rows, [](const Fact& fact) { return fact.second.empty(); });
    return rows;
  }

  // Ends at the same place on every cover, unless the titles leave too little room above.
  void facts() {
    const auto rows = known_facts();
    std::vector<std::vector<Line>> values;
    size_t extra_lines = 0;
    for (const auto& [name, value] : rows) {
      values.push_back(
          typesetter_.lines({span(value)}, 11, style::right_edge - style::margin_left - 106));
      extra_lines += std::max<size_t>(values.back().size(), 1) - 1;
    }
    const float height = static_cast<float>(rows.size()) * row_height +
                         static_cast<float>(extra_lines) * value_leading;
    y_ = std::max((request_.code ? 672 : 690) - height, y_ + 20);
    ink_.rules.push_back({style::margin_left, y_, style::right_edge, y_, 0.9F, style::vermilion});
    for (size_t i = 0; i < rows.size(); ++i) fact(rows[i].first, values[i]);
  }

  void code() {
    if (!request_.code) return;
    const Piece piece = cover_code(*request_.code, typesetter_);
    ink_.add(piece.ink, style::margin_left, y_ + 12);
  }

  void fact(const std::string& name, const std::vector<Line>& value) {
    const float baseline = y_ + 17.5F;
    Ink ink;
    ink.add(typesetter_.fitted(span(name + " ", Weight::regular, style::quiet), 10, 92).ink,
            style::margin_left + 2, baseline);
    for (size_t k = 0; k < value.size(); ++k) {
      ink.add(value[k].ink, style::margin_left + 104,
              baseline + static_cast<float>(k) * value_leading);
    }
    structure_.mark(ink, structure_.add("P"));
    ink_.add(ink, 0, 0);
    y_ += row_height + static_cast<float>(std::max<size_t>(value.size(), 1) - 1) * value_leading;
    ink_.rules.push_back({style::margin_left, y_, style::right_edge, y_, 0.35F, style::hairline});
  }

  // "頒行：89 年 2 月" is the fact 頒行; a line without a colon stands beside an empty name.
  static Fact split(const std::string& line) {
    const std::string colon = "：";
    const auto at = line.find(colon);
    if (at == std::string::npos) return {"", line};
    return {line.substr(0, at), line.substr(at + colon.size())};
  }

  const PdfRequest& request_;
  Typesetter& typesetter_;
  Structure& structure_;
  Ink ink_;
  float y_ = 0;
};

}  // namespace

Ink cover(const PdfRequest& request, Typesetter& typesetter) {
  return Cover(request, typesetter).draw();
}

}  // namespace vermilion::render
