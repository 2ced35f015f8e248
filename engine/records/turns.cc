#include "records/turns.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/duties.h"

namespace vermilion::records {
namespace {

using evidence::Refusal;
using model::Record;

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

}  // namespace

std::optional<Refusal> cannot_fill(const model::SignerSlot& slot, const Record& record,
                                   const model::SignerFields& signer,
                                   const std::optional<model::Person>& holder, Date day) {
  if (slot.subject) {
    const bool himself = signer.account == record.account && !signer.on_behalf_of;
    return himself ? std::nullopt : std::optional(not_the_subject(record));
  }
  const bool holds = holder && model::holds(*holder, slot.role, day);
  if (signer.role != slot.role || !holds) return not_your_turn(slot);
  if (slot.differs && has_signed(record, evidence::persons_of(signer))) return same_person(slot);
  return std::nullopt;
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
