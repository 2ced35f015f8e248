#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "crypto/random.h"
#include "render/copies.h"
#include "render/qpdf.h"

namespace vermilion::render {
namespace {

constexpr std::size_t kLeastLetters = 12;
constexpr std::size_t kMostLetters = 127;  // ISO 32000-2 7.6.4.3.3
constexpr std::size_t kOwnerBytes = 32;

// An encrypted file is no PDF/A, whatever it was made from.
void withdraw_claim(QPDF& copy) {
  auto metadata = copy.getRoot().getKey("/Metadata");
  if (!metadata.isStream()) return;
  const auto data = metadata.getStreamData();
  std::string packet(data->getBuffer(), data->getBuffer() + data->getSize());
  const auto begin = packet.find("<rdf:Description rdf:about=\"\" xmlns:pdfaid=");
  if (begin == std::string::npos) return;
  const std::string close = "</rdf:Description>\n";
  packet.erase(begin, packet.find(close, begin) + close.size() - begin);
  metadata.replaceStreamData(packet, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

}  // namespace

void require_copy_password(const std::string& password) {
  const bool printable = std::all_of(password.begin(), password.end(),
                                     [](unsigned char c) { return c < 0x80 && std::isprint(c); });
  if (printable && password.size() >= kLeastLetters && password.size() <= kMostLetters) return;
  throw Error(
      Failure::invalid, "copy-password",
      {"副本的密碼須為 12 至 127 個英文字母、數字或符號；任何閱讀器都打得出來，也經得起猜測",
       "the password of a copy has 12 to 127 ASCII characters: any reader can type it, and "
       "it takes long to guess"});
}

Bytes encrypted_copy(std::string_view pdf, const std::string& password) {
  require_copy_password(password);
  const auto copy = open_pdf(pdf);
  withdraw_claim(*copy);
  QPDFWriter writer(*copy);
  writer.setObjectStreamMode(qpdf_o_generate);
  // Nobody knows the owner's password, so nobody is asked to be one.
  const auto owner = hex(crypto::random_bytes(kOwnerBytes));
  writer.setR6EncryptionParameters(password.c_str(), owner.c_str(), true, true, false, false, false,
                                   false, qpdf_r3p_full, true);
  return written_by(writer);
}

}  // namespace vermilion::render
