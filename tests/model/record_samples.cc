// Answers about forms, records and their retention.
#include "samples.h"

namespace samples {
namespace {

using namespace vermilion;

Json listed_record() {
  return {{"id", kUlid},
          {"form", "nda-employee"},
          {"form_title", "員工保密協定"},
          {"number", "NDA-115-0001"},
          {"state", "complete"},
          {"account", "zhou07"},
          {"date", "2026-11-22"},
          {"version", "2.1"},
          {"medium", "electronic"},
          {"imported", false}};
}

Json record_signature() {
  return {{"name", "01-agreement"},
          {"kind", "agreement"},
          {"meaning", "同意並簽署"},
          {"role", "staff"},
          {"account", "zhou07"},
          {"signer", "周致遠"},
          {"unit", "監資處"},
          {"title", "技士"},
          {"on_behalf_of", nullptr},
          {"at", "2026-11-22T08:00:00Z"},
          {"certificate", std::string(64, 'a')},
          {"custody", "電子簽章（伺服器保管金鑰）"}};
}

Json shown_record() {
  Json record = listed_record();
  record.update({{"classification", "敏感"},
                 {"retention", "nda-15y"},
                 {"values", Json::object()},
                 {"fields", {{{"title", "姓名"}, {"value", "周致遠"}}}},
                 {"text", "# 員工保密協定"},
                 {"form_digest", digest('1')},
                 {"signatures", Json::array({record_signature()})},
                 {"attachments", Json::array({{{"attachment", "attachment-01"},
                                               {"file", "佐證.pdf"},
                                               {"size", 17},
                                               {"added", record_signature()}}})},
                 {"may_attach", true},
                 {"next", {{"role", "reviewer"}, {"meaning", "審查"}, {"mine", false}}},
                 {"corrects", nullptr},
                 {"corrected_by", nullptr},
                 {"due", "2042-01-01"},
                 {"because", "保密切結 15 年，自離職日起算"},
                 {"because_en", "15 years from the end of employment"},
                 {"held", false}});
  return record;
}

Json destroyed_record() {
  return {{"id", kUlid},          {"form", "room-daily-log"}, {"number", "LOG-111-0001"},
          {"state", "destroyed"}, {"disposal", kUlid},        {"certificate", Json::object()}};
}

Json receipt() {
  return {{"id", kUlid},
          {"number", "NDA-115-0001"},
          {"form", "nda-employee"},
          {"state", "complete"},
          {"account", "zhou07"},
          {"date", "2026-11-22"},
          {"meaning", "同意並簽署"},
          {"statement", digest('2')},
          {"at", "2026-11-22T08:00:00Z"},
          {"act", kUlid},
          {"log_index", 17}};
}

Json due() {
  return {{"id", kUlid},
          {"form", "room-daily-log"},
          {"form_title", "機房日誌"},
          {"number", "LOG-111-0001"},
          {"date", "2022-03-01"},
          {"due", "2025-03-02"},
          {"because", "機房日誌 3 年"},
          {"because_en", "machine room logs: 3 years"},
          {"held", false},
          {"retention", "room-3y"}};
}

Json register_row() {
  return {{"account", "zhou07"},    {"name", "周致遠"},
          {"unit", "監資處"},       {"required", true},
          {"version", "2.1"},       {"number", "NDA-115-0001"},
          {"record", kUlid},        {"at", "2026-11-22T08:00:00Z"},
          {"medium", "electronic"}, {"current", true}};
}

Json listed_form() {
  return {{"id", "nda-employee"},
          {"title", "員工保密協定"},
          {"title_en", "Employee confidentiality agreement"},
          {"version", "2.1"},
          {"kind", "agreement"},
          {"classification", "敏感"},
          {"retention", "nda-15y"},
          {"clause", "肆/三/(一)/1"},
          {"may_file", true}};
}

Json shown_form() {
  Json form = listed_form();
  const Json field = {{"name", "name"},   {"title", "姓名"},         {"type", "string"},
                      {"format", ""},     {"enum", Json::array()},   {"description", ""},
                      {"required", true}, {"columns", Json::array()}};
  const Json slot = {{"kind", "agreement"},
                     {"meaning", "同意並簽署"},
                     {"role", ""},
                     {"subject", true},
                     {"differs", false}};
  form.update({{"text", "# 員工保密協定"},
               {"text_digest", digest('3')},
               {"digest", digest('4')},
               {"schema", Json::object()},
               {"fields", Json::array({field})},
               {"signers", Json::array({slot})},
               {"versions", {"2.0", "2.1"}}});
  return form;
}

Json audit() {
  return {{"id", kUlid},
          {"auditor", "ext01"},
          {"from", "2026-11-23"},
          {"to", "2026-11-25"},
          {"scope",
           {{"documents", Texts{"EPA-01-001#肆/五"}},
            {"units", Texts{"監資處"}},
            {"forms", Texts{"nda-employee"}},
            {"records_from", "2026-01-01"},
            {"records_to", "2026-06-30"},
            {"log_kinds", Texts{"approval"}}}},
          {"approver", "chen04"},
          {"ended", false}};
}

Json copy(const Json& erased) {
  return {{"copy", 77},
          {"audit", kUlid},
          {"auditor", "ext01"},
          {"approver", "chen04"},
          {"at", "2026-11-24T02:00:00Z"},
          {"subject", "document EPA-01-001 1.0"},
          {"purpose", "audit"},
          {"until", "2026-11-25"},
          {"erased", erased}};
}

Json matrix() {
  return {{"roles", Json::array({{{"role", "approver"}, {"zh", "核准"}, {"en", "approver"}}})},
          {"rights", Json::array({{{"right", "document.approve"},
                                   {"group", "approve"},
                                   {"group_zh", "核准"},
                                   {"zh", "核准文件"},
                                   {"en", "approve a document"},
                                   {"delegable", true},
                                   {"roles", Texts{"approver"}}}})}};
}

Json hold() {
  return {
      {"id", kUlid},
      {"scope",
       {{"records", Json::array({kUlid})}, {"form", ""}, {"from", "2026-09-01"}, {"to", nullptr}}},
      {"ground", "伍/一/(三)/3"},
      {"reason", "調查中"},
      {"requester", "wang03"},
      {"placed", "2026-11-22T08:00:00Z"},
      {"released", nullptr},
      {"released_by", ""}};
}

}  // namespace

std::vector<Sample> record_answers() {
  return {{"record-list", "a row", Json::array({listed_record()}), {}},
          {"record-show", "a record", shown_record(), {}, {"/values"}},
          {"record-show", "a destroyed one", destroyed_record(), {}, {"/certificate"}},
          {"record-receipt", "a receipt", receipt(), {}},
          {"attachment-receipt",
           "a receipt",
           {{"id", kUlid},
            {"number", "NDA-115-0012"},
            {"attachment", "attachment-01"},
            {"file", "佐證.pdf"},
            {"size", 17},
            {"meaning", "附件"},
            {"statement", digest('1')},
            {"at", "2026-11-22T08:00:00Z"},
            {"act", kUlid},
            {"log_index", 17}},
           {}},
          {"retention-due", "a row", Json::array({due()}), {}},
          {"agreement-register",
           "a register",
           {{"form", "nda-employee"},
            {"title", "員工保密協定"},
            {"version", "2.1"},
            {"required", 12},
            {"signed", 1},
            {"rows", Json::array({register_row()})}},
           {}},
          {"form-list", "a row", Json::array({listed_form()}), {}},
          {"form-show", "a form", shown_form(), {}, {"/schema"}},
          {"waiting",
           "an agreement",
           Json::array({{{"what", "agreement"},
                         {"id", "nda-employee"},
                         {"version", "2.1"},
                         {"title", "員工保密協定"},
                         {"since", ""},
                         {"link", "/agreements/nda-employee"}}}),
           {}},
          {"hold-list", "a hold", Json::array({hold()}), {}},
          {"audit-list",
           "an audit",
           Json::array({audit()}),
           {"/0/scope/records_from", "/0/scope/records_to"}},
          {"audit-copies",
           "one open, one erased",
           Json::array({copy(nullptr), copy({{"by", "chen04"}, {"at", "2026-11-26T02:00:00Z"}})}),
           {}},
          {"rights-matrix", "one right and its role", matrix(), {}}};
}

}  // namespace samples
