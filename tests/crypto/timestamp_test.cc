// Time stamps by a stock authority, checked by us and by stock openssl.
#include "crypto/timestamp.h"

#include "crypto/digest.h"
#include "crypto/people.h"
#include "crypto/refused.h"
#include "support/tsa.h"

using namespace people;

namespace {

std::vector<Certificate> trusted_by(const StockTsa& tsa) {
  return certificates_in(run("cat " + quoted(tsa.authorities())).output);
}

}  // namespace

TEST_CASE("a stamp is for these bytes, this query and a trusted authority, or it is none",
          "[crypto]") {
  if (!has_program("openssl")) return;
  const StockTsa tsa;
  const auto trusted = trusted_by(tsa);
  const Bytes signature = "某核准的簽章值";
  const auto query = timestamp_query(signature);
  const auto response = tsa.answer(query);
  const auto now = SystemClock().now();
  const auto at = check_timestamp(response, query, trusted);
  CHECK(at <= now + std::chrono::seconds(2));
  CHECK(at >= now - std::chrono::minutes(1));
  CHECK(read_timestamp(response) == at);
  CHECK(check_kept_timestamp(response, sha256(signature), trusted) == at);

  CHECK(code_of([&] { (void)check_timestamp(response, timestamp_query(signature), trusted); }) ==
        "timestamp-bad/unavailable");  // another nonce: an old answer played again
  CHECK(code_of([&] { (void)check_kept_timestamp(response, sha256("別的簽章"), trusted); }) ==
        "timestamp-bad/unavailable");
  CHECK(code_of([&] {
          (void)check_kept_timestamp(response, sha256(signature), {Authority().root});
        }) == "timestamp-bad/unavailable");
  CHECK(code_of([&] { (void)check_timestamp("busy", query, trusted); }) == "bad-timestamp/invalid");
  CHECK(code_of([&] { (void)check_timestamp(tsa.answer("不是詢問"), query, trusted); }) ==
        "timestamp-refused/unavailable");
  for (std::size_t place = 0; place < response.size(); place += 7) {
    auto changed = response;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    INFO(place);
    std::optional<Instant> told;
    try {
      told = check_kept_timestamp(changed, sha256(signature), trusted);
    } catch (const Error&) {
    }
    // What lies outside the signature, such as a status text, may change and the token still hold; its time may not.
    CHECK(told.value_or(at) == at);
  }
}

TEST_CASE("stock openssl verifies a stamp over a signature's value", "[crypto]") {
  if (!has_program("openssl")) return;
  const StockTsa tsa;
  const Authority authority;
  const auto cms = Person(authority).sign(kStatement);
  const auto value = signature_value(cms);
  CHECK(cms.ends_with(value));  // the last bytes of a .p7s: an auditor cuts them off
  tsa.folder().write("x.tsr", tsa.answer(timestamp_query(value)));
  tsa.folder().write("value", value);
  const auto verified = run("cd " + quoted(tsa.folder().path()) +
                            " && openssl ts -verify -in x.tsr -data value -CAfile tsa-ca.pem");
  INFO(verified.output);
  CHECK(verified.status == 0);
  tsa.folder().write("value", value + "x");
  CHECK(run("cd " + quoted(tsa.folder().path()) +
            " && openssl ts -verify -in x.tsr -data value -CAfile tsa-ca.pem")
            .status != 0);
}

TEST_CASE("a token tells whose certificate signed it", "[crypto]") {
  if (!has_program("openssl")) return;
  const StockTsa tsa;
  const auto token = timestamp_token(tsa.answer(timestamp_query("某核准的簽章值")));
  CHECK(timestamp_signer(token)->common_name() == "TSA");
  CHECK(code_of([&] { (void)timestamp_signer("不是時戳"); }) == "bad-timestamp/invalid");
}
