// An office that seals what it publishes, and has a stock time-stamping authority at hand whose clock goes with its own.
#pragma once
#include "bureau.h"
#include "crypto/digest.h"
#include "service/pdf_check.h"
#include "service/seal.h"
#include "service/witness.h"
#include "support/schemas.h"
#include "support/tsa.h"
#include "workflow/documents.h"

namespace bureau {

struct SealedOffice : Bureau {
  inline static const std::string kId = "ISMS-02-001";

  StockTsa tsa{"2026-11-22 00:00:00", 400};
  service::Outside ways{
      {}, {}, [this](const std::string&, const Bytes& query) { return tsa.answer(query); }};

  SealedOffice() {
    auto admin = by("hsu01");
    (void)service::issue_seal(admin);
  }

  // `more` as ", crl: …".
  void use_authority(const std::string& more = "") {
    const auto yaml = disk.read_all(path() / "vermilion.yaml");
    disk.replace(path() / "vermilion.yaml",
                 yaml.substr(0, yaml.find("timestamp:")) +
                     "timestamp: {command: tsa, ca: " + tsa.authorities().string() + more + "}\n");
  }
  void use_no_authority() {
    const auto yaml = disk.read_all(path() / "vermilion.yaml");
    disk.replace(path() / "vermilion.yaml", yaml.substr(0, yaml.find("timestamp:")));
  }
  void use_authority_with_list() { use_authority(", crl: " + (tsa.folder() / "tsa.crl").string()); }
  void go_to(const std::string& day) {
    clock.set(day + "T00:00:00Z");
    tsa.set(day + " 00:00:00");
  }

  service::Context by(const std::string& account) {
    service::Caller caller;
    caller.outside = &ways;
    return as(account, caller);
  }
  // Everything before the publication by who is not asked for a stamp, to be quick.
  void publish_sealed(const std::string& id = kId) {
    create(id);
    submit(id);
    review(id);
    approve(id);
    auto sun = by("sun05");
    (void)service::publish_document(sun, id, "", "");
  }
  workflow::Published published(const std::string& id = kId) {
    return workflow::published_version(store(), id, {1, 0});
  }

  Json check_of(const Bytes& pdf) {
    auto context = console();
    const auto answer = service::check_pdf(context, pdf);
    INFO(answer.dump(2));
    CHECK(schema_faults("pdf-check", answer).empty());
    return answer;
  }
  std::string codes_of(const Bytes& pdf) {
    std::string codes;
    const auto check = check_of(pdf);
    for (const auto& one : check["problems"])
      codes += (codes.empty() ? "" : " ") + one["code"].get<std::string>();
    return codes;
  }
  std::string problems() {
    auto context = console();
    const auto found = service::verify_store(context, {});
    return found["problems"].empty() ? "" : found["problems"].dump(1);
  }
};

}  // namespace bureau
