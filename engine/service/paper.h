// Paper and store: the code printed on a sheet, and what the store says of it to whoever holds the sheet.
//
// Code     60 bits of SHA-256 over the store's id, what is printed and what only the sheet's own record knows (the digest of a
//          document's text, the ULID of a record), in base32: K7Q2-9M4T-1XWB. Who has it has seen the paper, so the answer needs no
//          account and tells what the paper tells: number, title, version, and whether it is still in force.
// Blank    A form to be filled in by hand has 60 random bits instead, its serial number, new for each print-out: the log's entry "print"
//          has them ("form room-daily-log 1.0 K7Q29M4T1XWB"), and so a sheet that comes back is found.
// Errors   A sheet that is not known and a code that is wrong are one answer.
// Source   ADR 0020.
#pragma once
#include <string>

#include "base/json.h"
#include "model/form.h"
#include "model/record.h"
#include "render/pdf.h"
#include "service/context.h"

namespace vermilion::service {

[[nodiscard]] render::PaperCode code_of_document(Context& context, const std::string& id,
                                                 const std::string& version,
                                                 const std::string& content);
[[nodiscard]] render::PaperCode code_of_record(Context& context, const model::Record& record);
// Numbers a print-out, in the log.
[[nodiscard]] render::PaperCode number_blank(Context& context, const model::Form& form);

struct PaperQuestion {
  // Of a document or a form; of a record its number, or the id that stands on what was signed before it had one.
  std::string id;
  std::string version;  // "" : of a record
  std::string code;     // blanks, '-' and the case of letters do not matter
};
// {known: false}, or {known, kind, id, title, version, state, state_label, date, replaced_by}.
[[nodiscard]] Json check_paper(Context& context, const PaperQuestion& question);

}  // namespace vermilion::service
