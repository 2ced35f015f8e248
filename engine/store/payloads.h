// Sealed contents on disk: append-only segments, and big ones as files of their own.
//
// Shape    payloads/segment-0001 …: records of header (76 bytes) | ciphertext. Header: "VMPL" |
//          format 1 (1) | 0 inline or 1 own file (1) | payload ULID (26) | length (8) | SHA-256 of
//          the ciphertext (32) | CRC-32 of the 72 bytes before. What is beyond 1 MiB, or was staged, lies in
//          payloads/<first 2 hex>/<sha256 hex>; its record then has no bytes after the header. Until the
//          act that files it is folded, it lies at payloads/incoming/<payload ULID>. A
//          record that would end beyond 64 MiB begins the next segment.
// Crash    Places are chosen before the frame is written and stand in it: writing again writes the
//          same bytes.
// Erased   The header stays, so that what follows is found; the ciphertext is zero (a hole where the
//          file system can), its own file gone.
// Errors   corrupt ("payload-broken") naming "payloads/segment-0001 at 4096 (01J…)"; not_found
//          ("payload-destroyed") for an erased one.
// Source   architecture section 2; docs-src/formats/store.md.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/disk.h"
#include "base/stream.h"

namespace vermilion::store {

struct PayloadPlace {
  std::string payload;  // ULID
  std::uint32_t segment = 1;
  std::uint64_t offset = 0;  // of the record's header
  std::uint64_t length = 0;  // of the ciphertext
  Bytes sha256;              // raw, of the ciphertext
  bool own_file = false;
};

// Where the next record goes, or where a scan stands.
struct PayloadEnd {
  std::uint32_t segment = 1;
  std::uint64_t offset = 0;
};

using Fault = std::function<void(const std::string& where, const std::string& what)>;

[[noreturn]] void payload_destroyed(const std::string& payload);

class Payloads {
 public:
  Payloads(Disk& disk, const Path& store);

  [[nodiscard]] PayloadEnd end();
  // Gives one more payload its segment and offset, and moves `end` behind it.
  static void put_at(PayloadEnd& end, PayloadPlace& place);
  // Just behind the record at a place.
  [[nodiscard]] static PayloadEnd end_of(const PayloadPlace& place);
  // Makes the file that `fill` writes durable, for write() to find. What is left of a failure is swept.
  void receive(const std::string& payload, const std::function<void(File&)>& fill);
  // Is it there still, received or moved in?
  [[nodiscard]] bool holds(const PayloadPlace& place);
  // Removes what was received before `then` and never written to its place.
  void sweep(Instant then);

  // Durable when it returns, with one sync for each segment. Idempotent.
  struct Sealed {
    const PayloadPlace& place;
    std::string_view ciphertext;  // empty for one of its own file, which has been received
  };
  void write(const std::vector<Sealed>& payloads);
  // Lets `use` read the ciphertext; it was whole and unchanged only when this returns.
  void read(const PayloadPlace& place, const std::function<void(const Source&)>& use);
  // Overwrites the ciphertext; durable when it returns. May be repeated.
  void erase(const PayloadPlace& place);
  [[nodiscard]] bool is_erased(const PayloadPlace& place);

  // Visits every record from `from` on and returns where they end. A broken header is told to
  // `fault` and passed over to the next good one.
  PayloadEnd scan(const PayloadEnd& from, const std::function<void(const PayloadPlace&)>& visit,
                  const Fault& fault);
  // "payloads/segment-0001 at 4096 (01J…)"
  [[nodiscard]] static std::string name_of(const PayloadPlace& place);

 private:
  void write_segment(std::uint32_t segment, const std::vector<const Sealed*>& records);
  void move_in(const PayloadPlace& place);
  [[nodiscard]] Path incoming(const std::string& payload) const;
  [[nodiscard]] std::unique_ptr<File> open(const PayloadPlace& place);
  void erase_own_file(const PayloadPlace& place);

  Disk& disk_;
  Path folder_;
};

}  // namespace vermilion::store
