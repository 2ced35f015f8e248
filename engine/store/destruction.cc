#include "store/destruction.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/json.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

namespace vermilion::store {
namespace {

using IdSet = std::set<std::string>;

void list_payloads(const Snapshot& main, const std::string& folder,
                   std::map<std::string, Fate>& fates) {
  const auto bytes = main.read(folder + "/payloads.json");
  if (!bytes) return;
  const auto fate = main.read(folder + "/certificate.json") ? Fate::certified : Fate::begun;
  const Json listed = parse_json(*bytes);
  for (const auto& payload : listed.at("payloads")) fates[payload.get<std::string>()] = fate;
}

// Places of these payloads as the segments themselves have them, and where a header is rotten, as the catalogue does.
struct Places {
  std::vector<PayloadPlace> found;
  IdSet unknown;
};
Places places_of(Parts& parts, const IdSet& ids) {
  Places places{{}, ids};
  const auto take = [&](const PayloadPlace& place) {
    if (places.unknown.erase(place.payload) > 0) places.found.push_back(place);
  };
  parts.payloads.scan({}, take, [](const std::string&, const std::string&) {});
  for (const auto& id : IdSet(places.unknown)) {
    if (const auto place = parts.catalogue.payload(id)) take(*place);
  }
  return places;
}

class Destruction {
 public:
  Destruction(Parts& parts, const std::vector<std::string>& payloads,
              const std::vector<std::string>& taken)
      : parts_(parts), ids_(payloads.begin(), payloads.end()), taken_(taken) {}

  Destroyed run() {
    parts_.vault.set_rollback_journal(Vault::RollbackJournal::kept);
    renew_keys();
    parts_.vault.compact();
    wipe_rollback_journal();
    parts_.vault.set_rollback_journal(Vault::RollbackJournal::truncated);
    remove_old_keys();
    for (const auto& place : places_of(parts_, ids_).found) parts_.payloads.erase(place);
    return destroyed();
  }

 private:
  void renew_keys();
  [[nodiscard]] KeyEncryptionKey next_generation(const std::string& family) const;
  [[nodiscard]] WrappedKey rewrapped(const WrappedKey& row);
  void wipe_rollback_journal();
  void remove_old_keys();
  [[nodiscard]] Destroyed destroyed();
  [[nodiscard]] IdSet destroyed_keks();

