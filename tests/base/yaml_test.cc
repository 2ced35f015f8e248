// What people write into settings, front matter and fenced blocks.
#include "base/yaml.h"

#include <catch2/catch.hpp>

using namespace vermilion;

namespace {

// The refusal's words in English, or "taken".
template <typename Read>
std::string yaml_refusal(Read read) {
  try {
    (void)read();
  } catch (const YamlError& error) {
    CHECK(error.code() == "bad-yaml");
    CHECK(!error.said().zh.empty());
    return error.said().en;
  }
  return "taken";
}

std::string refused(const std::string& text) {
  return yaml_refusal([&] { return read_yaml(text); });
}

std::string times(const std::string& part, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += part;
  return all;
}

}  // namespace

TEST_CASE("a text stays as it is written until it is asked to be something", "[yaml]") {
  const Yaml map = read_yaml(
      "version: 3.50\nopen: no\nname: \"𠮷野家　測試\"\nempty:\nquoted: \"null\"\ncount: 180\n");
  CHECK(map["version"].text() == "3.50");
  CHECK(map["version"].number() == 3.5);
  CHECK(map["open"].text() == "no");
  CHECK_FALSE(map["open"].truth());
  CHECK(map["name"].text() == "𠮷野家　測試");
  CHECK(map["name"].is_quoted());
  CHECK_FALSE(map["version"].is_quoted());
  CHECK(map["empty"].is_null());
  CHECK(map["quoted"].text() == "null");
  CHECK(map["count"].whole_number() == 180);
}

TEST_CASE("members keep their order, in blocks and in braces", "[yaml]") {
  const Yaml map = read_yaml("乙: [監資處, 政風室]\n甲:\n  - {url: 一}\n  - {url: 二}\n");
  REQUIRE(map.members().size() == 2);
  CHECK(map.members()[0].name == "乙");
  CHECK(map["乙"].texts() == std::vector<std::string>{"監資處", "政風室"});
  CHECK(map["甲"].items()[1]["url"].text() == "二");
}

TEST_CASE("what is not there has no members and no items", "[yaml]") {
  const Yaml map = read_yaml("mail:\n");
  CHECK_FALSE(map["witness"]);
  CHECK_FALSE(map["witness"]["urls"]);
  CHECK(map["witness"]["urls"].items().empty());
  CHECK(map["mail"]);
  CHECK(map["mail"].members().empty());
  CHECK(map["witness"].text_or("無") == "無");
  CHECK(read_yaml("").is_null());
  CHECK(read_yaml("# 只有註解\n").is_null());
}

TEST_CASE("a wrong kind is refused where it stands", "[yaml]") {
  const Yaml map = read_yaml("一: 1\n二: [2]\n三: {值: 很多}\n四: 1e999\n");
  const auto said = [&](auto read) { return yaml_refusal([&] { return read(map); }); };
  CHECK(said([](const Yaml& m) { return m["二"].text(); }) == "line 2: it must be a text");
  CHECK(said([](const Yaml& m) { return m["一"].items(); }) == "line 1: it must be a list");
  CHECK(said([](const Yaml& m) { return m["二"]["甲"].is_null(); }) ==
        "line 2: it must read “name: value”");
  CHECK(said([](const Yaml& m) { return m["三"]["值"].number(); }) ==
        "line 3: it must be a number");
  CHECK(said([](const Yaml& m) { return m["四"].number(); }) == "line 4: it must be a number");
  CHECK(said([](const Yaml& m) { return m["三"]["值"].whole_number(); }) ==
        "line 3: it must be a whole number");
  CHECK(said([](const Yaml& m) { return m["三"]["值"].truth(); }) ==
        "line 3: it must be true or false");
  CHECK(read_yaml("Yes").truth());
  CHECK(said([](const Yaml& m) { return m["三"]["值"].texts()[0]; }) == "taken");
  CHECK(said([](const Yaml& m) { return m.needed("五").text(); }) == "line 1: '五' is missing");
  CHECK(said([](const Yaml& m) { return m["五"].text(); }) == "it must be a text");
}

