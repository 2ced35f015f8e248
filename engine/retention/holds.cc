#include "retention/holds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "base/ulid.h"
#include "evidence/commitment.h"
#include "identity/rules.h"
#include "model/members.h"
#include "retention/disposal.h"

namespace vermilion::retention {
namespace {

constexpr const char* kFolder = "holds/";

struct FiledHold {
  Hold hold;
  model::SignerFields requester;
};

std::optional<Date> date_or_none(const Json& subject, const char* key) {
  const auto text = string_or_empty(subject, key);
  return text.empty() ? std::nullopt : std::optional(parse_date(text));
}

Hold hold_of(const model::Statement& statement) {
  const auto& subject = statement.subject;
  return {.id = require_string(subject, "id"),
          .scope = {.records = model::member_or(subject, "records", std::vector<std::string>()),
                    .form = string_or_empty(subject, "form"),
                    .from = date_or_none(subject, "from"),
                    .to = date_or_none(subject, "to")},
          .ground = require_string(subject, "ground"),
          .reason = require_string(subject, "reason"),
          .requester = statement.signer.account,
          .placed = statement.at,
          .released = std::nullopt,
          .released_by = ""};
}

std::optional<FiledHold> read_hold(const store::Snapshot& evidence, const std::string& id) {
  std::optional<FiledHold> filed;
  for (const auto& [name, statement] : identity::filed_statements(evidence, kFolder + id)) {
    if (statement.kind == "hold") {
      filed = FiledHold{hold_of(statement), statement.signer};
    } else if (filed && statement.kind == "release") {
      filed->hold.released = statement.at;
      filed->hold.released_by = statement.signer.account;
    }
  }
  return filed;
}

FiledHold require_hold(const store::Snapshot& evidence, const std::string& id) {
  if (is_ulid(id)) {
    if (auto filed = read_hold(evidence, id)) return std::move(*filed);
  }
  throw Error(Failure::not_found, "no-hold",
              {"沒有這件保全：" + id + "；hold list 列出所有保全",
               "there is no such hold: " + id + "; 'hold list' shows them"});
}

[[noreturn]] void bad_scope(const Said& said) { throw Error(Failure::invalid, "hold-scope", said); }

void require_records(const std::vector<std::string>& records) {
  if (std::all_of(records.begin(), records.end(), [](const auto& id) { return is_ulid(id); }))
    return;
  bad_scope({"保全的紀錄須以識別碼指明", "the records of a hold are named by their ids"});
}

void require_scope(const HoldScope& scope) {
  if (scope.records.empty() == scope.form.empty()) {
    bad_scope({"保全須指明紀錄或表單其中之一", "a hold names either records or a form"});
  }
  require_records(scope.records);
  if (scope.form.empty() && (scope.from || scope.to))
    bad_scope({"起訖日只用於以表單指明的保全", "dates go with a form only"});
  if (scope.from && scope.to && *scope.to < *scope.from)
    bad_scope({"迄日早於起日", "the last day is before the first"});
}

std::string require_words(const std::string& words, const char* zh, const char* en) {
  if (!trim(words).empty()) return require_text(words, zh);
  throw Error(Failure::invalid, "hold-reason",
              {fmt::format("請寫明{}", zh), fmt::format("state the {}", en)});
}

Json subject_of(const std::string& id, const HoldScope& scope) {
  Json subject = {{"type", "hold"}, {"id", id}};
  if (!scope.records.empty()) subject["records"] = scope.records;
  if (!scope.form.empty()) subject["form"] = scope.form;
  if (scope.from) subject["from"] = iso_date(*scope.from);
  if (scope.to) subject["to"] = iso_date(*scope.to);
  return subject;
}

// Nobody shall believe that he holds what is gone.
void require_not_destroyed(const store::Snapshot& evidence,
                           const std::vector<std::string>& records) {
  for (const auto& record : records) {
    if (const auto disposal = destroyed_by(evidence, record)) {
      throw Error(Failure::conflict, "record-destroyed",
                  {fmt::format("紀錄 {} 已由銷毀案 {} 銷毀，無從保全", record, disposal->id),
                   fmt::format("record {} was destroyed by disposal {} and cannot be held", record,
                               disposal->id)});
    }
  }
}

void require_releasable(const FiledHold& filed, const model::SignerFields& signer) {
  if (filed.hold.released) {
    throw Error(Failure::conflict, "hold-released",
                {"這件保全已經解除", "this hold is released already"});
  }
  const auto clash =
      evidence::duty_clash(evidence::Duty::requester, evidence::persons_of(filed.requester),
                           evidence::Duty::releaser, evidence::persons_of(signer));
  if (clash) throw Error(Failure::forbidden, clash->code, clash->said);
}

// Throws what is wrong with the statements of one hold.
void check_hold(const std::vector<evidence::FiledStatement>& statements) {
  std::optional<FiledHold> filed;
  for (const auto& [name, statement] : statements) {
    if (statement.kind == "hold" && !filed) {
      filed = FiledHold{hold_of(statement), statement.signer};
      require_scope(filed->hold.scope);
    } else if (statement.kind == "release" && filed) {
      require_releasable(*filed, statement.signer);
      filed->hold.released = statement.at;
    } else {
      throw Error(Failure::corrupt, "hold-order",
                  {name + " 不應在此處", name + " does not belong there"});
    }
  }
}

}  // namespace

std::vector<Hold> all_holds(const store::Snapshot& evidence) {
  std::vector<Hold> holds;
  for (const auto& entry : evidence.list("holds")) {
    if (auto filed = read_hold(evidence, entry.name)) holds.push_back(std::move(filed->hold));
  }
  return holds;
}

bool holds_record(const Hold& hold, const RecordFacts& facts) {
  if (hold.released) return false;
  const auto& scope = hold.scope;
  if (scope.form.empty()) {
    return std::any_of(scope.records.begin(), scope.records.end(), [&](const std::string& id) {
      return id == facts.id ||
             std::find(facts.corrects.begin(), facts.corrects.end(), id) != facts.corrects.end();
    });
  }
  return scope.form == facts.form && (!scope.from || *scope.from <= facts.date) &&
         (!scope.to || facts.date <= *scope.to);
}

void check_holds(const store::Snapshot& evidence, const Fault& fault) {
  for (const auto& entry : evidence.list("holds")) {
    const auto where = kFolder + entry.name;
    try {
      check_hold(identity::filed_statements(evidence, where));
    } catch (const Error& error) {
      fault(where, error.said());
    }
  }
}

identity::Prepared prepare_hold(store::Store& store, const HoldScope& scope,
                                const std::string& ground, const std::string& reason,
                                const model::SignerFields& signer, const store::Act& act) {
  require_scope(scope);
  require_not_destroyed(store.evidence(), scope.records);
  const auto id = evidence::fresh_ulid(store.clock().now());
  auto subject = subject_of(id, scope);
  subject["ground"] = require_words(ground, "依據", "ground");
  subject["reason"] = require_words(reason, "理由", "reason");
  auto statement = model::Statement{"hold", "保全", std::move(subject), signer};
  return identity::prepare(store, std::move(statement), act,
                           [=](const store::Now& now, store::Changes&) {
                             require_not_destroyed(now.evidence, scope.records);
                             return kFolder + id;
                           });
}

identity::Prepared prepare_release(store::Store& store, const std::string& id,
                                   const std::string& reason, const model::SignerFields& signer,
                                   const store::Act& act) {
  require_releasable(require_hold(store.evidence(), id), signer);
  Json subject = {
      {"type", "hold"}, {"id", id}, {"reason", require_words(reason, "理由", "reason")}};
  auto statement = model::Statement{"release", "解除保全", std::move(subject), signer};
  return identity::prepare(store, std::move(statement), act,
                           [=](const store::Now& now, store::Changes&) {
                             require_releasable(require_hold(now.evidence, id), signer);
                             return kFolder + id;
                           });
}

}  // namespace vermilion::retention
