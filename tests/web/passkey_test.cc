// Passkeys over the wire, with the test in the device's place.
#include <catch2/catch.hpp>

#include "crypto/base64url.h"
#include "identity/passkeys.h"
#include "support/authenticator.h"
#include "web/gate.h"
#include "website.h"

using namespace website;
using namespace std::chrono_literals;
using authenticator::Device;

namespace {

std::string attribute(const Page& page, const std::string& form, const std::string& name) {
  const auto mark = " data-" + name + "=\"";
  const auto at = page.body.find(mark, page.body.find("id=\"" + form + "\""));
  if (at == std::string::npos) throw Bug("no " + name + " in " + form);
  const auto from = at + mark.size();
  return page.body.substr(from, page.body.find('"', from) - from);
}

std::string token_of(const Page& page) {
  const std::string mark = "name=\"form_token\" value=\"";
  const auto from = page.body.find(mark) + mark.size();
  return page.body.substr(from, page.body.find('"', from) - from);
}

// As the page says it: the same but for the challenge and the hour.
std::string without_challenge(Page page) {
  const auto challenge = attribute(page, "use-passkey", "challenge");
  page.body.erase(page.body.find(challenge), challenge.size());
  const auto at = page.head.find("\r\nDate: ");
  page.head.erase(at, page.head.find("\r\n", at + 2) - at);
  return page.head + page.body;
}

class PasskeySite : public Website {
 public:
  std::string named_url() {
    auto name = url();
    return name.replace(name.find("127.0.0.1"), 9, "localhost");
  }
  crypto::PasskeyCeremony asked(const std::string& challenge) {
    return {named_url(), "localhost", challenge};
  }
  Bytes handle_of(const std::string& account) { return identity::passkey_handle(store(), account); }
  web::Fields answer(const Device& device, const Page& page, const std::string& form,
                     const std::string& account) {
    const auto made = device.answers(asked(attribute(page, form, "challenge")));
    return {{"form_token", token_of(page)},
            {"credential", base64(device.id)},
            {"handle", base64(handle_of(account))},
            {"client_data", base64(made.client_data)},
            {"data", base64(made.data)},
            {"signature", base64(made.signature)}};
  }
  Page add(Browser& browser, const Device& device, const std::string& password = kPassword) {
    const auto page = browser.get("/account/passkeys");
    const auto made = device.creates(asked(attribute(page, "make-passkey", "challenge")));
    return browser.post("/account/passkeys", {{"form_token", token_of(page)},
                                              {"step", "add"},
                                              {"name", "辦公室電腦"},
                                              {"password", password},
                                              {"client_data", base64(made.client_data)},
                                              {"data", base64(made.data)}});
  }
  // Somebody signed in under the site's name, with a passkey in that device.
  Browser owner(const std::string& account, const std::string& name, const Device& device) {
    Browser browser(named_url());
    const auto password = enrol(account, name, "staff");
    if (browser.log_in(account, password).status != 303) throw Bug("no sign-in for " + account);
    if (add(browser, device).status != 303) throw Bug("no passkey for " + account);
    return browser;
  }
};

}  // namespace

