// An office with records that fall due: each is a manifest on main with what retention has to know of
// it, and two sealed payloads. The day is 2026-11-22.
#pragma once
#include "retention/disposal.h"
#include "retention/due.h"
#include "support/office.h"

namespace archive {

using namespace office;
using namespace retention;

inline Json facts_json(const RecordFacts& facts) {
  const auto day = [](const std::optional<Date>& date) {
    return date ? Json(iso_date(*date)) : Json(nullptr);
  };
  return {{"id", facts.id},
          {"number", facts.number},
          {"form", facts.form},
          {"retention", facts.retention},
          {"account", facts.account},
          {"date", iso_date(facts.date)},
          {"completed", day(facts.completed)},
          {"superseded", day(facts.superseded)},
          {"employment_end", day(facts.employment_end)},
          {"payloads", facts.payloads}};
}

inline RecordFacts facts_from(const Bytes& manifest) {
  const Json value = parse_json(manifest);
  const auto day = [&](const char* key) {
    return value[key].is_null() ? std::nullopt
                                : std::optional(parse_date(value[key].get<std::string>()));
  };
  return {.id = value["id"],
          .number = value["number"],
          .form = value["form"],
          .retention = value["retention"],
          .account = value["account"],
          .date = parse_date(value["date"].get<std::string>()),
          .completed = day("completed"),
          .superseded = day("superseded"),
          .employment_end = day("employment_end"),
          .payloads = value["payloads"],
          .manifest = evidence::content_digest(manifest)};
}

inline std::string manifest_path(const std::string& id) {
  return "records/" + id + "/manifest.json";
}

inline std::vector<RecordFacts> facts_in(const store::Snapshot& evidence,
                                         const std::vector<std::string>& ids) {
  std::vector<RecordFacts> all;
  for (const auto& id : ids) all.push_back(facts_from(evidence.require(manifest_path(id))));
  return all;
}

// A machine room log of the day, complete.
inline RecordFacts room_log(const char* date = "112.3.1") {
  RecordFacts facts;
  facts.number = "ROOM-112-0001";
  facts.form = "room-daily-log";
  facts.retention = "room-3y";
  facts.account = "lin01";
  facts.date = parse_date(date);
  facts.completed = facts.date;
  return facts;
}

// Who takes part in a disposal; "account for principal" where somebody acts for another.
struct Cast {
  std::string proposer = "sun05";
  std::string approver = "chen04";
  std::string executor = "wu06";
  std::string witness = "wang03";
};

// Holds the contents in the store: vault, payloads, journal.
class StoreHolder : public ContentHolder {
 public:
  explicit StoreHolder(store::Store& store) : store_(store) {}
  [[nodiscard]] std::string name() const override {
    return "金鑰、密封內容、日誌框 vault, payloads, journal";
  }
  std::vector<std::string> purge(const std::vector<Condemned>& records) override {
    std::vector<std::string> done;
    for (const auto& key : store_.destroy(all(records)).removed_keys)
      done.push_back("removed vault/kek/" + key + ".kek");
    return done;
  }
  [[nodiscard]] std::vector<std::string> remains(const std::vector<Condemned>& records) override {
    return store_.remains(all(records));
  }

 private:
  static std::vector<std::string> all(const std::vector<Condemned>& records) {
    std::vector<std::string> payloads;
    for (const auto& record : records)
      payloads.insert(payloads.end(), record.payloads.begin(), record.payloads.end());
    return payloads;
  }
  store::Store& store_;
};

// A cache that forgets only when it is let.
class Cache : public ContentHolder {
 public:
  explicit Cache(const bool& sticks) : sticks_(sticks) {}
  [[nodiscard]] std::string name() const override { return "快取 cache"; }
  std::vector<std::string> purge(const std::vector<Condemned>& records) override {
    for (const auto& record : records) purged_.insert(record.number);
    return {"removed " + std::to_string(purged_.size()) + " renditions"};
  }
  [[nodiscard]] std::vector<std::string> remains(const std::vector<Condemned>& records) override {
    return sticks_ ? std::vector<std::string>{"cache/" + records.at(0).number}
                   : std::vector<std::string>{};
  }

 private:
  const bool& sticks_;
  std::set<std::string> purged_;
};

inline const Json kNoCopies = {{"zh", "未設定復原備份"}, {"en", "no recovery copy is configured"}};

// Records by id or number.
inline HoldScope of(const std::vector<std::string>& ids) {
  return {ids, "", std::nullopt, std::nullopt};
}

class Archive : public Office {
 public:
  Archive() {
    put("rules/retention.json", default_retention_rules());
    holders.push_back(std::make_unique<StoreHolder>(store()));
    holders.push_back(std::make_unique<Cache>(cache_sticks));
  }

