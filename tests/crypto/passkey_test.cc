// What a browser says of a passkey, honest and forged.
#include "crypto/passkey.h"

#include <openssl/evp.h>

#include <catch2/catch.hpp>

#include "crypto/base64url.h"
#include "crypto/openssl.h"
#include "support/authenticator.h"

using namespace authenticator;
using crypto::PasskeyVerdict;

namespace {

const crypto::PasskeyCeremony kAsked{"https://isms.example.gov.tw:8443", "isms.example.gov.tw",
                                     crypto::base64url("一次性的挑戰")};

crypto::PasskeyKey made_by(const Device& device) {
  const auto made = crypto::check_creation(kAsked, device.creates(kAsked));
  REQUIRE(made.verdict == PasskeyVerdict::good);
  return made.passkey;
}

// The verdict on an answer given for another ceremony than the one asked for.
PasskeyVerdict given_for(const crypto::PasskeyCeremony& other) {
  const Device device;
  auto passkey = made_by(device);
  passkey.counter = 0;
  return crypto::check_answer(kAsked, passkey, device.answers(other)).verdict;
}

}  // namespace

TEST_CASE("passkey: one that was made is known again when it is used, and its counter goes on",
          "[crypto]") {
  Device device;
  auto passkey = made_by(device);
  CHECK(passkey.id == device.id);
  CHECK(passkey.key == device.key.public_key().spki());
  CHECK(passkey.counter == 1);
  device.counter = 7;
  const auto used = crypto::check_answer(kAsked, passkey, device.answers(kAsked));
  CHECK(used.verdict == PasskeyVerdict::good);
  CHECK(used.counter == 7);
}

TEST_CASE("passkey: another challenge, origin, site or purpose is refused", "[crypto]") {
  auto other = kAsked;
  other.challenge = crypto::base64url("別的挑戰");
  CHECK(given_for(other) == PasskeyVerdict::wrong_challenge);
  other = kAsked;
  other.origin = "https://isms.example.gov.tw.evil.example";
  CHECK(given_for(other) == PasskeyVerdict::wrong_origin);
  other = kAsked;
  other.origin = "http://isms.example.gov.tw:8443";
  CHECK(given_for(other) == PasskeyVerdict::wrong_origin);
  other = kAsked;
  other.site = "example.gov.tw";
  CHECK(given_for(other) == PasskeyVerdict::wrong_site);

  Device device;
  const auto passkey = made_by(device);
  device.counter = 9;
  const auto judged = [&](const Bytes& client) {
    return crypto::check_answer(kAsked, passkey, device.answers(client, device.data(kAsked.site)))
        .verdict;
  };
  CHECK(judged(client_data("webauthn.get", kAsked)) == PasskeyVerdict::good);
  CHECK(judged(client_data("webauthn.create", kAsked)) == PasskeyVerdict::wrong_type);
  auto framed = parse_json(client_data("webauthn.get", kAsked));
  framed["crossOrigin"] = true;
  CHECK(judged(framed.dump()) == PasskeyVerdict::wrong_origin);
  framed["crossOrigin"] = "no";
  CHECK(judged(framed.dump()) == PasskeyVerdict::wrong_origin);
  for (const std::string& broken :
       {std::string(), std::string("null"), std::string("[]"), std::string("{\"type\":"),
        std::string("{\"type\":\"webauthn.get\",\"type\":\"webauthn.get\"}"),
        std::string(1 << 20, '['), std::string("\xff\xfe")})
    CHECK(judged(broken) == PasskeyVerdict::bad_client_data);
  auto no_challenge = kAsked;
  no_challenge.challenge.clear();  // none was given out
  CHECK(crypto::check_answer(no_challenge, passkey, device.answers(no_challenge)).verdict ==
        PasskeyVerdict::wrong_challenge);
}

TEST_CASE("passkey: without the person present and verified it counts for nothing", "[crypto]") {
  Device device;
  const auto passkey = made_by(device);
  device.counter = 2;
  device.flags = kPresent;
  CHECK(crypto::check_answer(kAsked, passkey, device.answers(kAsked)).verdict ==
        PasskeyVerdict::not_verified);
  CHECK(crypto::check_creation(kAsked, device.creates(kAsked)).verdict ==
        PasskeyVerdict::not_verified);
  device.flags = kVerified;
  CHECK(crypto::check_answer(kAsked, passkey, device.answers(kAsked)).verdict ==
        PasskeyVerdict::not_present);
}

