// The signatures of a PDF that anybody may have made, read by a program of its own, vermilion-pdf, under limits of memory and time and
// without a right to anything.
//
// Limits   1 GiB of memory, 20 s of CPU, 30 s in all.
// Trust    A file that takes that program over can deny what was altered in it, but no signature: which bytes one covers and whether it
//          holds is found out here.
// Threads  Any thread.
// Errors   invalid "pdf-unreadable", "pdf-encrypted", "pdf-too-large" as signatures.h, "pdf-reader-failed" when a limit was reached.
//          unavailable "pdf-reader-missing".
// Source   docs-src/threat-model.md, ADR 0024.
#pragma once
#include <chrono>
#include <filesystem>

#include "render/signed_file.h"

namespace vermilion::render {

struct PdfReader {
  std::filesystem::path program;
  std::chrono::milliseconds patience{30'000};
};
// The one beside this program.
[[nodiscard]] PdfReader standard_reader();

[[nodiscard]] SignedFile read_confined(std::string_view pdf,
                                       const PdfReader& reader = standard_reader());

}  // namespace vermilion::render
