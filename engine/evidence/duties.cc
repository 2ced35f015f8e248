#include "evidence/duties.h"

#include <algorithm>
#include <array>

namespace vermilion::evidence {
namespace {

struct Pair {
  Duty first;
  Duty second;
  const char* code;
  const char* zh;
  const char* en;
};

// Every pair that must differ. Drafter, approver, executor and witness of a disposal: all six pairs.
constexpr std::array kPairs = {
    Pair{Duty::author, Duty::approver, "author-approves",
         "撰稿人不得核准自己的修訂（代理亦同）；請由其他有核准權的人核准",
         "an author may not approve the revision, nor through a delegation; ask another approver"},
    Pair{Duty::author, Duty::countersigner, "author-countersigns",
         "撰稿人不得會簽自己的修訂（代理亦同）；請由會簽單位的其他人會簽",
         "an author may not countersign the revision, nor through a delegation; ask another person "
         "of the unit"},
    Pair{Duty::author, Duty::reviewer, "author-reviews",
         "撰稿人不得審查自己的修訂（代理亦同）；請由其他審查人審查",
         "an author may not review the revision, nor through a delegation; ask another reviewer"},
    Pair{Duty::proposer, Duty::disposal_approver, "proposer-approves", "銷毀擬案人不得核准同一批",
         "who proposed a disposal may not approve it"},
    Pair{Duty::proposer, Duty::executor, "proposer-executes", "銷毀擬案人不得執行同一批",
         "who proposed a disposal may not execute it"},
    Pair{Duty::proposer, Duty::witness, "proposer-witnesses", "銷毀擬案人不得監毀同一批",
         "who proposed a disposal may not witness it"},
    Pair{Duty::disposal_approver, Duty::executor, "approver-executes", "銷毀核准人不得執行同一批",
         "who approved a disposal may not execute it"},
    Pair{Duty::disposal_approver, Duty::witness, "approver-witnesses", "銷毀核准人不得監毀同一批",
         "who approved a disposal may not witness it"},
    Pair{Duty::executor, Duty::witness, "executor-witnesses", "執行人與監毀人必須不同",
         "executor and witness must be different persons"},
    Pair{Duty::requester, Duty::releaser, "requester-releases", "聲請保全的人不得單獨解除",
         "who requested a hold may not release it"},
    Pair{Duty::grantor, Duty::grantee, "grants-to-self",
         "不得變更自己的權限；請由另一位系統管理人員辦理",
         "nobody changes his own rights; ask another administrator"},
    Pair{Duty::certificate_subject, Duty::certificate_witness, "certifies-self",
         "憑證須由另一人見證簽發", "a certificate needs the statement of a second person"},
    Pair{Duty::scope_approver, Duty::auditor, "approves-own-audit",
         "不得核定自己的稽核範圍；請由受稽核的主管核定",
         "nobody approves the scope of his own audit; ask the manager responsible"},
    Pair{Duty::authoriser, Duty::opener, "authorises-self", "不得授權自己調閱；請由單位主管授權",
         "nobody authorises himself to open what is classified; ask the head of the unit"},
    Pair{Duty::access_reviewer, Duty::access_holder, "reviews-own-access",
         "不得審查自己的權限（代理亦同）；請由其他審查人決定這一列",
         "nobody reviews his own rights, nor through a delegation; another reviewer decides the "
         "row"},
    Pair{Duty::access_proposer, Duty::access_approver, "proposer-approves-review",
         "提出改善建議的人不得核准同一次審查；請由首長或其他有核准權的人核准",
         "who wrote the proposals does not approve the review; ask another approver"},
    Pair{Duty::account_adder, Duty::account_authoriser, "adds-and-authorises",
         "建立帳號的人不得核准同一帳號；請由另一位有核准權的人核准",
         "who added an account may not authorise it; ask another person with the right"},
    Pair{Duty::account_authoriser, Duty::account_holder, "authorises-himself",
         "不得核准自己的帳號；請由另一位有核准權的人核准",
         "nobody authorises his own account; ask another person with the right"},
};

}  // namespace

Persons persons_of(const model::SignerFields& signer) {
  Persons persons{signer.account};
  if (signer.on_behalf_of) persons.insert(*signer.on_behalf_of);
  return persons;
}

std::optional<DutyClash> duty_clash(Duty first, const Persons& a, Duty second, const Persons& b) {
  const auto pair = std::find_if(kPairs.begin(), kPairs.end(), [&](const Pair& p) {
    return (p.first == first && p.second == second) || (p.first == second && p.second == first);
  });
  if (pair == kPairs.end()) return std::nullopt;
  for (const auto& person : a) {
    if (b.contains(person))
      return DutyClash{person, first, second, pair->code, {pair->zh, pair->en}};
  }
  return std::nullopt;
}

}  // namespace vermilion::evidence
