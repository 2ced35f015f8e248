#include "records/turns.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/duties.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "identity/rules.h"
#include "records/records.h"

namespace vermilion::records {
namespace {

using evidence::Refusal;
using model::Record;

constexpr const char* kRight = "record.sign";  // that a delegation must name
constexpr const char* kKeepers = "record.paper";

bool has_signed(const Record& record, const evidence::Persons& persons) {
  return std::any_of(
      record.signatures.begin(), record.signatures.end(), [&](const model::RecordSignature& s) {
        return persons.contains(s.account) || (s.on_behalf_of && persons.contains(*s.on_behalf_of));
      });
}

Refusal not_the_subject(const Record& record) {
  return {Failure::forbidden,
          "not-the-subject",
          {fmt::format("只有本人（{}）可以簽署，不得代簽", record.account),
           fmt::format("only the person it is about ({}) may sign it", record.account)}};
}

Refusal not_your_turn(const model::SignerSlot& slot) {
  return {Failure::forbidden,
          "not-your-turn",
          {fmt::format("這張紀錄現在等待角色「{}」簽署（{}）", slot.role, slot.meaning),
           fmt::format("this record now waits for the role '{}' to sign ({})", slot.role,
                       slot.meaning)}};
}

Refusal same_person(const model::SignerSlot& slot) {
  return {Failure::forbidden,
          "same-person",
          {fmt::format("「{}」須由尚未簽過這張紀錄的人簽署（代理亦同）", slot.meaning),
           fmt::format("'{}' must be signed by somebody who has not signed this record yet, "
                       "nor is represented by one who has",
                       slot.meaning)}};
}

Refusal no_delegation(const model::SignerFields& signer) {
  return {Failure::forbidden,
          "no-delegation",
          {fmt::format("「{}」當日沒有委託 {} 代簽紀錄；請先由本人建立代理", *signer.on_behalf_of,
                       signer.account),
           fmt::format("'{}' has not delegated record.sign to {} for that day; it must be "
                       "delegated first",
                       *signer.on_behalf_of, signer.account)}};
}

Refusal role_not_held(const model::SignerFields& signer) {
  return {Failure::forbidden,
          "role-not-held",
          {fmt::format("簽署人當日沒有角色「{}」", signer.role),
           fmt::format("the signer did not hold the role '{}' on that day", signer.role)}};
}

Refusal not_of_the_record(const Record& record) {
  return {Failure::forbidden,
          "not-of-the-record",
          {fmt::format("{} 的附件只能由當事人、簽署人或紀錄管理人員加入", record.number),
           fmt::format("files are attached to {} by whom it is about, who signed it or who keeps "
                       "the records",
                       record.number)}};
}

std::optional<Refusal> cannot_fill(const model::SignerSlot& slot, const Record& record,
                                   const model::SignerFields& signer, bool holds_role) {
  if (slot.subject) {
    const bool himself = signer.account == record.account && !signer.on_behalf_of;
    return himself ? std::nullopt : std::optional(not_the_subject(record));
  }
  if (signer.role != slot.role || !holds_role) return not_your_turn(slot);
  if (slot.differs && has_signed(record, evidence::persons_of(signer))) return same_person(slot);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> cannot_sign(const store::Snapshot& evidence, const model::SignerSlot& slot,
                                   const Record& record, const model::SignerFields& signer,
                                   Date day) {
  const auto& principal = signer.on_behalf_of;
  const auto holder = identity::find_person(evidence, principal.value_or(signer.account));
  const bool holds = holder && model::holds(*holder, signer.role, day);
  if (!(record.signatures.empty() && is_taken_over(record))) {
    if (auto refusal = cannot_fill(slot, record, signer, holds)) return refusal;
  }
  if (!signer.role.empty() && !holds) return role_not_held(signer);
  const bool delegated =
      !principal || identity::find_delegation(evidence, *principal, signer.account, kRight, day);
  return delegated ? std::nullopt : std::optional(no_delegation(signer));
}

std::optional<Refusal> cannot_attach(const store::Snapshot& evidence, const Record& record,
                                     const model::SignerFields& signer, Date day) {
  const auto person = identity::find_person(evidence, signer.account);
  if (!signer.role.empty() && !(person && model::holds(*person, signer.role, day)))
    return role_not_held(signer);
  const bool keeper = !signer.role.empty() &&
                      identity::Rules(evidence).require_role(signer.role).rights.contains(kKeepers);
  if (!signer.on_behalf_of && (keeper || concerns(record, signer.account))) return std::nullopt;
  return not_of_the_record(record);
}

FirstWords first_words(const Record& record, const model::SignerSlot& slot) {
  if (record.corrects) return {"correction", "更正"};
  if (record.imported) return {"import", "匯入"};
  if (record.medium == model::Medium::paper) return {"record", "紙本登錄"};
  return {slot.kind, slot.meaning};
}

bool is_taken_over(const Record& record) {
  return record.imported || record.medium == model::Medium::paper;
}

Json subject_of(const Record& record) {
  const auto manifest = model::to_json(record);
  Json subject = {{"type", "record"}};
  for (const char* key : {"id", "form", "form_version", "form_digest", "account", "date", "medium",
                          "imported", "corrects"}) {
    subject[key] = manifest[key];
  }
  return subject;
}

}  // namespace vermilion::records
