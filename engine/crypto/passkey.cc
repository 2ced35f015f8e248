#include "crypto/passkey.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "crypto/cbor.h"
#include "crypto/digest.h"
#include "crypto/fido.h"
#include "crypto/key.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

// Real ones have a few hundred bytes; an id may have 1023 (WebAuthn section 4, "Credential ID").
constexpr std::size_t kMostBytes = 4096;
constexpr std::size_t kMostId = 1023;
constexpr std::size_t kSiteDigestSize = 32;
constexpr std::size_t kFlags = kSiteDigestSize;  // one byte after the digest
constexpr unsigned kPresent = 0x01;
constexpr unsigned kVerified = 0x04;
constexpr unsigned kHasKey = 0x40;
constexpr std::size_t kLeastData = kSiteDigestSize + 1 + 4;
constexpr std::size_t kModelSize = 16;  // AAGUID; two bytes of the id's length follow, and the id

std::optional<Json> client_json(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return std::nullopt;
  try {
    auto value = parse_json(bytes);
    if (value.is_object()) return value;
  } catch (const Error&) {
  }
  return std::nullopt;
}

bool says(const Json& client, const char* name, const std::string& expected) {
  const auto found = client.find(name);
  return found != client.end() && found->is_string() && *found == expected;
}

// A page of another site may frame ours and ask in its name; ours does not.
bool is_framed(const Json& client) {
  const auto found = client.find("crossOrigin");
  return found != client.end() && *found != false;
}

PasskeyVerdict judge_client(const PasskeyCeremony& asked, std::string_view bytes,
                            const char* type) {
  const auto client = client_json(bytes);
  if (!client) return PasskeyVerdict::bad_client_data;
  if (!says(*client, "type", type)) return PasskeyVerdict::wrong_type;
  if (asked.challenge.empty() || !says(*client, "challenge", asked.challenge))
    return PasskeyVerdict::wrong_challenge;
  if (!says(*client, "origin", asked.origin) || is_framed(*client))
    return PasskeyVerdict::wrong_origin;
  return PasskeyVerdict::good;
}

// libfido2 judges these again when it checks a signature; here each reason has a name.
PasskeyVerdict judge_data(const PasskeyCeremony& asked, std::string_view data) {
  if (data.size() < kLeastData || data.size() > kMostBytes) return PasskeyVerdict::bad_data;
  if (data.substr(0, kSiteDigestSize) != sha256(asked.site)) return PasskeyVerdict::wrong_site;
  const auto flags = static_cast<unsigned char>(data[kFlags]);
  if (!(flags & kPresent)) return PasskeyVerdict::not_present;
  return flags & kVerified ? PasskeyVerdict::good : PasskeyVerdict::not_verified;
}

// Where the CBOR begins: behind the counter, or behind the id when the data bring a key.
std::size_t start_of_cbor(std::string_view data) {
  if (!(static_cast<unsigned char>(data[kFlags]) & kHasKey)) return kLeastData;
  const auto at = kLeastData + kModelSize;
  if (data.size() < at + 2) return data.size();
  const auto high = static_cast<unsigned char>(data[at]);
  const auto low = static_cast<unsigned char>(data[at + 1]);
  return std::min<std::size_t>(at + 2 + (high << 8 | low), data.size());
}

PasskeyVerdict judge(const PasskeyCeremony& asked, std::string_view client, const char* type,
                     std::string_view data) {
  auto verdict = judge_client(asked, client, type);
  if (verdict == PasskeyVerdict::good) verdict = judge_data(asked, data);
  if (verdict != PasskeyVerdict::good) return verdict;
  return is_bounded_cbor(data.substr(start_of_cbor(data))) ? verdict : PasskeyVerdict::bad_data;
}

Bytes bytes_of(const unsigned char* start, std::size_t size) {
  return start == nullptr ? Bytes() : Bytes(reinterpret_cast<const char*>(start), size);
}

// The COSE key as a SubjectPublicKeyInfo; "" when it is no key of that kind, such as a point off the curve.
Bytes spki_of(const fido_cred_t* credential, int kind) {
  const auto* raw = fido_cred_pubkey_ptr(credential);
  const auto size = fido_cred_pubkey_len(credential);
  Pkey key;
  if (kind == COSE_ES256) {
    const FidoEs256 point(es256_pk_new());
    if (!point || es256_pk_from_ptr(point.get(), raw, size) != FIDO_OK) return {};
    key.reset(es256_pk_to_EVP_PKEY(point.get()));
  } else {
    const FidoRs256 modulus(rs256_pk_new());
    if (!modulus || rs256_pk_from_ptr(modulus.get(), raw, size) != FIDO_OK) return {};
    key.reset(rs256_pk_to_EVP_PKEY(modulus.get()));
  }
  return key ? der_of(key.get(), i2d_PUBKEY) : Bytes();
}

