// A small agency with a store: people in their roles, each with a key of his own in memory, at
// eight in the morning of 2026-11-22 in Taipei.
//
//   hsu01 許淑芬  administrator         zhao02 趙予安  reviewer
//   lin01   林堃    owner (監資處)        wang03 王品妤  countersigner for 政風室
//   wu06    吳昀    owner (監資處)        ren09  任書平  countersigner for 人事室
//   sun05   孫家瑜  controller            chen04 陳昱    approver        qian08 錢宜  approver
//   zhou07  周致遠  no role
//
// Cost     The first Office makes the store; each further one copies it. No key is derived from a
// passphrase. Links    identity and what it needs: for tests of identity and the layers above it.
#pragma once
#include <map>
#include <string>

#include "base/disk.h"
#include "base/error.h"
#include "identity/clock.h"
#include "identity/enrolment.h"
#include "identity/lifecycle.h"
#include "identity/people.h"
#include "identity/rules.h"
#include "support/manual_clock.h"
#include "support/process.h"

namespace office {

using namespace vermilion;

struct Staff {
  std::string account;
  model::Profile profile;
  std::string role;
  std::string unit;  // for which the role is held
};

inline const std::vector<Staff> kStaff = {
    {"hsu01", {"許淑芬", "資訊室", "技正", ""}, "administrator", ""},
    {"lin01", {"林堃", "監資處", "處長", "lin01@example.gov.tw"}, "owner", ""},
    {"wu06", {"吳昀", "監資處", "設計師", ""}, "owner", ""},
    {"zhao02", {"趙予安", "監資處", "科長", ""}, "reviewer", ""},
    {"wang03", {"王品妤", "政風室", "主任", ""}, "countersigner", "政風室"},
    {"ren09", {"任書平", "人事室", "主任", ""}, "countersigner", "人事室"},
    {"chen04", {"陳昱", "署本部", "副署長", ""}, "approver", ""},
    {"qian08", {"錢宜", "署本部", "主任秘書", ""}, "approver", ""},
    {"sun05", {"孫家瑜", "秘書室", "專員", ""}, "controller", ""},
    {"zhou07", {"周致遠", "監資處", "技士", ""}, "", ""},
};

struct KeyPair {
  crypto::PrivateKey key;
  crypto::Certificate certificate;
};
using Keys = std::map<std::string, KeyPair>;

inline const model::Profile& profile_of(const std::string& account) {
  for (const auto& staff : kStaff) {
    if (staff.account == account) return staff.profile;
  }
  throw Bug("no such person: " + account);
}

inline model::SignerFields signer(const std::string& account, const std::string& role = "",
                                  const std::optional<std::string>& on_behalf_of = std::nullopt) {
  const auto& p = profile_of(account);
  return {account, p.name, p.unit, p.title, role, on_behalf_of};
}

inline store::Act act(const std::string& kind, const std::string& subject,
                      const std::string& actor) {
  return {kind, actor, "console", subject, "done", kind + " " + subject, {}};
}

inline store::Receipt sign_and_commit(store::Store& store, const identity::Prepared& prepared,
                                      const KeyPair& pair) {
  const auto cms = crypto::sign_detached(prepared.bytes, pair.key, pair.certificate,
                                         {store.authority().issuer}, prepared.statement.at);
  return identity::commit_signed(store, prepared, cms);
}

// What an administrator asks for when a person brings a key of his own.
inline identity::NewCertificate request_for(const crypto::PrivateKey& key,
                                            const std::string& account, Instant from,
                                            std::chrono::days term = std::chrono::days(730)) {
  identity::NewCertificate wanted;
  wanted.account = account;
  wanted.request = crypto::make_request(key, account, account);
  wanted.custody = crypto::Custody::file;
  wanted.validity = {from, from + term};
  return wanted;
}

// Issues one; `witness` signs, or the person himself when it is the first of the store.
inline KeyPair certify(store::Store& store, const std::string& account, const Keys& keys,
                       const std::string& witness,
                       std::chrono::days term = std::chrono::days(730)) {
  const auto key = crypto::PrivateKey::generate_p256();
  const bool first = witness == account && !keys.contains(witness);
  const auto made = identity::prepare_certificate(
      store, request_for(key, account, store.clock().now(), term), signer(witness, "administrator"),
      act("certificate", "account " + account, witness), first);
  const KeyPair pair{key, made.certificate};
  sign_and_commit(store, made.prepared, first ? pair : keys.at(witness));
  return pair;
}

inline void take_in(store::Store& store, const Staff& staff, Keys& keys) {
  identity::NewPerson person{staff.account, staff.profile, ""};
  person.founding = keys.empty();
  if (staff.role == "vendor" || staff.role == "temporary") person.expires = parse_date("2027-12-31");
  identity::add_person(store, person, act("person", "account " + staff.account, "system"));
  if (!staff.role.empty()) {
    identity::grant_role(store, staff.account,
                         {staff.role, staff.unit, parse_date("2026-11-22"), std::nullopt, "init"},
                         act("role", "account " + staff.account, "system"));
  }
  keys.emplace(staff.account, certify(store, staff.account, keys, "hsu01"));
  if (person.founding) return;
  sign_and_commit(store,
                  identity::prepare_authorisation(store, staff.account,
                                                  signer("hsu01", "administrator"),
                                                  act("person", "", "hsu01")),
                  keys.at("hsu01"));
}

// What stands in the store: an act changes both, a refusal neither.
struct Mark {
  std::string head;
  std::uint64_t log_size = 0;
  bool operator==(const Mark&) const = default;
};

class Office {
 public:
  Office() {
    std::filesystem::copy(model_office().scratch.path(), scratch.path(),
                          std::filesystem::copy_options::recursive);
    auto settings = store::load_settings(disk, path());
    settings.master_key_file = scratch / "master.key";
    store::save_settings(disk, path(), settings);
    keys = model_office().keys;
    store_ = store::Store::open(disk, clock, path());
  }

