#include "samples.h"

namespace samples {

using namespace vermilion;
using namespace vermilion::model;

namespace {

Json batch() {
  const Json record = {{"id", kUlid},
                       {"number", "ROOM-112-0001"},
                       {"form", "room-daily-log"},
                       {"retention", "room-3y"},
                       {"account", "lin01"},
                       {"date", "2023-03-01"},
                       {"due", "2026-03-02"},
                       {"because", {{"zh", "機房日誌 3 年"}, {"en", "machine room logs: 3 years"}}},
                       {"manifest", digest('5')}};
  return {{"format", "vermilion-disposal-1"},
          {"id", kUlid},
          {"track", "internal"},
          {"method", "消除電子檔"},
          {"records", Json::array({record})},
          {"proposed", "2026-11-22T08:00:00Z"}};
}

Json certificate_of_destruction() {
  const Json record = {{"id", kUlid},
                       {"number", "ROOM-112-0001"},
                       {"form", "room-daily-log"},
                       {"retention", "room-3y"},
                       {"date", "2023-03-01"},
                       {"due", "2026-03-02"}};
  const Json holder = {{"name", "金鑰 vault"},
                       {"done", Texts{"removed vault/kek/room-3y-2023-1.kek"}}};
  const Json executor = {{"account", "sun05"},
                         {"name", "孫家瑜"},
                         {"unit", "秘書室"},
                         {"title", "專員"},
                         {"on_behalf_of", nullptr}};
  return {{"format", "vermilion-certificate-of-destruction-1"},
          {"id", kUlid},
          {"store", "v-3f9c0a11"},
          {"records", Json::array({record})},
          {"holders", Json::array({holder})},
          {"planned", 1},
          {"destroyed", 1},
          {"method", "消除電子檔"},
          {"approval_number", ""},
          {"executor", executor},
          {"witness", with(executor, {{"account", "wang03"}, {"on_behalf_of", "ren09"}})},
          {"executed_at", "2026-11-22T08:00:00Z"},
          {"recovery_copies", {{"zh", "未設定復原備份"}, {"en", "none is configured"}}},
          {"text", "民國115年11月22日奉准銷毀"}};
}

// What lies on main about destruction.
std::vector<Sample> disposals() {
  const Json rule = {{"id", "room-3y"},
                     {"zh", "機房日誌"},
                     {"en", "machine room logs"},
                     {"years", 3},
                     {"trigger", "record-date"},
                     {"track", "internal"},
                     {"basis", "檔案保存年限及銷毀辦法§4"}};
  const Json payloads = {{"payloads", Texts{kUlid}}, {"records", {{kUlid, Texts{kUlid}}}}};
  return {
      {"retention", "rules", Json::array({rule, with(rule, {{"years", nullptr}})}), {}},
      {"disposal", "a batch", batch(), {}},
      {"disposal-payloads", "payloads", payloads, {}},
      {"certificate-of-destruction", "a certificate", certificate_of_destruction(), {}},
  };
}

Json document_signature() {
  return {{"name", "03-approval"},
          {"kind", "approval"},
          {"meaning", "核准"},
          {"account", "chen04"},
          {"signer", "陳昱"},
          {"unit", "監資處"},
          {"title", "資訊安全長"},
          {"role", "approver"},
          {"on_behalf_of", nullptr},
          {"comment", ""},
          {"at", "2026-11-22T08:00:00Z"},
          {"label", "電子簽章（伺服器保管金鑰）"},
          {"timestamp", {{"at", "2026-11-22T08:00:01Z"}}}};
}

Json shown_document() {
  const Json published = {
      {"version", "3.5"},        {"state", "in_force"},
      {"state_label", "現行"},   {"effective", "2015-09-01"},
      {"summary", "全文修正"},   {"content", digest('1')},
      {"pdf", digest('3')},      {"sealed_pdf", digest('4')},
      {"imported", true},        {"files", Json::object()},
      {"signatures", Json::array({document_signature()})}};
  const Json open = {{"version", "3.6"},
                     {"state", "in_review"},
                     {"state_label", "審查中"},
                     {"effective", nullptr},
                     {"summary", "配合組織調整"},
                     {"content", digest('4')},
                     {"draft", kCommit},
                     {"files", {{"a.png", digest('5')}}},
                     {"base", "3.5"},
                     {"authors", Texts{"lin01"}},
                     {"countersignatures_missing", Texts{"政風室"}},
                     {"signatures", Json::array()}};
  return with(to_json(metadata()), {{"in_force", "3.5"},
                                    {"as_of", "2026-11-22"},
                                    {"versions", Json::array({published, open})},
                                    {"text_version", "3.5"},
                                    {"text", "# 壹、總則\n\n一、依據…\n"}});
}

Json listed(const std::string& state, const Json& effective) {
  return {{"id", "ISMS-01-002"},
          {"title", "資訊安全管理規範"},
          {"version", "3.6"},
          {"state", state},
          {"classification", "公開"},
          {"effective", effective},
          {"level", 1},
          {"imported", false}};
}

Json found() {
  return {{"id", "EPA-01-001"},
          {"title", "資訊安全管理規範"},
          {"version", "3.5"},
          {"clause", "參/二/(一)/2"},
          {"clause_title", "資訊安全執行秘書"},
          {"excerpt", "資訊安全執行秘書由監資處處長擔任"},
          {"marks", Json::array({Json::array({0, 24})})},
          {"kind", "document"}};
}

Json event() {
  return with(document_signature(), {{"version", "3.6"},
                                     {"effective", "2026-12-01"},
                                     {"act", kUlid},
                                     {"log_index", 17},
                                     {"commit", kCommit}});
}

Json difference() {
  const Json part = {{"kind", "added"}, {"text", "14"}, {"whole", false}};
  const Json change = {{"kind", "changed"},
                       {"old_clause", "肆/八/(三)/6/(5)"},
                       {"clause", "肆/八/(三)/6/(5)"},
                       {"title", "通行碼"},
                       {"parts", Json::array({part})}};
  return {{"id", "EPA-01-001"},
          {"from", "3.5"},
          {"to", "3.6"},
          {"changes", Json::array({change})},
          {"files", Json::array({{{"name", "網路架構.png"}, {"kind", "removed"}}})}};
}

// The receipts of what is done to a document.
std::vector<Sample> receipts() {
  const Json act = {{"act", kUlid}, {"log_index", 17}, {"id", "ISMS-01-002"}};
  const Json filed = with(act, {{"version", "3.6"}, {"commit", kCommit}});
  const Json step =
      with(filed, {{"kind", "approval"}, {"meaning", "核准"}, {"statement", digest('5')}});
  const Json note = {{"line", 12}, {"zh", "編號跳號"}, {"en", "a number is skipped"}};
  return {
      {"receipt", "a step", step, {}},
      {"receipt",
       "a publication",
       with(step, {{"kind", "publication"},
                   {"effective", "2026-12-01"},
                   {"pdf", digest('6')},
                   {"sealed_pdf", nullptr}}),
       {}},
      {"receipt", "a withdrawal", with(act, {{"effective", "2026-12-31"}}), {}},
      {"receipt",
       "a draft",
       with(act, {{"version", "3.6"},
                  {"draft", kCommit},
                  {"commit", nullptr},
                  {"unresolved", Json::array({{{"line", 12}, {"text", "肆/九/(九)"}}})},
                  {"notes", Json::array({note})}}),
       {"/notes"}},
      {"receipt",
       "an import",
       with(filed, {{"draft", nullptr},
                    {"title", "資訊安全管理規範"},
                    {"approval_number", "環署資字第1041105975號函"},
                    {"effective", "2015-08-28"},
                    {"notes", Json::array({note})}}),
       {}},
  };
}

Json shown_person() {
  const Json role = {{"role", "approver"},    {"unit", ""},
                     {"from", "2026-11-01"},  {"to", nullptr},
                     {"granted_by", "hsu01"}, {"recorded", "2026-11-22T08:00:00Z"},
                     {"late", true},          {"label", "補登 recorded late"}};
  const Json certificate = {{"certificate", std::string(64, 'e')},
                            {"custody", "file"},
                            {"authority", "own"},
                            {"status_until", nullptr},
                            {"not_before", "2026-01-01T00:00:00Z"},
                            {"not_after", "2028-01-01T00:00:00Z"},
                            {"revoked", nullptr}};
  return {{"account", "lin01"},
          {"name", "林堃"},
          {"unit", "監資處"},
          {"title", "處長"},
          {"moves", Json::array({{{"unit", "監資處"}, {"title", "處長"}, {"from", "2026-06-01"}}})},
          {"added_by", "hsu01"},
          {"authorised", "2026-01-01T00:00:00Z"},
          {"expires", "2027-12-31"},
          {"disabled", nullptr},
          {"last_day", nullptr},
          {"left", nullptr},
          {"state", "active"},
          {"approval", ""},
          {"custodian", ""},
          {"roles", Json::array({role})},
          {"certificates", Json::array({certificate})}};
}

Json status() {
  return {{"store", "v-3f9c0a11"},
          {"name", "行政院環境保護署"},
          {"created", "2026-11-22T08:00:00Z"},
          {"time_zone", "Asia/Taipei"},
          {"version", "0.1.0"},
          {"head", kCommit},
          {"log_size", 17},
          {"log_verifier_key", "v-3f9c0a11.vermilion/log+1a2b3c4d+AbCd"},
          {"documents", 4},
          {"persons", 8},
          {"access_review",
           {{"id", kUlid},
            {"label", "115年上半年"},
            {"due", "2026-07-31"},
            {"stage", "deciding"},
            {"overdue", true}}},
          {"clock_step", 17},
          {"checkpoint_alarm", {{"last", "2026-11-20"}, {"missed", 1}}},
          {"overdue",
           Json::array({{{"what", "log-report"},
                         {"due", "2026-10-31"},
                         {"zh", "民國115年9月的登錄紀錄定期報表已逾期限"},
                         {"en", "the review of the log of 2026-09 was due on 2026-10-31"}}})},
          {"unknown_destructions", nullptr},
          {"sign_in",
           {{"local", false},
            {"oidc", "https://login.example.gov.tw"},
            {"directory", nullptr},
            {"roles", {{"approver", Texts{"isms-approvers"}}}}}}};
}

Json pack() {
  const Json gap = {{"item", "9.3.2 f"},
                    {"title", "風險評鑑結果與風險處理計畫"},
                    {"what", "沒有 115 年之審查輸入；由資通安全工作組提供"}};
  const Json source = {{"number", "MET-115-0001"},
                       {"id", kUlid},
                       {"form", "metric-annual-report"},
                       {"form_version", "1.0"},
                       {"digest", digest('8')}};
  return {{"year", 115},       {"digest", digest('7')},      {"as_of", "2026-11-22T08:00:00Z"},
          {"complete", false}, {"gaps", Json::array({gap})}, {"sources", Json::array({source})}};
}

Json log_row() {
  return {{"index", 0},        {"at", "2026-11-22T08:00:00Z"},
          {"kind", "init"},    {"actor", "local"},
          {"from", "console"}, {"subject", "store v-3f9c0a11"},
          {"outcome", "done"}, {"commit", kCommit},
          {"clock", "system"}};
}

Json report() {
  Json subjects = Json::array();
  for (int number = 1; number <= 8; ++number) {
    subjects.push_back({{"number", number},
                        {"clause", "肆/八/(九)/4/(5)"},
                        {"zh", "系統存取失敗情形"},
                        {"en", "failed accesses"},
                        {"facts", Json::array({{{"zh", "共 1 筆"}, {"en", "1 in all"}}})},
                        {"count", 1},
                        {"cut", false},
                        {"entries", Json::array({log_row()})}});
  }
  return {{"from", "2026-11-01"}, {"to", "2026-11-30"}, {"entries", 17}, {"subjects", subjects}};
}

// What is said of a sealed PDF that another version has replaced.
Json checked_pdf() {
  return {{"sha256", digest('4')},
          {"size", 417793},
          {"sound", true},
          {"ours", true},
          {"signatures",
           Json::array({{{"field", "seal"},
                         {"name", "環境保護署"},
                         {"reason", "發布 publication"},
                         {"claimed", "2026-11-22T08:00:00Z"},
                         {"proved", nullptr},
                         {"certificate", std::string(64, 'a')},
                         {"signer", "環境保護署 機關印章"},
                         {"account", nullptr},
                         {"role", "seal"},
                         {"trusted", true},
                         {"filed", "2026-11-22T08:00:00Z"},
                         {"revoked", nullptr},
                         {"level", "B-B"},
                         {"changes_after", Json::array({{{"object", 8}, {"kind", "page"}}})}}})},
          {"kept",
           {{"certificates", 3},
            {"lists", Json::array({{{"issuer", "環境保護署 簽發憑證"},
                                    {"made", "2026-11-22T08:00:00Z"},
                                    {"next", "2026-11-29T08:00:00Z"}}})}}},
          {"document",
           {{"id", "ISMS-01-002"},
            {"version", "3.5"},
            {"title", "資訊安全管理規範"},
            {"state", "superseded"},
            {"state_label", "已被取代"},
            {"effective", "2026-11-22"},
            {"replaced_by", "3.6"},
            {"whole", true},
            {"unsealed", false}}},
          {"record", nullptr},
          {"problems", Json::array()}};
}

}  // namespace

Json with(Json value, const Json& more) {
  value.update(more);
  return value;
}

std::string digest(char digit) { return "sha256:" + std::string(64, digit); }
std::string commitment(char digit) { return "hmac-sha256:" + std::string(64, digit); }

Metadata metadata() {
  Metadata m;
  m.id = "ISMS-01-002";
  m.title = "資訊安全管理規範";
  m.title_en = "Information Security Management Regulation";
  m.classification = "公開";
  m.owner_unit = "監資處";
  m.countersign = {"政風室", "人事室"};
  m.approval_number = "環署資字第1041105975號函";
  m.promulgated = "89 年 2 月";
  m.revised = "104 年 8 月 28 日";
  return m;
}

Publication publication() {
  Publication p;
  p.id = "ISMS-01-002";
  p.version = {3, 6};
  p.effective = parse_date("民國115年12月1日");
  p.content = digest('1');
  p.metadata = digest('2');
  p.pdf = digest('3');
  p.base = Version{3, 5};
  p.base_content = digest('4');
  p.summary = "配合組織調整修正權責單位";
  p.statement = "05-publication";
  return p;
}

DraftInfo draft() {
  return {{3, 6}, Version{3, 5}, digest('4'), "配合組織調整", {{"網路架構.png", digest('5')}}};
}

Person person() {
  Person p;
  p.account = "lin01";
  p.added_by = "hsu01";
  p.authorised = parse_instant("2026-01-01T00:00:00Z");
  p.shared = {"環署監字第1150012345號", "wang03"};
  p.profile = kUlid;
  p.profile_ciphertext = digest('a');
  p.roles = {{"owner", "監資處", parse_date("2026-01-01"), std::nullopt, "hsu01"},
             {"approver", "", parse_date("2025-01-01"), parse_date("2025-12-31"), "init"}};
  p.certificates = {{std::string(64, 'e'), kUlid, "server", parse_instant("2026-01-01T00:00:00Z"),
                     parse_instant("2028-01-01T00:00:00Z"), parse_instant("2026-06-30T01:02:03Z")}};
  return p;
}

Form form() {
  Form f;
  f.id = "nda-vendor-person";
  f.title = "委外廠商人員保密協定暨切結書";
  f.title_en = "Vendor personnel confidentiality agreement";
  f.version = {2, 1};
  f.kind = "agreement";
  f.classification = "敏感";
  f.retention = "nda-15y";
  f.personal_data = true;
  f.number = "VND-{roc_year}-{seq:4}";
  f.clause = "肆/三/(一)/3";
  f.signers = {{"agreement", "同意並簽署", "", true, false},
               {"record", "收存", "reviewer", false, true}};
  f.readers = {"personnel", "auditor"};
  f.required_of = {"vendor"};
  return f;
}

Record record() {
  Record r;
  r.id = kUlid;
  r.sequence = 123456;
  r.number = "NDA-115-0012";
  r.form = "nda-employee";
  r.form_version = {2, 1};
  r.form_digest = digest('1');
  r.classification = "敏感";
  r.retention = "nda-15y";
  r.filing_year = 2026;
  r.date = parse_date("民國115年11月22日");
  r.account = "zhou07";
  r.medium = Medium::paper;
  r.corrects = kUlid;
  r.signatures_due = 2;
  r.signatures = {{"01-correction", "correction", "更正", "personnel", "ren09", "wang03",
                   parse_instant("2026-11-22T08:00:00Z"), std::string(64, 'e')}};
  r.attachments = {{"attachment-01", "record", "附件", "personnel", "ren09", std::nullopt,
                    parse_instant("2026-11-23T08:00:00Z"), std::string(64, 'e')}};
  r.parts = {{"content", kUlid, digest('2')},
             {"attachment-01", kUlid, digest('4')},
             {"01-correction.p7s", kUlid, digest('3')}};
  r.filed = parse_instant("2026-11-22T08:00:05Z");
  return r;
}

Json revision_subject() {
  return {{"type", "revision"}, {"id", "ISMS-01-002"},    {"version", "3.6"},
          {"draft", kCommit},   {"content", digest('1')}, {"metadata", digest('2')},
          {"pdf", digest('3')}};
}

Statement statement(const std::string& kind, const Json& subject) {
  return {kind,
          "核准",
          subject,
          {"chen04", "陳昱", "監資處", "資訊安全長", "approver", "lin01"},
          {kCommit, digest('d')},
          parse_instant("2026-11-22T08:00:00Z"),
          "v-3f9c0a11"};
}

std::vector<Sample> stored() {
  const Json entry = {{"index", 17},
                      {"nonce", std::string(32, 'a')},
                      {"at", "2026-11-22T08:00:00Z"},
                      {"kind", "approval"},
                      {"actor", "chen04"},
                      {"from", "console"},
                      {"subject", "document ISMS-01-002 3.6"},
                      {"outcome", "refused:author-approves"},
                      {"commit", kCommit},
                      {"clock", "system"},
                      {"ntp", {{"synchronised", true}, {"offset_us", -120}, {"error_us", 1500}}}};
  const Json role = {{"id", "approver"},
                     {"zh", "核准"},
                     {"en", "approver"},
                     {"rights", Texts{"document.approve", "document.return"}}};
  const Json restricted = {{"label", "限閱"}, {"rank", 2}, {"readers", Texts{"owner", "auditor"}}};
  const Json open = {{"label", "公開"}, {"rank", 0}, {"readers", Texts{"*"}}};
  const Profile profile{"林堃", "監資處", "處長", "lin01@example.gov.tw"};
  return {
      {"document", "metadata", to_json(metadata()), {}},
      {"publication", "publication", to_json(publication()), {}},
      {"draft", "draft", to_json(draft()), {"/files"}},
      {"form", "form", to_json(form()), {"/signers/1/differs"}},
      {"record", "record", to_json(record()), {"/attachments"}},
      {"person", "person", to_json(person()), {}},
      {"profile", "profile", to_json(profile), {}},
      {"log-entry", "an entry", entry, {"/commit", "/ntp"}},
      {"certificate-status",
       "a status",
       {{"made", "2026-11-22T08:00:00Z"},
        {"until", "2026-11-23T08:00:00Z"},
        {"revoked", nullptr},
        {"source", "ocsp"},
        {"digest", digest('1')}},
       {}},
      {"timestamp-missing", "a code", {{"code", "timestamp-refused"}}, {}},
      {"roles", "roles", Json::array({role}), {}},
      {"classification", "classification", Json::array({restricted, open}), {}},
      {"witness-state",
       "a witness",
       {{"day", "2026-11-22"},
        {"size", 17},
        {"witnesses", Json::array({{{"name", "witness.example/w1"}, {"size", 17}}})}},
       {}},
      {"disk-use",
       "two parts",
       {{"used", {{"log", 8192}, {"payloads", 0}}}, {"free", 1}},
       {"/used/log", "/used/payloads"}},
      {"rules-profile",
       "numbers",
       {{"access_review", {{"days", 31}, {"months", 6}}},
        {"certificate_days", 730},
        {"clock", {{"back_seconds", 5}, {"forward_days", 30}, {"offset_seconds", 30}}},
        {"login", {{"failures", 5}, {"idle_minutes", 15}, {"lock_minutes", 15}}},
        {"password",
         {{"classes", 3},
          {"history", 3},
          {"max_age_days", 90},
          {"min_age_days", 1},
          {"min_length", 12}}},
        {"profile", "seed-3.5"}},
       {"/access_review", "/clock", "/login", "/password"}},
      {"identity-link",
       "one by OIDC",
       {{"account", "chen01"},
        {"way", "oidc"},
        {"from", "2026-11-22T00:00:00Z"},
        {"linked_by", "wu06"}},
       {}},
      {"login-secrets",
       "a password and a second factor",
       {{"phc", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"},
        {"set", "2026-11-22T00:00:00Z"},
        {"temporary", false},
        {"former", {"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$YmVmb3Jl"}},
        {"factor",
         {{"secret", "00ff"}, {"last_step", 59300640}, {"recovery", {std::string(64, 'a')}}}},
        {"passkeys", Json::array({{{"id", "00ff"},
                                   {"key", "3059"},
                                   {"counter", 7},
                                   {"site", "isms.example.gov.tw"},
                                   {"name", "辦公室電腦"},
                                   {"added", "2026-11-22T00:00:00Z"},
                                   {"used", nullptr}}})}},
       {"/passkeys"}},
  };
}

Json log_period(const std::string& from, const std::string& to) {
  return {{"from", from}, {"to", to},       {"first", 2},
          {"last", 56},   {"entries", 55},  {"entries_digest", digest('5')},
          {"record", {{"id", kUlid}, {"number", "LRR-115-0001"}}}};
}

Json archived() {
  return with(log_period("2026-07-01", "2026-12-31"),
              {{"half", "115-2"},
               {"checkpoint_size", 57},
               {"checkpoint_root", std::string(43, 'A') + "="},
               {"archived_to", "/mnt/媒體/log-archives/v-3f9c0a11-115-2-000000000057"},
               {"archive_digest", digest('6')},
               {"verified_restore", true},
               {"hold_checked", true},
               {"holds", 1},
               {"purged", false},
               {"purge_note", "本次未清理任何資料"}});
}

Json reviewed() {
  return with(log_period("2026-11-22", "2026-11-22"), {{"days", 1},
                                                       {"days_checked", 1},
                                                       {"report_digest", digest('6')},
                                                       {"login_failures", 5},
                                                       {"refusals", 7},
                                                       {"findings", "連續登入失敗，已洽當事人"},
                                                       {"serious", false},
                                                       {"notified_ethics", false}});
}

std::vector<Sample> answers() {
  const Json fault = {{"where", "documents/ISMS-01-002/revisions/3.6/03-approval"},
                      {"what", "內容與簽署時不同"}};
  return {
      {"document-list",
       "documents",
       Json::array({listed("in_force", "2026-12-01"), listed("draft", nullptr)}),
       {}},
      {"document-show", "a document", shown_document(), {"/versions/1/files/a.png"}},
      {"paper",
       "a superseded version",
       {{"known", true},
        {"kind", "document"},
        {"id", "ISMS-01-002"},
        {"title", "資訊安全管理規範"},
        {"version", "3.6"},
        {"state", "superseded"},
        {"state_label", "已被取代"},
        {"date", "2026-11-22"},
        {"replaced_by", "3.7"}},
       {}},
      {"document-history",
       "events",
       {{"id", "ISMS-01-002"}, {"title", "資訊安全管理規範"}, {"events", Json::array({event()})}},
       {"/events/0/effective"}},
      {"document-diff", "a change", difference(), {}},
      {"person-list",
       "accounts",
       Json::array({{{"account", "lin01"},
                     {"name", "林堃"},
                     {"unit", "監資處"},
                     {"title", "處長"},
                     {"state", "active"},
                     {"shared", false},
                     {"roles", Texts{"approver", "owner"}}}}),
       {}},
      {"person-show", "a person", shown_person(), {}},
      {"status", "a store", status(), {"/access_review/id", "/sign_in/roles/approver"}},
      {"search",
       "a hit",
       {{"count", 1},
        {"more", false},
        {"also", Texts{"資訊安全官"}},
        {"hits", Json::array({found()})}},
       {}},
      {"pdf-check", "sealed", checked_pdf(), {}},
      {"renewal",
       "a stamp more",
       {{"before", digest('4')}, {"after", digest('5')}, {"until", "2028-06-01T00:00:00Z"}},
       {}},
      {"renewals",
       "one renewed, one too late",
       {{"renewed", Json::array({{{"id", "ISMS-01-002"},
                                  {"version", "3.5"},
                                  {"until", "2028-06-01T00:00:00Z"},
                                  {"act", "01JD9V3K5W8Q2M4N6P7R9S1T0V"},
                                  {"log_index", 41}}})},
        {"waiting", Json::array()},
        {"expired",
         Json::array(
             {{{"id", "ISMS-01-002"}, {"version", "3.4"}, {"until", "2026-11-01T00:00:00Z"}}})},
        {"failed", "timestamp-refused"}},
       {}},
      {"pdf-check",
       "not signed",
       with(checked_pdf(), {{"sound", false},
                            {"ours", false},
                            {"signatures", Json::array()},
                            {"document", nullptr},
                            {"problems", Json::array({{{"field", ""},
                                                       {"code", "not-signed"},
                                                       {"zh", "沒有任何簽章"},
                                                       {"en", "there is no signature in it"}}})}}),
       {}},
      {"verify",
       "problems",
       {{"ok", false},
        {"mode", "full"},
        {"since", nullptr},
        {"checked", 1893},
        {"problems", Json::array({fault})}},
       {}},
      {"verify",
       "none",
       {{"ok", true},
        {"mode", "quick"},
        {"since", {{"log_size", 4}, {"main", std::string(40, 'a')}}},
        {"checked", 1893},
        {"problems", Json::array()}},
       {}},
      {"checked",
       "a mark",
       {{"log_size", 4},
        {"root", std::string(64, 'a')},
        {"main", std::string(40, 'b')},
        {"sequence", 3},
        {"segment", 1},
        {"offset", 76},
        {"mac", std::string(64, 'c')}},
       {}},
      {"pack", "a gap", pack(), {}},
      {"pack",
       "complete",
       with(pack(), {{"complete", true}, {"gaps", Json::array()}, {"sources", Json::array()}}),
       {}},
      {"problem",
       "a refusal",
       {{"type", "urn:vermilion:problem:author-approves"},
        {"title", "撰稿人不得核准自己的修訂（代理亦同）"},
        {"detail", "an author may not approve the revision"},
        {"code", "author-approves"},
        {"failure", "forbidden"}},
       {}},
      {"log-list", "log rows", Json::array({log_row()}), {}},
      {"log-report", "eight subjects", report(), {}},
      {"log-archive", "a half-year", archived(), {}},
      {"log-review", "a day", reviewed(), {}},
      {"log-growth-proof",
       "a proof",
       {{"from", 1},
        {"size", 2},
        {"hashes", Texts{std::string(43, 'B') + "="}},
        {"checkpoint", "v-3f9c0a11.vermilion/log\n2\n"},
        {"verifier_key", "v-3f9c0a11.vermilion/log+1a2b3c4d+AbCd"}},
       {}},
      {"log-proof",
       "a proof",
       {{"index", 1},
        {"size", 2},
        {"entry", "eyJpbmRleCI6MX0="},
        {"leaf", std::string(43, 'A') + "="},
        {"hashes", Texts{std::string(43, 'B') + "="}},
        {"checkpoint", "v-3f9c0a11.vermilion/log\n2\n"},
        {"verifier_key", "v-3f9c0a11.vermilion/log+1a2b3c4d+AbCd"}},
       {}},
  };
}

std::vector<Sample> all() {
  auto samples = statements();
  for (const auto& more :
       {stored(), answers(), record_answers(), receipts(), disposals(), backups(), access_reviews(),
        access_statements(), certificate_answers()}) {
    samples.insert(samples.end(), more.begin(), more.end());
  }
  return samples;
}

}  // namespace samples
