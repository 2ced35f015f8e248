// A PDF that somebody has been given: what `vermilion verify FILE.pdf` says of it. It is read, answered and forgotten.
#include "service/pdf_check.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

const char* role_text(const std::string& role) {
  if (role == "seal") return "機關印章";
  if (role == "timestamp") return "文件時戳";
  return role == "person" ? "個人簽章" : "身分不明";
}

void label(Visit& visit, const Json& check, Json& signature) {
  signature["good"] = service::is_good_signature(check, signature);
  signature["role_text"] = role_text(require_string(signature, "role"));
  const bool proved = signature["proved"].is_string();
  signature["is_proved"] = proved;
  signature["at_text"] = visit.when(string_or_empty(signature, proved ? "proved" : "claimed"));
  signature["altered"] = !signature["changes_after"].empty();
  signature["no_pades"] = service::is_bare_cms(signature);
}

const Bytes& uploaded(const Visit& visit) {
  const auto& uploads = visit.request.uploads;
  const auto found = uploads.find("file");
  if (found == uploads.end() || found->second.bytes.empty())
    throw Error(Failure::invalid, "no-upload", {"請先選擇 PDF 檔", "choose a PDF file first"});
  return found->second.bytes;
}

Json checked(Visit& visit) {
  const auto& pdf = uploaded(visit);
  const HeavyWork heavy(visit.site().pdf_checks);
  auto check = service::check_pdf(visit.context(), pdf);
  for (auto& signature : check["signatures"]) label(visit, check, signature);
  auto& document = check["document"];
  if (document.is_object()) {
    document["good"] = document["state"] == "in_force" && check["sound"] == true;
    document["effective_text"] = visit.when(require_string(document, "effective"));
  }
  check["no_match"] = document.is_null() && check["record"].is_null();
  check["name"] = visit.request.uploads.at("file").name;
  return check;
}

}  // namespace

Response show_verify_pdf(Visit& visit) {
  return visit.page("verify/pdf", "查驗 PDF", Json::object());
}

Response verify_pdf(Visit& visit) {
  try {
    return visit.page("verify/pdf", "查驗 PDF", {{"check", checked(visit)}});
  } catch (const Error& error) {
    return visit.page("verify/pdf", "查驗 PDF", Json::object(), &error);
  }
}

}  // namespace vermilion::web
