// `--server URL`: a deed that the server prepares and a person signs on his own machine, with his key file or token.
//
// Rule     Everything to be signed is shown first, and signed only after the person said yes. A statement of another kind, subject or
//          person than asked for, or of a time that is not now, is refused whatever the server says.
// Secrets  Password, code and passphrase or PIN come from the files of the global options (also /dev/fd/N), else from the terminal
//          without echo. The key and its passphrase never leave the machine; the login password goes to the server.
// Errors   as far_site.h; conflict "statement-differs", "time-differs", "pdf-differs"; invalid "not-confirmed", "option-missing",
//          "no-terminal", "not-remote".
#pragma once
#include "cli/far_site.h"
#include "cli/run.h"
#include "service/own_key.h"

namespace vermilion::cli {

struct Deed {
  WebPath path;
  Form form;
  std::string
      kind;  // of the statement that has to come; "": whatever the form of the record asks for next
  Json subject;  // members that its subject has to have; null: must not be there
  std::string save_pdf =
      {};  // where the PDF is put first: the one to be signed, or of a revision the review copy, once its digest is the statement's
};

// A session of the person named by --as.
class Remote {
 public:
  explicit Remote(Run& run);
  [[nodiscard]] FarSite& site() { return site_; }
  // {kind, meaning, subject, statement} of what was signed: schemas/signed-remotely.schema.json.
  [[nodiscard]] Json sign(const Deed& deed);

 private:
  void save_pdf(const FarStatement& awaited, const Json& subject, const std::string& file);
  void fetch_pdf(const Json& subject, const std::string& file);
  [[nodiscard]] service::OwnKey own_key();

  Run& run_;
  FarSite site_;
  std::string password_;
};

void print_signed(const Json& answer);
// Throws invalid "not-remote" for an option that the pages do not have, unless it is empty.
void require_local(const std::string& value, const char* option);

}  // namespace vermilion::cli
