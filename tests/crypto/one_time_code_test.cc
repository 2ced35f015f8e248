// One-time codes: the vectors of RFC 6238 (six digits of them), and what counts as one.
#include "crypto/one_time_code.h"

#include <catch2/catch.hpp>

using namespace vermilion;
using crypto::code_step;

namespace {
const std::string kRfcSecret = "12345678901234567890";
Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
}  // namespace

TEST_CASE("codes are those of RFC 6238", "[crypto]") {
  CHECK(code_step(kRfcSecret, "287082", at(59)) == 1);
  CHECK(code_step(kRfcSecret, "081804", at(1111111109)) == 37037036);
  CHECK(code_step(kRfcSecret, "050471", at(1111111111)) == 37037037);
  CHECK(code_step(kRfcSecret, "353130", at(20000000000)) == 666666666);
}

TEST_CASE("a code counts a step early and a step late, and says whose it is", "[crypto]") {
  CHECK(code_step(kRfcSecret, "050471", at(1111111111 - 30)) == 37037037);
  CHECK(code_step(kRfcSecret, "050471", at(1111111111 + 30)) == 37037037);
  CHECK_FALSE(code_step(kRfcSecret, "050471", at(1111111111 - 62)));
  CHECK_FALSE(code_step(kRfcSecret, "050471", at(1111111111 + 60)));
}

TEST_CASE("only six digits are a code", "[crypto]") {
  for (const char* typed :
       {"", "05047", "0504711", "O50471", "５０４７１０", "050471\n", "-50471", " 50471"})
    CHECK_FALSE(code_step(kRfcSecret, typed, at(1111111111)));
}

TEST_CASE("a secret is twenty random bytes and reads back from base32", "[crypto]") {
  const auto secret = crypto::new_code_secret();
  CHECK(secret.size() == 20);
  CHECK(crypto::from_base32(crypto::base32(secret)) == secret);
  CHECK(crypto::base32(kRfcSecret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK_FALSE(crypto::from_base32("不是"));
}
