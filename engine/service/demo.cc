#include "service/demo.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <map>

#include "base/error.h"
#include "crypto/certificate.h"
#include "crypto/random.h"
#include "identity/password_policy.h"
#include "service/backups.h"
#include "service/documents.h"
#include "service/lifecycle.h"
#include "service/passwords.h"
#include "service/people.h"
#include "service/records.h"
#include "service/stores.h"

namespace vermilion::service {
namespace {

struct DemoPerson {
  const char* account;
  const char* name;
  const char* unit;
  const char* title;
  const char* role;
  const char* duty;
  bool own_key;
};

// Invented persons. The first one founds the store, the second authorises the others.
constexpr DemoPerson kPeople[] = {
    {"wu06", "吳俊宏", "監資處", "分析師", "administrator", "系統管理 administrator", false},
    {"zhang04", "張建國", "署長室", "副署長", "approver", "核准 approver（自持金鑰 own key file）",
     true},
    {"chen01", "陳怡君", "監資處", "設計師", "owner", "文件擁有者 document owner", false},
    {"lin02", "林志明", "監資處", "處長", "reviewer", "審查 reviewer", false},
    {"wang03", "王淑芬", "政風室", "專員", "countersigner", "會簽 countersigner", false},
    {"huang05", "黃美玲", "監資處", "科員", "controller",
     "文件管制兼管理審查 document controller, reviews", false},
    {"liu07", "劉雅婷", "主計室", "稽核員", "auditor", "稽核 auditor", false},
    {"tsai08", "蔡承恩", "水保處", "技士", "staff", "一般同仁 staff", false},
    {"lee09", "李家豪", "監資處", "副處長", "secretary", "管理審查秘書 review secretary", false},
    {"hsu10", "許雅雯", "秘書室", "檔案管理師", "custodian", "檔案管理 records manager", false},
    {"yang11", "楊淑惠", "人事室", "科員", "personnel", "人事 personnel", false},
    {"fang12", "方志遠", "署長室", "主任秘書", "approver", "核准 approver", false},
    {"kao13", "高郁翔", "鼎新系統公司", "工程師", "vendor", "委外人員 vendor person", false},
};
constexpr const char* kController = "huang05";
constexpr const char* kApprover = "zhang04";

class Demo {
 public:
  Demo(Disk& disk, const Clock& clock, const DemoRequest& request)
      : disk_(disk), clock_(clock), request_(request), keys_(request.path.string() + ".keys") {}

  Json make() {
    disk_.make_directories(keys_);
    if (::chmod(keys_.c_str(), 0700) != 0) throw Bug("chmod of the demo's key folder");
    found();
    for (const auto& person : kPeople) enrol(person);
    // One person often has several duties; DIR.env, which is hers, then also builds the pack and takes the backup.
    for (const char* role : {"secretary", "maintainer"})
      (void)grant_role(as(kPeople[0].account), {kController, role, "", "", ""});
    make_recovery_key();
    import_regulation();
    publish_new("ISMS-01-001.md", "初版");
    publish_new("ISMS-01-002.md", "初版");
    revise("ISMS-01-002", "ISMS-01-002-1.1.md",
           "通行碼長度由 12 改為 14 個字元；附件一更名為組織全景策略表");
    publish_new("ISMS-02-001.md", "初版");
    publish_forms();
    for (const auto& name : disk_.list(request_.records)) file_record(name);
    write_environment();
    return answer();
  }

 private:
  Path passphrase_file(const std::string& account) const {
    return keys_ / (account + ".passphrase");
  }

  std::string fresh_passphrase(const std::string& account) {
    auto passphrase = crypto::random_passphrase();
    disk_.replace(passphrase_file(account), passphrase + "\n", 0600);
    return passphrase;
  }

  Context& as(const std::string& account) {
    auto& context = contexts_[account];
    if (context) return *context;
    Caller caller;
    caller.credentials.account = account;
    const auto text = disk_.read_all(passphrase_file(account));
    caller.credentials.passphrase = text.substr(0, text.find('\n'));
    if (const auto key = keys_ / (account + ".pem"); disk_.exists(key))
      caller.credentials.key_file = disk_.read_all(key);
    context = std::make_unique<Context>(disk_, clock_, request_.path, std::move(caller));
    return *context;
  }

