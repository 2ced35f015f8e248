#include <map>
#include <set>
#include <tuple>

#include "base/error.h"
#include "crypto/sealing.h"
#include "store/check.h"
#include "store/destruction.h"

namespace vermilion::store {
namespace {

class PayloadCheck {
 public:
  PayloadCheck(Parts& parts, CheckReport& report) : parts_(parts), report_(report) {}

  void run() {
    report_.part("disposals", [&] { fates_ = condemned_payloads(parts_); });
    check_records();
    check_keks();
    report_.part("vault/vault.db", [&] {
      if (report_.since()) return check_new_keys();
      report_.count(parts_.vault.check(report_.below(""),
                                       {[&](const WrappedKey& key) { check_key(key); },
                                        [&](const DestroyedKey& key) { check_destroyed(key); }}));
    });
    for (const auto& [payload, where] : unkeyed_) {
      report_.fault(Vault::name_of_wrapped(payload),
                    "金鑰遺失 missing, but its content lies in " + where);
    }
  }

 private:
  // Of what was sealed since, and of whatever a disposal lists: it may have been certified since.
  void check_new_keys() {
    for (const auto& [payload, fate] : fates_) {
      const auto place = parts_.catalogue.payload(payload);
      if (place && stored_.insert(payload).second)
        check_condemned(*place, Payloads::name_of(*place));
    }
    for (const auto& payload : stored_) {
      report_.count();
      if (const auto key = parts_.vault.wrapped_key(payload)) check_key(*key);
      if (const auto key = parts_.vault.destroyed_key(payload)) check_destroyed(*key);
    }
  }

  void require_known_end() {
    const auto& since = report_.since();
    if (!since) return;
    const auto end = parts_.payloads.end();
    if (std::tie(end.segment, end.offset) >=
        std::tie(since->payloads.segment, since->payloads.offset))
      return;
    report_.fault("payloads", "比先前驗證時短 shorter than when it was verified before");
  }

  void check_records() {
    require_known_end();
    parts_.payloads.scan(
        report_.since() ? report_.since()->payloads : PayloadEnd{},
        [&](const PayloadPlace& place) { check_record(place); }, report_.below(""));
  }

  void check_record(const PayloadPlace& place) {
    const auto where = Payloads::name_of(place);
    report_.count();
    stored_.insert(place.payload);
    if (fates_.contains(place.payload)) return check_condemned(place, where);
    unkeyed_.emplace(place.payload, where);
    report_.part(where, [&] { parts_.payloads.read(place, [](const Source&) {}); });
  }

  // While its destruction goes on a content may be whole, half or gone.
  void check_condemned(const PayloadPlace& place, const std::string& where) {
    report_.part(where, [&] {
      if (is_certified(place.payload) && !parts_.payloads.is_erased(place))
        report_.fault(where, "已發銷毀證明，密文仍在 still there, though certified as destroyed");
    });
  }

  void check_keks() {
    for (const auto& name : parts_.keks.names()) {
      const auto where = KeyEncryptionKeys::file_name(name);
      report_.count();
      report_.part(where, [&] { keks_[name] = parts_.keks.find(name); });
    }
  }

  void check_key(const WrappedKey& key) {
    const auto where = Vault::name_of_wrapped(key.payload);
    unkeyed_.erase(key.payload);
    if (is_certified(key.payload))
      report_.fault(where, "已發銷毀證明，金鑰仍在 still there, though certified as destroyed");
    if (!stored_.contains(key.payload)) {
      report_.fault(where, "所屬的密封內容遺失 the content it opens is missing from payloads/");
    }
    const auto kek = keks_.find(key.kek);
    if (kek == keks_.end() || !kek->second) {
      // A file that is there but broken has been told already.
      if (kek != keks_.end() || !kek_exists(key.kek)) {
        report_.fault(KeyEncryptionKeys::file_name(key.kek),
                      "檔案遺失 missing, but needed by " + key.payload);
      }
      return;
    }
    report_.part(where, [&] { (void)crypto::unwrap_key(*kek->second, key.wrapped); });
  }

  void check_destroyed(const DestroyedKey& key) {
    const auto where = "vault/vault.db: destroyed_keys " + key.payload;
    if (!fates_.contains(key.payload))
      report_.fault(where, "沒有任何銷毀案列出此內容 no disposal lists this content");
    if (is_certified(key.payload) && kek_exists(key.kek))
      report_.fault(
          KeyEncryptionKeys::file_name(key.kek),
          "已發銷毀證明，金鑰檔仍在 still there, though certified as destroyed: " + key.payload);
  }

  [[nodiscard]] bool is_certified(const std::string& payload) const {
    const auto fate = fates_.find(payload);
    return fate != fates_.end() && fate->second == Fate::certified;
  }
  [[nodiscard]] bool kek_exists(const std::string& name) const {
    return parts_.disk.exists(parts_.path / KeyEncryptionKeys::file_name(name));
  }

  Parts& parts_;
  CheckReport& report_;
  std::map<std::string, Fate> fates_;
  std::map<std::string, std::string> unkeyed_;  // payload -> where, until its key is seen
  std::set<std::string> stored_;
  std::map<std::string, std::optional<Bytes>> keks_;
};

}  // namespace

void check_payloads(Parts& parts, CheckReport& report) { PayloadCheck(parts, report).run(); }

}  // namespace vermilion::store
