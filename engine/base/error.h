// The one exception type of the engine, and the words it carries to a person.
//
// Shape   Error = Failure (what the caller can do about it) + code (stable, for machines) + Said (what
//         is wrong and what to do, in Traditional Chinese first and English beside it) + a trail of
//         what was being done, innermost first.
// Use     Throw for "could not"; return a value for "no" (docs-src/style.md).
// Threads Values; no shared state.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace vermilion {

enum class Failure { not_found, conflict, invalid, forbidden, unavailable, corrupt };

// The name used in problem JSON and tests: "not_found", "conflict" ...
[[nodiscard]] const char* failure_name(Failure failure) noexcept;

// One message in both languages. Both say what is wrong and what to do next.
struct Said {
  std::string zh;
  std::string en;
};

class Error : public std::runtime_error {
 public:
  // `code` is kebab-case and never changes once released: "author-approves", "disk-full".
  Error(Failure failure, std::string code, Said said);

  [[nodiscard]] Failure failure() const noexcept { return failure_; }
  [[nodiscard]] const std::string& code() const noexcept { return code_; }
  [[nodiscard]] const Said& said() const noexcept { return said_; }
  [[nodiscard]] const std::vector<std::string>& trail() const noexcept { return trail_; }

  // Adds what was being done ("folding frame 17"); returns *this so that a catch can rethrow it.
  Error& during(std::string what);

 private:
  Failure failure_;
  std::string code_;
  Said said_;
  std::vector<std::string> trail_;
};

// A broken invariant of our own. Always on; inside a request it fails that request only.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

}  // namespace vermilion

#define VERMILION_ASSERT(expression) \
  ((expression) ? void(0) : ::vermilion::assertion_failed(#expression, __FILE__, __LINE__))
