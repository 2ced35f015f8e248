#include "service/verify_renewals.h"

#include <algorithm>

#include "crypto/digest.h"
#include "crypto/timestamp.h"
#include "render/revisions.h"
#include "service/access.h"
#include "service/long_term.h"
#include "service/timestamps.h"
#include "workflow/renewals.h"

namespace vermilion::service {
namespace {

void require_stamp(Context& context, const Bytes& former, const Bytes& after,
                   const workflow::Renewal& facts) {
  const auto refuse = [](const char* zh, const char* en) {
    throw Error(Failure::corrupt, "renewal-broken", {zh, en});
  };
  const auto found = render::find_signatures(after).signatures;
  const bool over_all = found.size() > 1 && found.back().end == after.size() &&
                        found.back().hole >= former.size() &&
                        render::is_document_timestamp(found.back());
  if (!over_all)
    refuse("續期附加的不是涵蓋全檔的文件時戳",
           "what a renewal appended is no stamp over the whole");
  const auto& last = found.back();
  const auto at = crypto::check_timestamp_token(last.cms, crypto::sha256(last.covered(after)),
                                                stamp_authorities(context));
  if (at >= proof_until(found[found.size() - 2]).value() || proof_until(last) != facts.until)
    refuse(
        "續期時，前一個憑證已經到期，或期限記載不符",
        "it was renewed after the certificate before had expired, or until another time than said");
  if (!render::changes_between(former, after).empty())
    refuse("續期時改動了別的內容", "a renewal changed something else");
}

// As often as the log tells of renewals of it.
bool all_are_there(Context& context, const model::Publication& p, std::size_t count) {
  store::LogFilter filter;
  filter.kind = "renewal";
  filter.subject_prefix = document_subject(p.id, p.version.text());
  const auto rows = context.store().catalogue().log(filter);
  return count ==
         static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
           return row.subject == filter.subject_prefix && !row.commit.empty();
         }));
}

}  // namespace

void check_renewals(Context& context, const workflow::Published& published, const Fault& fault) {
  const auto& p = published.publication;
  const auto evidence = context.store().evidence();
  const auto renewals = workflow::renewals_of(evidence, p.id, p.version);
  if (!all_are_there(context, p, renewals.size()))
    fault(model::revision_folder(p.id, p.version),
          {"續期的檔案與日誌所載不符", "its renewals are not those that the log tells of"});
  Bytes former = published.pdf;
  for (const auto& one : renewals) {
    vermilion::attempt(one.path, fault, [&] {
      const Bytes after = former + evidence.require(one.path + ".update");
      if (one.before != crypto::digest_text(former) || one.after != crypto::digest_text(after))
        fault(one.path, {"續期的檔案與所載摘要不符", "a renewal differs from its digests"});
      require_stamp(context, former, after, one);
      former = after;
    });
  }
}

}  // namespace vermilion::service
