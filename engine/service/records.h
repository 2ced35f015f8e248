// What a person does with forms and records. One function per deed: permission, act, log entry.
//
// Shape    Answers are JSON as in schemas/ (the same for CLI and web). A record is named by its id or its number.
// Rights   record.file (file and sign where the form says so), record.paper, record.import, register.read, form.publish. Opening:
//          the person it is about, who signed it, whose turn it is, and the roles the form lists as readers. What one may not open
//          does not exist: not_found "no-record".
// Errors   As records/filing.h; refusals are logged. Opening anything above 公開 is logged.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "service/context.h"
#include "service/documents.h"

namespace vermilion::service {

// [{id,title,title_en,version,kind,classification,retention,clause,may_file}]
[[nodiscard]] Json list_forms(Context& context);
// One form whole: the list's members and {text (Markdown), text_digest, digest, schema, fields[], signers[], versions[]};
// fields are the top properties in the order of the schema: {name,title,type,format,enum[],required,description}. version "": in force.
[[nodiscard]] Json show_form(Context& context, const std::string& id, const std::string& version);

struct FormSource {
  Bytes yaml;
  Bytes schema;
  Bytes text;
};
// {ok, id, version, digest}; throws invalid with what is wrong.
[[nodiscard]] Json check_form(Context& context, const FormSource& source);
[[nodiscard]] Json publish_form(Context& context, const FormSource& source);

// What a signer's `read_digest` is of the text he read.
[[nodiscard]] std::string text_digest(const Bytes& text);

struct RecordRequest {
  std::string form;
  std::string form_version;  // "" in force
  Json values;
  std::string account;       // whom it is about; "" oneself
  std::string date;          // "" today
  std::string read_digest;   // sha256 of the text that was read; agreements need it
  bool paper = false;
  Bytes scan;                // of the paper
  bool imported = false;
  std::string corrects;      // id or number
};
// {id, number, form, state, account, date, statement, act, log_index}
[[nodiscard]] Json create_record(Context& context, const RecordRequest& request);
[[nodiscard]] Json sign_record(Context& context, const std::string& id,
                               const std::string& on_behalf_of);

struct RecordFilter {
  std::string form;     // "" any
  std::string account;  // "" any
  std::string state;    // "" any: signing, complete, corrected, destroyed
  std::string from;     // dates of the record, "" open
  std::string to;
};
// [{id,form,form_title,number,state,account,date,version,medium,imported}]: what the caller may open (or could, before it was destroyed).
[[nodiscard]] Json list_records(Context& context, const RecordFilter& filter);
// The list's members and {classification, retention, values, fields[{title, value}] (in the order of the schema, value as printed),
// text (Markdown of the form), signatures[{kind,meaning,role,account,name,at,
// certificate,on_behalf_of,custody}], attachments[] and may_attach (service/attachments.h), next {role,meaning,mine,principals[{account,name}]} or null, corrects, corrected_by, held, due, because}; of a destroyed one
// {id,form,number,state:"destroyed",certificate} and nothing else.
[[nodiscard]] Json show_record(Context& context, const std::string& id);
// Throws not_found "record-destroyed" as every way to its content does.
[[nodiscard]] Exported export_record_pdf(Context& context, const std::string& id);
// Statements, signatures, content and recipe, for checking with stock openssl.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> export_record_files(Context& context, const std::string& id);

// Records of one form as a table: number, date, account, state, then the values by the schema's titles.
struct RecordsTable {
  std::string title;  // of the form
  std::string classification;
  std::vector<std::vector<std::string>> rows;  // the first holds the headings
};
[[nodiscard]] RecordsTable records_table(Context& context, const RecordFilter& filter);
[[nodiscard]] Bytes export_records_csv(Context& context, const RecordFilter& filter);
// Person x version of an agreement: {form, version, required, signed, rows:[{account,name,unit,required,version,number,record,at,
// medium,current}]}. Needs register.read.
[[nodiscard]] Json agreement_register(Context& context, const std::string& form);
[[nodiscard]] Bytes agreement_register_csv(Context& context, const std::string& form);

// What waits for the caller, oldest first: [{what: "agreement"|"record"|"review"|"countersignature"|"approval"|"publication"|"disposal-approval"|
// "disposal-execution", id, version, title, since, link}]; link is a path of the web: "/agreements/nda-employee".
[[nodiscard]] Json waiting_for(Context& context);

}  // namespace vermilion::service
