#include "git/pack.h"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/deflate.h"
#include "base/error.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

std::string_view raw(const ObjectId& id) {
  return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

const Bytef* zlib_bytes(std::string_view bytes) {
  return reinterpret_cast<const Bytef*>(bytes.data());
}

// Four bits of size in the first byte with the type, then seven in each further byte, low bits
// first.
void put_header(Bytes& bytes, ObjectType type, std::size_t size) {
  auto byte = static_cast<unsigned>(type) << 4 | static_cast<unsigned>(size & 15U);
  for (size >>= 4; size != 0; size >>= 7) {
    bytes += static_cast<char>(byte | 0x80U);
    byte = size & 0x7fU;
  }
  bytes += static_cast<char>(byte);
}

void close_with_checksum(Bytes& bytes) {
  Sha1 sha1;
  sha1.add(bytes);
  bytes += sha1.finish();
}

PackEntry put_object(Bytes& pack, Deflater& deflater, const ObjectId& id, const Object& object) {
  const auto offset = pack.size();
  put_header(pack, object.type, object.data.size());
  deflater.put(pack, object.data);
  return {id, offset, crc_of(std::string_view(pack).substr(offset))};
}

void put_fanout(Bytes& index, const std::vector<PackEntry>& places) {
  std::array<std::size_t, 256> counts{};
  for (const auto& place : places) ++counts[place.id.bytes[0]];
  std::size_t sum = 0;
  for (const auto count : counts) put32(index, sum += count);
}

// Offsets from 2^31 on stand in a table of their own, named by their position with the top bit set.
void put_offsets(Bytes& index, const std::vector<PackEntry>& places) {
  Bytes large;
  for (const auto& place : places) {
    if (place.offset < kLarge) {
      put32(index, place.offset);
      continue;
    }
    put32(index, kLarge | large.size() / 8);
    put32(large, place.offset >> 32);
    put32(large, place.offset);
  }
  index += large;
}

}  // namespace

std::uint32_t crc_of(std::string_view bytes, std::uint32_t before) {
  return static_cast<std::uint32_t>(crc32_z(before, zlib_bytes(bytes), bytes.size()));
}

Bytes make_index(std::vector<PackEntry> places, std::string_view pack_checksum) {
  std::sort(places.begin(), places.end(),
            [](const PackEntry& a, const PackEntry& b) { return a.id < b.id; });
  Bytes index("\377tOc\0\0\0\2", 8);
  put_fanout(index, places);
  for (const auto& place : places) index += raw(place.id);
  for (const auto& place : places) put32(index, place.crc);
  put_offsets(index, places);
  index += pack_checksum;
  close_with_checksum(index);
  return index;
}

std::string pack_name(const std::map<ObjectId, Object>& objects) {
  Sha1 sha1;
  for (const auto& [id, object] : objects) sha1.add(raw(id));
  return "pack-" + hex(sha1.finish());
}

Pack make_pack(const std::map<ObjectId, Object>& objects) {
  Pack made{pack_name(objects), "PACK", ""};
  put32(made.pack, 2);
  put32(made.pack, objects.size());
  std::vector<PackEntry> places;
  Deflater deflater(1);  // records are small and written once
  for (const auto type :
       {ObjectType::commit, ObjectType::tag, ObjectType::tree, ObjectType::blob}) {
    for (const auto& [id, object] : objects) {
      if (object.type == type) places.push_back(put_object(made.pack, deflater, id, object));
    }
  }
  close_with_checksum(made.pack);
  made.index =
      make_index(std::move(places), std::string_view(made.pack).substr(made.pack.size() - 20));
  return made;
}

}  // namespace vermilion::git
