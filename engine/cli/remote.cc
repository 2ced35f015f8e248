#include "cli/remote.h"

#include <fmt/format.h>

#include <iostream>

#include "base/error.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "model/statement.h"
#include "service/own_key.h"
#include "service/records.h"
#include "service/statement_facts.h"

namespace vermilion::cli {
namespace {

constexpr std::chrono::minutes kPatience{15};

Error missing_option(const char* option, const char* zh) {
  return {Failure::invalid,
          "option-missing",
          {std::string("請以 ") + option + " 提供" + zh, std::string("give ") + option}};
}

std::string subject_of(const Json& subject) {
  const auto id = string_or_empty(subject, "id");
  return id.empty() ? string_or_empty(subject, "account") : id;
}

bool has_subject(const Json& subject, const Json& wanted) {
  for (const auto& [key, value] : wanted.items())
    if (subject.value(key, Json()) != value) return false;
  return true;
}

// The server may have been told to ask for something else.
void require_asked_for(const model::Statement& statement, const Deed& deed,
                       const std::string& account) {
  const bool same = (deed.kind.empty() || statement.kind == deed.kind) &&
                    statement.signer.account == account &&
                    has_subject(statement.subject, deed.subject);
  if (same) return;
  throw Error(
      Failure::conflict, "statement-differs",
      {fmt::format("伺服器要您簽的是別的：{}（{}，{}）；沒有簽署，請通知系統管理人員",
                   printable(statement.meaning), statement.kind,
                   printable(subject_of(statement.subject))),
       fmt::format("the server asks for another signature than you did: {} of '{}'; nothing "
                   "was signed, tell an administrator",
                   statement.kind, printable(subject_of(statement.subject)))});
}

void require_now(const model::Statement& statement, Instant now) {
  if (now - kPatience <= statement.at && statement.at <= now + kPatience) return;
  throw Error(Failure::conflict, "time-differs",
              {fmt::format("聲明的時間 {} 與這台電腦的時鐘相差超過 15 分鐘；沒有簽署，請先校時",
                           rfc3339(statement.at)),
               fmt::format("the statement's time {} is over 15 minutes from this machine's clock; "
                           "nothing was signed, set the clock right",
                           rfc3339(statement.at))});
}

// Its title as the list of what waits has it: the server's word, and not part of what is signed.
std::string title_of(FarSite& site, const Json& subject) {
  for (const auto& item : site.waiting()) {
    if (item.value("id", "") == subject_of(subject)) return item.value("title", "");
  }
  return "";
}

void show(const model::Statement& statement, const Bytes& bytes, const std::string& title) {
  const auto line = [](const std::string& name, const std::string& value) {
    if (!value.empty()) std::cerr << "  " << name << "：" << printable(value) << "\n";
  };
  std::cerr << "您將簽署 You are about to sign\n";
  line("意旨 meaning", fmt::format("{}（{}）", statement.meaning, statement.kind));
  line("名稱 title（伺服器所稱 as the server says）", title);
  for (const auto& fact : service::statement_facts(statement.subject))
    line(text_of(fact["zh"]), text_of(fact["value"]));
  const auto& signer = statement.signer;
  line("簽署人 signer",
       fmt::format("{} {} {}（{}）", signer.unit, signer.title, signer.name, signer.account));
  line("代理 on behalf of", signer.on_behalf_of.value_or(""));
  line("時間 at", rfc3339(statement.at));
  for (const char* digest : {"content", "pdf", "commitment"})
    line(digest, string_or_empty(statement.subject, digest));
  line("聲明摘要 digest of the statement", service::text_digest(bytes));
  line("聲明全文 statement", bytes);
}

}  // namespace

Remote::Remote(Run& run) : run_(run), site_(run.ask, run.globals.server, run.globals.authorities) {
  const auto& globals = run.globals;
  if (globals.account.empty()) throw missing_option("--as", "您的帳號");
  auto code = globals.login_code;
  if (globals.password_file.empty()) {
    password_ = hidden_line("登入密碼 Password: ");
    if (code.empty()) code = hidden_line("驗證碼，沒有就按 Enter Code, if you have a device: ");
  } else {
    password_ = run.read_secret(globals.password_file);
  }
  site_.sign_in(globals.account, password_, code);
}

Json Remote::sign(const Deed& deed) {
  if (run_.globals.key_file.empty() && run_.globals.token.empty())
    throw missing_option("--key-file 或 --token", "自己的金鑰");
  const auto awaited = site_.begin(deed.path, deed.form);
  const auto statement = model::parse_statement(awaited.bytes);
  require_asked_for(statement, deed, run_.globals.account);
  require_now(statement, run_.clock().now());
  if (!deed.save_pdf.empty()) save_pdf(awaited, statement.subject, deed.save_pdf);
  show(statement, awaited.bytes, title_of(site_, statement.subject));
  if (!awaited.pdf.empty())
    std::cerr << "  並在 PDF 內簽署 and within the PDF：" << service::text_digest(awaited.pdf.file)
              << "\n";
  require_yes("以您的金鑰簽署？請輸入「是」或 yes。 Sign it with your key? Type yes: ");
  const auto key = own_key();
  const auto cms = service::sign_with(key, awaited.certificates, awaited.bytes, statement.at);
  Bytes pdf_cms;
  if (!awaited.pdf.empty())
    pdf_cms = service::sign_pdf_with(key, awaited.certificates, awaited.pdf);
  site_.finish(awaited, cms, pdf_cms, password_);
  return {{"kind", statement.kind},
          {"meaning", statement.meaning},
          {"subject", statement.subject},
          {"statement", service::text_digest(awaited.bytes)}};
}

// What he opens is what he signs.
void Remote::save_pdf(const FarStatement& awaited, const Json& subject, const std::string& file) {
  if (string_or_empty(subject, "type") == "revision") return fetch_pdf(subject, file);
  if (awaited.pdf.empty()) {
    throw Error(Failure::invalid, "no-pdf-to-sign",
                {"這項簽署沒有 PDF，請去掉 --save-pdf；沒有簽署",
                 "there is no PDF to this signature; leave --save-pdf out. Nothing was signed"});
  }
  run_.write_output(file, awaited.pdf.file);
  std::cerr << "PDF：" << file << "\n";
}

// What a reader opens is then what his signature names.
void Remote::fetch_pdf(const Json& subject, const std::string& file) {
  const auto id = string_or_empty(subject, "id");
  const auto pdf = site_.download({"documents", id, "review.pdf"},
                                  {{"version", string_or_empty(subject, "version")}});
  if (service::text_digest(pdf) != string_or_empty(subject, "pdf")) {
    throw Error(
        Failure::conflict, "pdf-differs",
        {"伺服器給的 PDF 不是要您簽的那一份；沒有簽署，請通知系統管理人員",
         "the PDF from the server is not the one you are asked to sign; nothing was signed, "
         "tell an administrator"});
  }
  run_.write_output(file, pdf);
  std::cerr << "PDF：" << file << "（與聲明的摘要相符 as the statement's digest says）\n";
}

service::OwnKey Remote::own_key() {
  const auto& globals = run_.globals;
  service::OwnKey key;
  key.token = globals.token;
  const auto& secret = globals.token.empty() ? globals.passphrase_file : globals.pin_file;
  key.secret = secret.empty()
                   ? hidden_line(globals.token.empty() ? "簽章通行短語 Passphrase of the key: "
                                                       : "載具 PIN of the token: ")
                   : run_.read_secret(secret);
  if (globals.token.empty()) key.file = run_.read_input(globals.key_file);
  return key;
}

void print_signed(const Json& answer) {
  fmt::print("已簽署 signed：{}（{}） {}  {}\n", text_of(answer["meaning"]),
             text_of(answer["kind"]), subject_of(answer["subject"]), text_of(answer["statement"]));
}

void require_local(const std::string& value, const char* option) {
  if (value.empty()) return;
  throw Error(Failure::invalid, "not-remote",
              {fmt::format("網頁沒有 {}，不能與 --server 並用；請在裝有資料庫的電腦上執行", option),
               fmt::format("the pages have no {}: it does not go with --server; run this on the "
                           "machine with the store",
                           option)});
}

}  // namespace vermilion::cli
