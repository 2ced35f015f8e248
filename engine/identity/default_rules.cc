#include "identity/rules.h"

namespace vermilion::identity {
namespace {

// The duties of the regulation. Deny by default: what is not listed nobody may do.
constexpr const char* kRoles = R"([
  {"id":"owner","zh":"文件擁有者","en":"document owner","rights":["record.sign","document.create","document.draft","document.submit","document.withdraw"]},
  {"id":"reviewer","zh":"審查","en":"reviewer","rights":["record.sign","document.review","document.return"]},
  {"id":"countersigner","zh":"會簽","en":"countersigner","rights":["document.countersign","disposal.witness","hold.place","retention.read"]},
  {"id":"approver","zh":"核准","en":"approver","rights":["record.sign","document.approve","document.return","disposal.approve","hold.release","person.authorise","retention.read","audit.approve","access.approve"]},
  {"id":"unit-head","zh":"單位主管","en":"head of a unit","rights":["record.sign","classified.authorise","access.review"]},
  {"id":"controller","zh":"文件管制","en":"document controller","rights":["document.create","document.draft","document.import","document.publish","document.withdraw","form.publish","record.import","disposal.propose","hold.place","retention.read"]},
  {"id":"staff","zh":"一般同仁","en":"staff","rights":["record.sign"]},
  {"id":"vendor","zh":"委外人員","en":"vendor person","rights":[]},
  {"id":"temporary","zh":"臨時人員","en":"temporary staff","rights":["record.sign"]},
  {"id":"personnel","zh":"人事","en":"personnel","rights":["person.leave","record.paper","register.read"]},
  {"id":"auditor","zh":"稽核","en":"auditor","apart":["administrator","maintainer"],"rights":["record.sign","log.read","register.read","hold.place","retention.read"]},
  {"id":"external-auditor","zh":"外部稽核","en":"external auditor","apart":["administrator","maintainer","auditor"],"rights":["audit.scoped"]},
  {"id":"secretary","zh":"管理審查秘書","en":"management review secretary","rights":["record.sign","pack.build","record.import","register.read","access.propose"]},
  {"id":"custodian","zh":"檔案管理／監毀","en":"records manager and witness","rights":["disposal.propose","disposal.execute","disposal.witness","hold.release","retention.read"]},
  {"id":"maintainer","zh":"應用系統維護","en":"system maintenance","rights":["record.sign","store.backup","access.review"]},
  {"id":"administrator","zh":"系統管理","en":"system administrator","rights":["person.add","person.authorise","person.disable","person.leave","role.grant","certificate.issue","log.read","store.maintain"]}
]
)";

constexpr const char* kClassification = R"([
  {"label":"公開","rank":0,"readers":["*"]},
  {"label":"內部使用","rank":1,"readers":["*"]},
  {"label":"限閱","rank":2,"readers":["owner","reviewer","countersigner","approver","controller","unit-head","auditor"]},
  {"label":"敏感","rank":3,"readers":["owner","reviewer","countersigner","approver","controller","unit-head"]},
  {"label":"機密","rank":4,"authorisation":true,"readers":["owner","reviewer","countersigner","approver","controller","unit-head"]}
]
)";

constexpr const char* kProfile = R"({
  "access_review": {"days": 31, "months": 6},
  "accounts": {"expiring": ["vendor","temporary"], "hints": ["admin","root","super","sysop","mgr","manager","audit","boss","chief"], "idle_days": 90},
  "certificate_days": 730,
  "clock": {"back_seconds": 5, "forward_days": 30, "offset_seconds": 30},
  "login": {"failures": 5, "idle_minutes": 15, "lock_minutes": 15},
  "password": {"classes": 3, "history": 3, "max_age_days": 90, "min_age_days": 1, "min_length": 12},
  "profile": "seed-3.5",
  "purposes": [
    {"code": "duty", "zh": "承辦業務", "en": "one's own duty"},
    {"code": "review", "zh": "管理審查", "en": "management review"},
    {"code": "audit", "zh": "稽核", "en": "audit"},
    {"code": "incident", "zh": "事件調查", "en": "investigation of an incident"},
    {"code": "law", "zh": "法令要求", "en": "demanded by law"},
    {"code": "subject", "zh": "當事人申請", "en": "asked for by the person concerned"},
    {"code": "drill", "zh": "演練與測試", "en": "drill or test"}
  ]
}
)";

}  // namespace

std::vector<std::pair<std::string, Bytes>> default_rules() {
  return {{"rules/roles.json", kRoles},
          {"rules/classification.json", kClassification},
          {"rules/profile.json", kProfile}};
}

}  // namespace vermilion::identity
