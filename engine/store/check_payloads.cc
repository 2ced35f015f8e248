#include <map>
#include <set>

#include "base/error.h"
#include "crypto/sealing.h"
#include "store/check.h"

namespace vermilion::store {
namespace {

class PayloadCheck {
 public:
  PayloadCheck(Parts& parts, CheckReport& report) : parts_(parts), report_(report) {}

  void run() {
    check_records();
    check_keks();
    report_.part("vault/vault.db", [&] {
      report_.count(
          parts_.vault.check(report_.below(""), [&](const WrappedKey& key) { check_key(key); }));
    });
    for (const auto& [payload, where] : unkeyed_) {
      report_.fault(Vault::name_of_wrapped(payload),
                    "金鑰遺失 missing, but its content lies in " + where);
    }
  }

 private:
  void check_records() {
    parts_.payloads.scan(
        {}, [&](const PayloadPlace& place) { check_record(place); }, report_.below(""));
  }

  void check_record(const PayloadPlace& place) {
    const auto where = Payloads::name_of(place);
    report_.count();
    unkeyed_.emplace(place.payload, where);
    stored_.insert(place.payload);
    report_.part(where, [&] { (void)parts_.payloads.read(place); });
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
    if (!stored_.contains(key.payload)) {
      report_.fault(where, "所屬的密封內容遺失 the content it opens is missing from payloads/");
    }
    const auto kek = keks_.find(key.kek);
    if (kek == keks_.end()) {
      // A file that is there but broken has been told already.
      if (!parts_.disk.exists(parts_.path / KeyEncryptionKeys::file_name(key.kek))) {
        report_.fault(KeyEncryptionKeys::file_name(key.kek),
                      "檔案遺失 missing, but needed by " + key.payload);
      }
      return;
    }
    report_.part(where, [&] { (void)crypto::unwrap_key(*kek->second, key.wrapped); });
  }

  Parts& parts_;
  CheckReport& report_;
  std::map<std::string, std::string> unkeyed_;  // payload -> where, until its key is seen
  std::set<std::string> stored_;
  std::map<std::string, std::optional<Bytes>> keks_;
};

}  // namespace

void check_payloads(Parts& parts, CheckReport& report) { PayloadCheck(parts, report).run(); }

}  // namespace vermilion::store
