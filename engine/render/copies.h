// Copies of a stored PDF that say of themselves what they are, or that only a password opens.
//
// Shape    A copy is written anew: no signature in it could hold, so none is shown, and nothing is inside, since the same text without the
//          label would leave with it. The bytes given stay as they are.
// Errors   corrupt "pdf-unreadable"; invalid "copy-password" (ASCII, 12 to 127 characters), "missing-glyph".
// Source   ISO 32000-2 7.6 (AES-256, revision 6); ADR 0023.
#pragma once
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::render {

enum class Tone { alarm, calm };  // of the mark: nobody is to overlook 作廢
struct CopyLabel {
  std::string mark;   // large and aslant over each page: 作廢, or ""
  std::string words;  // at the top of each page, what the copy is, or ""
  std::string note;   // in a line above that, for whom and why it left, or ""
  Tone tone = Tone::alarm;
};
// The same bytes for the same label.
[[nodiscard]] Bytes labelled_copy(std::string_view pdf, const CopyLabel& label);

void require_copy_password(const std::string& password);
// Opens with `password` alone; prints, and reads to those who cannot see, but is not to be changed. It claims to be no archive copy. Keys
// are random: never the same bytes.
[[nodiscard]] Bytes encrypted_copy(std::string_view pdf, const std::string& password);

}  // namespace vermilion::render
