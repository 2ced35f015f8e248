#include "render/svg.h"

#include <fmt/format.h>

#include "base/text.h"
#include "markup/html.h"

namespace vermilion::render {
namespace {

constexpr int bold_face = 1;
constexpr const char* families =
    "'Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif";

// 12.5: hundredths are enough, and -0 is 0.
std::string number(float value) {
  auto text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string hex_of(const Colour& colour) {
  const auto part = [](float value) { return static_cast<int>(value * 255 + 0.5F); };
  return fmt::format("#{:02x}{:02x}{:02x}", part(colour.red), part(colour.green),
                     part(colour.blue));
}

// A control character cannot stand in XML.
std::string words_in_svg(const std::string& text) {
  std::string clean = text;
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return markup::escape_html(clean);
}

std::string element(const Fill& fill) {
  return fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>)", number(fill.x),
                     number(fill.y), number(fill.width), number(fill.height), hex_of(fill.colour));
}

std::string element(const Rule& rule) {
  return fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>)",
                     number(rule.x1), number(rule.y1), number(rule.x2), number(rule.y2),
                     hex_of(rule.colour), number(rule.thickness),
                     rule.stroke == Stroke::dotted ? R"( stroke-dasharray="1 3")" : "");
}

float length_of(const TextRun& run, const Face& face) {
  float length = 0;
  for (const char32_t c : run.text) length += std::max(0.0F, face.advance(c)) * run.size;
  return length + run.tracking * static_cast<float>(run.text.size());
}

std::string element(const TextRun& run, const Fonts& fonts) {
  const bool bold = run.face == bold_face || run.embolden;
  const float length = length_of(run, *fonts.faces()[static_cast<size_t>(run.face)]);
  return fmt::format(R"(<text x="{}" y="{}" font-size="{}"{} fill="{}"{}>{}</text>)", number(run.x),
                     number(run.y), number(run.size), bold ? R"( font-weight="bold")" : "",
                     hex_of(run.colour),
                     run.text.size() > 1 ? fmt::format(R"( textLength="{}")", number(length)) : "",
                     words_in_svg(utf8(run.text)));
}

}  // namespace

std::string to_svg(const SvgPicture& picture, const Fonts& fonts, float scale) {
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" lang="zh-Hant-TW" xml:space="preserve" font-family="{}"><title>{}</title><desc>{}</desc>)",
      number(picture.width), number(picture.height), number(picture.width * scale),
      number(picture.height * scale), families, words_in_svg(picture.title),
      words_in_svg(picture.description));
  for (const Fill& fill : picture.ink.fills) svg += element(fill);
  for (const Rule& rule : picture.ink.rules) svg += element(rule);
  for (const TextRun& run : picture.ink.texts) svg += element(run, fonts);
  return svg + "</svg>";
}

}  // namespace vermilion::render