  void found() {
    const auto& founder = kPeople[0];
    InitRequest init;
    init.path = request_.path;
    init.name = "示範環境保護機關";
    init.master_key_file = request_.path.string() + ".key";
    init.root_key_file = keys_ / "root-key.pem";
    init.root_passphrase = fresh_passphrase("root");
    init.administrator = {founder.account, {founder.name, founder.unit, founder.title, ""}};
    init.administrator_passphrase = fresh_passphrase(founder.account);
    const auto made = init_store(disk_, clock_, init);
    keep_password(founder.account, made);
  }

  // A real one is made elsewhere, and its private key never comes near the store.
  void make_recovery_key() {
    const auto key = crypto::PrivateKey::generate_p256();
    const auto now = clock_.now();
    const auto certificate =
        crypto::make_recovery(key, "示範環境保護機關", {now, now + std::chrono::days(3650)});
    disk_.replace(keys_ / "recovery-key.pem", key.pem(fresh_passphrase("recovery")), 0600);
    disk_.replace(keys_ / "recovery.pem", certificate.pem());
    set_recovery(as(kPeople[0].account), certificate.pem(), 0);
  }

  // Everybody has signed in once and chosen a password of his own.
  void keep_password(const std::string& account, const Json& made) {
    Caller caller;
    caller.credentials.account = account;
    Context context(disk_, clock_, request_.path, caller);
    const auto own = identity::random_password();
    (void)change_password(context, {account, made["password"].get<std::string>()}, own);
    disk_.replace(keys_ / (account + ".password"), own + "\n", 0600);
  }

  void enrol(const DemoPerson& person) {
    people_.push_back(
        {{"account", person.account},
         {"name", person.name},
         {"unit", person.unit},
         {"title", person.title},
         {"duty", person.duty},
         {"passphrase_file", passphrase_file(person.account).string()},
         {"password_file", (keys_ / (person.account + std::string(".password"))).string()},
         {"key_file", person.own_key
                          ? Json((keys_ / (person.account + std::string(".pem"))).string())
                          : Json(nullptr)}});
    if (&person == &kPeople[0]) return;
    auto& administrator = as(kPeople[0].account);
    const auto made = add_person(administrator, {person.account,
                                                 {person.name, person.unit, person.title, ""},
                                                 last_day_of(person)});
    (void)grant_role(administrator, {person.account, person.role, "", "", ""});
    authorise(person.account);
    keep_password(person.account, made);
    const auto issued = issue_certificate(
        administrator, {person.account, fresh_passphrase(person.account), person.own_key, ""});
    if (person.own_key)
      disk_.replace(keys_ / (std::string(person.account) + ".pem"), issued.key_pem, 0600);
  }

  // Of a vendor: the contract of a year.
  std::string last_day_of(const DemoPerson& person) const {
    if (std::string_view(person.role) != "vendor") return "";
    const auto today = std::chrono::sys_days(date_at(clock_.now(), "Asia/Taipei"));
    return iso_date(Date(today + std::chrono::days(365)));
  }

  // The first approver by the founder, who is alone; whoever comes after by him.
  void authorise(const std::string& account) {
    (void)authorise_person(as(account == kApprover ? kPeople[0].account : kApprover), account);
  }

  void import_regulation() {
    if (request_.seed.empty() || !disk_.exists(request_.seed)) return;
    ImportRequest import;
    import.source = disk_.read_all(request_.seed);
    import.id = "EPA-01-001";
    import.classification = "公開";
    import.owner_unit = "監資處";
    import.countersign = {"政風室"};
    documents_.push_back(import_document(as(kController), import));
  }

  void run_round(const std::string& id) {
    StepRequest step;
    step.id = id;
    (void)submit_document(as("chen01"), step);
    (void)review_document(as("lin02"), step);
    (void)countersign_document(as("wang03"), step);
    (void)approve_document(as("zhang04"), step);
    documents_.push_back(publish_document(as(kController), id, "", ""));
  }

