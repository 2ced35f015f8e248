#include "store/frame_body.h"

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "store/frame.h"

namespace vermilion::store {
namespace {

Json binary(std::string_view bytes) { return Json::binary({bytes.begin(), bytes.end()}); }

Bytes bytes_of(const Json& value) {
  const auto& data = value.get_binary();
  return {data.begin(), data.end()};
}

Json id_value(const git::ObjectId& id) { return Json::binary({id.bytes.begin(), id.bytes.end()}); }

git::ObjectId id_of(const Json& value) {
  git::ObjectId id;
  const auto& data = value.get_binary();
  if (data.size() != id.bytes.size()) frame_broken("journal", "object id");
  std::copy(data.begin(), data.end(), id.bytes.begin());
  return id;
}

template <typename T, typename Write>
Json list_of(const std::vector<T>& items, Write write) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(write(item));
  return list;
}

template <typename T, typename Read>
std::vector<T> read_list(const Json& list, Read read) {
  std::vector<T> items;
  for (const auto& item : list) items.push_back(read(item));
  return items;
}

Json write_ref(const RefMove& ref) {
  return {{"name", ref.name},
          {"expected", ref.expected ? id_value(*ref.expected) : Json()},
          {"target", id_value(ref.target)}};
}

RefMove read_ref(const Json& value) {
  RefMove ref{.name = value.at("name"), .expected = {}, .target = id_of(value.at("target"))};
  if (!value.at("expected").is_null()) ref.expected = id_of(value.at("expected"));
  return ref;
}

Json write_repository(const RepositoryPart& part) {
  Json objects = Json::array();
  for (const auto& [id, object] : part.objects) {
    objects.push_back({{"type", static_cast<int>(object.type)}, {"data", binary(object.data)}});
  }
  return {{"objects", std::move(objects)}, {"refs", list_of(part.refs, write_ref)}};
}

RepositoryPart read_repository(const Json& value) {
  RepositoryPart part;
  for (const auto& item : value.at("objects")) {
    git::Object object{static_cast<git::ObjectType>(item.at("type").get<int>()),
                       bytes_of(item.at("data"))};
    const auto id = git::object_id(object.type, object.data);
    part.objects.emplace(id, std::move(object));
  }
  part.refs = read_list<RefMove>(value.at("refs"), read_ref);
  return part;
}

Json write_payload(const NewPayload& payload) {
  const auto& place = payload.place;
  return {{"payload", place.payload},   {"segment", place.segment},
          {"offset", place.offset},     {"sha256", binary(place.sha256)},
          {"own_file", place.own_file}, {"length", place.length},
          {"ciphertext", binary(payload.ciphertext)}};
}

NewPayload read_payload(const Json& value) {
  PayloadPlace place{.payload = value.at("payload"),
                     .segment = value.at("segment"),
                     .offset = value.at("offset"),
                     .length = value.at("length"),
                     .sha256 = bytes_of(value.at("sha256")),
                     .own_file = value.at("own_file")};
  return {std::move(place), bytes_of(value.at("ciphertext"))};
}

Json write_wrapped(const WrappedKey& key) {
  return {{"payload", key.payload}, {"kek", key.kek}, {"wrapped", binary(key.wrapped)}};
}

WrappedKey read_wrapped(const Json& value) {
  return {value.at("payload"), value.at("kek"), bytes_of(value.at("wrapped"))};
}

Json write_kept(const KeptKey& key) {
  return {{"account", key.account},
          {"certificate", key.certificate},
          {"salt", binary(key.salt)},
          {"encrypted", binary(key.encrypted)}};
}

KeptKey read_kept(const Json& value) {
  return {value.at("account"), value.at("certificate"), bytes_of(value.at("salt")),
          bytes_of(value.at("encrypted"))};
}

Json write_password(const PasswordRow& row) { return {{"account", row.account}, {"phc", row.phc}}; }

PasswordRow read_password(const Json& value) { return {value.at("account"), value.at("phc")}; }

FrameBody read_body(const Json& value) {
  return {.act = value.at("act"),
          .at = Instant(std::chrono::seconds(value.at("at").get<std::int64_t>())),
          .evidence = read_repository(value.at("evidence")),
          .drafts = read_repository(value.at("drafts")),
          .payloads = read_list<NewPayload>(value.at("payloads"), read_payload),
          .wrapped_keys = read_list<WrappedKey>(value.at("wrapped_keys"), read_wrapped),
          .kept_keys = read_list<KeptKey>(value.at("kept_keys"), read_kept),
          .passwords = read_list<PasswordRow>(value.at("passwords"), read_password),
          .log_index = value.at("log_index"),
          .log_entry = bytes_of(value.at("log_entry"))};
}

}  // namespace

Bytes encode_body(const FrameBody& body) {
  const Json value = {{"act", body.act},
                      {"at", body.at.time_since_epoch().count()},
                      {"evidence", write_repository(body.evidence)},
                      {"drafts", write_repository(body.drafts)},
                      {"payloads", list_of(body.payloads, write_payload)},
                      {"wrapped_keys", list_of(body.wrapped_keys, write_wrapped)},
                      {"kept_keys", list_of(body.kept_keys, write_kept)},
                      {"passwords", list_of(body.passwords, write_password)},
                      {"log_index", body.log_index},
                      {"log_entry", binary(body.log_entry)}};
  Bytes bytes;
  Json::to_cbor(value, bytes);
  return bytes;
}

FrameBody decode_body(const Bytes& bytes) {
  try {
    return read_body(Json::from_cbor(bytes));
  } catch (const Json::exception&) {
    frame_broken("journal", "frame body");
  }
}

}  // namespace vermilion::store