TEST_CASE("[SC-24] failures by passkey are alike to the byte, but for the challenge",
          "[web][SC-24]") {
  PasskeySite site;
  Device device;
  (void)site.owner("tsai08", "蔡承恩", device);
  Device gone;
  gone.id = "of lin12";
  (void)site.owner("lin12", "林十二", gone);
  auto admin = site.as("hsu01");
  (void)service::disable_person(admin, "lin12", "");
  Browser browser(site.named_url());
  const auto page = browser.get("/login/passkey");
  const auto token = token_of(page);
  const auto fail = [&](web::Fields form) {
    form["form_token"] = token;
    form["next"] = "/";
    return without_challenge(browser.post("/login/passkey", form));
  };
  const auto expected = fail({});
  CHECK(expected.find("HTTP/1.1 403") == 0);
  CHECK(expected.find("登入失敗，請確認後再試") != std::string::npos);
  ++device.counter;
  const auto fresh = [&](const Device& used, const std::string& account) {
    (void)browser.get("/login/passkey");
    browser.cookies[web::kLoginCookie] = token;
    auto shown =
        page;  // the challenge of the first page, of this very cookie: used up after one try
    return site.answer(used, shown, "use-passkey", account);
  };
  auto forged = fresh(device, "tsai08");
  forged["signature"] = base64("not a signature");
  CHECK(fail(forged) == expected);
  CHECK(fail(fresh(device, "tsai08")) == expected);  // its challenge came back before
  CHECK(fail(fresh(gone, "lin12")) == expected);     // disabled
  CHECK(fail(fresh(device, "nobody99")) == expected);
  auto unknown = fresh(device, "tsai08");
  unknown["handle"] = base64(Bytes(40, 'x'));
  CHECK(fail(unknown) == expected);
  for (int i = 0; i < 6; ++i) CHECK(fail(forged) == expected);  // locked meanwhile
  for (const char* field : {"credential", "handle", "client_data", "data", "signature"}) {
    forged[field] = std::string(200'000, 'A');
    CHECK(fail(forged) == expected);
    forged[field] = "\xE5\x80";
    CHECK(browser.post("/login/passkey", forged).status == 400);
    forged[field] = "";
  }
}

TEST_CASE("a passkey signs in once, in the browser that asked, under the name it was made for",
          "[web][SC-27]") {
  PasskeySite site;
  Device device;
  auto before = site.owner("tsai08", "蔡承恩", device);
  CHECK(before.get("/account/passkeys").has("辦公室電腦"));
  Browser browser(site.named_url());
  const auto page = browser.get("/login/passkey");
  CHECK(page.head.find("script-src 'self'") != std::string::npos);
  ++device.counter;
  const auto form = site.answer(device, page, "use-passkey", "tsai08");

  Browser thief(site.named_url());  // with an answer overheard, and a form of his own
  auto stolen = form;
  stolen["form_token"] = token_of(thief.get("/login/passkey"));
  CHECK(thief.post("/login/passkey", stolen).status == 403);
  CHECK(thief.post("/login/passkey", form).status == 403);  // with her token, but not her cookie
  CHECK(browser.post("/login/passkey", form, "https://evil.example").status == 403);

  CHECK(browser.post("/login/passkey", form).field("Location") == "/");
  CHECK(browser.get("/documents").status == 200);
  Browser replay(site.named_url());
  replay.cookies[web::kLoginCookie] = form.at("form_token");
  CHECK(replay.post("/login/passkey", form).status == 403);
  CHECK(replay.get("/documents").status == 303);

  Browser by_address(site.url());
  const auto refused = by_address.get("/login/passkey");
  CHECK(refused.has("不能用於 IP 位址"));
  CHECK_FALSE(refused.has("id=\"use-passkey\""));
}

TEST_CASE("with a passkey the password alone opens nothing; removed by a fresh proof it does again",
          "[web]") {
  PasskeySite site;
  Device device;
  auto browser = site.owner("tsai08", "蔡承恩", device);
  Browser other(site.named_url());
  CHECK(other.log_in("tsai08", Website::kPassword).status == 403);
  const auto name = identity::passkey_name({device.id, "", 0});
  const auto page = browser.get("/account/passkeys");
  const auto remove = [&](web::Fields form) {
    form["form_token"] = browser.hidden("form_token");
    form["step"] = "remove";
    form["passkey"] = name;
    return browser.post("/account/passkeys", form);
  };
  CHECK(remove({{"password", "wrong"}}).has("wrong-password"));
  ++device.counter;
  // What the making of another was asked for does not remove one.
  CHECK(remove(site.answer(device, page, "make-passkey", "tsai08")).has("wrong-password"));
  CHECK(remove({}).status == 403);
  CHECK(remove(site.answer(device, page, "by-passkey", "tsai08")).status == 303);
  CHECK(browser.get("/account/passkeys").has("id=\"make-passkey\""));
  CHECK_FALSE(browser.get("/account/passkeys").has(name));
  CHECK(other.log_in("tsai08", Website::kPassword).status == 303);
}

TEST_CASE("with a passkey the password alone lets no program in either", "[web]") {
  PasskeySite site;
  Device device;
  (void)site.owner("tsai08", "蔡承恩", device);
  const std::string as_json = "Accept: application/json\r\n";
  Browser program(site.named_url());
  (void)program.get("/login", as_json);
  const auto answer = program.post("/login",
                                   {{"form_token", program.cookies.at("__Host-vermilion-login")},
                                    {"account", "tsai08"},
                                    {"password", Website::kPassword}},
                                   "", as_json);
  CHECK(answer.status == 403);
  CHECK(parse_json(answer.body)["code"] == "sign-in-failed");
}

TEST_CASE("a passkey made for nobody's challenge, or without the password, is not kept", "[web]") {
  PasskeySite site;
  Device device;
  Browser browser(site.named_url());
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  (void)browser.log_in("tsai08", Website::kPassword);
  CHECK(site.add(browser, device, "wrong").has("wrong-password"));
  const auto page = browser.get("/account/passkeys");
  const auto made = device.creates(site.asked(crypto::base64url("own challenge")));
  const web::Fields form = {{"form_token", token_of(page)},
                            {"step", "add"},
                            {"name", "x"},
                            {"password", Website::kPassword},
                            {"client_data", base64(made.client_data)},
                            {"data", base64(made.data)}};
  CHECK(browser.post("/account/passkeys", form).has("bad-passkey"));
  CHECK_FALSE(browser.get("/account/passkeys").has("remove-passkey"));
}
