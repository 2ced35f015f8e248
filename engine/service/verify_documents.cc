#include "service/verify_documents.h"

#include <fmt/format.h>

#include <limits>
#include <map>

#include "base/error.h"
#include "crypto/digest.h"
#include "evidence/duties.h"
#include "evidence/revision.h"
#include "identity/signing.h"
#include "service/verify_renewals.h"
#include "service/verify_seals.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"

namespace vermilion::service {
namespace {

using evidence::FiledStatement;
using model::Version;

constexpr std::string_view kDocument = "document ";

class DocumentCheck {
 public:
  DocumentCheck(Context& context, const FolderChecks& checks)
      : context_(context),
        checks_(checks),
        evidence_(context.store().evidence()),
        zone_(context.store().settings().time_zone) {}

  void check_documents() {
    for (const auto& id : workflow::document_ids(evidence_)) {
      if (!checks_.wanted(model::document_folder(id))) continue;
      for (const auto& entry : evidence_.list(model::document_folder(id) + "/revisions")) {
        const auto folder = model::document_folder(id) + "/revisions/" + entry.name;
        if (checks_.wanted(folder)) attempt(folder, checks_.fault, [&] { check_revision(folder); });
      }
      attempt(model::document_folder(id), checks_.fault, [&] { check_chain(id); });
    }
  }

  void check_publications() {
    attempt("evidence.git/refs/tags", checks_.fault, [&] { check_tags(); });
    for (const char* kind : {"publication", "import"}) {
      attempt("log", checks_.fault, [&] { check_published_stays(kind); });
    }
  }

 private:
  void bad(const std::string& where, const Said& said) { checks_.fault(where, said); }

  // What was published is what was signed, and nothing beside it. What an import brought stands there for good.
  void check_files(const model::Statement& statement, const std::string& id,
                   const git::ObjectId& commit) {
    const auto named = evidence::digests_of(statement.subject).files;
    const auto then = context_.store().evidence_of(commit);
    const bool import = statement.kind == "import";
    for (const auto& [name, digest] : named) {
      checks_.count();
      const auto path = workflow::published_file_path(id, name);
      const auto is_there = [&, &wanted = digest](const store::Snapshot& at) {
        const auto bytes = at.read(path);
        return bytes && crypto::digest_text(*bytes) == wanted;
      };
      if (is_there(then) && (!import || is_there(evidence_))) continue;
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
    const auto published = workflow::published_version(context_.store(), id, version);
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
    check_seal(context_, folder, published,
checks_.fault);
    check_renewals(context_, published,
    checks_.fault);
    differs("effective", iso_date(published.publication.effective));
    check_files(filed.statement, id, published.commit);
    if (filed.statement.kind == "import") return;
    const auto round = evidence::current_round(before);
    auto now = evidence::digests_of(subject);
    if (round.submission) now.pdf = evidence::digests_of(round.submission->statement.subject).pdf;
    if (const auto refusal =
            evidence::cannot_publish(round, now, published.publication.effective, zone_)) {
      bad(folder, refusal->said);
    }
    for (const auto& named : subject.value("rests_on", Json::array())) {
      const auto bytes =
          evidence_.read(folder + "/" + require_string(named, "name") + ".statement.json");
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
    for (const auto& filed : identity::filed_statements(evidence_, folder)) {
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
    const auto publication = evidence_.read(folder + "/publication.json");
    if (publication &&
        (published_by.empty() ||
         model::publication_from(parse_json(*publication)).statement != published_by)) {
      bad(folder + "/publication.json", {"沒有人簽署過這次發布", "nobody signed this publication"});
    }
    check_written_once(folder);
  }

  // What stands in a revision is written by one act and never again.
  void check_written_once(const std::string& folder) {
    for (const auto& entry : evidence_.list(folder)) {
      checks_.count();
      if (context_.store().catalogue().history(folder + "/" + entry.name).size() == 1) continue;
      bad(folder + "/" + entry.name,
          {"歸檔後又被改寫", "it was rewritten after it had been filed"});
    }
  }

  // Each version rests on the one published before it and begins no earlier; the newest is the text that stands in the folder.
  void check_chain(const std::string& id) {
    const auto publications = workflow::publications_of(evidence_, id);
    const model::Publication* previous = nullptr;
    for (const auto& p : publications) {
      checks_.count();
      const auto folder = model::revision_folder(id, p.version);
      if (!p.imported && p.base != (previous ? std::optional(previous->version) : std::nullopt)) {
        bad(folder, {"版次不是從前一版修訂而來", "the version does not rest on its predecessor"});
      }
      if (previous && p.effective < previous->effective) {
        bad(folder, {"生效日早於前一版", "it takes effect before its predecessor"});
      }
      previous = &p;
    }
    const auto text = evidence_.read(model::document_folder(id) + "/document.md");
    if (previous && (!text || crypto::digest_text(*text) != previous->content)) {
      bad(model::document_folder(id) + "/document.md",
          {"與最新發布的版次不符", "it differs from the newest publication"});
    }
    if (previous) check_files_stand(id, previous->version);
  }

  void check_files_stand(const std::string& id, const Version& newest) {
    const auto folder = model::document_folder(id) + "/files";
    const auto then =
        context_.store().evidence_of(workflow::published_at(context_.store(), id, newest));
    if (evidence_.id_of(folder) == then.id_of(folder)) return;
    bad(folder, {"與最新發布的版次不符", "it differs from the newest publication"});
  }

  // Every tag marks the act that published its version, and every publication has its tag.
  void check_tags() {
    std::map<std::string, git::ObjectId> tags;
    for (const auto& [name, commit] : context_.store().tags()) tags.emplace(name, commit);
    for (const auto& id : workflow::document_ids(evidence_)) {
      for (const auto& p : workflow::publications_of(evidence_, id)) check_tag(p, tags);
    }
    for (const auto& [name, commit] : tags) {
      bad("evidence.git: tag " + name,
          {"標籤所指的發布已不在 main 上", "the publication it marks is not on main"});
    }
  }

  // Takes the tag of one publication out of those still to be accounted for.
  void check_tag(const model::Publication& p, std::map<std::string, git::ObjectId>& tags) {
    checks_.count();
    const auto name = p.id + "/" + p.version.text();
    const auto path = model::revision_folder(p.id, p.version) + "/publication.json";
    const auto tag = tags.extract(name);
    if (!tag) return bad(path, {"這次發布沒有標籤", "this publication has no tag"});
    const auto filed = context_.store().catalogue().history(path);
    if (!filed.empty() && tag.mapped() != filed.front().act.commit) {
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
    for (const auto& row : context_.store().catalogue().log(filter)) {
      if (row.commit.empty()) continue;
      checks_.count();
      const auto name = row.subject.substr(kDocument.size());
      const auto space = name.find(' ');
      const auto folder = model::document_folder(name.substr(0, space)) + "/revisions/" +
                          (space == name.npos ? "" : name.substr(space + 1));
      if (evidence_.read(folder + "/publication.json")) continue;
      bad(folder, {fmt::format("日誌第 {} 筆的發布已不在 main 上", row.index),
                   fmt::format("the publication of log entry {} is not on main", row.index)});
    }
  }

  Context& context_;
  const FolderChecks& checks_;
  const store::Snapshot evidence_;
  const std::string zone_;
};

}  // namespace

void check_documents(Context& context, const FolderChecks& checks) {
  DocumentCheck(context, checks).check_documents();
}

void check_publications(Context& context, const FolderChecks& checks) {
  DocumentCheck(context, checks).check_publications();
}

}  // namespace vermilion::service
