#include "render/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

#include "base/error.h"

namespace vermilion::render {

// Words of an operator, a space between them; the operator ends the line.
template <typename... Words>
void PageContent::write(const Words&... words) {
  ((word(words), operators_ += ' '), ...);
  operators_.back() = '\n';
}

// Thousandths, with no more digits than there are.
void PageContent::number(float value) {
  VERMILION_ASSERT(std::isfinite(value));
  const auto thousandths = std::lround(value * 1000);
  const auto digits = fmt::format_int(std::abs(thousandths) / 1000);
  if (thousandths < 0) operators_ += '-';
  operators_.append(digits.data(), digits.size());
  auto rest = std::abs(thousandths) % 1000;
  if (rest == 0) return;
  operators_ += '.';
  for (long unit = 100; rest > 0; unit /= 10) {
    operators_ += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

void PageContent::set_colour(Colouring& now, const Colour& wanted, std::string_view as) {
  if (now == wanted) return;
  now = wanted;
  write(wanted.red, wanted.green, wanted.blue, as);
}

void PageContent::set_stroke(const Colour& colour, float width, Stroke stroke) {
  set_colour(stroke_, colour, "RG");
  if (width_ != width) write(width, "w");
  if (dash_ != stroke) write(stroke == Stroke::dotted ? "[1 3] 0 d" : "[] 0 d");
  width_ = width;
  dash_ = stroke;
}

void PageContent::draw(const Fill& fill) {
  set_colour(fill_, fill.colour, "rg");
  write(fill.x, size_.height - fill.y - fill.height, fill.width, fill.height, "re f");
}

void PageContent::draw(const Rule& rule) {
  set_stroke(rule.colour, rule.thickness, rule.stroke);
  write(rule.x1, size_.height - rule.y1, "m");
  write(rule.x2, size_.height - rule.y2, "l S");
}

void PageContent::draw(const PlacedImage& placed, std::string_view name) {
  write("q");
  write(placed.width, "0 0", placed.height, placed.x, size_.height - placed.y - placed.height,
        "cm");
  operators_ += '/';
  write(name, "Do Q");
}

void PageContent::draw(const TextRun& run, std::string_view font, std::string_view codes) {
  set_colour(fill_, run.colour, "rg");
  set_font(font, run.size);
  set_tracking(run.tracking);
  if (run.embolden) {
    set_stroke(run.colour, run.size * 0.03F, Stroke::solid);
    write("2 Tr");
  }
  write("BT");
  place(run);
  show(run, codes);
  write("ET");
  if (run.embolden) write("0 Tr");
}

void PageContent::set_font(std::string_view font, float size) {
  if (font_ == font && font_size_ == size) return;
  font_ = font;
  font_size_ = size;
  operators_ += '/';
  write(font, size, "Tf");
}

void PageContent::set_tracking(float tracking) {
  if (tracking_ == tracking) return;
  tracking_ = tracking;
  write(tracking, "Tc");
}

void PageContent::place(const TextRun& run) {
  if (run.degrees == 0) return write(run.x, size_.height - run.y, "Td");
  const float angle = run.degrees * std::numbers::pi_v<float> / 180;
  write(std::cos(angle), std::sin(angle), -std::sin(angle), std::cos(angle), run.x,
        size_.height - run.y, "Tm");
}

// ISO 19005-2 6.2.11.7.3: what has only a private code says what it is read as.
void PageContent::show(const TextRun& run, std::string_view codes) {
  const auto is_private = [](char32_t c) { return c >= 0xF0000; };
  const bool named =
      structure_ != nullptr && std::any_of(run.text.begin(), run.text.end(), is_private);
  if (named) write(fmt::format("/Span <</ActualText <FEFF{}>>> BDC", utf16_hex(run.text)));
  put_string(codes);
  write(" Tj");
  if (named) write("EMC");
}

// Bytes as they are take half of what hexadecimal digits do.
void PageContent::put_string(std::string_view bytes) {
  operators_ += '(';
  for (const char byte : bytes) {
    if (byte == '(' || byte == ')' || byte == '\\') operators_ += '\\';
    if (byte == '\r')
      operators_ += "\\r";
    else
      operators_ += byte;
  }
  operators_ += ')';
}

void PageContent::mark(Tag tag) {
  if (structure_ == nullptr || marked_ == tag) return;
  close_mark();
  marked_ = tag;
  if (tag == artifact) return write("/Artifact BMC");
  operators_ += '/';
  operators_ += structure_->elements()[tag].role;
  operators_ += " <</MCID ";
  operators_ += std::to_string(marks_.size());
  write(">> BDC");
  marks_.push_back(tag);
}

void PageContent::close_mark() {
  if (marked_) write("EMC");
  marked_.reset();
}

Bytes PageContent::finish() {
  close_mark();
  return std::move(operators_);
}

std::string utf16_hex(std::u32string_view text) {
  std::string digits;
  for (const char32_t c : text) {
    const auto value = static_cast<std::uint32_t>(c);
    digits += value < 0x10000 ? fmt::format("{:04X}", value)
                              : fmt::format("{:04X}{:04X}", 0xD800 + ((value - 0x10000) >> 10),
                                            0xDC00 + ((value - 0x10000) & 0x3FF));
  }
  return digits;
}

}  // namespace vermilion::render
