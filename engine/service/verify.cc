// The verifier: whatever the signing path refuses, it must find; so it asks the same functions.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "crypto/digest.h"
#include "evidence/duties.h"
#include "evidence/verification.h"
#include "identity/access_review.h"
#include "identity/audit_copies.h"
#include "identity/authorisation.h"
#include "identity/delegation.h"
#include "identity/lifecycle.h"
#include "identity/people.h"
#include "service/audit_access.h"
#include "service/audit_copies.h"
#include "service/searching.h"
#include "service/stores.h"
#include "service/timestamps.h"
#include "service/verify_accounts.h"
#include "service/verify_certificates.h"
#include "service/verify_log.h"
#include "service/verify_records.h"
#include "service/verify_renewals.h"
#include "service/verify_seals.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"

namespace vermilion::service {
namespace {

using evidence::FiledStatement;
using model::Version;

constexpr std::string_view kSuffix = ".statement.json";
constexpr std::string_view kDocument = "document ";
constexpr auto kPatience = std::chrono::minutes(15);

std::vector<std::string> rights_in_access_review(const std::string& kind) {
  if (kind == "review") return {identity::kReviewRight};
  if (kind == "submission") return {identity::kProposeRight};
  if (kind == "approval") return {identity::kApproveRight};
  return {"role.grant"};
}

bool is_authorisation(const model::Statement& s) {
  const auto type = string_or_empty(s.subject, "type");
  return type == "audit" || type == "opening";
}

std::string right_to_change(const model::Statement& s) {
  const auto change = string_or_empty(s.subject, "change");
  if (change == "leave") return "person.leave";
  return change == "close" ? "person.disable" : identity::kAuthoriseRight;
}

// The rights without which nobody could have signed this. Ending one's own delegation needs none.
std::vector<std::string> rights_of(const model::Statement& s) {
  if (string_or_empty(s.subject, "type") == identity::kAccessReview)
    return rights_in_access_review(s.kind);
  if (identity::is_copy_erased(s)) return {"audit.approve"};
  if (s.kind == "submission") return {"document.submit"};
  if (s.kind == "review")
    return {string_or_empty(s.subject, "decision") == "return" ? "document.return"
                                                               : "document.review"};
  if (s.kind == "countersignature") return {"document.countersign"};
  if (string_or_empty(s.subject, "type") == "account") return {right_to_change(s)};
  if (s.kind == "approval") return {"document.approve"};
  if (s.kind == "publication")
    return {string_or_empty(s.subject, "type") == "form" ? "form.publish" : "document.publish"};
  if (s.kind == "import") return {"document.import"};
  if (s.kind == "certificate")
    return s.subject.contains("renews") ? std::vector<std::string>()
                                        : std::vector<std::string>{"certificate.issue"};
  if (s.kind == "authorisation" || (s.kind == "withdrawal" && is_authorisation(s)))
    return {string_or_empty(s.subject, "type") == "audit" ? "audit.approve"
                                                          : "classified.authorise"};
  if (s.kind == "delegation") return s.subject.value("rights", std::vector<std::string>());
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "document")
    return {"document.withdraw"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "seal")
    return {"certificate.issue"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "certificate" &&
      string_or_empty(s.subject, "account") != s.signer.account)
    return {"certificate.issue"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "disposal")
    return {"disposal.propose"};
  if (s.kind == "hold") return {"hold.place"};
  if (s.kind == "release") return {"hold.release"};
  if (s.kind == "disposal-proposal") return {"disposal.propose"};
  if (s.kind == "disposal-approval") return {"disposal.approve"};
  if (s.kind == "acknowledgement") return {"store.maintain"};
  if (s.kind == "destruction") return {"disposal.execute"};
  if (s.kind == "witness") return {"disposal.witness"};
  return {};
}

// Gathers problems; a check that cannot even read its input is a problem too, not the end of the verification.
class Findings {
 public:
  void add(const std::string& where, const std::string& what) {
    problems_.push_back({{"where", where}, {"what", what}});
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
    try {
      check();
    } catch (const Error& error) {
      add(where, error.said().zh + " / " + error.said().en);
    } catch (const std::exception& error) {
      add(where, error.what());
    }
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
  std::string zone;
  std::optional<std::set<std::string>> changed;  // paths to look at; nothing: all

  // Is there anything to look at in that folder?
  [[nodiscard]] bool touched(const std::string& folder) const {
    if (!changed) return true;
    const auto path = changed->lower_bound(folder + "/");
    return path != changed->end() && path->starts_with(folder + "/");
  }

  // The act that filed a path, or nothing (then the catalogue itself is at fault and says so elsewhere).
  std::optional<store::ActRow> filed_by(const std::string& path) {
    const auto rows = context.store().catalogue().history(path);
    return rows.empty() ? std::nullopt : std::optional(rows.front().act);
  }

  void bad(const std::string& where, const Said& said) {
    findings.add(where, said.zh + " / " + said.en);
  }

  // Rights, roles and delegations as they stood when the statement was filed: what came later, however dated, counts neither
  // for nor against it.
  void check_right(const std::string& where, const model::Statement& s,
                   const store::Snapshot& then) {
    const Date day = date_at(s.at, zone);
    const identity::Rules rules(then);
    const auto holder =
        identity::find_person(then, s.signer.on_behalf_of.value_or(s.signer.account));
    const bool for_unit = s.kind == "countersignature" || s.kind == "authorisation";
    const auto unit = for_unit ? string_or_empty(s.subject, "unit") : "";
    for (const auto& right : rights_of(s)) {
      if (!holder || rules.role_with(*holder, right, day, unit).empty()) {
        bad(where, {fmt::format("簽署人當日沒有「{}」的權限", right),
                    fmt::format("the signer did not hold the right '{}' on that day", right)});
      }
      if (s.signer.on_behalf_of &&
          !identity::find_delegation(then, *s.signer.on_behalf_of, s.signer.account, right, day)) {
        bad(where, {"當日沒有這項代理", "there was no such delegation on that day"});
      }
    }
    if (!s.signer.role.empty() && (!holder || !model::holds(*holder, s.signer.role, day, unit))) {
      bad(where, {"簽署人當日沒有這個角色", "the signer did not hold that role on that day"});
    }
  }

  // As the service asked when it was filed.
  void check_delegation(const std::string& where, const model::Statement& s,
                        const store::Snapshot& then) {
    if (s.kind != "delegation") return;
    const identity::Delegation filed{require_string(s.subject, "id"),
                                     s.signer.account,
                                     require_string(s.subject, "delegate"),
                                     rights_of(s),
                                     parse_date(require_string(s.subject, "from")),
                                     parse_date(require_string(s.subject, "to"))};
    if (const auto refusal = identity::cannot_delegate(then, filed)) bad(where, refusal->said);
  }

  // Nobody approves his own audit, nor authorises himself.
  void check_authorisation(const std::string& where, const model::Statement& s) {
    if (s.kind != "authorisation") return;
    if (const auto clash = identity::authorisation_clash(s)) bad(where, clash->said);
  }

  // The request beside it proves that the certified key was its holder's.
  void check_request(const std::string& where, const model::Statement& s) {
    const auto folder = where.substr(0, where.size() - kSuffix.size());
    const auto request = evidence.read(folder + ".p10");
    if (!request || crypto::digest_text(*request) != string_or_empty(s.subject, "request")) {
      return bad(where, {"憑證申請不見或已變更", "its certificate request is gone or changed"});
    }
    (void)crypto::request_key(*request);
    if (crypto::request_account(*request) != string_or_empty(s.subject, "account")) {
      bad(where, {"憑證申請是別人的", "its certificate request is by somebody else"});
    }
  }

  void check_certificate_statement(const std::string& where, const model::Statement& s,
                                   const std::string& certificate, std::uint64_t log_index) {
    if (s.kind != "certificate" || string_or_empty(s.subject, "type") != "certificate") return;
    if (!s.subject.contains("proof")) check_request(where, s);
    if (string_or_empty(s.subject, "account") != s.signer.account) return;
    // A renewal is the holder's own, by the very certificate that it names.
    if (string_or_empty(s.subject, "renews") == "sha256:" + certificate) return;
    // Only the founding certificate may vouch for itself, and only one can be the first.
    store::LogFilter first;
    first.kind = "certificate";
    first.keep = store::LogFilter::Keep::oldest;
    first.limit = 1;
    const auto rows = context.store().catalogue().log(first);
    if (rows.empty() || rows.front().index != log_index) {
      bad(where, {"憑證由持有人自己見證", "a certificate was witnessed by its own holder"});
    }
  }

  // A restore puts disposals that its backup did not know back on main; their own acts are lost, their signatures are not.
  bool is_put_back(const std::string& path, const store::ActRow& act) {
    if (act.actor != "local" || !path.starts_with("disposals/")) return false;
    store::LogFilter restores;
    restores.kind = "restore";
    restores.subject_prefix = "backup ";
    const auto rows = context.store().catalogue().log(restores);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.index == act.log_index; });
  }