  Parts& parts_;
  const IdSet ids_;
  const std::vector<std::string>& taken_;
  std::map<std::string, KeyEncryptionKey> fresh_;  // by family
  std::map<std::string, Bytes> old_;               // by name, as rewrapped() needs them
};

void Destruction::renew_keys() {
  IdSet families;
  for (const auto& id : ids_) {
    const auto row = parts_.vault.wrapped_key(id);
    if (row) families.insert(KeyEncryptionKeys::family_of(row->kek));
  }
  if (families.empty()) return;
  for (const auto& family : families) {
    const auto key = next_generation(family);
    parts_.keks.save(key);
    fresh_.emplace(family, key);
  }
  parts_.vault.destroy(ids_, families, [&](const WrappedKey& row) { return rewrapped(row); });
}

KeyEncryptionKey Destruction::next_generation(const std::string& family) const {
  int last = 0;
  for (const auto& names : {parts_.keks.names(), parts_.vault.kek_names(family), taken_}) {
    for (const auto& name : names)
      last = std::max(last, KeyEncryptionKeys::generation(family, name));
  }
  return {fmt::format("{}{}", family, last + 1), crypto::random_bytes(crypto::kKeySize)};
}

WrappedKey Destruction::rewrapped(const WrappedKey& row) {
  if (!old_.contains(row.kek)) {
    const auto kek = parts_.keks.find(row.kek);
    if (!kek) {
      const auto file = KeyEncryptionKeys::file_name(row.kek);
      throw Error(Failure::corrupt, "key-missing",
                  {file + "：檔案遺失，同類的其他內容無法換鑰，請先由復原備份還原",
                   file + " is missing, so that what survives cannot be wrapped anew; restore it "
                          "from the recovery copy first"});
    }
    old_.emplace(row.kek, *kek);
  }
  const auto& fresh = fresh_.at(KeyEncryptionKeys::family_of(row.kek));
  return {row.payload, fresh.name,
          crypto::wrap_key(fresh.key, crypto::unwrap_key(old_.at(row.kek), row.wrapped))};
}

// What SQLite leaves in it after a commit are the pages as they were, destroyed rows and all.
void Destruction::wipe_rollback_journal() {
  const auto path = parts_.path / "vault" / "vault.db-journal";
  if (!parts_.disk.exists(path)) return;
  const auto file = parts_.disk.open(path, Open::existing);
  file->write(0, Bytes(static_cast<std::size_t>(file->size()), '\0'));
  file->sync();
  file->truncate(0);
  file->sync();
}

IdSet Destruction::destroyed_keks() {
  IdSet keks;
  for (const auto& id : ids_) {
    const auto row = parts_.vault.destroyed_key(id);
    if (row) keks.insert(row->kek);
  }
  return keks;
}

// A key without rows that is not its family's newest: the newest keeps the count of generations.
void Destruction::remove_old_keys() {
  std::vector<std::string> old;
  for (const auto& kek : destroyed_keks()) {
    const auto family = KeyEncryptionKeys::family_of(kek);
    const auto newest = parts_.keks.newest(family);
    for (const auto& name : parts_.keks.names()) {
      const bool older =
          newest && KeyEncryptionKeys::generation(family, name) > 0 && name != newest->name;
      if (older && !parts_.vault.wraps(name)) old.push_back(name);
    }
  }
  parts_.keks.remove(old);
}

Destroyed Destruction::destroyed() {
  Destroyed result;
  IdSet families;
  for (const auto& kek : destroyed_keks()) {
    families.insert(KeyEncryptionKeys::family_of(kek));
    if (!parts_.keks.find(kek)) result.removed_keys.push_back(kek);
  }
  for (const auto& family : families) {
    if (const auto key = parts_.keks.newest(family)) result.new_keys.push_back(key->name);
  }
  return result;
}

void require_condemned(Parts& parts, const std::vector<std::string>& payloads) {
  const auto fates = condemned_payloads(parts);
  for (const auto& payload : payloads) {
    if (!fates.contains(payload)) throw Bug("no disposal on main lists payload " + payload);
  }
}

bool holds_any(const FrameBody& body, const IdSet& ids) {
  const auto listed = [&](const auto& entry) { return ids.contains(entry.payload); };
  return std::any_of(body.wrapped_keys.begin(), body.wrapped_keys.end(), listed) ||
         std::any_of(body.payloads.begin(), body.payloads.end(), [&](const NewPayload& payload) {
           return ids.contains(payload.place.payload);
         });
}

bool journal_holds_any(Journal& journal, const IdSet& ids) {
  const auto scan = journal.scan();
  return scan.residue ||
         std::any_of(scan.frames.begin(), scan.frames.end(),
                     [&](const Frame& frame) { return holds_any(decode_body(frame.body), ids); });
}

}  // namespace

std::map<std::string, Fate> condemned_payloads(Parts& parts) {
  const Snapshot main(parts.evidence->reader(), parts.evidence->ref(kMainRef));
  std::map<std::string, Fate> fates;
  for (const auto& entry : main.list("disposals"))
    list_payloads(main, "disposals/" + entry.name, fates);
  return fates;
}

Destroyed destroy_payloads(Parts& parts, const std::vector<std::string>& payloads,
                           const std::vector<std::string>& taken) {
  require_condemned(parts, payloads);
  return Destruction(parts, payloads, taken).run();
}

std::vector<std::string> remains_of(Parts& parts, const std::vector<std::string>& payloads) {
  const IdSet ids(payloads.begin(), payloads.end());
  std::vector<std::string> left;
  for (const auto& id : ids) {
    if (parts.vault.wrapped_key(id)) left.push_back("vault/vault.db wrapped_keys " + id);
    const auto gone = parts.vault.destroyed_key(id);
    if (gone && parts.keks.find(gone->kek))
      left.push_back(fmt::format("{} ({})", KeyEncryptionKeys::file_name(gone->kek), id));
  }
  const auto places = places_of(parts, ids);
  for (const auto& place : places.found) {
    if (!parts.payloads.is_erased(place)) left.push_back(Payloads::name_of(place));
  }
  for (const auto& id : places.unknown) left.push_back("payloads/ (" + id + ")");
  if (journal_holds_any(parts.journal, ids)) left.push_back("journal");
  return left;
}

}  // namespace vermilion::store