TEST_CASE("passkey: another key, a changed signature and changed bytes are refused", "[crypto]") {
  Device device;
  const auto passkey = made_by(device);
  device.counter = 2;
  Device other;
  other.counter = 2;
  CHECK(crypto::check_answer(kAsked, passkey, other.answers(kAsked)).verdict ==
        PasskeyVerdict::wrong_signature);
  const auto good = device.answers(kAsked);
  for (std::size_t i = 0; i < good.signature.size(); ++i) {
    auto forged = good;
    forged.signature[i] = static_cast<char>(forged.signature[i] ^ 1);
    CHECK(crypto::check_answer(kAsked, passkey, forged).verdict != PasskeyVerdict::good);
  }
  for (std::size_t i = 0; i < good.data.size(); ++i) {
    auto forged = good;
    forged.data[i] = static_cast<char>(forged.data[i] ^ 1);
    CHECK(crypto::check_answer(kAsked, passkey, forged).verdict != PasskeyVerdict::good);
  }
  auto empty = good;
  empty.signature.clear();
  CHECK(crypto::check_answer(kAsked, passkey, empty).verdict != PasskeyVerdict::good);
  empty.signature = Bytes(1 << 20, 'x');
  CHECK(crypto::check_answer(kAsked, passkey, empty).verdict != PasskeyVerdict::good);
}

TEST_CASE("passkey: a counter that stands still or goes back is refused and told", "[crypto]") {
  Device device;
  device.counter = 5;
  auto passkey = made_by(device);
  for (const std::uint32_t counter : {5u, 4u, 0u}) {
    device.counter = counter;
    const auto used = crypto::check_answer(kAsked, passkey, device.answers(kAsked));
    CHECK(used.verdict == PasskeyVerdict::counter_went_back);
    CHECK(used.counter == counter);
  }
  passkey.counter = 0;  // a device that does not count
  device.counter = 0;
  CHECK(crypto::check_answer(kAsked, passkey, device.answers(kAsked)).verdict ==
        PasskeyVerdict::good);
}

TEST_CASE("passkey: authenticator data cut off anywhere, or without end, make none", "[crypto]") {
  const Device device;
  const auto whole = device.creates(kAsked);
  for (std::size_t size = 0; size < whole.data.size(); ++size) {
    auto cut = whole;
    cut.data.resize(size);
    CHECK(crypto::check_creation(kAsked, cut).verdict != PasskeyVerdict::good);
  }
  auto huge = whole;
  huge.data += Bytes(1 << 20, '\x81');  // nested arrays
  CHECK(crypto::check_creation(kAsked, huge).verdict == PasskeyVerdict::bad_data);
  auto nested = whole;
  nested.data = nested.data.substr(0, nested.data.size() - 77) + Bytes(3000, '\x81');
  CHECK(crypto::check_creation(kAsked, nested).verdict == PasskeyVerdict::bad_data);
  auto long_claim = whole;  // a string of 2^64 - 1 bytes in the key's place
  long_claim.data =
      long_claim.data.substr(0, long_claim.data.size() - 77) + "\x5b" + Bytes(8, '\xff');
  CHECK(crypto::check_creation(kAsked, long_claim).verdict == PasskeyVerdict::bad_data);
}

TEST_CASE("passkey: a point off the curve and an id of no or too many bytes make none",
          "[crypto]") {
  Device device;
  auto off = device.creates(kAsked);
  off.data.back() = static_cast<char>(off.data.back() ^ 1);
  CHECK(crypto::check_creation(kAsked, off).verdict == PasskeyVerdict::bad_data);
  device.id.clear();
  CHECK(crypto::check_creation(kAsked, device.creates(kAsked)).verdict == PasskeyVerdict::bad_data);
  device.id = Bytes(1023, 'i');
  CHECK(crypto::check_creation(kAsked, device.creates(kAsked)).verdict == PasskeyVerdict::good);
  device.id = Bytes(1024, 'i');
  CHECK(crypto::check_creation(kAsked, device.creates(kAsked)).verdict == PasskeyVerdict::bad_data);
}

TEST_CASE("passkey: an RSA key of a PC's own chip signs in as well", "[crypto]") {
  crypto::Pkey rsa(EVP_RSA_gen(2048));
  const auto spki = crypto::der_of(rsa.get(), i2d_PUBKEY);
  const auto modulus = spki.substr(spki.size() - 256 - 5, 256);  // before 02 03 01 00 01
  Device device;
  const auto head = device.attested(kAsked.site);
  const auto data = head.substr(0, head.size() - 77) +
                    Bytes("\xa4\x01\x03\x03\x39\x01\x00\x20\x59\x01\x00", 11) + modulus +
                    Bytes("\x21\x43\x01\x00\x01", 5);
  const auto made = crypto::check_creation(kAsked, {client_data("webauthn.create", kAsked), data});
  REQUIRE(made.verdict == PasskeyVerdict::good);
  CHECK(made.passkey.key == spki);

  device.counter = 2;
  auto answer = device.answers(kAsked);
  const auto text = answer.data + crypto::sha256(answer.client_data);
  const crypto::DigestContext context(EVP_MD_CTX_new());
  std::size_t size = 256;
  answer.signature.resize(size);
  REQUIRE(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, rsa.get()) == 1);
  REQUIRE(EVP_DigestSign(context.get(), crypto::octets(answer.signature), &size,
                         crypto::octets(text), text.size()) == 1);
  CHECK(crypto::check_answer(kAsked, made.passkey, answer).verdict == PasskeyVerdict::good);
  answer.signature[9] = static_cast<char>(answer.signature[9] ^ 1);
  CHECK(crypto::check_answer(kAsked, made.passkey, answer).verdict ==
        PasskeyVerdict::wrong_signature);
}
