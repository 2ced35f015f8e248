// The office of the tests behind a web server of its own, with people who have passwords and keys in server custody.
#pragma once
#include "../service/records.h"
#include "service/passwords.h"
#include "web/browser.h"
#include "web/server.h"

namespace website {

using namespace bureau;
using browser::Browser;
using browser::Page;

// The office is a Bureau, or a RecordBureau where forms and records are asked for.
template <typename Office>
class SiteOf : public Office {
 public:
  explicit SiteOf(const web::ServeLimits& limits = quick())
      : server_(this->disk, this->clock, options(limits)) {
    server_.start();
  }
  [[nodiscard]] std::string url() const { return server_.url(); }
  [[nodiscard]] web::Server& server() { return server_; }

  static web::ServeLimits quick() {
    web::ServeLimits limits;
    limits.workers = 8;
    return limits;
  }

  // A person with that role who can sign in and sign here, with a password of his own; returns it.
  std::string enrol(const std::string& account, const std::string& name, const std::string& role) {
    auto admin = this->as("hsu01");
    const bool expiring = role == "vendor" || role == "temporary";
    const auto made = service::add_person(
        admin, {account, {name, "水保處", "技士", ""}, expiring ? "2027-12-31" : ""});
    (void)service::grant_role(admin, {account, role, "", "", ""});
    (void)service::issue_certificate(admin, {account, kPassphrase, false, ""});
    authorise(account);
    choose_password(account, require_string(made, "password"));
    return kPassword;
  }
  // Without the agreements that service would ask for first.
  void authorise(const std::string& account) {
    this->sign(identity::prepare_authorisation(this->store(), account,
                                               office::signer("chen04", "approver"),
                                               office::act("person", "", "chen04")),
               "chen04");
  }
  void choose_password(const std::string& account, const std::string& given_out) {
    auto console = this->console();
    (void)service::change_password(console, {account, given_out}, kPassword);
  }
  // A browser in which that person is signed in.
  Browser signed_in(const std::string& account, const std::string& name, const std::string& role) {
    Browser browser(url());
    const auto password = enrol(account, name, role);
    if (browser.log_in(account, password).status != 303) throw Bug("no sign-in for " + account);
    return browser;
  }

  static constexpr const char* kPassword = "Tree7-lampKite";
  static constexpr const char* kPassphrase = "四時更變化，歲暮一何速。晨風懷苦心";

 private:
  web::ServeOptions options(const web::ServeLimits& limits) {
    web::ServeOptions wanted;
    wanted.store = this->path();
    wanted.listen = "127.0.0.1:0";
    wanted.tls_folder = this->scratch / "tls";
    wanted.limits = limits;
    return wanted;
  }

  web::Server server_;
};

using Website = SiteOf<Bureau>;
using RecordWebsite = SiteOf<RecordBureau>;

// A form of the page seen last, with the passphrase of who sends it.
inline web::Fields signed_form(Browser& browser, const web::Fields& more = {}) {
  auto form = more;
  form["form_token"] = browser.hidden("form_token");
  form["passphrase"] = Website::kPassphrase;
  return form;
}

}  // namespace website