  void check_statement(const std::string& path, const Bytes& bytes) {
    findings.count();
    const auto cms = evidence.read(path + ".p7s");
    if (!cms) return bad(path, {"缺少簽章檔 .p7s", "the signature file .p7s is missing"});
    const auto act = filed_by(path);
    if (!act) return bad(path, {"目錄沒有這份聲明", "the catalogue does not know this statement"});
    const auto verified = evidence::verify_statement(bytes, *cms, context.store().authority().root,
                                                     context.store().settings().id, act->log_index,
                                                     identity::certificate_finder(context.store()));
    if (verified.verdict != evidence::Verdict::good)
      return bad(path, evidence::verdict_said(verified.verdict));
    const auto& s = *verified.statement;
    const bool put_back = is_put_back(path, *act);
    if (!put_back && (s.at > act->at + kPatience || act->at > s.at + kPatience)) {
      bad(path, {"簽署時間與日誌時間相差超過 15 分鐘",
                 "the signing time is over 15 minutes from its log entry"});
    }
    // A witness signs in the executor's act.
    if (!put_back && act->actor != s.signer.account && s.kind != "witness")
      bad(path, {"歸檔人不是簽署人", "it was filed by another account"});
    const auto then = context.store().evidence_of(act->commit);
    check_right(path, s, then);
    check_delegation(path, s, then);
    check_authorisation(path, s);
    check_certificate_statement(path, s, verified.certificate->sha256(), act->log_index);
  }

