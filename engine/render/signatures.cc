#include "render/signatures.h"

#include <algorithm>
#include <functional>

#include "base/date.h"
#include "base/error.h"
#include "render/hostile.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr int most_fields = 1000;
constexpr int most_levels = 8;
constexpr size_t most_cms = 64 * 1024;
constexpr int most_tries = 16;
constexpr std::string_view end_mark = "%%EOF";

std::string text_of(Object dictionary, const std::string& key) {
  auto value = dictionary.getKey(key);
  return value.isString() ? value.getUTF8Value() : "";
}

std::string name_of(Object dictionary, const std::string& key) {
  auto value = dictionary.getKey(key);
  return value.isName() ? value.getName().substr(1) : "";
}

// D:20261122080000Z, or with +08'00' at the end; nothing for anything else.
std::optional<Instant> date_of(const std::string& text) {
  if (text.size() < 17 || !text.starts_with("D:")) return std::nullopt;
  std::string zone = text.substr(16);
  if (zone.size() >= 6) zone = zone.substr(0, 3) + ":" + zone.substr(4, 2);
  const auto part = [&](size_t at, size_t size) { return text.substr(2 + at, size); };
  try {
    return parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                         part(10, 2) + ":" + part(12, 2) + zone);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The bytes between '<' and '>' are hexadecimal digits and stand for these bytes: so nothing else lies in the hole.
bool is_hexadecimal_of(std::string_view hole, std::string_view contents) {
  if (hole.size() != 2 * contents.size() + 2 || hole.front() != '<' || hole.back() != '>')
    return false;
  std::string digits(hole.substr(1, hole.size() - 2));
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  return digits == hex(contents);
}

void read_range(std::string_view pdf, Object value, const std::string& contents,
                FoundSignature& found) {
  auto range = value.getKey("/ByteRange");
  if (!range.isArray() || range.getArrayNItems() != 4) return;
  std::uint64_t numbers[4];
  for (int i = 0; i < 4; ++i) {
    auto item = range.getArrayItem(i);
    if (!item.isInteger() || item.getIntValue() < 0) return;
    numbers[i] = static_cast<std::uint64_t>(item.getIntValue());
  }
  const auto [start, hole, hole_end, rest] = numbers;
  if (start != 0 || hole >= hole_end || hole_end > pdf.size() || rest == 0 ||
      rest > pdf.size() - hole_end)
    return;
  if (!is_hexadecimal_of(pdf.substr(hole, hole_end - hole), contents)) return;
  found.hole = hole;
  found.hole_end = hole_end;
  found.end = hole_end + rest;
}

// DER says itself how long it is; what fills the hole up is not part of it.
Bytes without_filling(const std::string& contents) {
  if (contents.size() < 4 || contents.size() > most_cms || contents[0] != '\x30') return {};
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(contents[at]); };
  size_t length = byte(1), head = 2;
  if (length >= 0x80) {
    const size_t count = length & 0x7F;
    if (count == 0 || count > 2) return {};
    length = count == 1 ? byte(2) : byte(2) * size_t{256} + byte(3);
    head += count;
  }
  return head + length <= contents.size() ? contents.substr(0, head + length) : Bytes();
}

FoundSignature signature_in(std::string_view pdf, const std::string& field, Object value) {
  FoundSignature found;
  found.field = field;
  if (!value.isDictionary()) return found;
  found.name = text_of(value, "/Name");
  found.reason = text_of(value, "/Reason");
  found.sub_filter = name_of(value, "/SubFilter");
  found.at = date_of(text_of(value, "/M"));
  const auto contents = value.getKey("/Contents");
  if (!Object(contents).isString()) return found;
  const std::string bytes = Object(contents).getStringValue();
  read_range(pdf, value, bytes, found);
  found.cms = without_filling(bytes);
  return found;
}

class FieldWalk {
 public:
  FieldWalk(std::string_view pdf, std::vector<FoundSignature>& found) : pdf_(pdf), found_(found) {}

  void walk(Object fields, const std::string& parent, int level) {
    for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
      if (++count_ > most_fields || level > most_levels) hostile::refuse();
      visit(fields.getArrayItem(i), parent, level);
    }
  }

 private:
  void visit(Object field, const std::string& parent, int level) {
    if (!field.isDictionary()) return;
    const auto own = text_of(field, "/T");
    const auto name = parent.empty() || own.empty() ? parent + own : parent + "." + own;
    auto type = field.getKey("/FT");
    const bool signs = type.isName() && type.getName() == "/Sig";
    if (signs && field.hasKey("/V"))
      found_.push_back(signature_in(pdf_, name, field.getKey("/V")));
    walk(field.getKey("/Kids"), name, level + 1);
  }

  std::string_view pdf_;
  std::vector<FoundSignature>& found_;
  int count_ = 0;
};

// Whatever was appended may keep the whole from being read: then what is one PDF without it.
std::unique_ptr<QPDF> open_longest(std::string_view pdf, size_t& size) {
  auto ends = revision_ends(pdf);
  if (ends.size() > most_tries) ends.erase(ends.begin(), ends.end() - most_tries);
  for (; ends.size() > 1; ends.pop_back()) {
    try {
      size = ends.back();
      return hostile::open(pdf.substr(0, size));
    } catch (const Error&) {  // the next shorter one
    }
  }
  size = ends.empty() ? pdf.size() : ends.back();
  return hostile::open(pdf.substr(0, size));
}

}  // namespace

bool is_document_timestamp(const FoundSignature& signature) {
  return signature.sub_filter == "ETSI.RFC3161";
}

bool is_pades(const FoundSignature& signature) {
  return signature.sub_filter == "ETSI.CAdES.detached";
}

bool FoundSignature::hole_sound(std::string_view pdf) const {
  const auto digits = pdf.substr(hole, hole_end - hole);
  const auto room = digits.size() / 2;  // the brackets are two digits' worth
  return room > cms.size() && is_hexadecimal_of(digits, cms + Bytes(room - 1 - cms.size(), '\0'));
}

Bytes FoundSignature::covered(std::string_view pdf) const {
  return Bytes(pdf.substr(0, hole)) + Bytes(pdf.substr(hole_end, end - hole_end));
}

std::vector<std::size_t> revision_ends(std::string_view pdf) {
  std::vector<std::size_t> ends;
  for (size_t at = pdf.find(end_mark); at != pdf.npos; at = pdf.find(end_mark, at)) {
    at += end_mark.size();
    if (pdf.substr(at, 2) == "\r\n")
      at += 2;
    else if (at < pdf.size() && (pdf[at] == '\n' || pdf[at] == '\r'))
      ++at;
    ends.push_back(at);
  }
  return ends;
}

FoundSignatures find_signatures(std::string_view pdf) {
  hostile::require_size(pdf);
  FoundSignatures found;
  const auto opened = open_longest(pdf, found.size);
  hostile::guarded([&] {
    FieldWalk(pdf, found.signatures)
        .walk(opened->getRoot().getKey("/AcroForm").getKey("/Fields"), "", 0);
  });
  std::stable_sort(found.signatures.begin(), found.signatures.end(),
                   [](const auto& a, const auto& b) { return a.end - 1 < b.end - 1; });
  return found;
}

}  // namespace vermilion::render
