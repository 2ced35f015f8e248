// Journal frames as bytes: cutting a frame into blocks, and reading blocks back without believing
// them.
//
// Problem  After a crash the journal holds whole frames (acknowledged: they count), a torn one
//          (never acknowledged: it must vanish silently), or damage to a whole one (must be
//          refused, never dropped: it may be the only copy of an acknowledged act).
// Idea     Journal space is zero before it is used. A block that is zero, but for two bits at most, was never written, so
//          a frame that lacks one is torn; a block that is not zero and fails its CRC was damaged
//          afterwards.
// Shape    Block (512 bytes): CRC-32 of the other 508 | low 32 bits of the frame number | block
//          number | 500 bytes of the frame's stream, the last one padded with zeros. Stream: header
//          (140 bytes) | body. Header: "VMFRAME\n" | format 1 (4) | store id (48, padded with
//          zeros) | frame number (8) | body length (8) | SHA-256 of the body | digest of the
//          previous frame. A frame's digest is SHA-256 of its header. Numbers are big-endian.
// Limits   Blocks reach the disk whole or not at all (512 is the smallest sector in use).
// Errors   scan_frames throws corrupt ("frame-broken") naming file (as `name` has it) and offset.
// Source   architecture section 2 "Writing"; docs-src/formats/store.md.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace vermilion::store {

constexpr std::size_t kBlockSize = 512;

struct Frame {
  std::uint64_t number = 0;  // 1 for the first
  Bytes previous;            // digest of the frame before; 32 zero bytes for the first
  Bytes body;
  Bytes digest;
};

// Makes a frame and computes its digest. `store` is at most 48 bytes.
[[nodiscard]] Frame make_frame(const std::string& store, std::uint64_t number, Bytes previous,
                               Bytes body);
[[nodiscard]] Bytes frame_blocks(const std::string& store, const Frame& frame);

struct JournalScan {
  std::vector<Frame> frames;  // whole ones, in order
  bool residue = false;       // blocks of a torn or half-scrubbed frame lie about
};
[[nodiscard]] JournalScan scan_frames(std::string_view journal, const std::string& store,
                                      const std::string& name);

// `place`: "journal/frames-1 at 512".
[[noreturn]] void frame_broken(const std::string& place, const char* what);

}  // namespace vermilion::store
