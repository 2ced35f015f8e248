// What a PDF says of its signatures, and their certificates do not; what its holes hold beside a signature.
#include <catch2/catch.hpp>

#include "crypto/cms.h"
#include "crypto/pades.h"
#include "render/pades.h"
#include "render/signatures.h"
#include "sealed_office.h"
#include "support/smuggled.h"

using namespace bureau;

namespace {

struct Forging : SealedOffice {
  Forging() { publish_sealed(); }

  [[nodiscard]] Bytes pdf() { return published().pdf; }
  [[nodiscard]] Bytes without_seal() { return pdf().substr(0, pdf().find("%%EOF\n") + 6); }
  // The seal's field filled by the approver, who claims to be `name`.
  [[nodiscard]] render::UnsignedPdf claiming(const std::string& name, const std::string& reason) {
    return render::prepare_signature(without_seal(),
                                     {service::kSealField, name, reason, clock.now(), {}});
  }
  [[nodiscard]] Bytes signed_by_approver(const std::string& name, const std::string& reason) {
    auto prepared = claiming(name, reason);
    const auto& chen = keys.at("chen04");
    const auto cms = crypto::sign_pades(prepared.covered(), chen.key, chen.certificate,
                                        {store().authority().issuer});
    return render::with_signature(std::move(prepared), cms);
  }
  [[nodiscard]] std::string organisation() { return store().settings().name; }
};

// Where the hexadecimal digits of the last signature begin, and where they end.
std::pair<std::size_t, std::size_t> digits_of(const Bytes& pdf) {
  const auto seal = render::find_signatures(pdf).signatures.back();
  return {seal.hole + 1, seal.hole_end - 1};
}

Bytes in_capitals(Bytes pdf) {
  const auto [from, to] = digits_of(pdf);
  for (auto i = from; i < to; ++i) {
    if (pdf[i] >= 'a' && pdf[i] <= 'f') pdf[i] = static_cast<char>(pdf[i] - 32);
  }
  return pdf;
}

}  // namespace

TEST_CASE("a person's signature in the place of the seal is no seal, whatever name it claims",
          "[service][seal]") {
  Forging at;
  const auto forged = at.signed_by_approver(at.organisation(), "發布 publication");
  CHECK(at.codes_of(forged) == "not-the-seal name-differs");
  const auto told = at.check_of(forged);
  CHECK(told["signatures"][0]["role"] == "person");
  CHECK(told["signatures"][0]["signer"] == profile_of("chen04").name);
  CHECK(told["document"].is_null());
  const auto honest = at.signed_by_approver(profile_of("chen04").name, "閱");
  CHECK(at.codes_of(honest) == "not-the-seal");
}

TEST_CASE("a signature with a signing time of its own is no PAdES", "[service][seal]") {
  Forging at;
  auto prepared = at.claiming(profile_of("chen04").name, "閱");
  const auto& chen = at.keys.at("chen04");
  const auto cms = crypto::sign_detached(prepared.covered(), chen.key, chen.certificate,
                                         {at.store().authority().issuer}, at.clock.now());
  const auto told = at.check_of(render::with_signature(std::move(prepared), cms));
  CHECK(told["signatures"][0]["trusted"] == true);
  CHECK(told["signatures"][0]["level"].is_null());
  CHECK(told["ours"] == false);
  CHECK(at.check_of(at.pdf())["signatures"][0]["level"] == "B-B");
  CHECK(at.check_of(at.pdf())["ours"] == true);
}

TEST_CASE("what fills a signature's hole up is zeros, and hides the version from nobody",
          "[service][seal]") {
  Forging at;
  auto filled = at.pdf();
  filled[digits_of(filled).second - 1] = '7';
  at.revise(at.kId, "公開", "為使文件可查、可驗證，特訂定本程序。");
  at.carry_through(at.kId);
  CHECK(at.codes_of(filled) == "filling-not-zeros");
  for (const auto& pdf : {filled, in_capitals(at.pdf())}) {
    const auto document = at.check_of(pdf)["document"];
    REQUIRE_FALSE(document.is_null());
    CHECK(document["version"] == "1.0");
    CHECK(document["state"] == "superseded");
    CHECK(document["replaced_by"] == "1.1");
    CHECK(document["whole"] == false);
  }
  CHECK(at.codes_of(in_capitals(at.pdf())).empty());
}

TEST_CASE("what was put into the seal itself is told, though the seal is good", "[service][seal]") {
  Forging at;
  auto pdf = at.pdf();
  const auto [from, to] = digits_of(pdf);
  auto digits =
      hex(with_unsigned(render::find_signatures(pdf).signatures.back().cms, "本版已作廢"));
  digits.resize(to - from, '0');
  pdf.replace(from, to - from, digits);
  CHECK(at.codes_of(pdf) == "unsigned-attributes");
  const auto told = at.check_of(pdf);
  CHECK(told["signatures"][0]["trusted"] == true);
  CHECK(told["document"]["version"] == "1.0");
}

TEST_CASE("a published PDF without its seal is told as a copy of that version", "[service][seal]") {
  Forging at;
  const auto told = at.check_of(at.without_seal());
  REQUIRE_FALSE(told["document"].is_null());
  CHECK(told["document"]["version"] == "1.0");
  CHECK(told["document"]["unsealed"] == true);
  CHECK(told["document"]["whole"] == false);
  CHECK(at.codes_of(at.without_seal()) == "not-signed");
  CHECK(at.check_of(at.pdf())["document"]["unsealed"] == false);
}
