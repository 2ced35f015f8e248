// Statements of every kind that has a shape of its own.
#include "samples.h"

namespace samples {
namespace {

using namespace vermilion;
using namespace vermilion::model;

// What the bytes to sign say.
Json signed_json(const std::string& kind, const Json& subject) {
  return parse_canonical(statement_bytes(statement(kind, subject)));
}

Sample signed_sample(const std::string& kind, const Json& subject, const Texts& optional = {}) {
  return {"statement", kind, signed_json(kind, subject), optional};
}

Json published_subject() {
  return {{"type", "revision"},     {"id", "ISMS-01-002"},     {"version", "3.6"},
          {"content", digest('1')}, {"metadata", digest('2')}, {"pdf", digest('3')},
          {"sealed_pdf", nullptr},  {"base", "3.5"},           {"effective", "2026-12-01"}};
}

std::vector<Sample> of_a_round() {
  const Json opinion = {{"comment", "用語已與資通安全管理法一致"}};
  const Json first = {{"authors", Texts{"lin01"}},
                      {"base", nullptr},
                      {"base_content", ""},
                      {"countersign", Json::array()}};
  const Json revised = {{"authors", Texts{"lin01", "wu06"}},
                        {"base", "3.5"},
                        {"base_content", digest('4')},
                        {"countersign", Texts{"政風室", "人事室"}},
                        {"comment", "配合組織調整修正"}};
  const Texts comment = {"/subject/comment"};
  const Json pictures = {{"files", {{"網路架構.png", digest('8')}}}};
  return {
      signed_sample("submission", with(revision_subject(), first)),
      signed_sample("submission", with(revision_subject(), revised), comment),
      signed_sample("review", with(revision_subject(), opinion), comment),
      signed_sample("review",
                    with(revision_subject(), {{"comment", "缺附表二"}, {"decision", "return"}}),
                    {"/subject/comment", "/subject/decision"}),
      signed_sample("countersignature", with(revision_subject(), {{"unit", "政風室"}})),
      signed_sample("submission", with(with(revision_subject(), first), pictures),
                    {"/subject/files"}),
      signed_sample("review", with(revision_subject(), pictures), {"/subject/files"}),
      signed_sample("countersignature",
                    with(with(revision_subject(), {{"unit", "政風室"}}), pictures),
                    {"/subject/files"}),
      signed_sample("approval", with(revision_subject(), pictures), {"/subject/files"}),
      signed_sample("approval", with(revision_subject(), opinion), comment),
  };
}

std::vector<Sample> of_publishing() {
  const Json rests_on = {{{"name", "01-submission"}, {"sha256", digest('5')}},
                         {{"name", "03-approval"}, {"sha256", digest('6')}}};
  const Json files = {{"raw.txt", digest('7')}};
  return {
      signed_sample("publication",
                    with(published_subject(), {{"draft", kCommit}, {"rests_on", rests_on}})),
      signed_sample(
          "publication",
          with(published_subject(), {{"draft", kCommit}, {"rests_on", rests_on}, {"files", files}}),
          {"/subject/files"}),
      signed_sample("import", with(published_subject(), {{"base", nullptr}, {"files", files}}),
                    {"/subject/files"}),
      signed_sample("withdrawal", {{"type", "document"},
                                   {"id", "ISMS-02-001"},
                                   {"effective", "2027-01-01"},
                                   {"reason", "併入 ISMS-01-002"}}),
  };
}

Json about_account(const char* change, const Json& more) {
  return with({{"type", "account"}, {"account", "kao13"}, {"change", change}}, more);
}

std::vector<Sample> of_accounts() {
  const Json role = {
      {"role", "vendor"}, {"unit", ""}, {"from", "2026-11-22"}, {"to", "2027-08-31"}};
  const Json joined = {{"alone", false},
                       {"added_by", "hsu01"},
                       {"expires", "2027-08-31"},
                       {"shared", nullptr},
                       {"roles", Json::array({role})}};
  const Json shared = {{"approval", "環署監字第1150012345號"}, {"custodian", "lin01"}};
  return {
      signed_sample("approval", about_account("join", joined)),
      signed_sample("approval", about_account("join", with(joined, {{"shared", shared}}))),
      signed_sample("approval", about_account("extend", {{"expires", "2027-12-31"}})),
      signed_sample("approval", about_account("reopen", {{"disabled", "2027-03-01"}})),
      signed_sample("approval", about_account("move", {{"unit", "水保處"},
                                                       {"title", "科長"},
                                                       {"from", "2027-01-01"}})),
      signed_sample("approval", about_account("close", {{"certificates", Texts{digest('8')}}})),
      signed_sample("notification", about_account("leave", {{"last_day", "2027-06-30"}})),
  };
}

std::vector<Sample> of_persons() {
  return {
      signed_sample("delegation",
                    {{"type", "delegation"},
                     {"id", kUlid},
                     {"delegate", "zhou07"},
                     {"rights", Texts{"document.approve"}},
                     {"from", "2026-11-20"},
                     {"to", "2026-11-30"},
                     {"reason", "赴高雄公差"}},
                    {"/subject/reason"}),
      signed_sample("withdrawal", {{"type", "delegation"}, {"id", kUlid}}),
      signed_sample("withdrawal", {{"type", "audit"}, {"id", kUlid}}),
      signed_sample("notification",
                    {{"type", "audit-copy"}, {"id", kUlid}, {"copy", 77}, {"entry", digest('7')}}),
      signed_sample("authorisation",
                    {{"type", "audit"},
                     {"id", kUlid},
                     {"auditor", "ext01"},
                     {"from", "2026-11-23"},
                     {"to", "2026-11-25"},
                     {"documents", Texts{"EPA-01-001#肆/五"}},
                     {"units", Texts{"監資處"}},
                     {"forms", Texts{"room-daily-log"}},
                     {"records_from", "2026-01-01"},
                     {"records_to", "2026-06-30"},
                     {"log_kinds", Texts{"approval"}}},
                    {"/subject/records_from", "/subject/records_to"}),
      signed_sample("authorisation", {{"type", "opening"},
                                      {"id", kUlid},
                                      {"account", "chen04"},
                                      {"unit", "監資處"},
                                      {"document", "ISMS-02-001"},
                                      {"purpose", "incident"},
                                      {"from", "2026-11-22"},
                                      {"to", "2026-11-24"}}),
      signed_sample(
          "withdrawal",
          {{"type", "disposal"}, {"id", kUlid}, {"batch", digest('5')}, {"reason", "一筆須展延"}}),
      signed_sample("certificate", {{"type", "certificate"},
                                    {"account", "lin01"},
                                    {"certificate", digest('8')},
                                    {"request", digest('9')},
                                    {"custody", "server"},
                                    {"not_before", "2026-01-01T00:00:00Z"},
                                    {"not_after", "2028-01-01T00:00:00Z"}}),
      signed_sample("certificate",
                    {{"type", "certificate"},
                     {"account", "lin01"},
                     {"certificate", digest('8')},
                     {"request", digest('9')},
                     {"custody", "token"},
                     {"not_before", "2026-01-01T00:00:00Z"},
                     {"not_after", "2028-01-01T00:00:00Z"},
                     {"renews", digest('7')}},
                    {"/subject/renews"}),
      signed_sample("certificate", {{"type", "certificate"},
                                    {"account", "lin01"},
                                    {"certificate", digest('8')},
                                    {"chain", digest('6')},
                                    {"proof", digest('5')},
                                    {"custody", "token"},
                                    {"not_before", "2026-01-01T00:00:00Z"},
                                    {"not_after", "2028-01-01T00:00:00Z"}}),
      signed_sample("certificate", {{"type", "seal"},
                                    {"certificate", digest('8')},
                                    {"key", digest('9')},
                                    {"not_before", "2026-01-01T00:00:00Z"},
                                    {"not_after", "2036-01-01T00:00:00Z"}}),
      signed_sample("certificate", {{"type", "trust"},
                                    {"certificate", digest('8')},
                                    {"not_before", "2026-01-01T00:00:00Z"},
                                    {"not_after", "2036-01-01T00:00:00Z"}}),
      signed_sample("withdrawal", {{"type", "certificate"},
                                   {"account", "lin01"},
                                   {"certificate", digest('8')},
                                   {"serial", "4f0102030405060708090a0b0c0d0e0f"},
                                   {"reason", "key-compromise"}}),
      signed_sample("withdrawal", {{"type", "seal"},
                                   {"certificate", digest('8')},
                                   {"serial", "4f0102030405060708090a0b0c0d0e0f"},
                                   {"reason", "cessation"}}),
  };
}

// What every signature of a record names.
Json record_subject() {
  return {{"type", "record"},
          {"id", kUlid},
          {"form", "nda-employee"},
          {"form_version", "2.1"},
          {"form_digest", digest('1')},
          {"text", digest('2')},
          {"content", commitment('3')},
          {"shown", commitment('4')},
          {"scan", nullptr},
          {"account", "zhou07"},
          {"date", "2026-11-22"},
          {"medium", "electronic"},
          {"imported", false},
          {"corrects", nullptr}};
}

std::vector<Sample> of_records() {
  const Json paper = {{"medium", "paper"}, {"scan", commitment('5')}};
  const Json files = {
      {"form.yaml", digest('6')}, {"schema.json", digest('7')}, {"text.md", digest('8')}};
  return {
      signed_sample("agreement", record_subject()),
      signed_sample("record", with(record_subject(), paper)),
      signed_sample("record", {{"type", "attachment"},
                               {"id", kUlid},
                               {"form", "nda-employee"},
                               {"file", "佐證.pdf"},
                               {"size", 17},
                               {"content", commitment('6')}}),
      signed_sample("minutes", record_subject()),
      signed_sample("correction", with(record_subject(), {{"corrects", kUlid}})),
      signed_sample("import", with(record_subject(), {{"imported", true}})),
      signed_sample("publication", {{"type", "form"},
                                    {"id", "nda-employee"},
                                    {"version", "2.1"},
                                    {"files", files},
                                    {"digest", digest('9')}}),
  };
}

Json disposal_subject(const Json& more = Json::object()) {
  return with({{"type", "disposal"}, {"id", kUlid}, {"batch", digest('1')}}, more);
}

std::vector<Sample> of_disposals() {
  const Json why = {{"ground", "伍/一/(三)/3"}, {"reason", "網路入侵案調查"}};
  const Json hold = with({{"type", "hold"}, {"id", kUlid}}, why);
  const Json begun = {{"stage", "executing"}, {"payloads", digest('2')}};
  const Json done = {{"stage", "done"}, {"certificate", digest('3')}, {"pdf", digest('4')}};
  return {
      signed_sample("hold", with(hold, {{"records", Texts{kUlid}}})),
      signed_sample(
          "hold",
          with(hold, {{"form", "room-daily-log"}, {"from", "2015-09-01"}, {"to", "2015-10-31"}}),
          {"/subject/from", "/subject/to"}),
      signed_sample("acknowledgement", {{"type", "clock"},
                                        {"step", 17},
                                        {"clock", "stepped-back"},
                                        {"entry_at", "2026-11-22T08:00:00Z"},
                                        {"reason", "主機電池耗盡，已與國家標準時間核對"}}),
      signed_sample("release", {{"type", "hold"}, {"id", kUlid}, {"reason", "判決確定"}}),
      signed_sample("disposal-proposal", disposal_subject()),
      signed_sample("disposal-approval",
                    disposal_subject({{"approval_number", "檔徵字第1150001234號"}}),
                    {"/subject/approval_number"}),
      signed_sample("destruction", disposal_subject(begun)),
      signed_sample("witness", disposal_subject(done)),
  };
}

}  // namespace

std::vector<Sample> statements() {
  auto samples = of_a_round();
  for (const auto& more : {of_publishing(), of_accounts(), of_persons(), of_records(), of_disposals()}) {
    samples.insert(samples.end(), more.begin(), more.end());
  }
  return samples;
}

}  // namespace samples