  // What was published is what was signed, and nothing beside it. What an import brought stands there for good.
  void check_files(const model::Statement& statement, const std::string& id,
                   const git::ObjectId& commit) {
    const auto named = evidence::digests_of(statement.subject).files;
    const auto then = context.store().evidence_of(commit);
    const bool import = statement.kind == "import";
    for (const auto& [name, digest] : named) {
      findings.count();
      const auto path = workflow::published_file_path(id, name);
      const auto is_there = [&](const store::Snapshot& at) {
        const auto bytes = at.read(path);
        return bytes && crypto::digest_text(*bytes) == digest;
      };
      if (is_there(then) && (!import || is_there(evidence))) continue;
      bad(path, {"檔案不見或與簽署不符", "the file is gone or differs from what was signed"});
    }
    for (const auto& [name, digest] : workflow::published_files(then, id)) {
      if (named.contains(name)) continue;
      bad(workflow::published_file_path(id, name),
          {"沒有人簽署過這個檔案", "nobody signed this file"});
    }
  }

  void check_publication(const std::string& folder, const std::vector<FiledStatement>& before,
                         const FiledStatement& filed) {
    const auto& subject = filed.statement.subject;
    const auto id = require_string(subject, "id");
    const auto version = Version::parse(require_string(subject, "version"));
    const auto published = workflow::published_version(context.store(), id, version);
    const auto differs = [&](const char* key, const std::string& digest) {
      if (require_string(subject, key) != digest) {
        bad(folder, {fmt::format("發布的內容與簽署不符（{}）", key),
                     fmt::format("what was published differs from what was signed ({})", key)});
      }
    };
    differs("content", crypto::digest_text(published.markdown));
    differs("metadata", crypto::digest_text(canonical(model::to_json(published.metadata))));
    const auto sealed = published.publication.sealed_pdf.value_or("");
    if (sealed.empty()) {
      differs("pdf", crypto::digest_text(published.pdf));
    } else {
      differs("pdf", published.publication.pdf);
      differs("sealed_pdf", crypto::digest_text(published.pdf));
    }
    if (string_or_empty(subject, "sealed_pdf") != sealed)
      bad(folder, {"發布的內容與簽署不符（sealed_pdf）",
                   "what was published differs from what was signed (sealed_pdf)"});
    check_seal(context, folder, published,
               [&](const std::string& where, const Said& what) { bad(where, what); });
    check_renewals(context, published,
                   [&](const std::string& where, const Said& what) { bad(where, what); });
    differs("effective", iso_date(published.publication.effective));
    check_files(filed.statement, id, published.commit);
    if (filed.statement.kind == "import") return;
    const auto round = evidence::current_round(before);
    auto now = evidence::digests_of(subject);
    if (round.submission) now.pdf = evidence::digests_of(round.submission->statement.subject).pdf;
    if (const auto refusal =
            evidence::cannot_publish(round, now, published.publication.effective, zone)) {
      bad(folder, refusal->said);
    }
    for (const auto& named : subject.value("rests_on", Json::array())) {
      const auto bytes =
          evidence.read(folder + "/" + require_string(named, "name") + std::string(kSuffix));
      if (!bytes || crypto::digest_text(*bytes) != require_string(named, "sha256")) {
        bad(folder + "/" + string_or_empty(named, "name"),
            {"發布所依據的聲明不見或已變更", "a statement it rests on is gone or changed"});
      }
    }
  }

