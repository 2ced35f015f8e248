// An office whose people come with their key files, each deed through the service as the command
// line would call it.
#pragma once
#include "service/auditing.h"
#include "service/documents.h"
#include "service/delegations.h"
#include "service/people.h"
#include "service/searching.h"
#include "service/stores.h"
#include "support/office.h"

namespace bureau {

using namespace office;

// A key file without a passphrase: opening an encrypted one takes a third of a second.
inline std::string plain_pem(const crypto::PrivateKey& key) {
  const auto body = base64(key.der());
  std::string pem = "-----BEGIN PRIVATE KEY-----\n";
  for (std::size_t i = 0; i < body.size(); i += 64) pem += body.substr(i, 64) + "\n";
  return pem + "-----END PRIVATE KEY-----\n";
}

inline Bytes source(const std::string& id, const std::string& classification,
                    const std::string& body, const std::string& more = "") {
  return "---\nid: " + id +
         "\ntitle: 文件與紀錄管制程序\nlevel: 2\nclassification: " + classification +
         "\nowner_unit: 監資處\n" + more +
         "---\n\n# 文件與紀錄管制程序\n\n## 壹、總則\n\n### 一、目的\n\n" + body + "\n";
}

inline const std::string kBody = "為使文件由適當之人核准，並以正確之版次使用，特訂定本程序。";

class Bureau : public Office {
 public:
  // A context of its own for each deed, as each run of the program has.
  [[nodiscard]] service::Context as(const std::string& account, const service::Caller& more = {}) {
    service::Caller caller = more;
    caller.credentials = {account, "", plain_pem(keys.at(account).key)};
    return {disk, clock, path(), caller};
  }
  // Who has stated why he opens or takes away what he asks for.
  [[nodiscard]] service::Context for_purpose(const std::string& account,
                                             const std::string& purpose = "duty") {
    service::Caller caller;
    caller.purpose = purpose;
    return as(account, caller);
  }
  [[nodiscard]] service::Context console() { return {disk, clock, path(), {}}; }

  void create(const std::string& id, const std::string& classification = "公開",
              const std::string& more = "") {
    auto lin = as("lin01");
    (void)service::create_document(lin, {source(id, classification, kBody, more), "", "", "初版"});
  }
  void submit(const std::string& id) {
    auto lin = as("lin01");
    (void)service::submit_document(lin, {id, "", "", "", ""});
  }
  void review(const std::string& id) {
    auto zhao = as("zhao02");
    (void)service::review_document(zhao, {id, "", "", "", "條次已核對"});
  }
  void approve(const std::string& id) {
    auto chen = as("chen04");
    (void)service::approve_document(chen, {id, "", "", "", "同意"});
  }
  void publish(const std::string& id, const std::string& effective = "") {
    auto sun = as("sun05");
    (void)service::publish_document(sun, id, "", effective);
  }
  void carry_through(const std::string& id) {
    submit(id);
    review(id);
    approve(id);
    publish(id);
  }
  void revise(const std::string& id, const std::string& classification, const std::string& body) {
    auto lin = as("lin01");
    service::DraftRequest draft;
    draft.id = id;
    draft.source = source(id, classification, body);
    draft.summary = "修正";
    (void)service::draft_document(lin, draft);
  }

  [[nodiscard]] std::vector<store::LogRow> log_from(std::uint64_t first) {
    store::LogFilter newest;
    newest.limit = store().log().checkpoint().size - first;
    return newest.limit == 0 ? std::vector<store::LogRow>() : store().catalogue().log(newest);
  }
};

// Runs a deed and tells its refusal's code, or "done".
inline std::string code_of(const std::function<void()>& deed) {
  try {
    deed();
  } catch (const Error& error) {
    return error.code();
  }
  return "done";
}

}  // namespace bureau
