// What is good enough as a password, and which rule says no. Story S5.
#include "identity/password_policy.h"

#include "base/text.h"
#include "support/office.h"
#include "support/shared.h"

using namespace office;
using identity::is_weak_password;

namespace {

std::string verdict(const std::string& password, const std::string& account = "chen01") {
  try {
    identity::require_good_password(password, account, {});
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::invalid);
    CHECK_FALSE(error.said().zh.empty());
    CHECK_FALSE(error.said().en.empty());
    return error.code();
  }
  return "good";
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE(
    "[SC-10][SC-11] a password has at least twelve characters, counted as a person counts them",
    "[identity][SC-10][SC-11]") {
  CHECK(verdict("") == "password-too-short");
  CHECK(verdict("   ") == "password-too-short");
  CHECK(verdict("Abcdefghijk") == "password-too-short");  // eleven
  CHECK(verdict("Abcdefghijk1") == "good");
  CHECK(verdict("Tree7-lampKi") == "good");
  CHECK(verdict("朱紅Tree7-密庫abc") == "good");
  CHECK(verdict("朱紅Tree7-密") == "password-too-short");  // nine, though 15 bytes
  // One character typed as two code points is one.
  CHECK(verdict("Tree7-lampe\xCC\x81") == "password-too-short");
}

TEST_CASE("[SC-12] three of upper case, lower case, digits and signs are needed",
          "[identity][SC-12]") {
  CHECK(verdict("abcdefghijkl1") == "password-few-classes");
  CHECK(verdict("treelampkite") == "password-few-classes");
  CHECK(verdict("TREELAMP-KITE") == "password-few-classes");
  CHECK(verdict("Treelamp-kite") == "good");
  CHECK(verdict("Tree7-lampKite") == "good");
}

TEST_CASE("[SC-13] a password does not contain the account, in whatever case or width",
          "[identity][SC-13]") {
  CHECK(verdict("Chen01-Strong9") == "password-has-account");
  CHECK(verdict("xx-CHEN01-Strong9") == "password-has-account");
  CHECK(verdict("Ｃｈｅｎ０１-Strong9") == "password-has-account");
  CHECK(verdict("Chen01-Strong9", "lin02") == "good");
}

TEST_CASE("[SC-14] common words with digits, walks over the keyboard and repetition are weak",
          "[identity][SC-14]") {
  for (const char* weak :
       {"Password1234", "P@ssw0rd2026!", "2026-Password-1", "Welcome-Admin99", "Qwertyuiop12",
        "1qaz2wsx3EDC", "1qaz@WSX3edc", "Zxcvbnm12345", "Aaaaaaaaaa1-", "Ab1-Ab1-Ab1-",
        "1Ab1Ab1Ab1Ab", "Tree7-Tree7-", "管理員Aa123456", "Pass-Word-2026"}) {
    INFO(weak);
    CHECK(is_weak_password(weak));
  }
  for (const char* strong :
       {"Tree7-lampKite", "Abcdefghijk1", "summer-Kite-9-boat", "朱紅-Vermilion-9燈"}) {
    INFO(strong);
    CHECK_FALSE(is_weak_password(strong));
  }
  CHECK(verdict("Password1234") == "password-weak");
}

TEST_CASE("NUL, controls, ill-formed bytes and giant passwords are refused", "[identity]") {
  using namespace std::string_literals;
  CHECK(verdict("Tree7-lamp\0Kite"s) == "password-not-text");
  CHECK(verdict("Tree7-lamp\nKite") == "password-not-text");
  CHECK(verdict("Tree7-lamp\xE2\x80\xAEKite") == "password-not-text");  // right-to-left override
  CHECK(verdict("Tree7-lamp\xFF\xFEKite") == "password-not-text");
  const auto longest = repeated("Tree7-lampKite柳", 17) + "x";  // 256
  CHECK(verdict(longest) == "good");
  CHECK(verdict(longest + "y") == "password-too-long");
  CHECK(verdict(repeated("A7-", 1 << 20)) == "password-too-long");
}

TEST_CASE("whatever is typed there is a verdict, and what is good is text within the limits",
          "[identity]") {
  const auto file = shared_suite("blns.json");
  if (!file) return;
  for (const auto& item : parse_json(file_bytes(*file))) {
    const auto typed = item.get<std::string>();
    INFO(typed);
    if (verdict(typed) == "good") {
      CHECK(is_text(typed));
      CHECK(code_points(identity::password_form(typed)).size() >= 12);
    }
    (void)verdict("Tree7-lampKite", typed.empty() ? "x-y-z" : typed);
  }
}

TEST_CASE("[SC-29] passwords given out are random and pass every rule", "[identity][SC-29]") {
  std::set<std::string> made;
  for (int i = 0; i < 200; ++i) {
    const auto password = identity::random_password();
    CHECK(verdict(password) == "good");
    made.insert(password);
  }
  CHECK(made.size() == 200);
}

TEST_CASE("the numbers come from the profile, and a profile without them means the seed's",
          "[identity]") {
  Office at;
  CHECK(identity::password_rules(at.store().evidence()).min_length == 12);
  CHECK(identity::login_rules(at.store().evidence()).failures == 5);
  const auto profile = [&](const char* text) {
    auto change = act("rules", "rules", "hsu01");
    change.decide = [&](const store::Now&, store::Changes& changes) {
      changes.put("rules/profile.json", text);
    };
    at.store().commit(change);
    return at.store().evidence();
  };
  CHECK(identity::password_rules(profile(R"({"password":{"min_length":14}})")).min_length == 14);
  CHECK(identity::login_rules(profile(R"({"profile":"seed"})")).lock == std::chrono::minutes(15));
  for (const char* bad : {R"({"password":{"min_length":0}})", R"({"password":{"classes":"3"}})",
                          R"({"password":{"min_length":-1}})", R"({"password":{"min_length":1e9}})",
                          R"({"password":7})"}) {
    INFO(bad);
    CHECK_THROWS_AS(identity::password_rules(profile(bad)), Error);
  }
}
