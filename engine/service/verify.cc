// The verifier: whatever the signing path refuses, it must find; so it asks the same functions.
#include <limits>
#include <set>

#include "base/error.h"
#include "identity/access_review.h"
#include "identity/people.h"
#include "service/audit_access.h"
#include "service/audit_copies.h"
#include "service/searching.h"
#include "service/stores.h"
#include "service/verify_accounts.h"
#include "service/verify_certificates.h"
#include "service/verify_documents.h"
#include "service/verify_log.h"
#include "service/verify_records.h"
#include "service/verify_seals.h"
#include "service/verify_statements.h"

namespace vermilion::service {
namespace {

// Gathers problems; a check that cannot even read its input is a problem too, not the end of the verification.
class Findings {
 public:
  void add(const std::string& where, const std::string& what) {
    problems_.push_back({{"where", where}, {"what", what}});
  }
  void add(const std::string& where, const Said& said) {
    add(where, said.zh == said.en ? said.zh : said.zh + " / " + said.en);
  }
  // Of a part: what is counted from now on is told as its.
  void begin(const std::string& part) {
    part_ = part;
    in_part_ = 0;
    tell();
  }
  void count() {
    ++checked_;
    ++in_part_;
    tell();
  }
  void attempt(const std::string& where, const std::function<void()>& check) {
    vermilion::attempt(where, [this](const auto& place, const Said& said) { add(place, said); },
                       check);
  }
  [[nodiscard]] bool none() const { return problems_.empty(); }
  [[nodiscard]] const Json& problems() const { return problems_; }
  [[nodiscard]] std::size_t checked() const { return checked_; }

  std::function<void(const std::string& part, std::size_t done)> progress;

 private:
  void tell() const {
    if (progress) progress(part_, in_part_);
  }

  Json problems_ = Json::array();
  std::string part_;
  std::size_t in_part_ = 0;
  std::size_t checked_ = 0;
};

constexpr std::size_t kParts = store::kCheckParts + 9;  // and those of verify_contents

// Numbers the parts as they come; copies count together.
std::function<void(const std::string&, std::size_t)> numbered(const VerifyRequest& request) {
  if (!request.progress) return {};
  struct Place {
    std::size_t part = 0;
    std::string name;
  };
  return [tell = request.progress, at = std::make_shared<Place>()](const std::string& name,
                                                                   std::size_t done) {
    if (name != at->name) ++at->part;
    at->name = name;
    tell(at->part, kParts, name, done);
  };
}

struct Verifier {
  Context& context;
  Findings findings;
  store::Snapshot evidence;
  std::optional<std::set<std::string>> changed;  // paths to look at; nothing: all
  const Fault fault = [this](const auto& where, const Said& what) { findings.add(where, what); };
  const std::function<void()> count = [this] { findings.count(); };
  const FolderChecks folders = {[this](const auto& folder) { return touched(folder); }, count, fault};

  // Is there anything to look at in that folder?
  [[nodiscard]] bool touched(const std::string& folder) const {
    if (!changed) return true;
    const auto path = changed->lower_bound(folder + "/");
    return path != changed->end() && path->starts_with(folder + "/");
  }

  // What the log says was opened has its list still.
  void check_lists_there(const std::string& prefix) {
    store::LogFilter filter;
    filter.kind = identity::kAccessReview;
    filter.subject_prefix = prefix;
    filter.limit = std::numeric_limits<std::size_t>::max();
    for (const auto& row : context.store().catalogue().log(filter)) {
      const auto folder = identity::access_review_folder(row.subject.substr(prefix.size()));
      if (row.commit.empty() || evidence.read(folder + "/list.json")) continue;
      fault(folder, {"審查的名單不見了", "the list of the review is gone"});
    }
  }

  void check_access_reviews() {
    for (const auto& review : identity::all_access_reviews(evidence)) {
      const auto folder = identity::access_review_folder(review.id);
      if (!touched(folder)) continue;
      count();
      findings.attempt(folder,
                       [&] { identity::check_access_review(context.store(), review, fault); });
    }
    const auto prefix = std::string(identity::kAccessReview) + " ";
    check_steps_there(context, prefix, "access-reviews", fault);
    check_lists_there(prefix);
  }

  void check_people() {
    const auto wanted = [&](const std::string& account) {
      return !changed || changed->contains(model::person_path(account));
    };
    check_accounts(context, {wanted, count, fault});
  }

  void check_index() {
    check_search(context, [&](const std::string& where, const std::string& what) {
      findings.add(where, what);
    });
  }

  // What the signed statements say, after the store itself was checked.
  void run() {
    findings.begin("聲明 statements");
    findings.attempt("evidence.git", [&] { check_statements(context, {changed, count, fault}); });
    findings.begin("文件 documents");
    findings.attempt("evidence.git", [&] { check_documents(context, folders); });
    findings.begin("發布 publications");
    check_publications(context, folders);
    findings.begin("存取權限審查 access reviews");
    findings.attempt("access-reviews", [&] { check_access_reviews(); });
    findings.attempt("audits", [&] { check_audit_copies(context, fault); });
    findings.begin("紀錄 records");
    findings.attempt("records", [&] { check_records(context, folders); });
    findings.begin("憑證 certificates");
    findings.attempt("people", [&] { check_certificates(context, count, fault); });
    findings.attempt("seal", [&] { check_seal_certificates(context, count, fault); });
    findings.begin("人員 people");
    findings.attempt("people", [&] { check_people(); });
    findings.begin("日誌與查核點 log and checkpoints");
    findings.attempt("log", [&] { check_log(context, count, fault); });
    findings.begin("搜尋索引 search index");
    findings.attempt("index/search", [&] { check_index(); });
  }
};

Json since_json(const std::optional<store::Checked>& since) {
  if (!since) return nullptr;
  return {{"log_size", since->log_size},
          {"main", since->main ? Json(since->main->hex()) : Json(nullptr)}};
}

// What was not sound takes the mark away: the next one looks at everything. A store that cannot be written, on an auditor's disk, is
// verified all the same.
void remember(store::Store& store, const store::Checked& checked) {
  try {
    store.remember_check(checked);
  } catch (const Error& error) {
    if (error.failure() != Failure::unavailable) throw;
  }
}

}  // namespace

Json verify_store(Context& context, const VerifyRequest& request) {
  if (context.limit()) outside_scope(context, "read", "store");  // faults name what lies anywhere
  auto& store = context.store();
  const auto since = request.quick ? store.last_check() : std::nullopt;
  Findings findings;
  findings.progress = numbered(request);
  store::CheckResult result;
  findings.attempt("store", [&] {
    result = store.check({since,
                          [&](const std::string& where, const std::string& what) {
                            findings.add(where, what);
                          },
                          findings.progress});
  });
  Verifier verifier{context, std::move(findings), store.evidence(), {}};
  if (since && since->main) {
    verifier.findings.attempt("evidence.git", [&] {
      verifier.changed = verifier.evidence.changed_since(store.evidence_of(*since->main));
    });
  }
  verifier.run();
  remember(store, verifier.findings.none() ? result.up_to : store::Checked{});
  return {{"ok", verifier.findings.none()},
          {"mode", since ? "quick" : "full"},
          {"since", since_json(since)},
          {"checked", verifier.findings.checked() + result.checked},
          {"problems", verifier.findings.problems()}};
}

}  // namespace vermilion::service
