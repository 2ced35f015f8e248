#include <fmt/format.h>
#include <yaml.h>

#include <new>
#include <set>

#include "base/text.h"
#include "base/yaml.h"

namespace vermilion {
namespace {

constexpr int most_levels = 64;

struct Event {
  yaml_event_t raw{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
};

std::string_view view(const yaml_char_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

bool says_nothing(std::string_view plain) {
  return plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

}  // namespace

class YamlReader {
 public:
  YamlReader(std::string_view text, int first_line) : first_line_(first_line) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(text.data()),
                                 text.size());
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;
  ~YamlReader() { yaml_parser_delete(&parser_); }

  Yaml read();

 private:
  void next(Event& event);
  int line_of(const yaml_mark_t& mark) const { return static_cast<int>(mark.line) + first_line_; }
  Yaml node(const Event& first, int level);
  Yaml text(const Event& event) const;
  Yaml list(const Event& first, int level);
  Yaml map(const Event& first, int level);
  std::string name(const Event& event) const;

  yaml_parser_t parser_{};
  int first_line_;
};

void YamlReader::next(Event& event) {
  if (yaml_parser_parse(&parser_, &event.raw) != 0) return;
  if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  const Yaml here(
      Yaml::Kind::null,
      line_of(parser_.error == YAML_READER_ERROR ? parser_.mark : parser_.problem_mark));
  here.refuse(fmt::format("不是正確的 YAML（{}）", parser_.problem),
              fmt::format("this is not YAML ({})", parser_.problem));
}

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
    Yaml(Yaml::Kind::null, line_of(after.raw.start_mark))
        .refuse("只能有一份文件，請刪去「---」以後的內容",
                "there can be only one document; remove what follows “---”");
  }
  return root;
}

Yaml YamlReader::node(const Event& first, int level) {
  const Yaml here(Yaml::Kind::null, line_of(first.raw.start_mark));
  if (level > most_levels) here.refuse("層次過深", "it is nested too deeply");
  if (first.raw.type == YAML_SCALAR_EVENT) return text(first);
  if (first.raw.type == YAML_SEQUENCE_START_EVENT) return list(first, level);
  if (first.raw.type == YAML_MAPPING_START_EVENT) return map(first, level);
  here.refuse("不接受別名（*），請寫出內容", "aliases (*) are refused; write what they stand for");
}

Yaml YamlReader::text(const Event& event) const {
  const auto& scalar = event.raw.data.scalar;
  const auto words = view(scalar.value, scalar.length);
  Yaml read(Yaml::Kind::text, line_of(event.raw.start_mark));
  if (!is_text(words)) read.refuse("含有不能使用的字元", "it has a character that cannot be used");
  read.quoted_ = scalar.plain_implicit == 0;
  if (!read.quoted_ && says_nothing(words)) return {Yaml::Kind::null, read.line_};
  read.text_ = words;
  return read;
}

Yaml YamlReader::list(const Event& first, int level) {
  Yaml read(Yaml::Kind::list, line_of(first.raw.start_mark));
  for (;;) {
    Event event;
    next(event);
    if (event.raw.type == YAML_SEQUENCE_END_EVENT) return read;
    read.items_.push_back(node(event, level + 1));
  }
}

Yaml YamlReader::map(const Event& first, int level) {
  Yaml read(Yaml::Kind::map, line_of(first.raw.start_mark));
  std::set<std::string> names;
  for (;;) {
    Event key, value;
    next(key);
    if (key.raw.type == YAML_MAPPING_END_EVENT) return read;
    auto name = this->name(key);
    if (!names.insert(name).second) {
      Yaml(Yaml::Kind::null, line_of(key.raw.start_mark))
          .refuse(fmt::format("「{}」出現兩次，請刪去一個", name),
                  fmt::format("'{}' is given twice; remove one", name));
    }
    next(value);
    read.members_.push_back({std::move(name), node(value, level + 1)});
  }
}

std::string YamlReader::name(const Event& event) const {
  const Yaml here(Yaml::Kind::null, line_of(event.raw.start_mark));
  if (event.raw.type != YAML_SCALAR_EVENT) here.refuse("名稱只能是文字", "a name must be a text");
  const auto& scalar = event.raw.data.scalar;
  const auto words = view(scalar.value, scalar.length);
  if (!is_text(words)) here.refuse("含有不能使用的字元", "it has a character that cannot be used");
  return std::string(words);
}

Yaml read_yaml(std::string_view text, int first_line) {
  return YamlReader(text, first_line).read();
}

}  // namespace vermilion
