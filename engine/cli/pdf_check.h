// verify FILE.pdf: what a PDF's signatures are worth, and whether that version is still in force. Exit 1 where something is wrong.
#pragma once
#include <string>

#include "cli/run.h"

namespace vermilion::cli {

void verify_pdf(Run& run, const std::string& file);

}  // namespace vermilion::cli
