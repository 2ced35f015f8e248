// What waits for the caller: read from the evidence each time, so that nothing can be forgotten or stay behind.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/key_requests.h"
#include "identity/lifecycle.h"
#include "identity/people.h"
#include "retention/disposal.h"
#include "service/access.h"
#include "service/access_review.h"
#include "service/lifecycle.h"
#include "service/record_access.h"
#include "service/records.h"
#include "workflow/documents.h"
#include "workflow/rounds.h"

namespace vermilion::service {
namespace {

class Inbox {
 public:
  explicit Inbox(Context& context)
      : context_(context), evidence_(context.store().evidence()), person_(*context.person()) {}

  Json gather() {
    add_agreements();
    add_records();
    add_documents();
    add_disposals();
    add_key_requests();
    add_access_reviews();
    add_accounts();
    std::stable_sort(list_.begin(), list_.end(), [](const Json& a, const Json& b) {
      return a["since"].get<std::string>() < b["since"].get<std::string>();
    });
    return list_;
  }

 private:
  struct Item {
    std::string what;
    std::string id;
    std::string version;
    std::string title;
    std::string since;
    std::string link;
  };

  void add(const Item& item) {
    list_.push_back({{"what", item.what},
                     {"id", item.id},
                     {"version", item.version},
                     {"title", item.title},
                     {"since", item.since},
                     {"link", item.link}});
  }

  [[nodiscard]] bool holds(const std::string& role) const {
    return model::holds(person_, role, context_.today());
  }
  [[nodiscard]] bool has_right(const std::string& right, const std::string& unit = "") const {
    return !context_.rules().role_with(person_, right, context_.today(), unit).empty();
  }

  void add_agreements() {
    for (const auto& form : missing_agreements(evidence_, person_, context_.today()))
      add({"agreement", form.id, form.version.text(), form.title, "", "/agreements/" + form.id});
  }
  void add_records() {
    const auto destroyed = destroyed_records(context_);
    store::RecordQuery unfinished;
    unfinished.unfinished = true;
    for (const auto& record : evidence_.records(unfinished)) {
      const auto slot = records::next_slot(evidence_, record);
      if (!slot || destroyed.contains(record.id)) continue;
      const bool mine = slot->subject ? record.account == person_.account : holds(slot->role);
      const bool signed_before =
          std::any_of(record.signatures.begin(), record.signatures.end(),
                      [&](const auto& one) { return one.account == person_.account; });
      if (!mine || (slot->differs && signed_before)) continue;
      add({"record", record.id, record.form_version.text(),
           fmt::format("{}　{}　{}", slot->meaning, record.number,
                       records::require_form(evidence_, record.form).form.title),
           rfc3339(record.filed), "/records/" + record.id});
    }
  }

  void add_documents() {
    for (const auto& branch : context_.store().draft_branches("")) {
      const auto id = branch.substr(0, branch.find('/'));
      const auto version = model::Version::parse(branch.substr(branch.find('/') + 1));
      if (workflow::find_publication(evidence_, id, version)) continue;
      const auto metadata = metadata_of_version(context_, evidence_, id, version);
      if (metadata) add_step(id, version, metadata->title);
    }
  }

  // The steps of the round that this person could take now.
  void add_step(const std::string& id, const model::Version& version, const std::string& title) {
    const auto round = workflow::round_of(evidence_, id, version);
    if (!round.submission || round.authors.contains(person_.account)) return;
    const auto offer = [&](const std::string& what) {
      add({what, id, version.text(), title, rfc3339(round.submission->statement.at),
           fmt::format("/documents/{}/review?version={}", id, version.text())});
    };
    if (round.reviews.empty() && has_right("document.review")) offer("review");
    const auto missing = evidence::missing_countersignatures(round);
    for (const auto& unit : missing) {
      if (has_right("document.countersign", unit) && context_.session().profile.unit == unit)
        offer("countersignature");
    }
    if (!round.approval && !round.reviews.empty() && missing.empty() &&
        has_right("document.approve"))
      offer("approval");
    if (round.approval && has_right("document.publish")) offer("publication");
  }

  void add_disposals() {
    for (const auto& disposal : retention::all_disposals(evidence_)) {
      const bool approve =
          disposal.stage == retention::Stage::proposed && has_right("disposal.approve");
      const bool execute = (disposal.stage == retention::Stage::approved ||
                            disposal.stage == retention::Stage::executing) &&
                           has_right("disposal.execute");
      if (!approve && !execute) continue;
      add({approve ? "disposal-approval" : "disposal-execution", disposal.id, "",
           fmt::format("銷毀案　{} 筆", disposal.records.size()),
           rfc3339(disposal.statements.back().statement.at), "/retention"});
    }
  }

  // Accounts that wait for somebody else than who added them.
  void add_accounts() {
    if (!has_right(identity::kAuthoriseRight)) return;
    for (const auto& person : identity::all_persons(evidence_)) {
      const auto today = context_.today();
      if (account_state(person, today) != "waiting" || model::is_barred(person, today)) continue;
      if (person.account == person_.account || person.added_by == person_.account) continue;
      const auto profile = identity::profile_of(context_.store(), person);
      add({"account", person.account, "",
           fmt::format("帳號　{}　{}", profile.unit, profile.name), "", "/people/" + person.account});
    }
  }

  // Nobody makes sure of his own key.
  void add_key_requests() {
    if (!has_right("certificate.issue")) return;
    for (const auto& request : identity::key_requests(context_.store())) {
      if (request.account == person_.account) continue;
      const auto holder = identity::require_person(evidence_, request.account);
      const auto profile = identity::profile_of(context_.store(), holder);
      add({"key-request", request.account, "",
           fmt::format("金鑰申請　{}　{}", profile.unit, profile.name), rfc3339(request.filed),
           "/key/requests/" + request.account});
    }
  }

  void add_access_reviews() {
    for (const auto& item : access_review_waiting(context_)) {
      add({require_string(item, "what"), require_string(item, "id"), "",
           require_string(item, "title"), require_string(item, "since"),
           "/access-reviews/" + require_string(item, "id")});
    }
  }

  Context& context_;
  store::Snapshot evidence_;
  const model::Person& person_;
  Json list_ = Json::array();
};

}  // namespace

Json waiting_for(Context& context) {
  (void)context.session();
  if (context.limit()) return Json::array();  // he does nothing here, so nothing waits
  return Inbox(context).gather();
}

}  // namespace vermilion::service
