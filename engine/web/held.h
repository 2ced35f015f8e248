// What a person was typing when his session locked: the form is not executed, but its text waits until he has signed in again.
//
// Rule     In memory only and for that account alone; one form each, the last one. Passwords, passphrases, codes, secrets and tokens are never
//          kept (is_secret_field goes by the field's name).
// Limits   1 MiB a form, 64 MiB in all: the oldest make room. 12 hours.
// Threads  Any.
// Source   seed 肆/八/(五)/2; system_checklist SC-26.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "web/message.h"

namespace vermilion::web {

struct HeldForm {
  std::vector<std::string> path;  // it was posted to
  Fields fields;
  Instant at;
};

[[nodiscard]] bool is_secret_field(const std::string& name);

class HeldForms {
 public:
  explicit HeldForms(const Clock& clock) : clock_(clock) {}

  // False when there was nothing to keep, or too much.
  bool keep(const std::string& account, const Request& request);
  [[nodiscard]] std::optional<HeldForm> find(const std::string& account);
  // When a form was sent to that path after all.
  void drop(const std::string& account, const std::vector<std::string>& path);

 private:
  using All = std::map<std::string, HeldForm>;
  void make_room(All& all, std::size_t wanted) const;

  const Clock& clock_;
  Guarded<All> forms_;
};

}  // namespace vermilion::web
