#include "records/attaching.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "evidence/duties.h"
#include "records/records.h"
#include "records/sealed_parts.h"
#include "records/turns.h"

namespace vermilion::records {
namespace {

using model::Record;

constexpr std::size_t kMostAttachments = 99;
constexpr std::size_t kLongestName = 200;  // bytes

std::string require_file_name(const std::string& name) {
  const auto text = require_text(name, "檔名");
  const bool bad =
      text.empty() || text.size() > kLongestName || text.front() == '.' ||
      text.find_first_of("/\\") != std::string::npos ||
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (!bad) return text;
  throw Error(
      Failure::invalid, "bad-file-name",
      {fmt::format("檔名無效：須為一行、{} 位元組以內，不含斜線，不以句點開頭", kLongestName),
       fmt::format("the name of the file must be one line of at most {} bytes, without "
                   "slashes, not beginning with a full stop",
                   kLongestName)});
}

void require_content(std::uint64_t size) {
  if (size > 0) return;
  throw Error(Failure::invalid, "attachment-empty",
              {"附件是空的檔案", "the file to attach is empty"});
}

void require_attachable_at(const store::Snapshot& evidence, const Record& record,
                           const model::SignerFields& signer, Date day) {
  if (const auto other = correction_of(evidence, record.id)) {
    throw Error(Failure::conflict, "already-corrected",
                {fmt::format("{} 已由 {} 更正；請附於後者", record.number, other->number),
                 fmt::format("{} was corrected by {}; attach it to that one", record.number,
                             other->number)});
  }
  if (const auto refusal = cannot_attach(evidence, record, signer, day)) evidence::refuse(*refusal);
}

// Asked again under the writer's lock: the name of the part was sealed into the content.
Record require_next(const store::Now& now, const std::string& id, const std::string& part) {
  auto record = require_record(now.evidence, id);
  if (attachment_request(record).part == part) return record;
  throw Error(Failure::conflict, "record-changed",
              {"準備期間有人為這張紀錄加了附件；請重新開始",
               "somebody attached a file to this record meanwhile; begin again"});
}

}  // namespace

void require_attachable(store::Store& store, const Record& record,
                        const model::SignerFields& signer, const std::string& file) {
  (void)require_file_name(file);
  require_attachable_at(store.evidence(), record, signer,
                        date_at(store.clock().now(), store.settings().time_zone));
}

store::SealRequest attachment_request(const Record& record) {
  if (record.attachments.size() >= kMostAttachments) {
    throw Error(Failure::conflict, "too-many-attachments",
                {fmt::format("一張紀錄最多 {} 個附件", kMostAttachments),
                 fmt::format("a record has at most {} attachments", kMostAttachments)});
  }
  store::SealRequest request;
  request.record = record.id;
  request.part = fmt::format("attachment-{:02}", record.attachments.size() + 1);
  request.key_class = record.retention;
  request.year = record.filing_year;
  return request;
}

identity::Prepared prepare_attachment(store::Store& store, const Record& record,
                                      const NewAttachment& attachment,
                                      const model::SignerFields& signer, const store::Act& act) {
  const auto& zone = store.settings().time_zone;
  require_attachable(store, record, signer, attachment.file);
  require_content(attachment.size);
  const Json subject = {{"type", "attachment"},    {"id", record.id},
                        {"form", record.form},     {"file", require_file_name(attachment.file)},
                        {"size", attachment.size}, {"content", attachment.staged.ref.commitment}};
  auto prepared = identity::prepare(
      store, {kAttachmentWords.kind, kAttachmentWords.meaning, subject, signer}, act, {});
  prepared.file = [&store, staged = attachment.staged, prepared, zone, id = record.id](
                      const store::Now& now, store::Changes& changes, const identity::Signed& own) {
    auto present = require_next(now, id, staged.request.part);
    require_attachable_at(now.evidence, present, prepared.statement.signer, date_at(now.at, zone));
    RecordWriter writer(changes, present);
    writer.add_attachment(store, prepared, own.cms, now.log_index, staged);
    writer.put_manifest();
  };
  return prepared;
}

std::vector<Attachment> attachments_of(store::Store& store, const Record& record) {
  std::vector<Attachment> attachments;
  for (const auto& line : record.attachments) {
    auto statement = model::parse_statement(open_part(store, record, line.name + ".statement"));
    const auto& subject = statement.subject;
    attachments.push_back({line.name, require_string(subject, "file"),
                           subject.at("size").get<std::uint64_t>(), std::move(statement)});
  }
  return attachments;
}

}  // namespace vermilion::records
