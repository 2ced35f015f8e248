// What a person types stays one value in a filter and in a name, whatever it is. The directory itself: tests/e2e/s05-ldap.sh.
#include "identity/directory.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/bytes.h"
#include "base/json.h"
#include "support/shared.h"

using namespace vermilion;

namespace {

// As a server reads an escaped value.
std::string unescaped(const std::string& text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      value += from_hex(text.substr(i + 1, 2)).value();
      i += 2;
    } else {
      value += text[i];
    }
  }
  return value;
}

std::vector<std::string> hostile_names() {
  std::vector<std::string> names = {"*",
                                    ")(uid=*",
                                    "*)(|(uid=*",
                                    "wu06)(userPassword=*",
                                    "\\2a",
                                    std::string("wu06\0x", 6),
                                    "wu06,ou=admins",
                                    "a+cn=b",
                                    "#04",
                                    " wu06 ",
                                    "\"wu06\"",
                                    "a=b;c<d>",
                                    "林堃",
                                    "\xff\xfe",
                                    "{dn}"};
  if (const auto file = shared_suite("blns.json"))
    for (const auto& item : Json::parse(file_bytes(*file))) names.push_back(item);
  return names;
}

bool has_special(const std::string& text, const char* special) {
  return text.find_first_of(special) != std::string::npos || text.find('\0') != std::string::npos;
}

}  // namespace

TEST_CASE("a hostile name is one value in a filter and means itself", "[identity]") {
  for (const auto& name : hostile_names()) {
    INFO(name);
    const auto text = identity::escaped_for_filter(name);
    CHECK_FALSE(has_special(text, "()*&|!=~<>{}"));
    CHECK(unescaped(text) == name);
  }
}

TEST_CASE("a hostile name is one value in a distinguished name and means itself", "[identity]") {
  for (const auto& name : hostile_names()) {
    INFO(name);
    const auto text = identity::escaped_for_name(name);
    CHECK_FALSE(has_special(text, ",+\"<>;=#{} "));
    CHECK(unescaped(text) == name);
    const auto whole = identity::tidy_name("uid=" + text + ",ou=people,dc=epa");
    CHECK((whole.empty() || whole.ends_with(",ou=people,dc=epa")));
  }
}

TEST_CASE("a name is the same however it is spaced, and what is no name is none", "[identity]") {
  CHECK(identity::tidy_name("cn=林堃 , ou=監資處,dc=epa") ==
        identity::tidy_name("cn=林堃,ou=監資處,dc=epa"));
  CHECK(identity::tidy_name("林堃").empty());
  CHECK(identity::tidy_name("").empty());
}

TEST_CASE("an empty password is refused without asking the directory", "[identity]") {
  store::DirectorySettings settings;
  settings.url = "ldaps://127.0.0.1:1";  // nobody answers: asking would throw
  settings.dn_template = "uid={name},dc=epa";
  identity::Directory directory(settings, "");
  CHECK_FALSE(directory.proves("uid=wu06,dc=epa", ""));
  CHECK_FALSE(directory.proves("uid=wu06,dc=epa", std::string("\0", 1)));
  CHECK_THROWS(directory.proves("uid=wu06,dc=epa", "x"));
}
