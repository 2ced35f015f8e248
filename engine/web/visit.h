// One request as the handler of a page sees it: who asks, the store as he sees it, and the page around the answer.
//
// Threads  Within one worker, for one request.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/json.h"
#include "service/context.h"
#include "web/message.h"
#include "web/sessions.h"
#include "web/site.h"

namespace vermilion::web {

// Thrown when a signature needs a proof of these minutes from who came by the agency's account.
struct SignInAgain {};

class Visit {
 public:
  Visit(Site& site, const Request& asked, std::optional<Session> who)
      : request(asked), session(std::move(who)), site_(site) {}

  const Request& request;
  std::optional<Session> session;
  Fields captured;  // "{id}" of the path
  std::string
      change_first;  // why nothing but a change of password is open to this session; "" when all is
  Json restored;     // what was typed before the session locked: [{name, value}]

  [[nodiscard]] Site& site() { return site_; }
  [[nodiscard]] std::string part(const std::string& name) const { return captured.at(name); }

  // For reading: today, or on the day given to look_at before.
  [[nodiscard]] service::Context& context();
  void look_at(const std::string& date);  // "" today
  // Throws SignInAgain unless proved_afresh().
  // For one deed that may be signed, with the passphrase in the form's field "passphrase"; it waits its turn for Argon2. Of who keeps
  // his key in his browser, what is to be signed comes back as SignatureAwaited, and the site sends him to sign it there.
  [[nodiscard]] service::Context& signing();
  // Where a deed signed in the browser goes on to; "{id}" stands for the id of its subject. To be said before signing.
  void then(const std::string& path) { next_ = path; }
  [[nodiscard]] Response sign_in_browser(service::SignatureAwaited awaited);
  [[nodiscard]] bool may(const std::string& right);
  // Whether whoever came by the agency's account has shown a short while ago who he is; true of the others, whose signing secret shows it.
  [[nodiscard]] bool proved_afresh() const;
  // Who asks, as the service knows him.
  [[nodiscard]] service::Caller caller() const;
  // Whether the person's key is here or in his browser, so that he can sign on a page.
  [[nodiscard]] bool signs_here();
  [[nodiscard]] bool has_browser_key();
  // Whether what he signs is signed where his key is: in his browser, or by a program (asking for JSON) beside his file or token.
  [[nodiscard]] bool signs_elsewhere();

  // An instant or date as people here read it: 115年11月22日 16:00.
  [[nodiscard]] std::string when(const std::string& rfc3339_or_date);

  // The template in its frame. `problem` shows above it, and its status becomes the answer's. `script` names the page's own script,
  // engine/web/script/<script>.mjs; no other page runs any.
  [[nodiscard]] Response page(const std::string& name, const std::string& title, Json data,
                              const Error* problem = nullptr, const std::string& script = "");

 private:
  void add_frame(Json& data, const std::string& title);

  Site& site_;
  std::string next_ = "/";
  std::unique_ptr<service::Context> context_;
  std::unique_ptr<service::Context> signing_;
  std::unique_ptr<HeavyWork> heavy_;
};

[[nodiscard]] int status_of(Failure failure) noexcept;
// For who asks for JSON: the answer, and the problem of schemas/problem.schema.json.
[[nodiscard]] Response json_response(const Json& answer);
[[nodiscard]] Response problem_response(const Error& error);
// What a page shows of an error: {zh, en, code}. A wrong passphrase is told as such.
[[nodiscard]] Json problem_json(const Error& error);

}  // namespace vermilion::web
