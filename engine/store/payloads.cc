#include "store/payloads.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/ulid.h"
#include "crypto/digest.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kPayloadMagic = "VMPL";
constexpr char kPayloadVersion = 1;
constexpr std::size_t kUlidSize = 26;
constexpr std::size_t kUlidAt = kPayloadMagic.size() + 2;
constexpr std::size_t kPayloadLengthAt = kUlidAt + kUlidSize;
constexpr std::size_t kHashAt = kPayloadLengthAt + 8;
constexpr std::size_t kCrcAt = kHashAt + 32;
constexpr std::size_t kPayloadHeaderSize = kCrcAt + 4;
constexpr std::uint64_t kSegmentSize = 64ULL << 20;
constexpr const char* kIncoming = "incoming";
constexpr std::string_view kSegmentPrefix = "segment-";

std::string segment_name(std::uint32_t segment) {
  return fmt::format("{}{:04}", kSegmentPrefix, segment);
}

std::uint64_t record_size(const PayloadPlace& place) {
  return kPayloadHeaderSize + (place.own_file ? 0 : place.length);
}

Bytes header_of(const PayloadPlace& place) {
  VERMILION_ASSERT(place.payload.size() == kUlidSize && place.sha256.size() == 32);
  Bytes header(kPayloadMagic);
  header += kPayloadVersion;
  header += place.own_file ? '\1' : '\0';
  header += place.payload;
  put_u64(header, place.length);
  header += place.sha256;
  put_u32(header, crc32(header));
  return header;
}

// The record a header describes; nothing if the bytes are no good header.
std::optional<PayloadPlace> parse_header(std::string_view header, const PayloadEnd& at) {
  const bool whole = header.size() == kPayloadHeaderSize && header.starts_with(kPayloadMagic) &&
                     header[kPayloadMagic.size()] == kPayloadVersion &&
                     read_u32(header, kCrcAt) == crc32(header.substr(0, kCrcAt)) &&
                     is_ulid(header.substr(kUlidAt, kUlidSize));
  if (!whole) return std::nullopt;
  return PayloadPlace{.payload = std::string(header.substr(kUlidAt, kUlidSize)),
                      .segment = at.segment,
                      .offset = at.offset,
                      .length = read_u64(header, kPayloadLengthAt),
                      .sha256 = Bytes(header.substr(kHashAt, 32)),
                      .own_file = header[kPayloadMagic.size() + 1] != 0};
}

Path own_file(const Path& folder, const PayloadPlace& place) {
  const auto name = hex(place.sha256);
  return folder / name.substr(0, 2) / name;
}

[[noreturn]] void broken(const PayloadPlace& place, const char* zh, const char* en) {
  const auto where = Payloads::name_of(place);
  throw Error(
      Failure::corrupt, "payload-broken",
      {fmt::format("{}：密封內容損毀（{}），請由備份還原", where, zh),
       fmt::format("{}: the sealed content is broken ({}); restore it from a backup", where, en)});
}

// The offset of the next thing that looks like a record's header and is one; the end if there is
// none.
std::uint64_t next_header(File& file, PayloadEnd at, std::uint64_t size) {
  const Bytes rest = file.read(at.offset, static_cast<std::size_t>(size - at.offset));
  for (std::size_t i = rest.find(kPayloadMagic, 1); i != Bytes::npos;
       i = rest.find(kPayloadMagic, i + 1)) {
    if (parse_header(std::string_view(rest).substr(i, kPayloadHeaderSize), at))
      return at.offset + i;
  }
  return size;
}

// Zeros first, durably: a file system may keep the blocks of a hole, or not know holes.
void wipe_content(File& file, std::uint64_t offset, std::uint64_t size) {
  const Bytes zeros(static_cast<std::size_t>(std::min(size, kPiece)), '\0');
  for (std::uint64_t done = 0; done < size; done += zeros.size()) {
    const auto piece = std::min<std::uint64_t>(zeros.size(), size - done);
    file.write(offset + done, std::string_view(zeros).substr(0, static_cast<std::size_t>(piece)));
  }
  file.sync();
  file.punch(offset, size);
  file.sync();
}

}  // namespace

