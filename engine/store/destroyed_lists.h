// Lists of what was destroyed, kept outside every snapshot: whoever restores an older one must know them.
//
// Shape    STORE/destroyed/ and TARGET/destroyed/:
//            <6 digits>.json, .sig            one for each disposal, from its executing act on: ids alone
//            <6 digits>-disposal.json, .sig   the files of disposals/<id>/ as they stood then (base64), for putting them back on
//                                             a main that is older
//            head                             signed note: all lists there are as of a size of the log
//          schemas/destroyed-list.schema.json. In STORE they are made once; copies are the same bytes.
// Order    Lists, then head, then checkpoints/<12 digits>: no checkpoint stands without a head as new.
// Errors   corrupt "backup-unsigned", "lists-incomplete".
// Source   architecture section 2 "Destruction"; docs-src/formats/backup.md.
#pragma once
#include "store/parts.h"
#include "store/signed_file.h"

namespace vermilion::store {

struct DestroyedList {
  std::uint64_t number = 0;
  std::string disposal;               // ULID
  std::vector<std::string> records;   // ULIDs
  std::vector<std::string> payloads;  // ULIDs
  std::vector<std::string> keys;      // generations: "room-3y-2022-1"
  std::uint64_t log_index = 0;        // of the executing act
};

// Makes the lists that main calls for and STORE/destroyed does not hold. Under the store's lock, settled.
void make_destroyed_lists(Parts& parts);
// What TARGET/destroyed lacks, and its head as of the log's checkpoint. Throws conflict "target-of-another-branch".
void copy_destroyed_lists(Parts& parts, const Path& target);

[[noreturn]] void another_branch(const Path& target);

// Every list of a folder, in order.
[[nodiscard]] std::vector<DestroyedList> read_destroyed_lists(Disk& disk, const Path& folder,
                                                              const crypto::PublicKey& sealing);
// The size of the log up to which the lists of a folder are known to be all; nothing if there is no head.
// Throws corrupt "lists-incomplete" when one is missing or another than when the head was signed.
[[nodiscard]] std::optional<std::uint64_t> lists_known_to(Disk& disk, const Path& folder,
                                                          const Settings& settings);
// (path on main, bytes) of the disposal of a list.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> disposal_files(
    Disk& disk, const Path& folder, std::uint64_t number, const crypto::PublicKey& sealing);

// For witnesses. Everything that a restore asks for, to FOLDER/destroyed, as above:
void copy_destroyed_lists(Disk& disk, const Clock& clock, const Path& store, const Path& folder);
// and ids alone: name and bytes of each list of what was destroyed from that size of the log on, its signature, and the head; none
// when there is no such list.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> lists_since(Disk& disk, const Clock& clock,
                                                                     const Path& store,
                                                                     std::uint64_t log_size);

}  // namespace vermilion::store
