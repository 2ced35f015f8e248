// How this layer reads PDFs that anybody may have made.
#pragma once
#include <functional>

#include "render/qpdf.h"

namespace vermilion::render::hostile {

// Throws invalid "pdf-unreadable": this is no PDF, a damaged one, or one made to harm.
[[noreturn]] void refuse(const std::string& why = "");

// Throws invalid "pdf-too-large" from 256 MiB on.
void require_size(std::string_view pdf);

// Opens it without mending anything; `pdf` must outlive it. Throws as refuse(), and invalid "pdf-encrypted".
[[nodiscard]] std::unique_ptr<QPDF> open(std::string_view pdf);

// Runs what reads objects: whatever libqpdf throws then is thrown as refuse().
void guarded(const std::function<void()>& reading);

}  // namespace vermilion::render::hostile
