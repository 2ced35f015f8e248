#include "service/long_term.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/outside_status.h"
#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "identity/outside.h"
#include "service/certificates.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

using crypto::Certificate;

// Of another authority's list: each signature brings its own, and the file is uploaded to be checked.
constexpr std::size_t kLargestList = std::size_t{1} << 20;

// Whose lists may be in a PDF, beside those whose certificates it brings.
std::vector<Certificate> known_issuers(Context& context) {
  const auto authority = context.store().authority();
  std::vector<Certificate> known{authority.issuer, authority.root};
  for (auto& one : stamp_authorities(context)) known.push_back(std::move(one));
  for (auto& one : identity::trusted_authorities(context.store().evidence()))
    known.push_back(std::move(one));
  return known;
}

std::optional<Certificate> certificate_in(const Bytes& der) {
  try {
    return Certificate::from_der(der);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool clears(const Bytes& list, const Certificate& certificate, const Certificate& issuer) {
  try {
    return !crypto::status_by_crl(list, certificate, {{issuer}}).revoked;
  } catch (const Error&) {  // not about this certificate
    return false;
  }
}

}  // namespace

render::ValidationData validation_data(Context& context, const Certificate& own,
                                       const std::string& subject) {
  const auto authority = context.store().authority();
  render::ValidationData data{{own.der(), authority.issuer.der(), authority.root.der()},
                              {certificate_list(context, Renew::if_due)}};
  auto stamp = stamp_data(context, subject);
  for (const auto& one : stamp.authorities) data.certificates.push_back(one.der());
  for (auto& list : stamp.lists) data.crls.push_back(std::move(list));
  return data;
}

render::ValidationData validation_data_of(Context& context, const std::string& account,
                                          const Certificate& own, const std::string& subject) {
  auto data = validation_data(context, own, subject);
  const auto evidence = context.store().evidence();
  const auto outside = identity::outside_record(evidence, account, own.sha256());
  if (!outside) return data;
  const auto& [anchors, between] = outside->authority.trust;
  auto issuers = between;
  for (const auto& one : anchors)
    if (crypto::chains_to(own, {{one}, between}, std::nullopt)) issuers.push_back(one);
  for (const auto& one : issuers) data.certificates.push_back(one.der());
  for (auto& list : identity::outside_lists(evidence, account, own.sha256())) {
    const bool fits = list.size() <= kLargestList && crypto::find_crl_term(list, issuers);
    if (fits) data.crls.push_back(std::move(list));
  }
  return data;
}

KeptData kept_data(Context& context, const render::ValidationData& found) {
  KeptData kept;
  auto issuers = known_issuers(context);
  for (const Bytes& der : found.certificates) {
    const auto certificate = certificate_in(der);
    if (!certificate) {
      ++kept.broken;
      continue;
    }
    kept.certificates.push_back(*certificate);
    if (certificate->is_authority()) issuers.push_back(*certificate);
  }
  for (const Bytes& der : found.crls) {
    auto term = crypto::find_crl_term(der, issuers);
    if (!term) {
      ++kept.broken;
      continue;
    }
    kept.lists.push_back(der);
    kept.terms.push_back(std::move(*term));
  }
  return kept;
}

bool vouched_for(const KeptData& kept, const Certificate& certificate, Instant at) {
  for (std::size_t i = 0; i < kept.lists.size(); ++i) {
    const auto& next = kept.terms[i].next;
    if (next && *next < at) continue;
    if (clears(kept.lists[i], certificate, kept.terms[i].issuer)) return true;
  }
  return false;
}

std::optional<Certificate> stamp_signer(const render::FoundSignature& one) {
  const auto token = render::is_document_timestamp(one) ? std::optional(one.cms)
                                                        : crypto::timestamp_inside(one.cms);
  return token ? crypto::timestamp_signer(*token) : std::nullopt;
}

std::optional<Instant> proof_until(const render::FoundSignature& one) {
  auto certificate = stamp_signer(one);
  if (!certificate) certificate = crypto::signer_of(one.cms);
  return certificate ? std::optional(certificate->not_after()) : std::nullopt;
}

}  // namespace vermilion::service
