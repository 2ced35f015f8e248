// Example of the bytes, before base64 (each <…> a string: 4-byte big-endian length, then bytes):
//   "SSHSIG" 00000001 <public key> <"git"> <""> <"sha512"> <signature>
//   public key = <"ecdsa-sha2-nistp256"> <"nistp256"> <04 | X | Y>
//   signature  = <"ecdsa-sha2-nistp256"> <<mpint r> <mpint s>>
// Signed is "SSHSIG" <"git"> <""> <"sha512"> <SHA-512 of the message>, itself digested with
// SHA-256.
#include "crypto/ssh_signature.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

constexpr std::string_view kKeyType = "ecdsa-sha2-nistp256";
constexpr std::string_view kCurve = "nistp256";
constexpr std::string_view kMagic = "SSHSIG";
constexpr std::string_view kVersion{"\0\0\0\1", 4};
constexpr std::string_view kNamespace = "git";
constexpr std::string_view kDigest = "sha512";
constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----\n";
constexpr std::string_view kEnd = "-----END SSH SIGNATURE-----\n";
constexpr std::size_t kLine = 70;  // as ssh-keygen breaks them
constexpr std::size_t kCoordinate = 32;
// SubjectPublicKeyInfo of every uncompressed P-256 key up to its point (RFC 5480).
constexpr std::string_view kSpkiHead{
    "\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
    "\x03\x42"
    "\x00",
    26};

Bytes packed(std::string_view bytes) {
  Bytes out;
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(bytes.size() >> shift & 255U);
  return out.append(bytes);
}

// Takes the next string off `rest`; nothing if it is cut short.
std::optional<std::string_view> take(std::string_view& rest) {
  if (rest.size() < 4) return std::nullopt;
  std::size_t size = 0;
  for (const char c : rest.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(c);
  if (size > rest.size() - 4) return std::nullopt;
  const auto taken = rest.substr(4, size);
  rest.remove_prefix(4 + size);
  return taken;
}

bool take_exactly(std::string_view& rest, std::string_view expected) {
  return take(rest) == expected;
}

// The public half of a key as SSH writes it.
Bytes key_blob(const EVP_PKEY* key) {
  VERMILION_ASSERT(EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_bits(key) == 256);
  Bytes point(1 + 2 * kCoordinate, '\0');
  std::size_t size = 0;
  check(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, octets(point), point.size(),
                                        &size),
        "reading a P-256 point");
  VERMILION_ASSERT(size == point.size());  // uncompressed
  return packed(kKeyType) + packed(kCurve) + packed(point);
}

Bytes to_be_signed(std::string_view message) {
  Bytes digest(64, '\0');
  check(EVP_Digest(message.data(), message.size(), octets(digest), nullptr, algorithms().sha512,
                   nullptr),
        "digesting");
  return Bytes(kMagic) + packed(kNamespace) + packed("") + packed(kDigest) + packed(digest);
}

Bytes mpint(const BIGNUM* number) {
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, octets(bytes));
  if (!bytes.empty() && (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0)
    bytes.insert(0, 1, '\0');
  return packed(bytes);
}

Bytes ssh_from_der(std::string_view der) {
  const auto pair = from_der_bytes<EcdsaSignature>(der, d2i_ECDSA_SIG);
  check(pair.get(), "reading an ECDSA signature");
  return mpint(ECDSA_SIG_get0_r(pair.get())) + mpint(ECDSA_SIG_get0_s(pair.get()));
}

BigNumber number_of(std::string_view bytes) {
  return BigNumber(
      check(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr), "reading a number"));
}

// The DER form of an SSH signature; nothing if it is not two numbers of P-256's size.
std::optional<Bytes> der_from_ssh(std::string_view pair) {
  const auto r = take(pair);
  const auto s = take(pair);
  if (!r || !s || !pair.empty() || r->size() > kCoordinate + 1 || s->size() > kCoordinate + 1) {
    return std::nullopt;
  }
  const EcdsaSignature signature(check(ECDSA_SIG_new(), "making a signature"));
  check(ECDSA_SIG_set0(signature.get(), number_of(*r).release(), number_of(*s).release()),
        "making a signature");
  return der_of(signature.get(), i2d_ECDSA_SIG);
}

std::string armoured(std::string_view blob) {
  std::string text(kBegin);
  const std::string code = base64(blob);
  for (std::size_t at = 0; at < code.size(); at += kLine) text += code.substr(at, kLine) + "\n";
  return text.append(kEnd);
}

std::optional<Bytes> unarmoured(std::string_view text) {
  if (!text.starts_with(kBegin) || !text.ends_with(kEnd)) return std::nullopt;
  if (text.size() < kBegin.size() + kEnd.size()) return std::nullopt;
  std::string code(text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size()));
  std::erase(code, '\n');
  return from_base64(code);
}

