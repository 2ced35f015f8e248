// Sealing: a payload encrypted under its own key in 64 KiB segments (STREAM), and the key wraps above it.
//
// Shape    sealed = header length (4 bytes, big-endian) | canonical JSON header | segments.
//          Each segment is AES-256-GCM of at most 64 KiB plain bytes, tag last; nonce = 7-byte prefix (random,
//          in the header as hex "prefix") | 4-byte big-endian counter | 1 for the last segment else 0;
//          additional data = SHA-256 of the header bytes. The plain stream begins with a 32-byte salt that dies with
//          the key; the rest is the content. An empty content still has one (last) segment.
// Why      Statements about sealed content carry only commitment(salt, content), never a bare digest, so
//          that a short form cannot be guessed once the key is gone.
// Errors   open_sealed throws corrupt ("seal-broken") when a segment does not verify, is missing, or follows the
//          last one; nothing is returned before its segment verifies. unwrap_key throws corrupt ("key-broken").
// Source   architecture section 2 "Sealing"; NIST SP 800-38D; RFC 3394 (AES-KW); Hoang et al. 2015 (STREAM).
#pragma once
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/json.h"
#include "base/stream.h"

namespace vermilion::crypto {

constexpr std::size_t kKeySize = 32;

struct Sealed {
  Bytes bytes;       // what is stored: header and segments
  Bytes key;         // 32 bytes, fresh for this payload: wrap it, never store it bare
  Bytes commitment;  // HMAC-SHA-256(salt, content)
};

constexpr std::size_t kSaltSize = 32;

// `header` states format, store, record ULID, version, part and compression; "prefix" is added here. `salt`, 32 bytes, is
// chosen beforehand when a statement over the commitment is signed before the content is sealed; empty: a fresh one.
[[nodiscard]] Sealed seal(const Json& header, std::string_view content, std::string_view salt = {});

// HMAC-SHA-256(salt, content): what a statement says of sealed content.
[[nodiscard]] Bytes commitment_of(std::string_view salt, std::string_view content);

struct Opened {
  Json header;
  Bytes content;     // empty when it went to a sink
  Bytes commitment;  // computed from what was opened: compare with the statement's
  Bytes salt;        // for further commitments beside this one
};
[[nodiscard]] Opened open_sealed(std::string_view sealed, std::string_view key);

// The same of contents too big to be held: two segments are in memory at a time, and `bytes` and `content` stay empty. Each piece
// that open_stream hands on has been verified, that it was the whole only when it returns.
[[nodiscard]] Sealed seal_stream(const Json& header, const Source& content, std::string_view salt,
                                 const Sink& sealed);
[[nodiscard]] Opened open_stream(const Source& sealed, std::string_view key, const Sink& content);

// The header alone, unverified: for naming a payload whose key is gone.
[[nodiscard]] Json sealed_header(std::string_view sealed);

// AES-256 key wrap. Both keys are 32 bytes; the wrapped key is 40.
[[nodiscard]] Bytes wrap_key(std::string_view wrapping_key, std::string_view key);
[[nodiscard]] Bytes unwrap_key(std::string_view wrapping_key, std::string_view wrapped);

// Authenticated encryption of one small secret (a private key, a settings value): nonce | ciphertext | tag,
// AES-256-GCM. `context` is bound as additional data. decrypt throws corrupt ("secret-broken").
[[nodiscard]] Bytes encrypt_secret(std::string_view key, std::string_view context, std::string_view secret);
[[nodiscard]] Bytes decrypt_secret(std::string_view key, std::string_view context, std::string_view bytes);

}  // namespace vermilion::crypto
