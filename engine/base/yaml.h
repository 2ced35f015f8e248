// YAML as people write it: settings, front matter, forms, fenced blocks.
//
// Shape    `read_yaml` makes a tree of texts, lists and maps. No text has a type until it is asked for one: `3.50` and `no` stay what
//          was written. Asked for a member that is not there a map answers with an absent node, and that again with absent ones.
// Strict   one document of UTF-8, 256 KiB and 64 levels at most. A name given twice (also in another normal form), directives (%),
//          anchors, aliases, tags, merge keys (<<), and the line ends that no editor shows (U+0085, U+2028, U+2029, a lone CR) are
//          refused. So time and memory are linear in the text, and nobody reads another value than the engine does.
// Threads  values
// Errors   YamlError (Failure::invalid, "bad-yaml") names the line, counted from 1 or from what the caller says
// Source   YAML 1.1 by libyaml; ADR 0026
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace vermilion {

class YamlError : public Error {
 public:
  explicit YamlError(Said said) : Error(Failure::invalid, "bad-yaml", std::move(said)) {}
};

struct YamlMember;

class Yaml {
 public:
  enum class Kind { absent, null, text, list, map };

  Yaml();
  Yaml(Kind kind, int line);

  [[nodiscard]] explicit operator bool() const { return kind_ != Kind::absent; }
  [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
  [[nodiscard]] bool is_text() const { return kind_ == Kind::text; }
  [[nodiscard]] bool is_list() const { return kind_ == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind_ == Kind::map; }
  [[nodiscard]] bool is_quoted() const { return quoted_; }  // or a block (| or >)

  // These throw if it is of another kind.
  [[nodiscard]] const std::string& text() const&;
  [[nodiscard]] std::string text_or(const std::string& otherwise) const;  // if absent
  [[nodiscard]] std::vector<std::string> texts() const;                   // of a list, or the one
  [[nodiscard]] bool truth() const;  // true yes on, false no off, in any case
  [[nodiscard]] int whole_number() const;
  [[nodiscard]] double number() const;  // finite
  // In the order they are written; none of what is absent or null. They live as long as the node.
  [[nodiscard]] const std::vector<Yaml>& items() const&;
  [[nodiscard]] const std::vector<YamlMember>& members() const&;
  [[nodiscard]] const Yaml& operator[](std::string_view name) const&;
  [[nodiscard]] const Yaml& needed(std::string_view name) const&;  // throws if it is absent
  const std::vector<Yaml>& items() && = delete;
  const std::vector<YamlMember>& members() && = delete;
  const Yaml& operator[](std::string_view name) && = delete;
  const Yaml& needed(std::string_view name) && = delete;

  // For what a caller finds wrong here.
  [[noreturn]] void refuse(const std::string& zh, const std::string& en) const;

 private:
  friend class YamlReader;

  Kind kind_ = Kind::absent;
  int line_ = 0;
  bool quoted_ = false;
  std::string text_;
  std::vector<Yaml> items_;
  std::vector<YamlMember> members_;
};

struct YamlMember {
  std::string name;
  Yaml value;
  int line = 0;  // of the name

  [[noreturn]] void refuse(const std::string& zh, const std::string& en) const;
};

// A null node if there is nothing in it.
[[nodiscard]] Yaml read_yaml(std::string_view text, int first_line = 1);

// In double quotes, as read_yaml reads it back. The text has to be UTF-8 (require_text).
[[nodiscard]] std::string yaml_quoted(std::string_view text);

}  // namespace vermilion