// The signature proper, if the blob is one by `p256` for git; nothing otherwise.
std::optional<Bytes> signature_in(std::string_view blob, const PublicKey& p256) {
  if (!blob.starts_with(Bytes(kMagic) + Bytes(kVersion))) return std::nullopt;
  blob.remove_prefix(kMagic.size() + kVersion.size());
  if (!take_exactly(blob, key_blob(p256.native())) || !take_exactly(blob, kNamespace) ||
      !take_exactly(blob, "") || !take_exactly(blob, kDigest)) {
    return std::nullopt;
  }
  auto signature = take(blob);
  if (!signature || !blob.empty() || !take_exactly(*signature, kKeyType)) return std::nullopt;
  const auto pair = take(*signature);
  if (!pair || !signature->empty()) return std::nullopt;
  return der_from_ssh(*pair);
}

[[noreturn]] void bad_allowed_signer() {
  throw Error(Failure::invalid, "bad-allowed-signer",
              {"allowed_signers 的這一行不是 ecdsa-sha2-nistp256 公鑰；格式為「帳號 "
               "namespaces=\"git\" 種類 金鑰」",
               "this line of allowed_signers holds no ecdsa-sha2-nistp256 key; write "
               "'principal namespaces=\"git\" type key'"});
}

// The word after the key type; "" if there is none.
std::string_view key_word(std::string_view line) {
  const std::string marked = " " + std::string(kKeyType) + " ";
  const auto at = line.find(marked);
  if (at == line.npos || at == 0) return {};
  line.remove_prefix(at + marked.size());
  return line.substr(0, line.find_first_of(" \t\r\n"));
}

}  // namespace

struct SshSigner::State {
  explicit State(PrivateKey p256)
      : key(std::move(p256)),
        head(Bytes(kMagic) + Bytes(kVersion) + packed(key_blob(key.native()))) {
    check(EVP_DigestSignInit(started.get(), nullptr, algorithms().sha256, nullptr, key.native()),
          "starting a signature");
  }
  PrivateKey key;
  Bytes head;  // of every signature of this key
  DigestContext started{check(EVP_MD_CTX_new(), "starting a signature")};
};

SshSigner::SshSigner(PrivateKey p256) : state_(std::make_unique<State>(std::move(p256))) {}
SshSigner::~SshSigner() = default;
SshSigner::SshSigner(SshSigner&&) noexcept = default;
SshSigner& SshSigner::operator=(SshSigner&&) noexcept = default;

std::string SshSigner::sign(std::string_view message) const {
  const DigestContext context(check(EVP_MD_CTX_new(), "starting a signature"));
  check(EVP_MD_CTX_copy_ex(context.get(), state_->started.get()), "starting a signature");
  const auto signed_bytes = to_be_signed(message);
  Bytes der(static_cast<std::size_t>(EVP_PKEY_get_size(state_->key.native())), '\0');
  auto size = der.size();
  check(
      EVP_DigestSign(context.get(), octets(der), &size, octets(signed_bytes), signed_bytes.size()),
      "signing");
  der.resize(size);
  const auto signature = packed(kKeyType) + packed(ssh_from_der(der));
  return armoured(state_->head + packed(kNamespace) + packed("") + packed(kDigest) +
                  packed(signature));
}

std::string ssh_signature(const PrivateKey& p256, std::string_view message) {
  return SshSigner(p256).sign(message);
}

bool ssh_signature_verifies(const PublicKey& p256, std::string_view message,
                            std::string_view armoured) {
  const QuietErrors quiet;
  const auto blob = unarmoured(armoured);
  const auto signature = blob ? signature_in(*blob, p256) : std::nullopt;
  return signature && p256.verifies(to_be_signed(message), *signature);
}

std::string allowed_signer_line(const std::string& principal, const PublicKey& p256) {
  // A pattern or a list here would let other names sign.
  if (principal.empty() || principal.find_first_of(" \t\r\n\",*?!#") != principal.npos) {
    throw Error(Failure::invalid, "bad-principal",
                {"allowed_signers 的帳號不得為空或含空白、逗號、引號、*、?、!、#",
                 "a principal in allowed_signers is not empty and has no blank, comma, quote, *, "
                 "?, ! or #"});
  }
  return fmt::format("{} namespaces=\"{}\" {} {}\n", principal, kNamespace, kKeyType,
                     base64(key_blob(p256.native())));
}

PublicKey allowed_signer_key(std::string_view line) {
  const auto decoded = from_base64(key_word(line));
  if (!decoded || line.starts_with("#")) bad_allowed_signer();
  std::string_view blob = *decoded;
  if (!take_exactly(blob, kKeyType) || !take_exactly(blob, kCurve)) bad_allowed_signer();
  const auto point = take(blob);
  if (!point || !blob.empty() || point->size() != 1 + 2 * kCoordinate) bad_allowed_signer();
  try {
    return PublicKey::from_spki(Bytes(kSpkiHead) + Bytes(*point));
  } catch (const Error&) {
    bad_allowed_signer();
  }
}

}  // namespace vermilion::crypto