  [[nodiscard]] std::filesystem::path path() const { return scratch / "store"; }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] Mark mark() {
    const auto head = store_->evidence().commit();
    return {head ? head->hex() : "", store_->log().checkpoint().size};
  }
  store::Receipt sign(const identity::Prepared& prepared, const std::string& account) {
    return sign_and_commit(*store_, prepared, keys.at(account));
  }
  // After the clock was set to another day: the step is noticed, and the administrator signs for it.
  void acknowledge_clock() {
    const auto step = store_->commit(act("login", "account hsu01", "hsu01")).log_index;
    sign(identity::prepare_clock_acknowledgement(*store_, step, "測試另訂日期",
                                                 signer("hsu01", "administrator"),
                                                 act("", "", "hsu01")),
         "hsu01");
  }
  // The code of the refusal, "done" without one; a refusal that left anything behind is told as
  // such.
  std::string refusal(const std::function<void()>& deed) {
    const auto before = mark();
    try {
      deed();
    } catch (const Error& error) {
      return mark() == before ? error.code() : error.code() + ", but something was written";
    }
    return "done";
  }

  Scratch scratch;
  SystemDisk disk;
  ManualClock clock;
  Keys keys;

 private:
  struct Model {
    Scratch scratch;
    Keys keys;
    Model() {
      SystemDisk disk;
      const ManualClock clock;
      store::CreateRequest request;
      request.path = scratch / "store";
      request.name = "行政院環境保護署";
      request.master_key_file = scratch / "master.key";
      request.root_key_file = scratch / "root.pem";
      request.root_passphrase = "年度稽核-金鑰-保管";
      request.files = identity::default_rules();
      store::Store::create(disk, clock, request);
      const auto store = store::Store::open(disk, clock, request.path);
      for (const auto& staff : kStaff) take_in(*store, staff, keys);
    }
  };
  static const Model& model_office() {
    static const Model one;
    return one;
  }

  std::unique_ptr<store::Store> store_;
};

}  // namespace office
