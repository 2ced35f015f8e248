#include <algorithm>

#include "base/error.h"
#include "crypto/envelope.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

constexpr unsigned kEnvelopeFlags = CMS_BINARY | CMS_STREAM | CMS_PARTIAL;
constexpr int kSmallestRsa = 2048;
constexpr std::size_t kPiece = 1 << 20;  // BIO lengths are int

void use_oaep(CMS_RecipientInfo* recipient) {
  EVP_PKEY_CTX* context = CMS_RecipientInfo_get0_pkey_ctx(recipient);
  check(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING), "choosing OAEP");
  check(EVP_PKEY_CTX_set_rsa_oaep_md(context, algorithms().sha256), "choosing OAEP's digest");
}

Cms envelope_for(const Certificate& recipient) {
  Cms cms(check(CMS_encrypt(nullptr, nullptr, EVP_aes_256_cbc(), kEnvelopeFlags),
                "making an envelope"));
  auto* info = check(
      CMS_add1_recipient_cert(cms.get(), recipient.native(), CMS_BINARY | CMS_KEY_PARAM),
      "adding the recipient");
  if (EVP_PKEY_get_base_id(recipient.public_key().native()) == EVP_PKEY_RSA) use_oaep(info);
  return cms;
}

}  // namespace

void require_fit_for_envelopes(const Certificate& recipient) {
  const auto key = recipient.public_key();
  const int kind = EVP_PKEY_get_base_id(key.native());
  const bool fit = kind == EVP_PKEY_EC ||
                   (kind == EVP_PKEY_RSA && EVP_PKEY_get_bits(key.native()) >= kSmallestRsa);
  if (fit) return;
  throw Error(Failure::invalid, "recovery-certificate-unfit",
              {"這張憑證不能用來加密；請用 P-256、P-384 或 2048 位元以上 RSA 的憑證",
               "nothing can be encrypted to this certificate; take one with a P-256, P-384 or RSA "
               "key from 2048 bits"});
}

// What OpenSSL has encrypted gathers in `out` and is handed on after each piece.
struct EnvelopeWriter::State {
  State(const Certificate& recipient, Sink to)
      : sink(std::move(to)), out(memory()), cms(envelope_for(recipient)) {
    chain.reset(check(BIO_new_CMS(out.get(), cms.get()), "opening the envelope"));
  }
  // The chain ends in `out`, which is a handle of its own.
  ~State() {
    while (chain && chain.get() != out.get()) {
      BIO* next = BIO_pop(chain.get());
      BIO_free(chain.release());
      chain.reset(next);
    }
    (void)chain.release();
  }
  void hand_on() {
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    if (size > 0) sink({data, static_cast<std::size_t>(size)});
    check(BIO_reset(out.get()), "emptying a buffer");
  }

  Sink sink;
  Bio out;
  Cms cms;
  Bio chain;
};

EnvelopeWriter::EnvelopeWriter(const Certificate& recipient, Sink sink)
    : state_(std::make_unique<State>(recipient, std::move(sink))) {}
EnvelopeWriter::~EnvelopeWriter() = default;

void EnvelopeWriter::add(std::string_view content) {
  while (!content.empty()) {
    const auto piece = content.substr(0, kPiece);
    check(BIO_write(state_->chain.get(), piece.data(), static_cast<int>(piece.size())) ==
              static_cast<int>(piece.size()),
          "encrypting");
    content.remove_prefix(piece.size());
    state_->hand_on();
  }
}

void EnvelopeWriter::finish() {
  check(BIO_flush(state_->chain.get()), "closing the envelope");
  state_->hand_on();
}

Bytes open_envelope(std::string_view envelope, const PrivateKey& key,
                    const Certificate& recipient) {
  const QuietErrors quiet;
  const auto cms = from_der_bytes<Cms>(envelope, d2i_CMS_ContentInfo);
  const auto out = memory();
  if (cms && CMS_decrypt(cms.get(), key.native(), recipient.native(), nullptr, out.get(),
                         CMS_BINARY) == 1) {
    return contents(out.get());
  }
  throw Error(Failure::forbidden, "envelope-closed",
              {"這把復原金鑰打不開復原用複本；請確認是該憑證的私鑰",
               "this recovery key does not open the recovery copy; it must be the private key of "
               "the recovery certificate"});
}

}  // namespace vermilion::crypto
