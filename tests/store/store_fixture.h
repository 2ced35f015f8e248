// A store of its own for each test, and the acts the tests commit.
#pragma once
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/json.h"
#include "store/store.h"
#include "support/manual_clock.h"
#include "support/process.h"

struct Told {
  std::string where;
  std::string what;
};

inline constexpr const char* kPacks = "evidence.git/objects/pack";  // the first that a fold changes
inline constexpr const char* kText = "documents/ISMS-01-002/document.md";
inline const std::string kDisposal = "disposals/01JDB3J9M0000000000000000A";

// A fresh store in a scratch folder, its keys beside it.
class StoreFixture {
 public:
  StoreFixture();

  [[nodiscard]] std::filesystem::path path() const { return scratch / "store"; }
  [[nodiscard]] std::unique_ptr<vermilion::store::Store> open() { return open(disk); }
  [[nodiscard]] std::unique_ptr<vermilion::store::Store> open(vermilion::Disk& through);

  Scratch scratch;
  vermilion::SystemDisk disk;
  ManualClock clock;
};

// An act that puts one file on main.
vermilion::store::Act put_act(const std::string& path, const std::string& content,
                              const std::string& subject = "document ISMS-01-002");
// Everything an act can leave, under one name: records/<name>, a tag, a draft, a password, a key; sealed "保密切結書 <name>" and
// that many spaces.
vermilion::store::Act full_act(const std::string& name, int year = 2026, std::size_t padding = 0);
// What a process that is killed now leaves of its store, opened by another one.
std::unique_ptr<vermilion::store::Store> as_killed(StoreFixture& fixture);
// An act that is a log entry alone.
vermilion::store::Act login_act(const std::string& account);

// Of a full check, or of a quick one.
std::vector<Told> faults_of(vermilion::store::Store& store,
                             const std::optional<vermilion::store::Checked>& since = {});
// "where: what" of each, for messages.
std::string told(const std::vector<Told>& faults);

// The n-th payload and its reference, sealed by an act.
vermilion::store::SealedRef seal(vermilion::store::Store& store, const std::string& content);

// The code of the Error that `run` throws, or "none".
std::string code_of(const std::function<void()>& run);

// Changes the lowest bit of the byte at `offset` (counted from the end when negative).
void flip(const std::filesystem::path& file, std::ptrdiff_t offset);
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder);

// The n-th entry of the log.
vermilion::Json entry_at(vermilion::store::Store& store, std::uint64_t index);
// Makes kDisposal list these payloads, and returns them.
std::vector<std::string> list_in_disposal(vermilion::store::Store& store,
                                          const std::vector<std::string>& ids);
// Whether a file of the folder, or below, holds these bytes.
bool stands_anywhere(const std::filesystem::path& folder, const std::string& bytes);
