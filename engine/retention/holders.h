// Whoever holds something of a sealed content: vault, payloads, journal, index, cache, extraction.
//
// Idea    retention knows them through this interface only; service registers them. A new holder cannot be forgotten: a test fills
//         every registered holder and looks into it after a destruction.
// Source  architecture section 2 "Destruction".
#pragma once
#include <memory>
#include <string>
#include <vector>

namespace vermilion::retention {

struct Condemned {
  std::string record;                 // ULID
  std::string number;
  std::vector<std::string> payloads;  // ULIDs
};

class ContentHolder {
 public:
  virtual ~ContentHolder() = default;
  [[nodiscard]] virtual std::string name() const = 0;  // "vault, payloads, journal"
  // Removes everything of these records; may be repeated. Returns what it has to tell the certificate, one line each:
  // "removed vault/kek/room-3y-2023-1.kek".
  virtual std::vector<std::string> purge(const std::vector<Condemned>& records) = 0;
  // Where something of them is left; empty when nothing is.
  [[nodiscard]] virtual std::vector<std::string> remains(const std::vector<Condemned>& records) = 0;
};

using Holders = std::vector<std::unique_ptr<ContentHolder>>;

}  // namespace vermilion::retention
