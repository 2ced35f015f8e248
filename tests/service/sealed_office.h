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

// A stock time-stamping authority, and how whoever signs reaches it.
struct Stamping {
  StockTsa tsa{"2026-11-22 00:00:00", 400};
  service::Outside ways{
      {}, {}, [this](const std::string&, const Bytes& query) { return tsa.answer(query); }};

  // `more` as ", crl: …".
  void stamp_in(Bureau& bureau, const std::string& more = "") {
    const auto file = bureau.path() / "vermilion.yaml";
    const auto yaml = bureau.disk.read_all(file);
    bureau.disk.replace(file, yaml.substr(0, yaml.find("timestamp:")) +
                                  "timestamp: {command: tsa, ca: " + tsa.authorities().string() +
                                  more + "}\n");
  }
  [[nodiscard]] std::string with_list() const {
    return ", crl: " + (tsa.folder() / "tsa.crl").string();
  }
  service::Caller caller() {
    service::Caller caller;
    caller.outside = &ways;
    return caller;
  }
};

struct SealedOffice : Bureau, Stamping {
  inline static const std::string kId = "ISMS-02-001";

  SealedOffice() {
    auto admin = by("hsu01");
    (void)service::issue_seal(admin);
  }

  void use_authority(const std::string& more = "") { stamp_in(*this, more); }
  void use_no_authority() {
    const auto yaml = disk.read_all(path() / "vermilion.yaml");
    disk.replace(path() / "vermilion.yaml", yaml.substr(0, yaml.find("timestamp:")));
  }
  void use_authority_with_list() { use_authority(with_list()); }
  void go_to(const std::string& day) {
    clock.set(day + "T00:00:00Z");
    tsa.set(day + " 00:00:00");
  }

  service::Context by(const std::string& account) { return as(account, caller()); }
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
