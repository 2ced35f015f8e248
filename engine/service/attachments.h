// Files that belong to a record: adding one, taking one away. show_record lists them.
//
// Rights   Adding: whom the record is about, who signed it, and record.paper; it has to be one he may open. Taking away: as the record.
// Shape    An attachment is named by its part: "attachment-01".
// Errors   As records/attaching.h; not_found "no-record", "record-destroyed", "no-attachment"; refusals are logged.
#pragma once
#include <string>

#include "base/stream.h"
#include "model/record.h"
#include "service/context.h"

namespace vermilion::service {

struct AttachRequest {
  std::string id;    // of the record, or its number
  std::string file;  // its name
  Source content;    // read once, never held whole
};
// {id, number, attachment, file, size, meaning, statement, at, act, log_index}
[[nodiscard]] Json attach_file(Context& context, const AttachRequest& request);
[[nodiscard]] bool may_attach(Context& context, const model::Record& record);
// Returns the name of the file. Each piece is verified, the whole only when it returns: keep what was written only then.
std::string export_attachment(Context& context, const std::string& id, const std::string& part,
                              const Sink& content);
// [{attachment, file, size, added {as a signature of show_record}}]
[[nodiscard]] Json attachments_json(Context& context, const model::Record& record);

}  // namespace vermilion::service
