// An agreement: read it to the end, sign it, keep the receipt.
#include <fmt/format.h>

#include "base/uri.h"
#include "service/records.h"
#include "web/agreement/fields.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

Response agreement_page(Visit& visit, const Error* problem) {
  const auto id = visit.part("form");
  auto data = service::show_form(visit.context(), id, "");
  data["html"] = text_html(require_string(data, "text"));
  data["text_digest_short"] = short_digest(require_string(data, "text_digest"));
  data["inputs"] = inputs_of(data["fields"], visit.request);
  data["signs_here"] = visit.signs_here();
  data["command"] =
      fmt::format("vermilion --json form show {} | jq -j .text >text.md\n", id) +
      command_line(visit, fmt::format("record create {} --values values.json --read text.md", id));
  data["person"] = {{"account", visit.session->account},
                    {"name", visit.session->name},
                    {"unit", visit.session->unit}};
  return visit.page("agreement/agreement", require_string(data, "title"), data, problem);
}

void require_read(const Request& request) {
  if (request.field("read") == "yes") return;
  throw Error(Failure::invalid, "not-read",
              {"請先讀完全文，並勾選「我已讀完全文，並同意遵守」",
               "read the whole text first and tick that you have"});
}

}  // namespace

Response show_agreement(Visit& visit) { return agreement_page(visit, nullptr); }

Response sign_agreement(Visit& visit) {
  const auto form = visit.part("form");
  visit.then("/agreements/" + percent_encoded(form) + "/receipt/{id}");
  try {
    require_read(visit.request);
    service::RecordRequest wanted;
    wanted.form = form;
    wanted.values =
        values_from(service::show_form(visit.context(), form, "")["fields"], visit.request);
    wanted.read_digest = visit.request.field("read_digest");
    const auto receipt = service::create_record(visit.signing(), wanted);
    return redirect(fmt::format("/agreements/{}/receipt/{}", percent_encoded(form),
                                percent_encoded(require_string(receipt, "id"))));
  } catch (const Error& error) {
    return agreement_page(visit, &error);
  }
}

Response show_receipt(Visit& visit) {
  auto data = service::show_record(visit.context(), visit.part("id"));
  if (data["state"] == "destroyed") return redirect("/records/" + require_string(data, "id"));
  label_signatures(visit, data["signatures"]);
  if (!data["signatures"].empty()) data["signature"] = data["signatures"].front();
  data["text_digest"] = service::show_form(visit.context(), require_string(data, "form"),
                                           require_string(data, "version"))["text_digest"];
  return visit.page("agreement/receipt", "已簽署 " + require_string(data, "number"), data);
}

}  // namespace vermilion::web
