// What the script on /sign/{id} does: a signature over the statement on the page.
#pragma once
#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/cms.h"
#include "model/statement.h"
#include "web/browser.h"

namespace browser {

inline std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> marks[] = {{"&quot;", "\""}, {"&lt;", "<"},
                                                       {"&gt;", ">"},    {"&#39;", "'"},
                                                       {"&apos;", "'"},  {"&amp;", "&"}};
  for (const auto& [mark, letter] : marks) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
      text.replace(at, std::string(mark).size(), letter);
  }
  return text;
}

inline std::string between(const Page& page, const std::string& before, const std::string& after) {
  const auto at = page.body.find(before);
  if (at == std::string::npos) throw Bug("not on the page: " + before);
  const auto from = at + before.size();
  return page.body.substr(from, page.body.find(after, from) - from);
}

// The form as it is sent, but for what proves the person. `more` is signed besides.
inline web::Fields signed_form(const Page& page, const crypto::PrivateKey& key,
                               const std::string& more = "") {
  const auto statement = unescaped(between(page, "<code id=\"statement\">", "</code>"));
  const auto der = [&](const char* name) {
    return crypto::Certificate::from_der(*from_base64(between(page, name, "\"")));
  };
  auto certificate = der("data-certificate=\"");
  if (key.public_key().spki() != certificate.public_key().spki()) throw Bug("not his key");
  const auto cms =
      crypto::sign_detached(statement + more, key, certificate, {der("data-issuer=\"")},
                            model::parse_statement(statement).at);
  return {{"form_token", between(page, "name=\"form_token\" value=\"", "\"")},
          {"cms", base64(cms)}};
}

}  // namespace browser