  void put(const std::string& path, const Bytes& bytes) {
    auto one = act("record", "record", "sun05");
    one.decide = [&](const store::Now&, store::Changes& changes) { changes.put(path, bytes); };
    (void)store().commit(one);
  }

  RecordFacts file(RecordFacts facts) {
    auto one = act("record", "record", "sun05");
    one.decide = [&](const store::Now& now, store::Changes& changes) {
      facts.id = now.act;
      for (const char* part : {"content", "01-record.statement"}) {
        store::SealRequest request;
        request.record = facts.id;
        request.part = part;
        request.key_class = facts.retention;
        request.year = int(facts.date.year());
        request.content = facts.number + " 密封內容";
        facts.payloads.push_back(changes.seal(request).payload);
      }
      changes.put(manifest_path(facts.id), canonical(facts_json(facts)));
    };
    (void)store().commit(one);
    return facts_in(store().evidence(), {facts.id}).at(0);
  }

  // "zhou07 for chen04" acts for another.
  static model::SignerFields who(const std::string& text) {
    const auto space = text.find(' ');
    if (space == std::string::npos) return signer(text, "custodian");
    return signer(text.substr(0, space), "custodian", text.substr(text.rfind(' ') + 1));
  }
  store::Receipt signed_by(const identity::Prepared& prepared, const model::SignerFields& person) {
    return sign(prepared, person.account);
  }
  [[nodiscard]] Bytes signature(const identity::Prepared& prepared) {
    const auto& pair = keys.at(prepared.statement.signer.account);
    return crypto::sign_detached(prepared.bytes, pair.key, pair.certificate,
                                 {store().authority().issuer}, prepared.statement.at);
  }
  store::Receipt sign_both(const PreparedPair& pair) {
    return identity::commit_signed(store(), {pair.executor, signature(pair.executor)},
                                   {{pair.witness, signature(pair.witness)}});
  }

  std::string place_hold(const HoldScope& scope, const std::string& account = "zhao02") {
    const auto prepared = prepare_hold(store(), scope, "伍/一/(三)/3", "網路入侵案調查",
                                       who(account), act("hold", "hold", account));
    signed_by(prepared, who(account));
    return prepared.statement.subject["id"];
  }
  void release(const std::string& id, const std::string& account) {
    signed_by(prepare_release(store(), id, "判決確定", who(account),
                              act("release", "hold " + id, "sun05")),
              who(account));
  }

  std::string propose(const std::vector<std::string>& records, const Cast& cast = {},
                      bool archive = false, const std::string& method = "消除電子檔") {
    const auto prepared =
        prepare_proposal(store(), facts_in, records, method, archive, who(cast.proposer),
                         act("disposal-proposal", "disposal", "sun05"));
    signed_by(prepared, who(cast.proposer));
    return prepared.statement.subject["id"];
  }
  void approve(const std::string& id, const Cast& cast = {}, const std::string& number = "") {
    signed_by(prepare_approval(store(), facts_in, id, number, who(cast.approver),
                               act("disposal-approval", "disposal " + id, "chen04")),
              who(cast.approver));
  }
  PreparedPair prepared_execution(const std::string& id, const Cast& cast = {}) {
    return prepare_execution(store(), facts_in, id, who(cast.executor), who(cast.witness),
                             act("destruction", "disposal " + id, "wu06"));
  }
  void execute(const std::string& id, const Cast& cast = {}) {
    sign_both(prepared_execution(id, cast));
  }
  [[nodiscard]] Json purge_all(const std::string& id) {
    const auto evidence = store().evidence();
    return purge(condemned(evidence, require_disposal(evidence, id)), holders);
  }
  void certify_with(const std::string& id, const Json& told, const Cast& cast = {}) {
    const auto certificate = certificate_json(store(), disposal(id), told, kNoCopies);
    sign_both(prepare_certificate(store(), id, certificate, "%PDF-1.7 銷毀證明", who(cast.executor),
                                  who(cast.witness), act("destruction", "disposal " + id, "wu06")));
  }
  // From proposal to certificate.
  std::string destroy(const std::vector<std::string>& records) {
    const auto id = propose(records);
    approve(id);
    execute(id);
    certify_with(id, purge_all(id));
    return id;
  }

  [[nodiscard]] Disposal disposal(const std::string& id) {
    return require_disposal(store().evidence(), id);
  }
  // What check_disposal finds, "where: what" each.
  [[nodiscard]] std::vector<std::string> faults(const std::string& id) {
    std::vector<std::string> told;
    check_disposal(store(), facts_in, disposal(id),
                   [&](const std::string& where, const Said& what) {
                     told.push_back(where + ": " + what.zh);
                   });
    return told;
  }

  bool cache_sticks = false;
  Holders holders;
};

}  // namespace archive