// libfido2 reads authenticator data for one kind of key at a time.
std::optional<PasskeyKey> read_passkey(const Bytes& data) {
  const QuietErrors quiet;
  for (const int kind : {COSE_ES256, COSE_RS256}) {
    const FidoCredential credential(fido_cred_new());
    if (!credential || fido_cred_set_type(credential.get(), kind) != FIDO_OK) continue;
    if (fido_cred_set_authdata_raw(credential.get(), octets(data), data.size()) != FIDO_OK)
      continue;
    PasskeyKey passkey{
        bytes_of(fido_cred_id_ptr(credential.get()), fido_cred_id_len(credential.get())),
        spki_of(credential.get(), kind), fido_cred_sigcount(credential.get())};
    if (!passkey.key.empty() && !passkey.id.empty() && passkey.id.size() <= kMostId) return passkey;
  }
  return std::nullopt;
}

bool set_answer(fido_assert_t* assertion, const PasskeyCeremony& asked,
                const PasskeyAnswer& answer) {
  return fido_assert_set_count(assertion, 1) == FIDO_OK &&
         fido_assert_set_rp(assertion, asked.site.c_str()) == FIDO_OK &&
         fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
         fido_assert_set_uv(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
         fido_assert_set_clientdata(assertion, octets(answer.client_data),
                                    answer.client_data.size()) == FIDO_OK &&
         fido_assert_set_authdata_raw(assertion, 0, octets(answer.data), answer.data.size()) ==
             FIDO_OK &&
         fido_assert_set_sig(assertion, 0, octets(answer.signature), answer.signature.size()) ==
             FIDO_OK;
}

bool signed_by(const fido_assert_t* assertion, const Bytes& spki) {
  const auto key = from_der_bytes<Pkey>(spki, d2i_PUBKEY);
  if (!key) return false;
  if (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC) {
    const FidoEs256 point(es256_pk_new());
    return point && es256_pk_from_EVP_PKEY(point.get(), key.get()) == FIDO_OK &&
           fido_assert_verify(assertion, 0, COSE_ES256, point.get()) == FIDO_OK;
  }
  const FidoRs256 modulus(rs256_pk_new());
  return modulus && rs256_pk_from_EVP_PKEY(modulus.get(), key.get()) == FIDO_OK &&
         fido_assert_verify(assertion, 0, COSE_RS256, modulus.get()) == FIDO_OK;
}

}  // namespace

PasskeyMade check_creation(const PasskeyCeremony& asked, const PasskeyCreation& made) {
  const auto verdict = judge(asked, made.client_data, "webauthn.create", made.data);
  if (verdict != PasskeyVerdict::good) return {verdict, {}};
  auto passkey = read_passkey(made.data);
  if (!passkey) return {PasskeyVerdict::bad_data, {}};
  return {PasskeyVerdict::good, std::move(*passkey)};
}

PasskeyUsed check_answer(const PasskeyCeremony& asked, const PasskeyKey& passkey,
                         const PasskeyAnswer& answer) {
  const auto verdict = judge(asked, answer.client_data, "webauthn.get", answer.data);
  if (verdict != PasskeyVerdict::good) return {verdict};
  const QuietErrors quiet;
  const FidoAssertion assertion(fido_assert_new());
  if (!assertion || answer.signature.size() > kMostBytes ||
      !set_answer(assertion.get(), asked, answer))
    return {PasskeyVerdict::bad_data};
  if (!signed_by(assertion.get(), passkey.key)) return {PasskeyVerdict::wrong_signature};
  const auto counter = fido_assert_sigcount(assertion.get(), 0);
  const bool counts = counter != 0 || passkey.counter != 0;
  if (counts && counter <= passkey.counter) return {PasskeyVerdict::counter_went_back, counter};
  return {PasskeyVerdict::good, counter};
}

std::optional<std::string> challenge_in(std::string_view client_data) {
  const auto client = client_json(client_data);
  if (!client) return std::nullopt;
  const auto found = client->find("challenge");
  if (found == client->end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace vermilion::crypto
