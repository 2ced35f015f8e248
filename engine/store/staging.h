// Sealing a content into a file of its own, ahead of the act that files it.
//
// Shape    payloads/incoming/<ULID>, the ciphertext. Folding the act moves it to its place; see payloads.h.
// Threads  Any number at a time, also while others act: nothing but the file itself is written.
// Source   architecture section 2; ADR 0007.
#pragma once
#include "base/json.h"
#include "store/parts.h"

namespace vermilion::store {

// A content of this size still goes into a segment, unless it is staged.
constexpr std::uint64_t kInlineSize = 1ULL << 20;

[[nodiscard]] std::string fresh_ulid(Instant at);
[[nodiscard]] Json payload_header(const SealRequest& request, const std::string& store);

[[nodiscard]] StagedPayload stage(Parts& parts, const SealRequest& request, const Source& content);

}  // namespace vermilion::store