void payload_destroyed(const std::string& payload) {
  throw Error(Failure::not_found, "payload-destroyed",
              {"內容已銷毀，無法開啟：" + payload,
               "the content was destroyed and cannot be opened: " + payload});
}

Payloads::Payloads(Disk& disk, const Path& store) : disk_(disk), folder_(store / "payloads") {}

PayloadEnd Payloads::end() {
  PayloadEnd end;
  for (const auto& name : disk_.list(folder_)) {
    if (!name.starts_with(kSegmentPrefix)) continue;
    std::uint32_t segment = 0;
    std::from_chars(name.data() + kSegmentPrefix.size(), name.data() + name.size(), segment);
    end.segment = std::max(end.segment, segment);
  }
  const auto last = folder_ / segment_name(end.segment);
  if (disk_.exists(last)) end.offset = disk_.open(last, Open::existing)->size();
  return end;
}

void Payloads::put_at(PayloadEnd& end, PayloadPlace& place) {
  place.segment = end.segment;
  place.offset = end.offset;
  if (place.offset > 0 && place.offset + record_size(place) > kSegmentSize) {
    place.segment += 1;
    place.offset = 0;
  }
  end = end_of(place);
}

PayloadEnd Payloads::end_of(const PayloadPlace& place) {
  return {place.segment, place.offset + record_size(place)};
}

void Payloads::write(const std::vector<Sealed>& payloads) {
  std::map<std::uint32_t, std::vector<const Sealed*>> segments;
  for (const auto& payload : payloads) {
    if (payload.place.own_file) move_in(payload.place);
    segments[payload.place.segment].push_back(&payload);
  }
  for (const auto& [segment, records] : segments) write_segment(segment, records);
}

void Payloads::write_segment(std::uint32_t segment, const std::vector<const Sealed*>& records) {
  const auto file = disk_.open(folder_ / segment_name(segment), Open::create);
  for (const auto* record : records) {
    auto bytes = header_of(record->place);
    if (!record->place.own_file) bytes += record->ciphertext;
    file->write(record->place.offset, bytes);
  }
  file->sync();
  if (records.front()->place.offset == 0) disk_.sync_directory(folder_);
}

Path Payloads::incoming(const std::string& payload) const {
  return folder_ / kIncoming / payload;
}

void Payloads::receive(const std::string& payload, const std::function<void(File&)>& fill) {
  if (!disk_.exists(folder_ / kIncoming)) {
    disk_.make_directories(folder_ / kIncoming);
    disk_.sync_directory(folder_);
  }
  const auto file = disk_.open(incoming(payload), Open::create);
  try {
    fill(*file);
    file->sync();
  } catch (...) {
    disk_.remove(incoming(payload));  // the disk may be full of it
    throw;
  }
  disk_.sync_directory(folder_ / kIncoming);
}

void Payloads::sweep(Instant then) {
  if (!disk_.exists(folder_ / kIncoming)) return;
  for (const auto& name : disk_.list(folder_ / kIncoming)) {
    if (is_ulid(name) && ulid_time(name) < then) disk_.remove(incoming(name));
  }
}

bool Payloads::holds(const PayloadPlace& place) {
  return disk_.exists(incoming(place.payload)) || disk_.exists(own_file(folder_, place));
}

// A fold that was cut short may have moved it already; that move need not be durable yet.
void Payloads::move_in(const PayloadPlace& place) {
  const auto path = own_file(folder_, place);
  if (!holds(place)) broken(place, "檔案遺失", "its file is missing");
  disk_.make_directories(path.parent_path());
  disk_.sync_directory(folder_);
  if (!disk_.exists(path)) disk_.rename(incoming(place.payload), path);
  disk_.sync_directory(path.parent_path());
  disk_.sync_directory(folder_ / kIncoming);
}

