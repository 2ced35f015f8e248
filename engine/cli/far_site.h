// A running server as a person's own machine reaches it: by the forms and addresses of its pages, asking for JSON (docs-src/formats/web.md).
//
// Lives    One sign-in; the session ends with the object.
// Errors   What the server refuses with, under its own code; else as web/client.h, and unavailable "server-answer" for what makes
//          no sense. Text of the server is shown without control characters.
// Threads  One.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "service/keys.h"
#include "service/own_key.h"
#include "service/web_request.h"

namespace vermilion::cli {

using Form = std::map<std::string, std::string>;
using WebPath = std::vector<std::string>;

// What the server holds for 15 minutes until its signature comes.
struct FarStatement {
  std::string id;
  Bytes bytes;
  service::PdfToSign pdf;  // signed in the same act; may be empty
  service::CertificatePair certificates;
};

class FarSite {
 public:
  FarSite(service::Ask ask, std::string server, std::string authorities);
  FarSite(const FarSite&) = delete;
  FarSite& operator=(const FarSite&) = delete;
  ~FarSite();  // signs out

  void sign_in(const std::string& account, const std::string& password, const std::string& code);
  [[nodiscard]] Json waiting();  // schemas/waiting.schema.json
  [[nodiscard]] Json get(const WebPath& path);
  [[nodiscard]] Bytes download(const WebPath& path, const Form& query);
  // A form that changes something without a signature.
  void post(const WebPath& path, Form form);
  // A form that asks for a signature: what is to be signed.
  [[nodiscard]] FarStatement begin(const WebPath& path, Form form);
  void finish(const FarStatement& awaited, const Bytes& cms, const Bytes& pdf_cms,
              const std::string& password);

 private:
  [[nodiscard]] service::WebAnswer ask(service::WebRequest request);
  [[nodiscard]] std::string sent(const WebPath& path, Form form);  // where it leads to
  void keep_cookies(const service::WebAnswer& answer);

  service::Ask ask_;
  std::string server_, authorities_, form_token_;
  std::map<std::string, std::string> cookies_;
};

// Without characters that move the cursor or turn the direction of writing.
[[nodiscard]] std::string printable(const std::string& text);

}  // namespace vermilion::cli