  // Replays the round: each statement must have been allowed by those before it.
  void check_revision(const std::string& folder) {
    std::vector<FiledStatement> before;
    std::string published_by;
    for (const auto& filed : identity::filed_statements(evidence, folder)) {
      const auto& s = filed.statement;
      if (s.kind == "publication" || s.kind == "import") {
        published_by = filed.name;
        check_publication(folder, before, filed);
      } else if (const auto refusal =
                     evidence::cannot_sign(s.kind, evidence::current_round(before), s.signer,
                                           evidence::digests_of(s.subject))) {
        bad(folder + "/" + filed.name, refusal->said);
      }
      before.push_back(filed);
    }
    const auto publication = evidence.read(folder + "/publication.json");
    if (publication &&
        (published_by.empty() ||
         model::publication_from(parse_json(*publication)).statement != published_by)) {
      bad(folder + "/publication.json", {"沒有人簽署過這次發布", "nobody signed this publication"});
    }
    check_written_once(folder);
  }

  // What stands in a revision is written by one act and never again.
  void check_written_once(const std::string& folder) {
    for (const auto& entry : evidence.list(folder)) {
      findings.count();
      if (context.store().catalogue().history(folder + "/" + entry.name).size() == 1) continue;
      bad(folder + "/" + entry.name,
          {"歸檔後又被改寫", "it was rewritten after it had been filed"});
    }
  }

  // Each version rests on the one published before it and begins no earlier; the newest is the text that stands in the folder.
  void check_chain(const std::string& id) {
    const auto publications = workflow::publications_of(evidence, id);
    const model::Publication* previous = nullptr;
    for (const auto& p : publications) {
      findings.count();
      const auto folder = model::revision_folder(id, p.version);
      if (!p.imported && p.base != (previous ? std::optional(previous->version) : std::nullopt)) {
        bad(folder, {"版次不是從前一版修訂而來", "the version does not rest on its predecessor"});
      }
      if (previous && p.effective < previous->effective) {
        bad(folder, {"生效日早於前一版", "it takes effect before its predecessor"});
      }
      previous = &p;
    }
    const auto text = evidence.read(model::document_folder(id) + "/document.md");
    if (previous && (!text || crypto::digest_text(*text) != previous->content)) {
      bad(model::document_folder(id) + "/document.md",
          {"與最新發布的版次不符", "it differs from the newest publication"});
    }
    if (previous) check_files_stand(id, previous->version);
  }

  void check_files_stand(const std::string& id, const Version& newest) {
    const auto folder = model::document_folder(id) + "/files";
    const auto then =
        context.store().evidence_of(workflow::published_at(context.store(), id, newest));
    if (evidence.id_of(folder) == then.id_of(folder)) return;
    bad(folder, {"與最新發布的版次不符", "it differs from the newest publication"});
  }

  void check_documents() {
    for (const auto& id : workflow::document_ids(evidence)) {
      if (!touched(model::document_folder(id))) continue;
      for (const auto& entry : evidence.list(model::document_folder(id) + "/revisions")) {
        const auto folder = model::document_folder(id) + "/revisions/" + entry.name;
        if (touched(folder)) findings.attempt(folder, [&] { check_revision(folder); });
      }
      findings.attempt(model::document_folder(id), [&] { check_chain(id); });
    }
  }

  // Every tag marks the act that published its version, and every publication has its tag.
  void check_tags() {
    std::map<std::string, git::ObjectId> tags;
    for (const auto& [name, commit] : context.store().tags()) tags.emplace(name, commit);
    for (const auto& id : workflow::document_ids(evidence)) {
      for (const auto& p : workflow::publications_of(evidence, id)) check_tag(p, tags);
    }
    for (const auto& [name, commit] : tags) {
      bad("evidence.git: tag " + name,
          {"標籤所指的發布已不在 main 上", "the publication it marks is not on main"});
    }
  }

  // Takes the tag of one publication out of those still to be accounted for.
  void check_tag(const model::Publication& p, std::map<std::string, git::ObjectId>& tags) {
    findings.count();
    const auto name = p.id + "/" + p.version.text();
    const auto path = model::revision_folder(p.id, p.version) + "/publication.json";
    const auto tag = tags.extract(name);
    if (!tag) return bad(path, {"這次發布沒有標籤", "this publication has no tag"});
    const auto act = filed_by(path);
    if (act && tag.mapped() != act->commit) {
      bad("evidence.git: tag " + name,
          {"標籤不指向發布的那次作業", "it is not on the act that published the version"});
    }
  }