// The file that the ciphertext lies in. A fold may move it between two looks.
std::unique_ptr<File> Payloads::open(const PayloadPlace& place) {
  if (!place.own_file) {
    const auto path = folder_ / segment_name(place.segment);
    if (!disk_.exists(path)) broken(place, "檔案遺失", "its segment is missing");
    return disk_.open(path, Open::existing);
  }
  for (const auto& path :
       {own_file(folder_, place), incoming(place.payload), own_file(folder_, place)}) {
    try {
      return disk_.open(path, Open::existing);
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;
    }
  }
  broken(place, "檔案遺失", "its file is missing");
}

void Payloads::read(const PayloadPlace& place, const std::function<void(const Source&)>& use) {
  const auto file = open(place);
  std::uint64_t done = 0;
  bool zero = true;
  crypto::Sha256 digest;
  const Source source = [&](std::size_t size) {
    const auto start = place.own_file ? 0 : place.offset + kPayloadHeaderSize;
    const auto piece = file->read(
        start + done, static_cast<std::size_t>(std::min<std::uint64_t>(size, place.length - done)));
    done += piece.size();
    zero = zero && all_zero(piece);
    digest.add(piece);
    return piece;
  };
  const auto drain = [&] {
    while (!source(kPiece).empty()) continue;
    if (done == place.length && zero) payload_destroyed(place.payload);
    if (digest.finish() != place.sha256) broken(place, "摘要不符", "digest mismatch");
  };
  try {
    use(source);
  } catch (const Error&) {
    drain();  // says more when it is the stored bytes that are at fault
    throw;
  }
  drain();
}

void Payloads::erase(const PayloadPlace& place) {
  if (place.own_file) return erase_own_file(place);
  const auto path = folder_ / segment_name(place.segment);
  if (disk_.exists(path))
    wipe_content(*disk_.open(path, Open::existing), place.offset + kPayloadHeaderSize,
                 place.length);
}

void Payloads::erase_own_file(const PayloadPlace& place) {
  const auto path = own_file(folder_, place);
  if (disk_.exists(path)) {
    const auto file = disk_.open(path, Open::existing);
    wipe_content(*file, 0, file->size());
    disk_.remove(path);
  }
  if (disk_.exists(path.parent_path())) disk_.sync_directory(path.parent_path());
}

bool Payloads::is_erased(const PayloadPlace& place) {
  if (place.own_file) return !disk_.exists(own_file(folder_, place));
  const auto path = folder_ / segment_name(place.segment);
  return !disk_.exists(path) || all_zero(disk_.open(path, Open::existing)
                                             ->read(place.offset + kPayloadHeaderSize,
                                                    static_cast<std::size_t>(place.length)));
}

PayloadEnd Payloads::scan(const PayloadEnd& from,
                          const std::function<void(const PayloadPlace&)>& visit,
                          const Fault& fault) {
  const PayloadEnd last = end();
  for (PayloadEnd at = from; at.segment <= last.segment; at = {at.segment + 1, 0}) {
    const auto path = folder_ / segment_name(at.segment);
    if (!disk_.exists(path)) {
      if (at.segment < last.segment)
        fault("payloads/" + segment_name(at.segment), "檔案遺失 missing");
      continue;
    }
    const auto file = disk_.open(path, Open::existing);
    const auto size = file->size();
    while (at.offset < size) {
      const auto place = parse_header(file->read(at.offset, kPayloadHeaderSize), at);
      if (place) {
        visit(*place);
        at.offset += record_size(*place);
      } else {
        fault(fmt::format("payloads/{} at {}", segment_name(at.segment), at.offset),
              "紀錄標頭損毀 broken record header");
        at.offset = next_header(*file, at, size);
      }
    }
  }
  return last;
}

std::string Payloads::name_of(const PayloadPlace& place) {
  return fmt::format("payloads/{} at {} ({})", segment_name(place.segment), place.offset,
                     place.payload);
}

}  // namespace vermilion::store
