// What Store::check is asked and what it answers.
//
// Quick    `since` is what an earlier check, which found nothing, vouches for. Only what came after it is read again; that the log still
//          has what was checked, as a prefix, is proved by hashes. Bits that rot in what was checked before are for the full check.
// Source   RFC 9162 section 2.1.4 (consistency); docs-src/formats/store.md.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "git/object.h"
#include "store/payloads.h"

namespace vermilion::store {

// How far a check has come that found nothing wrong.
struct Checked {
  std::uint64_t log_size = 0;
  Bytes root;  // of the log
  std::optional<git::ObjectId> main;
  std::uint64_t sequence = 0;  // commits on main
  PayloadEnd payloads;
};

struct CheckRequest {
  std::optional<Checked> since;  // nothing: everything
  Fault fault;                   // where: the file and the place in it
  // Which part is looked at and how many things of it were; often. May be empty.
  std::function<void(const std::string& part, std::size_t done)> progress;
};
constexpr std::size_t kCheckParts = 8;  // that progress speaks of

struct CheckResult {
  std::size_t checked = 0;
  Checked up_to;
};

}  // namespace vermilion::store
