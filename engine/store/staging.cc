#include "store/staging.h"

#include "base/ulid.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kUlidRandom = 10;
constexpr const char* kPayloadFormat = "vermilion-payload-1";

SealRequest without_content(const SealRequest& request) {
  return {.record = request.record,
          .version = request.version,
          .part = request.part,
          .key_class = request.key_class,
          .year = request.year,
          .content = {},
          .salt = {}};
}

}  // namespace

std::string fresh_ulid(Instant at) { return make_ulid(at, crypto::random_bytes(kUlidRandom)); }

Json payload_header(const SealRequest& request, const std::string& store) {
  return {{"format", kPayloadFormat},   {"store", store},       {"record", request.record},
          {"version", request.version}, {"part", request.part}, {"compression", "none"}};
}

StagedPayload stage(Parts& parts, const SealRequest& request, const Source& content) {
  StagedPayload staged{.request = without_content(request), .ref = {}, .key = {}};
  staged.ref.payload = fresh_ulid(parts.clock.now());
  crypto::Sha256 digest;
  parts.payloads.receive(staged.ref.payload, [&](File& file) {
    auto sealed = crypto::seal_stream(payload_header(request, parts.settings.id), content,
                                      request.salt, [&](std::string_view piece) {
                                        file.write(staged.length, piece);
                                        digest.add(piece);
                                        staged.length += piece.size();
                                      });
    staged.key = std::move(sealed.key);
    staged.ref.commitment = "hmac-sha256:" + hex(sealed.commitment);
  });
  staged.ref.ciphertext = "sha256:" + hex(digest.finish());
  return staged;
}

}  // namespace vermilion::store