  void publish_new(const std::string& file, const std::string& summary) {
    const auto created =
        create_document(as("chen01"), {disk_.read_all(request_.texts / file), "", "", summary});
    run_round(created["id"].get<std::string>());
  }

  void revise(const std::string& id, const std::string& file, const std::string& summary) {
    (void)draft_document(as("chen01"), {id, "", disk_.read_all(request_.texts / file), summary});
    run_round(id);
  }

  void publish_forms() {
    for (const auto& name : disk_.list(request_.forms)) {
      const auto folder = request_.forms / name;
      if (!disk_.exists(folder / "form.yaml")) continue;
      forms_.push_back(publish_form(as(kController), {disk_.read_all(folder / "form.yaml"),
                                                      disk_.read_all(folder / "schema.json"),
                                                      disk_.read_all(folder / "text.md")}));
    }
  }

  // Whoever of the demo holds that role and keeps no key of his own.
  static std::string holder_of(const std::string& role) {
    for (const auto& person : kPeople) {
      if (person.role == role && !person.own_key) return person.account;
    }
    throw Bug("the demo has nobody for the role " + role);
  }

  // One file of the demo's records: {form, date, imported, paper, by, for, sign, values}.
  void file_record(const std::string& name) {
    if (!name.ends_with(".json")) return;
    const auto source = parse_json(disk_.read_all(request_.records / name));
    RecordRequest record;
    record.form = require_string(source, "form");
    record.values = source.at("values");
    record.date = string_or_empty(source, "date");
    record.account = string_or_empty(source, "for");
    record.imported = source.value("imported", false);
    record.paper = source.value("paper", false);
    if (record.paper) record.scan = disk_.read_all(request_.texts / "../pictures/page.png");
    const auto form = show_form(as(kController), record.form, "");
    record.read_digest = require_string(form, "text_digest");
    auto by = string_or_empty(source, "by");
    if (by.empty())
      by = record.imported ? kController : holder_of(require_string(form["signers"][0], "role"));
    const auto made = create_record(as(by), record);
    records_.push_back(made);
    sign_on(made, form["signers"], source.value("sign", 99));
  }

  void sign_on(const Json& made, const Json& signers, std::size_t further) {
    if (made["state"] == "complete") return;
    for (std::size_t i = 1; i < signers.size() && i <= further; ++i)
      (void)sign_record(as(holder_of(require_string(signers[i], "role"))),
                        made["id"].get<std::string>(), "");
  }

  void write_environment() {
    const auto path = [](const Path& file) { return std::filesystem::absolute(file).string(); };
    const std::pair<const char*, std::string> variables[] = {
        {"VERMILION_STORE", path(request_.path)},
        {"VERMILION_ACCOUNT", kController},
        {"VERMILION_PASSPHRASE_FILE", path(passphrase_file(kController))},
        {"VERMILION_RECOVERY_KEY", path(keys_ / "recovery-key.pem")},
        {"VERMILION_RECOVERY_PASSPHRASE_FILE", path(passphrase_file("recovery"))}};
    std::string text;
    for (const auto& [name, value] : variables)
      text += fmt::format("export {}='{}'\n", name, value);
    disk_.replace(request_.path.string() + ".env", text);
  }

  Json answer() const {
    return {{"store", request_.path.string()},
            {"env", request_.path.string() + ".env"},
            {"people", people_},
            {"documents", documents_},
            {"forms", forms_},
            {"records", records_}};
  }

  Disk& disk_;
  const Clock& clock_;
  DemoRequest request_;
  Path keys_;
  std::map<std::string, std::unique_ptr<Context>> contexts_;
  Json people_ = Json::array();
  Json documents_ = Json::array();
  Json forms_ = Json::array();
  Json records_ = Json::array();
};

}  // namespace

Json make_demo(Disk& disk, const Clock& clock, const DemoRequest& request) {
  if (disk.exists(request.path)) {
    throw Error(Failure::conflict, "store-exists",
                {"資料夾已存在，示範資料庫不會覆寫它：" + request.path.string(),
                 "the folder exists and the demo does not overwrite it: " + request.path.string()});
  }
  auto absolute = request;
  absolute.path = std::filesystem::absolute(request.path);
  return Demo(disk, clock, absolute).make();
}

}  // namespace vermilion::service
