// Copies that a password opens.
#include "render/copies.h"

#include "base/error.h"
#include "base/text.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

const std::string kPassword = "Wu-ran-fang-zhi 115";

Bytes emergency_rules() {
  return render::render_pdf(
      published(markup::parse_markdown("## 壹、緊急應變\n\n於一小時內通報主管機關。\n")));
}

std::string code_for(const std::string& password) {
  try {
    (void)render::encrypted_copy(emergency_rules(), password);
  } catch (const Error& error) {
    return error.code();
  }
  return "made";
}

}  // namespace

TEST_CASE("an encrypted copy opens by its password alone, and reads to who cannot see it",
          "[render][copies]") {
  const auto stored = emergency_rules();
  const auto before = stored;
  const TemporaryFile copy(render::encrypted_copy(stored, kPassword));
  CHECK(stored == before);
  const auto told =
      output_of("qpdf --show-encryption '--password=" + kPassword + "' " + copy.path());
  for (const char* line : {"R = 6", "stream encryption method: AESv3",
                           "file encryption method: AESv3", "extract for accessibility: allowed",
                           "print high resolution: allowed", "modify anything: not allowed"}) {
    INFO(line);
    CHECK(told.find(line) != std::string::npos);
  }
  CHECK(
      output_of("pdftotext -upw '" + kPassword + "' " + copy.path() + " -").find("一小時內通報") !=
      std::string::npos);
  CHECK(output_of("pdftotext -upw 猜的 " + copy.path() + " - 2>&1 || true")
            .find("Incorrect password") != std::string::npos);
  CHECK(output_of("qpdf --check '--password=" + kPassword + "' " + copy.path())
            .find("No syntax or stream encoding errors") != std::string::npos);
}

TEST_CASE("an encrypted copy claims to be no archive copy", "[render][copies]") {
  const TemporaryFile copy(render::encrypted_copy(emergency_rules(), kPassword));
  const auto metadata = output_of("pdfinfo -meta -upw '" + kPassword + "' " + copy.path());
  CHECK(metadata.find("pdfuaid:part") != std::string::npos);
  CHECK(metadata.find("pdfaid") == std::string::npos);
  const TemporaryFile stored(emergency_rules());
  CHECK(output_of("pdfinfo -meta " + stored.path()).find("pdfaid:part") != std::string::npos);
}

TEST_CASE("a password that is short, empty, or that not every reader can type, is refused",
          "[render][copies]") {
  for (const std::string password :
       {"", "elevenchars", "通行短語通行短語通行短語", "twelve\tchars.."})
    CHECK(code_for(password) == "copy-password");
  CHECK(code_for("twelve chars") == "made");
}
