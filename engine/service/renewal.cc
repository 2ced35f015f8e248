#include "service/renewal.h"

#include <fmt/format.h>

#include "crypto/cms.h"
#include "crypto/timestamp.h"
#include "render/pades.h"
#include "render/signatures.h"
#include "service/access.h"
#include "service/long_term.h"
#include "service/timestamps.h"
#include "store/timestamp_settings.h"
#include "workflow/renewals.h"

namespace vermilion::service {
namespace {

constexpr const char* kKind = "renewal";
constexpr const char* kAll = "documents";

store::TimestampSettings require_authority(Context& context) {
  if (auto settings = store::load_timestamp_settings(context.disk(), context.store().path()))
    return *settings;
  throw Error(
      Failure::invalid, "no-timestamp-authority",
      {"vermilion.yaml 沒有設定時戳機關（timestamp），無法續期",
       "vermilion.yaml names no time-stamping authority (timestamp); nothing to renew with"});
}

// Everything that whoever checks the signatures so far will need when their certificates have expired.
render::ValidationData data_for(Context& context, std::string_view pdf,
                                const std::string& subject) {
  const auto found = render::find_signatures(pdf).signatures;
  auto data = validation_data(context, crypto::signer_of(found.front().cms).value(), subject);
  for (const auto& one : found) {
    if (const auto authority = stamp_signer(one)) data.certificates.push_back(authority->der());
  }
  return data;
}

class Renewing {
 public:
  explicit Renewing(Context& context) : context_(context), settings_(require_authority(context)) {}

  Json run() {
    const auto evidence = context_.store().evidence();
    for (const auto& id : workflow::document_ids(evidence)) {
      for (const auto& p : workflow::publications_of(evidence, id)) {
        if (!p.sealed_pdf) continue;
        try {
          look_at(evidence, p);
        } catch (const Error& error) {  // the others all the same
          failed_ = error.code();
        }
      }
    }
    context_.log(kKind, kAll, failed_.empty() ? "done" : "failed:" + failed_);
    return {{"renewed", renewed_},
            {"waiting", waiting_},
            {"expired", expired_},
            {"failed", failed_.empty() ? Json(nullptr) : Json(failed_)}};
  }

 private:
  void look_at(const store::Snapshot& evidence, const model::Publication& p) {
    const auto now = context_.store().clock().now();
    const auto earlier = workflow::renewals_of(evidence, p.id, p.version);
    const auto until = earlier.empty() ? published_until(p) : earlier.back().until;
    if (!until || now + settings_.renew_before < *until) return;
    if (*until <= now) return tell(expired_, p, *until);
    if (longest_ && *longest_ <= *until) return tell(waiting_, p, *until);
    const auto published = workflow::published_version(context_.store(), p.id, p.version);
    renew(published, workflow::renewed_pdf(evidence, published), earlier.size() + 1, *until);
  }

  std::optional<Instant> published_until(const model::Publication& p) {
    const auto pdf = workflow::published_version(context_.store(), p.id, p.version).pdf;
    const auto found = render::find_signatures(pdf).signatures;
    return found.empty() ? std::nullopt : proof_until(found.back());
  }

  static void tell(Json& list, const model::Publication& p, Instant until) {
    list.push_back({{"id", p.id}, {"version", p.version.text()}, {"until", rfc3339(until)}});
  }

  void renew(const workflow::Published& published, const Bytes& former, std::size_t number,
             Instant proved_until) {
    const auto& p = published.publication;
    const auto subject = document_subject(p.id, p.version.text());
    auto prepared = render::prepare_document_timestamp(former, fmt::format("renewal-{:02}", number),
                                                       data_for(context_, former, subject));
    const auto stamp = stamp_over(context_, subject, prepared.covered());
    if (stamp.response.empty()) {
      failed_ = stamp.missing;
      return;
    }
    const auto token = crypto::timestamp_token(stamp.response);
    const auto until = crypto::timestamp_signer(token).value().not_after();
    longest_ = until;
    if (until <= proved_until) return tell(waiting_, p, proved_until);
    auto act = context_.act(kKind, subject);
    if (context_.local()) act.actor = "system";
    act.message = std::string(kKind) + " " + subject;
    const auto receipt =
        workflow::file_renewal(context_.store(), published, former,
                               render::with_signature(std::move(prepared), token), until, act);
    renewed_.push_back({{"id", p.id},
                        {"version", p.version.text()},
                        {"until", rfc3339(until)},
                        {"act", receipt.act},
                        {"log_index", receipt.log_index}});
  }

  Context& context_;
  store::TimestampSettings settings_;
  std::optional<Instant> longest_;  // how far a stamp of today proves
  Json renewed_ = Json::array();
  Json waiting_ = Json::array();
  Json expired_ = Json::array();
  std::string failed_;
};

}  // namespace

Json renew_seals(Context& context) {
  if (!context.local()) require_right(context, "store.maintain", kKind, kAll);
  return Renewing(context).run();
}

bool renewal_is_due(Context& context) {
  if (!store::load_timestamp_settings(context.disk(), context.store().path())) return false;
  store::LogFilter filter;
  filter.kind = kKind;
  filter.subject_prefix = kAll;
  filter.limit = 1;
  const auto rows = context.store().catalogue().log(filter);
  return rows.empty() || date_at(rows.back().at, zone_of(context)) < context.today();
}

}  // namespace vermilion::service