TEST_CASE("YAML that can be read in two ways is refused with its line", "[yaml]") {
  CHECK(refused("id: A\nname: 甲\nid: B\n") == "line 3: 'id' is given twice; remove one");
  CHECK(refused("三:\n  甲: 1\n  甲: 2\n") == "line 3: '甲' is given twice; remove one");
  CHECK(refused("甲: 1\n乙: *a\n") == "line 2: aliases (*) are refused; write what they stand for");
  CHECK(refused("甲: &a [1]\n") == "line 1: anchors (&) are refused");
  CHECK(refused("甲: &a 1\n") == "line 1: anchors (&) are refused");
  CHECK(refused("&a 甲: 1\n") == "line 1: anchors (&) are refused");
  CHECK(refused("甲:\n  !!set {}\n") == "line 2: tags (!) are refused");
  CHECK(refused("甲: ! \"true\"\n") == "line 1: tags (!) are refused");
  CHECK(refused("<<: {甲: 1}\n") == "line 1: merge keys (<<) are refused");
  CHECK(refused("Café: 1\nCafe\u0301: 2\n").find("line 2: ") == 0);  // one name in two forms
  CHECK(refused("甲: 1\n---\n乙: 2\n").find("line 2: there can be only one document") == 0);
  CHECK(refused("? [甲]\n: 1\n") == "line 1: a name must be a text");
  CHECK(refused("甲: \"a\\0b\"\n") == "line 1: it has a character that cannot be used");
  CHECK(refused("甲: [\n").find("line 2: this is not YAML") == 0);
  CHECK(refused("# 一\n# 二\n甲: \xFF\n").find("line 3: this is not YAML") == 0);
  CHECK(refused("# 一\n# 二\n甲: \x7F\n").find("line 3: this is not YAML") == 0);
  CHECK(refused("甲: a: b\n").find("line 1: this is not YAML") == 0);
}

TEST_CASE("a line that no editor shows as one is refused", "[yaml]") {
  for (const char* end : {"\u0085", "\u2028", "\u2029", "\r", "\r%TAG ! x\r\n"}) {
    CHECK(refused(std::string("甲: 1\n乙: 2") + end + "丙: 3\n") ==
          "line 2: it has a line end that cannot be seen; remove it");
  }
}

TEST_CASE("lines of another system are lines", "[yaml]") {
  const Yaml map = read_yaml("甲: 1\r\n乙: 2\r\n");
  CHECK(map["乙"].text() == "2");
}

TEST_CASE("directives and large texts are refused before they cost", "[yaml]") {
  CHECK(refused("%YAML 1.1\n---\n甲: 1\n") == "line 1: a line that begins with % is refused");
  CHECK(refused("甲: 1\n...\n%TAG ! x\n") == "line 3: a line that begins with % is refused");
  CHECK(refused("完成: 90%\n") == "taken");
  CHECK(refused("甲: " + std::string((256 << 10) - 5, 'x')) == "taken");
  CHECK(refused("甲: " + std::string((256 << 10) - 4, 'x')) == "line 1: it is larger than 256 KiB");
}

TEST_CASE("what is quoted reads back as it was", "[yaml]") {
  for (const std::string text :
       {"", "行政院環境保護署", "𠮷 \"甲\" \\ 乙", "甲\x7F\u0085\u009F\u2028\u2029\uFEFF\uFFFE乙",
        "一\n\t二", "null", " 前後 ", "%", "Z:\\keys\\master.key"}) {
    INFO(text);
    const Yaml map = read_yaml("甲: " + yaml_quoted(text) + "\n乙: 二\n");
    CHECK(map["甲"].text() == text);
    CHECK(map["乙"].text() == "二");
  }
}

TEST_CASE("lines are counted from where the text stands", "[yaml]") {
  CHECK(yaml_refusal([] { return read_yaml("甲: 1\n甲: 2\n", 10); }) ==
        "line 11: '甲' is given twice; remove one");
}

TEST_CASE("depth is refused before it costs", "[yaml]") {
  CHECK(refused(times("[", 64) + times("]", 64)) == "taken");
  CHECK(refused(times("[", 65) + times("]", 65)) == "line 1: it is nested too deeply");
  CHECK(refused(times("[", 200000)) == "line 1: it is nested too deeply");
  CHECK(refused(times("- ", 100000)) == "line 1: it is nested too deeply");
  CHECK(refused("甲: " + times("{a: ", 60000)) == "line 1: it is nested too deeply");
}
