// verify FILE.pdf
#include "service/pdf_check.h"

#include <fmt/format.h>

#include "cli/pdf_check.h"

namespace vermilion::cli {
namespace {

std::string when(const Json& s) {
  if (s["proved"].is_string()) return "證明於 proved " + s["proved"].get<std::string>();
  if (s["claimed"].is_string()) return "自稱於 claimed " + s["claimed"].get<std::string>();
  return "時間不明 no time";
}

const char* role_label(const std::string& role) {
  if (role == "seal") return "機關印章 the organisation's seal";
  if (role == "timestamp") return "文件時戳 a time stamp over the document";
  return role == "person" ? "個人 a person" : "身分不明 unknown";
}

// Who it is by the certificate comes first: what the file says besides are the words of whoever wrote it.
void print_signer(const Json& check, const Json& s) {
  const auto signer = text_of(s["signer"]);
  fmt::print("{} {}  {}  {}\n", service::is_good_signature(check, s) ? "✓" : "✗",
             text_of(s["field"]), role_label(text_of(s["role"])),
             signer.empty() ? "沒有憑證 no certificate" : signer);
  if (s["name"] != "" || s["reason"] != "")
    fmt::print("    檔案所載 as the file says: {}  {}\n", text_of(s["name"]), text_of(s["reason"]));
}

void print_level(const Json& s) {
  if (s["level"].is_string())
    fmt::print("    PAdES {}\n", text_of(s["level"]));
  else if (service::is_bare_cms(s))
    fmt::print("    CMS 簽章，不合 PAdES a CMS signature, but not PAdES\n");
}

void print_signature(const Json& check, const Json& s) {
  print_signer(check, s);
  fmt::print("    {}\n", when(s));
  print_level(s);
  if (s["revoked"].is_string())
    fmt::print("    憑證自 {0} 起廢止 its certificate is revoked since {0}\n",
               text_of(s["revoked"]));
  for (const auto& change : s["changes_after"]) {
    fmt::print("    其後改過 altered after it: 物件 object {} ({})\n", change["object"].get<int>(),
               text_of(change["kind"]));
  }
}

void print_kept(const Json& kept) {
  if (kept["certificates"] == 0 && kept["lists"].empty()) return;
  fmt::print("  供日後驗證 kept for later checks: 憑證 certificates {}\n",
             kept["certificates"].get<int>());
  for (const auto& list : kept["lists"])
    fmt::print("    廢止清單 revocation list {}  {}\n", text_of(list["issuer"]),
               text_of(list["made"]));
}

void print_record_check(const Json& r) {
  const bool whole = r["kept"] == "whole";
  fmt::print("{} {}  {}\n", text_of(r["number"]), text_of(r["title"]),
             whole                      ? "這是紀錄的 PDF the PDF of that record"
             : r["kept"] == "beginning" ? "後來還有人簽署 others have signed it since"
                                        : "但不是留存的那個檔案 but not the file that is kept");
  for (const auto& s : r["signatures"])
    fmt::print("    {} {}（{}）{}{}\n", text_of(s["field"]), text_of(s["meaning"]),
               s["role"] == "" ? "本人 in person" : text_of(s["role"]), text_of(s["account"]),
               s["on_behalf_of"].is_string() ? " 代 for " + text_of(s["on_behalf_of"]) : "");
}

void print_document(const Json& d) {
  fmt::print("{} {} {}  {} {}\n", text_of(d["id"]), text_of(d["version"]), text_of(d["title"]),
             text_of(d["state_label"]), text_of(d["state"]));
  if (d["replaced_by"].is_string())
    fmt::print("    已由 {0} 版取代 replaced by version {0}\n", text_of(d["replaced_by"]));
  if (d["unsealed"] == true)
    fmt::print(
        "    這是加封前的副本，沒有機關印章；原件：vermilion document export {} --version {} "
        "--original --pdf FILE\n"
        "    a copy without the seal; the original by that command\n",
        text_of(d["id"]), text_of(d["version"]));
  else if (d["whole"] == false)
    fmt::print("    但不是發布的那個檔案 but not the file that was published\n");
}

// A good signature by whomever, on a file that nobody knows, is no word of this organisation.
const char* verdict(const Json& c) {
  if (c["sound"] == false) return "✗ 有問題 not sound";
  if (c["ours"] == true) return "✓ 完好 sound";
  return "△ 簽章成立，但沒有本機關的印章，也不是您可讀到的紀錄\n"
         "  the signatures hold, but none is this organisation's seal, and it is no record that "
         "you "
         "may read";
}

}  // namespace

void verify_pdf(Run& run, const std::string& file) {
  const auto check = service::check_pdf(run.context(), run.read_input(file));
  run.answer(check, [](const Json& c) {
    for (const auto& s : c["signatures"]) print_signature(c, s);
    print_kept(c["kept"]);
    for (const auto& p : c["problems"])
      fmt::print("✗ {} {}  [{}]\n    {}\n", text_of(p["field"]), text_of(p["zh"]),
                 text_of(p["code"]), text_of(p["en"]));
    if (c["document"].is_null() && c["record"].is_null())
      fmt::print(
          "不是本庫（您可讀到的）任何一個發布版次或紀錄 no version or record here that you may "
          "read\n");
    if (!c["document"].is_null()) print_document(c["document"]);
    if (!c["record"].is_null()) print_record_check(c["record"]);
    fmt::print("{}\n", verdict(c));
  });
  if (!check["sound"].get<bool>()) run.exit_with(1);
}

}  // namespace vermilion::cli
