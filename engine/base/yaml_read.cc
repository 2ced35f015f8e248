#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <new>
#include <set>

#include "base/text.h"
#include "base/yaml.h"

namespace vermilion {
namespace {

constexpr int most_levels = 64;
constexpr size_t most_bytes = 256 << 10;
constexpr std::array<std::string_view, 3> hidden_line_ends = {"\u0085", "\u2028", "\u2029"};

struct Event {
  yaml_event_t raw{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
};

int lines_before(std::string_view text, size_t at) {
  const auto before = text.substr(0, at);
  return static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

[[noreturn]] void refuse_at(int line, const std::string& zh, const std::string& en) {
  Yaml(Yaml::Kind::null, line).refuse(zh, en);
}

// libyaml compares each %TAG with all before it.
void refuse_directives(std::string_view text, int first_line) {
  for (size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size()) + 1) {
    if (text[at] != '%') continue;
    refuse_at(first_line + lines_before(text, at), "不接受以 % 開頭的行",
              "a line that begins with % is refused");
  }
}

// A carriage return that no line feed follows, or npos.
size_t lone_return(std::string_view text) {
  size_t at = text.find('\r');
  while (at != std::string_view::npos && text.substr(at + 1).starts_with('\n'))
    at = text.find('\r', at + 1);
  return at;
}

// libyaml ends a line there, and whoever reads the text sees one line.
void refuse_hidden_line_ends(std::string_view text, int first_line) {
  size_t at = lone_return(text);
  for (const auto end : hidden_line_ends) at = std::min(at, text.find(end));
  if (at == std::string_view::npos) return;
  refuse_at(first_line + lines_before(text, at), "含有看不見的換行字元，請刪去",
            "it has a line end that cannot be seen; remove it");
}

bool says_nothing(std::string_view plain) {
  return plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

std::string_view scalar_of(const Event& event, int line) {
  const auto& scalar = event.raw.data.scalar;
  const std::string_view words(reinterpret_cast<const char*>(scalar.value), scalar.length);
  if (!is_text(words))
    refuse_at(line, "含有不能使用的字元", "it has a character that cannot be used");
  return words;
}

void refuse_properties(const yaml_char_t* anchor, const yaml_char_t* tag, int line) {
  if (anchor != nullptr) refuse_at(line, "不接受錨點（&）", "anchors (&) are refused");
  if (tag != nullptr) refuse_at(line, "不接受標籤（!）", "tags (!) are refused");
}

void refuse_properties(const yaml_event_t& event, int line) {
  const auto& data = event.data;
  if (event.type == YAML_SCALAR_EVENT) refuse_properties(data.scalar.anchor, data.scalar.tag, line);
  if (event.type == YAML_SEQUENCE_START_EVENT)
    refuse_properties(data.sequence_start.anchor, data.sequence_start.tag, line);
  if (event.type == YAML_MAPPING_START_EVENT)
    refuse_properties(data.mapping_start.anchor, data.mapping_start.tag, line);
}

}  // namespace

class YamlReader {
 public:
  YamlReader(std::string_view text, int first_line) : text_(text), first_line_(first_line) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    const char* bytes = text.empty() ? "" : text.data();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(bytes),
                                 text.size());
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;
  ~YamlReader() { yaml_parser_delete(&parser_); }

  Yaml read();

 private:
  void next(Event& event);
  int line_of(const yaml_mark_t& mark) const { return static_cast<int>(mark.line) + first_line_; }
  int line_of(const Event& event) const { return line_of(event.raw.start_mark); }
  int line_of_problem() const;
  Yaml node(const Event& first, int level);
  Yaml text(const Event& event) const;
  Yaml list(const Event& first, int level);
  Yaml map(const Event& first, int level);
  std::string name(const Event& event) const;

  std::string_view text_;
  yaml_parser_t parser_{};
  int first_line_;
};

Yaml YamlReader::read() {
  Event begin, document, first, end, after;
  next(begin);
  next(document);
  if (document.raw.type == YAML_STREAM_END_EVENT) return {Yaml::Kind::null, first_line_};
  next(first);
  Yaml root = node(first, 1);
  next(end);
  next(after);
  if (after.raw.type != YAML_STREAM_END_EVENT) {
    refuse_at(line_of(after), "只能有一份文件，請刪去「---」以後的內容",
              "there can be only one document; remove what follows “---”");
  }
  return root;
}

void YamlReader::next(Event& event) {
  if (yaml_parser_parse(&parser_, &event.raw) != 0) return;
  if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  refuse_at(line_of_problem(), fmt::format("不是正確的 YAML（{}）", parser_.problem),
            fmt::format("this is not YAML ({})", parser_.problem));
}

// libyaml reads bytes ahead of its mark.
int YamlReader::line_of_problem() const {
  if (parser_.error != YAML_READER_ERROR) return line_of(parser_.problem_mark);
  return first_line_ + lines_before(text_, parser_.problem_offset);
}

Yaml YamlReader::node(const Event& first, int level) {
  const int line = line_of(first);
  if (level > most_levels) refuse_at(line, "層次過深", "it is nested too deeply");
  refuse_properties(first.raw, line);
  if (first.raw.type == YAML_SCALAR_EVENT) return text(first);
  if (first.raw.type == YAML_SEQUENCE_START_EVENT) return list(first, level);
  if (first.raw.type == YAML_MAPPING_START_EVENT) return map(first, level);
  refuse_at(line, "不接受別名（*），請寫出內容",
            "aliases (*) are refused; write what they stand for");
}

Yaml YamlReader::text(const Event& event) const {
  const auto words = scalar_of(event, line_of(event));
  Yaml read(Yaml::Kind::text, line_of(event));
  read.quoted_ = event.raw.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  if (!read.quoted_ && says_nothing(words)) return {Yaml::Kind::null, read.line_};
  read.text_ = words;
  return read;
}

Yaml YamlReader::list(const Event& first, int level) {
  Yaml read(Yaml::Kind::list, line_of(first));
  for (;;) {
    Event event;
    next(event);
    if (event.raw.type == YAML_SEQUENCE_END_EVENT) return read;
    read.items_.push_back(node(event, level + 1));
  }
}

Yaml YamlReader::map(const Event& first, int level) {
  Yaml read(Yaml::Kind::map, line_of(first));
  std::set<std::string> names;
  for (;;) {
    Event key, value;
    next(key);
    if (key.raw.type == YAML_MAPPING_END_EVENT) return read;
    auto name = this->name(key);
    if (!names.insert(lookup_form(name)).second) {
      refuse_at(line_of(key), fmt::format("「{}」出現兩次，請刪去一個", name),
                fmt::format("'{}' is given twice; remove one", name));
    }
    next(value);
    read.members_.push_back({std::move(name), node(value, level + 1), line_of(key)});
  }
}

std::string YamlReader::name(const Event& event) const {
  const int line = line_of(event);
  refuse_properties(event.raw, line);
  if (event.raw.type != YAML_SCALAR_EVENT)
    refuse_at(line, "名稱只能是文字", "a name must be a text");
  const auto words = scalar_of(event, line);
  if (words == "<<") refuse_at(line, "不接受合併（<<）", "merge keys (<<) are refused");
  return std::string(words);
}

Yaml read_yaml(std::string_view text, int first_line) {
  if (text.size() > most_bytes) refuse_at(first_line, "超過 256 KiB", "it is larger than 256 KiB");
  refuse_directives(text, first_line);
  refuse_hidden_line_ends(text, first_line);
  return YamlReader(text, first_line).read();
}

}  // namespace vermilion
