#include "service/mail.h"

#include <fmt/format.h>

namespace vermilion::service {
namespace {

constexpr const char* kBoundary =
    "=_vermilion_part";  // "=_" stands neither in base64 nor in what we write as text
constexpr std::size_t kLine = 76;

std::string lines_of(std::string_view base64) {
  std::string lines;
  for (std::size_t at = 0; at < base64.size(); at += kLine) {
    lines += base64.substr(at, kLine);
    lines += '\n';
  }
  return lines;
}

std::string text_part(std::string_view text) {
  return fmt::format(
      "--{}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{}\n",
      kBoundary, text);
}

std::string file_part(const std::string& name, const Bytes& content) {
  return fmt::format(
      "--{}\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
      "Content-Disposition: attachment; filename=\"{}\"\n\n{}",
      kBoundary, name, lines_of(base64(content)));
}

}  // namespace

Bytes mail_bytes(const Mail& mail) {
  Bytes bytes = mail.from.empty() ? "" : fmt::format("From: {}\n", mail.from);
  bytes += fmt::format(
      "To: {}\nSubject: {}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{}\"\n\n",
      mail.to, mail.subject, kBoundary);
  bytes += text_part(mail.text);
  for (const auto& [name, content] : mail.files) bytes += file_part(name, content);
  return bytes + fmt::format("--{}--\n", kBoundary);
}

}  // namespace vermilion::service