  // What the log says was published stands on main still, though folder and tag be gone together.
  void check_published_stays(const std::string& kind) {
    store::LogFilter filter;
    filter.kind = kind;
    filter.subject_prefix = kDocument;
    filter.limit = std::numeric_limits<std::size_t>::max();
    for (const auto& row : context.store().catalogue().log(filter)) {
      if (row.commit.empty()) continue;
      findings.count();
      const auto name = row.subject.substr(kDocument.size());
      const auto space = name.find(' ');
      const auto folder = model::document_folder(name.substr(0, space)) + "/revisions/" +
                          (space == name.npos ? "" : name.substr(space + 1));
      if (evidence.read(folder + "/publication.json")) continue;
      bad(folder, {fmt::format("日誌第 {} 筆的發布已不在 main 上", row.index),
                   fmt::format("the publication of log entry {} is not on main", row.index)});
    }
  }

  void check_publications() {
    findings.attempt("evidence.git/refs/tags", [&] { check_tags(); });
    for (const char* kind : {"publication", "import"}) {
      findings.attempt("log", [&] { check_published_stays(kind); });
    }
  }

  void check_statements() {
    const Fault fault = [&](const std::string& where, const Said& what) { bad(where, what); };
    const auto check_stamp = timestamp_checker(context, fault);
    const auto check = [&](const std::string& path, const Bytes& bytes) {
      check_stamp(path, bytes);
      if (!path.ends_with(kSuffix)) return;
      findings.attempt(path, [&] { check_statement(path, bytes); });
    };
    if (!changed) return evidence.each_file("", check);
    for (const auto& path : *changed) {
      const auto bytes = evidence.read(path);
      if (bytes) check(path, *bytes);
      const bool stamp = path.ends_with(".tsr") || path.ends_with(".tsr-missing.json");
      if (!bytes && stamp) bad(path, identity::stamp_gone());
    }
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
      bad(folder, {"審查的名單不見了", "the list of the review is gone"});
    }
  }

  void check_access_reviews() {
    const Fault fault = [&](const std::string& where, const Said& what) { bad(where, what); };
    for (const auto& review : identity::all_access_reviews(evidence)) {
      const auto folder = identity::access_review_folder(review.id);
      if (!touched(folder)) continue;
      findings.count();
      findings.attempt(folder,
                       [&] { identity::check_access_review(context.store(), review, fault); });
    }
    const auto prefix = std::string(identity::kAccessReview) + " ";
    check_steps_there(context, prefix, "access-reviews", fault);
    check_lists_there(prefix);
  }

  void check_the_rest() {
    findings.begin("存取權限審查 access reviews");
    findings.attempt("access-reviews", [&] { check_access_reviews(); });
    findings.attempt("audits", [&] {
      check_audit_copies(context,
                         [&](const std::string& where, const Said& what) { bad(where, what); });
    });
    findings.begin("紀錄 records");
    findings.attempt("records", [&] {
      const auto fault = [&](const std::string& where, const Said& what) { bad(where, what); };
      check_records(context, {[&](const std::string& folder) { return touched(folder); },
                              [&] { findings.count(); }, fault});
    });
    findings.begin("憑證 certificates");
    findings.attempt("people", [&] {
      const auto count = [&] { findings.count(); };
      const auto fault = [&](const std::string& where, const Said& what) { bad(where, what); };
      check_certificates(context, count, fault);
      check_seal_certificates(context, count, fault);
    });
    findings.begin("人員 people");
    findings.attempt("people", [&] {
      const auto fault = [&](const std::string& where, const Said& what) { bad(where, what); };
      check_accounts(context, {[&](const std::string& account) {
                                 return !changed || changed->contains(model::person_path(account));
                               },
                               [&] { findings.count(); }, fault});
    });
    findings.begin("日誌與查核點 log and checkpoints");
    findings.attempt("log", [&] {
      check_log(
          context, [&] { findings.count(); },
          [&](const std::string& where, const Said& what) { bad(where, what); });
    });
    findings.begin("搜尋索引 search index");
    findings.attempt("index/search", [&] {
      check_search(context, [&](const std::string& where, const std::string& what) {
        findings.add(where, what);
      });
    });
  }

  // What the signed statements say, after the store itself was checked.
  void run() {
    findings.begin("聲明 statements");
    findings.attempt("evidence.git", [&] { check_statements(); });
    findings.begin("文件 documents");
    findings.attempt("evidence.git", [&] { check_documents(); });
    findings.begin("發布 publications");
    check_publications();
    check_the_rest();
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
  Verifier verifier{context, std::move(findings), store.evidence(), store.settings().time_zone, {}};
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
