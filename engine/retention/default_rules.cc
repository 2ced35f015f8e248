#include "retention/rules.h"

namespace vermilion::retention {
namespace {

// Suggestions for an organisation's own legal review: the regulation demands keeping and destroying,
// and leaves every number to law.
constexpr const char* kRules = R"([
  {"id":"nda-15y","zh":"保密切結","en":"confidentiality agreements","years":15,"trigger":"employment-end","track":"internal","basis":"民法§125"},
  {"id":"isms-5y","zh":"資安管理年度紀錄","en":"yearly records of the ISMS","years":5,"trigger":"year-end","track":"internal","basis":"檔案保存年限及銷毀辦法§4"},
  {"id":"review-10y","zh":"管理審查及矯正紀錄","en":"management review and corrective action","years":10,"trigger":"year-end","track":"internal","basis":"檔案保存年限及銷毀辦法§4；ISO/IEC 27001:2022 9.3"},
  {"id":"room-3y","zh":"機房日誌及登錄紀錄報表","en":"machine room logs, log reviews","years":3,"trigger":"record-date","track":"internal","basis":"檔案保存年限及銷毀辦法§4；驗證週期3年"},
  {"id":"archive-10y","zh":"歸檔之檔案","en":"files of the archives","years":10,"trigger":"year-end","track":"archive","basis":"檔案法§12；檔案保存年限及銷毀辦法§8"},
  {"id":"people","zh":"人員資料","en":"persons of the evidence","years":null,"trigger":"record-date","track":"internal","basis":"簽署證據所繫，永久保存"},
  {"id":"permanent","zh":"永久保存","en":"kept permanently","years":null,"trigger":"record-date","track":"archive","basis":"檔案保存年限及銷毀辦法§4"}
]
)";

}  // namespace

Bytes default_retention_rules() { return kRules; }

}  // namespace vermilion::retention
