#include "service/attachments.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "records/attaching.h"
#include "service/opening.h"
#include "service/record_access.h"
#include "service/signed_steps.h"

namespace vermilion::service {
namespace {

// Counts what passes.
Source counted(const Source& content, std::uint64_t& size) {
  return [&content, &size](std::size_t most) {
    auto piece = content(most);
    size += piece.size();
    return piece;
  };
}

records::NewAttachment sealed(Context& context, const model::Record& record,
                              const AttachRequest& request) {
  records::NewAttachment attachment;
  attachment.file = request.file;
  attachment.staged = context.store().stage(records::attachment_request(record),
                                            counted(request.content, attachment.size));
  return attachment;
}

}  // namespace

bool may_attach(Context& context, const model::Record& record) {
  if (context.limit() || records::correction_of(context.store().evidence(), record.id))
    return false;
  return records::concerns(record, context.actor()) || context.may("record.paper");
}

Json attach_file(Context& context, const AttachRequest& request) {
  Json answer;
  recorded(context, "attachment", "record", [&] {
    const auto record = require_content(context, request.id);
    const auto signer = records::concerns(record, context.actor()) ? context.acting_as("")
                                                                   : context.acting("record.paper");
    records::require_attachable(context.store(), record, signer, request.file);
    const auto attachment = sealed(context, record, request);
    const auto prepared =
        records::prepare_attachment(context.store(), record, attachment, signer,
                                    context.act("attachment", record_subject(record)));
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", record.id},
              {"number", record.number},
              {"attachment", attachment.staged.request.part},
              {"file", attachment.file},
              {"size", attachment.size},
              {"meaning", prepared.statement.meaning},
              {"statement", crypto::digest_text(prepared.bytes)},
              {"at", rfc3339(prepared.statement.at)},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

std::string export_attachment(Context& context, const std::string& id, const std::string& part,
                              const Sink& content) {
  const auto record = require_content(context, id);
  require_opening(context, "export", record);
  const auto all = records::attachments_of(context.store(), record);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const records::Attachment& one) { return one.part == part; });
  if (found == all.end()) {
    throw Error(Failure::not_found, "no-attachment",
                {fmt::format("紀錄 {} 沒有附件「{}」", record.number, part),
                 fmt::format("record {} has no attachment '{}'", record.number, part)});
  }
  context.log("export",
              fmt::format("{} {}{}", record_subject(record), part, purpose_named(context)));
  records::stream_part(context.store(), record, part, content);
  return found->file;
}

Json attachments_json(Context& context, const model::Record& record) {
  Json list = Json::array();
  for (const auto& one : records::attachments_of(context.store(), record)) {
    list.push_back(
        {{"attachment", one.part},
         {"file", one.file},
         {"size", one.size},
         {"added", record_step_json(context, record.attachments, {one.part, one.statement})}});
  }
  return list;
}

}  // namespace vermilion::service
