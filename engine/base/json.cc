#include "base/json.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/text.h"

template class nlohmann::basic_json<>;

namespace vermilion {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::int64_t kMaxInteger = std::int64_t(1) << 53;

[[noreturn]] void refuse(const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, "bad-json", {"JSON 無效：" + zh, "invalid JSON: " + en});
}

// Builds the value while refusing what nlohmann's own parser lets through: duplicate keys, deep
// nesting and integers that a double cannot hold.
class StrictReader : public nlohmann::detail::json_sax_dom_parser<Json> {
  using Base = nlohmann::detail::json_sax_dom_parser<Json>;

 public:
  explicit StrictReader(Json& value) : Base(value, false) {}

  bool start_object(std::size_t size) {
    enter();
    keys_.emplace_back();
    return Base::start_object(size);
  }
  bool end_object() {
    keys_.pop_back();
    --depth_;
    return Base::end_object();
  }
  bool start_array(std::size_t size) {
    enter();
    return Base::start_array(size);
  }
  bool end_array() {
    --depth_;
    return Base::end_array();
  }
  bool key(std::string& name) {
    if (!keys_.back().insert(name).second) {
      refuse("鍵「" + name + "」重複", "duplicate key '" + name + "'");
    }
    return Base::key(name);
  }
  bool number_integer(std::int64_t value) {
    if (value < -kMaxInteger) refuse("整數超出 2^53", "integer beyond 2^53");
    return Base::number_integer(value);
  }
  bool number_unsigned(std::uint64_t value) {
    if (value > std::uint64_t(kMaxInteger)) refuse("整數超出 2^53", "integer beyond 2^53");
    return Base::number_unsigned(value);
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    refuse(fmt::format("第 {} 位元組", position), fmt::format("at byte {}", position));
  }

 private:
  void enter() {
    if (++depth_ > kMaxDepth) refuse("巢狀太深", "nested too deeply");
  }
  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> keys_;
};

void write_string(const std::string& text, std::string& out) {
  if (!is_text(text) && text.find('\0') == text.npos) refuse("不是 UTF-8", "not UTF-8");
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

// ECMAScript's Number::toString, which RFC 8785 prescribes, from the shortest digits.
std::string number_text(double value) {
  if (!std::isfinite(value)) refuse("數字不是有限值", "a number is not finite");
  if (value == 0) return "0";
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific)
          .ptr;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const auto e = text.find('e');
  std::string digits(text.substr(0, e));
  std::erase(digits, '.');
  const int exponent =
      std::stoi(std::string(text.substr(e + 1))) + 1;  // value = 0.digits * 10^exponent
  const int count = static_cast<int>(digits.size());
  std::string result = value < 0 ? "-" : "";
  if (count <= exponent && exponent <= 21) {
    result += digits + std::string(static_cast<std::size_t>(exponent - count), '0');
  } else if (0 < exponent && exponent <= 21) {
    result += digits.insert(static_cast<std::size_t>(exponent), ".");
  } else if (-6 < exponent && exponent <= 0) {
    result += "0." + std::string(static_cast<std::size_t>(-exponent), '0') + digits;
  } else {
    if (count > 1) digits.insert(1, ".");
    result += fmt::format("{}e{}{}", digits, exponent > 0 ? "+" : "-", std::abs(exponent - 1));
  }
  return result;
}

std::u16string utf16(const std::string& text) {
  std::u16string units;
  for (const char32_t c : code_points(text)) {
    if (c < 0x10000) {
      units += static_cast<char16_t>(c);
    } else {
      units += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return units;
}

void write(const Json& value, std::string& out);

void write_object(const Json& value, std::string& out) {
  std::map<std::u16string, Json::const_iterator> ordered;
  for (auto member = value.begin(); member != value.end(); ++member) {
    ordered.emplace(utf16(member.key()), member);
  }
  out += '{';
  bool first = true;
  for (const auto& [units, member] : ordered) {
    if (!first) out += ',';
    first = false;
    write_string(member.key(), out);
    out += ':';
    write(member.value(), out);
  }
  out += '}';
}

void write_array(const Json& value, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& item : value) {
    if (!first) out += ',';
    first = false;
    write(item, out);
  }
  out += ']';
}

void write_integer(const Json& value, std::string& out) {
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= std::uint64_t(kMaxInteger)
                        : std::abs(value.get<std::int64_t>()) <= kMaxInteger;
  if (!fits) refuse("整數超出 2^53", "integer beyond 2^53");
  out += value.dump();
}

void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::object:
      write_object(value, out);
      break;
    case Json::value_t::array:
      write_array(value, out);
      break;
    case Json::value_t::string:
      write_string(value.get_ref<const std::string&>(), out);
      break;
    case Json::value_t::number_float:
      out += number_text(value.get<double>());
      break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      write_integer(value, out);
      break;
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      break;
    case Json::value_t::null:
      out += "null";
      break;
    default:
      throw Bug("a JSON value that cannot be written");
  }
}

}  // namespace

Json parse_json(std::string_view bytes) {
  // U+0000 would end the input early in the parser below.
  if (!is_text(bytes)) refuse("不是 UTF-8 文字", "not UTF-8 text");
  Json value;
  StrictReader reader(value);
  if (!Json::sax_parse(bytes, &reader)) refuse("無法讀取", "cannot be read");
  return value;
}

Json parse_canonical(std::string_view bytes) {
  Json value = parse_json(bytes);
  if (canonical(value) != bytes)
    refuse("不是正規形式（RFC 8785）", "not its own canonical form (RFC 8785)");
  return value;
}

std::string canonical(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

std::string require_string(const Json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object.at(key).is_string()) {
    refuse(fmt::format("缺少文字欄位「{}」", key), fmt::format("text member '{}' is missing", key));
  }
  return object.at(key).get<std::string>();
}

std::string string_or_empty(const Json& object, const char* key) {
  const auto member = object.is_object() ? object.find(key) : object.end();
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

}  // namespace vermilion
