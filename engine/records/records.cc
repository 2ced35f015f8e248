#include "records/records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/ulid.h"
#include "records/signed_pdf.h"

namespace vermilion::records {
namespace {

using model::Record;

constexpr std::string_view kManifest = "/manifest.json";

[[noreturn]] void part_missing(const Record& record, const std::string& part) {
  throw Error(Failure::corrupt, "part-missing",
              {fmt::format("紀錄 {} 缺少「{}」，請由備份還原", record.number, part),
               fmt::format("record {} lacks its part '{}'; restore it from a backup", record.number,
                           part)});
}

[[noreturn]] void part_exchanged(const Record& record, const std::string& part) {
  throw Error(Failure::corrupt, "part-exchanged",
              {fmt::format("紀錄 {} 的「{}」不是當時封存的內容", record.number, part),
               fmt::format("part '{}' of record {} is not what was sealed", part, record.number)});
}

[[noreturn]] void destroyed(const Record& record) {
  throw Error(Failure::not_found, "record-destroyed",
              {fmt::format("紀錄 {} 已依核准銷毀，內容無法開啟；銷毀證明仍在", record.number),
               fmt::format("record {} was destroyed as approved and cannot be opened; "
                           "the certificate of its destruction remains",
                           record.number)});
}

store::OpenedPayload stream_sealed(store::Store& store, const Record& record,
                                   const std::string& payload, const Sink& content) {
  try {
    return store.stream_payload(payload, content);
  } catch (const Error& error) {
    if (error.code() == "payload-destroyed") destroyed(record);
    throw;
  }
}

store::OpenedPayload stream_checked(store::Store& store, const Record& record,
                                    const std::string& part, const Sink& content) {
  const auto sealed = std::find_if(record.parts.begin(), record.parts.end(),
                                   [&](const model::SealedPart& one) { return one.part == part; });
  if (sealed == record.parts.end()) part_missing(record, part);
  auto opened = stream_sealed(store, record, sealed->payload, content);
  const bool same =
      opened.record == record.id && opened.part == part && opened.ciphertext == sealed->ciphertext;
  if (!same) part_exchanged(record, part);
  return opened;
}

}  // namespace

std::vector<Record> all_records(const store::Snapshot& evidence) {
  std::vector<Record> records;
  evidence.each_file("records", [&](const std::string& path, const Bytes& bytes) {
    if (path.ends_with(kManifest)) records.push_back(model::record_from(parse_json(bytes)));
  });
  return records;
}

std::optional<Record> find_record(const store::Snapshot& evidence,
                                  const std::string& id_or_number) {
  store::RecordQuery query;
  (is_ulid(id_or_number) ? query.id : query.number) = id_or_number;
  if (id_or_number.empty()) return std::nullopt;
  auto found = evidence.records(query);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Record require_record(const store::Snapshot& evidence, const std::string& id_or_number) {
  if (auto record = find_record(evidence, id_or_number)) return *record;
  throw Error(Failure::not_found, "no-record",
              {fmt::format("沒有紀錄「{}」；record list 列出您可看的紀錄", id_or_number),
               fmt::format("no record '{}'; 'record list' shows those you may see", id_or_number)});
}

std::optional<Record> correction_of(const store::Snapshot& evidence, const std::string& id) {
  store::RecordQuery query;
  query.corrects = id;
  auto found = evidence.records(query);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

const char* record_state_name(RecordState state) noexcept {
  switch (state) {
    case RecordState::signing:
      return "signing";
    case RecordState::complete:
      return "complete";
    case RecordState::corrected:
      return "corrected";
  }
  return "signing";
}

RecordState state_of(const store::Snapshot& evidence, const Record& record) {
  if (correction_of(evidence, record.id)) return RecordState::corrected;
  return model::is_complete(record) ? RecordState::complete : RecordState::signing;
}

bool has_part(const Record& record, const std::string& part) {
  return std::any_of(record.parts.begin(), record.parts.end(),
                     [&](const model::SealedPart& sealed) { return sealed.part == part; });
}

bool concerns(const Record& record, const std::string& account) {
  return record.account == account ||
         std::any_of(record.signatures.begin(), record.signatures.end(), [&](const auto& one) {
           return one.account == account || one.on_behalf_of == account;
         });
}

void stream_part(store::Store& store, const Record& record, const std::string& part,
                 const Sink& content) {
  (void)stream_checked(store, record, part, content);
}

Bytes open_part(store::Store& store, const Record& record, const std::string& part) {
  Bytes content;
  stream_part(store, record, part, sink_to(content));
  return content;
}

Bytes open_salt(store::Store& store, const Record& record) {
  return stream_checked(store, record, "shown", [](std::string_view) {}).salt;
}

std::optional<Bytes> open_signed_pdf(store::Store& store, const Record& record) {
  std::optional<Bytes> pdf;
  for (const auto& signature : record.signatures) {
    const auto part = update_part(signature.name);
    if (!has_part(record, part)) break;
    if (!pdf) pdf = open_part(store, record, "shown");
    *pdf += open_part(store, record, part);
  }
  return pdf;
}

std::optional<Bytes> open_pdf(store::Store& store, const Record& record) {
  if (is_signed_throughout(record)) return open_signed_pdf(store, record);
  if (has_part(record, "pdf")) return open_part(store, record, "pdf");
  return std::nullopt;
}

Json open_values(store::Store& store, const Record& record) {
  return parse_canonical(open_part(store, record, "content"));
}

std::vector<evidence::FiledStatement> open_statements(store::Store& store, const Record& record) {
  std::vector<evidence::FiledStatement> statements;
  for (const auto& signature : record.signatures) {
    statements.push_back({signature.name, model::parse_statement(open_part(
                                              store, record, signature.name + ".statement"))});
  }
  return statements;
}

}  // namespace vermilion::records
