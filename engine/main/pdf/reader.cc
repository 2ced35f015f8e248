// vermilion-pdf: tells of the signatures in one PDF and ends. libqpdf unfolds whatever a file bids it; here that ends at a limit.
//
//   vermilion-pdf signatures <PDF >REPORT
//
// Shape    Out: render/signed_file.h as JSON; of a file that is refused {code, zh, en}.
// Exit     0 told, 1 refused, 3 out of memory, 2 when called otherwise.
// Limits   1 GiB of memory, 20 s of CPU, and confined.h.
#include <unistd.h>

#include <new>
#include <string>

#include "main/confined/confined.h"
#include "render/signed_file.h"

namespace {

using namespace vermilion;

constexpr confined::Limits kLimits{1U << 30, 20};

enum Exit { told = 0, refused = 1, called_otherwise = 2, out_of_memory = 3 };

Exit tell(const Json& report, Exit exit) {
  return confined::write_all(report.dump()) ? exit : called_otherwise;
}

Exit tell_of(const std::string& pdf) {
  try {
    return tell(render::to_json(render::read_signed(pdf)), told);
  } catch (const Error& error) {
    return tell({{"code", error.code()}, {"zh", error.said().zh}, {"en", error.said().en}},
                refused);
  }
}

}  // namespace

int main(int argc, char** argv) {
  // libqpdf would take it for damage.
  std::set_new_handler([] { _exit(out_of_memory); });
  if (argc != 2 || argv[1] != std::string("signatures") || !confined::confine(kLimits))
    return called_otherwise;
  std::string pdf;
  if (!confined::read_all(pdf)) return called_otherwise;
  _exit(tell_of(pdf));
}
