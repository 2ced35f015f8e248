// All that a PDF of any origin tells of its signatures: which there are, what became of the file after each, and what it keeps to check
// them by.
//
// Shape    As JSON it crosses from the program vermilion-pdf to this one, which believes it only as far as it fits the file.
// Errors   read_signed as signatures.h; signed_file_from invalid "pdf-reader-failed".
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "render/revisions.h"
#include "render/signatures.h"
#include "render/validation_data.h"

namespace vermilion::render {

// Between where a signature ends and where the next one does, or what is a PDF.
struct Afterwards {
  std::vector<ObjectChange> changes;
  std::optional<Said>
      unreadable;  // what was signed is no PDF by itself: nothing can be compared with it
};

struct SignedFile {
  FoundSignatures found;
  std::vector<Afterwards> after;       // one for each signature
  std::optional<ValidationData> kept;  // nothing: what it keeps cannot be read
};

[[nodiscard]] SignedFile read_signed(std::string_view pdf);

[[nodiscard]] Json to_json(const SignedFile& file);
// `size` is that of the PDF: no range leads out of it.
[[nodiscard]] SignedFile signed_file_from(const Json& value, std::size_t size);

}  // namespace vermilion::render
