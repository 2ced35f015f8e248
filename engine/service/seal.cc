#include "service/seal.h"

#include "base/local_time.h"
#include "crypto/digest.h"
#include "identity/seal.h"
#include "render/pades.h"
#include "render/signature_look.h"
#include "service/kept_seal.h"
#include "service/long_term.h"
#include "service/renditions.h"
#include "service/timestamps.h"
#include "store/sealing_key.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kShortDigest = 16;

Bytes look_of(Context& context, const crypto::Certificate& certificate, Instant at) {
  const Date day = date_at(at, zone_of(context));
  return render::draw_signature(
      {context.store().settings().name,
       {"機關印章　發布", in_both_calendars(day), local_time(at, zone_of(context)),
        "憑證 " + certificate.sha256().substr(0, kShortDigest)},
       "",
       true});
}

Bytes seal_now(Context& context, const Bytes& pdf, const crypto::Certificate& certificate,
               const std::string& subject) {
  const auto signer =
      crypto::make_key_signer(store::seal_key(context.disk(), context.store()), certificate,
                              {context.store().authority().issuer}, crypto::Custody::server);
  const Instant at = context.store().clock().now();
  auto prepared = render::prepare_signature(
      pdf, {kSealField, context.store().settings().name, "發布 publication", at,
            look_of(context, certificate, at), validation_data(context, certificate, subject)});
  auto cms = stamped_inside(context, subject, signer->sign_pdf(prepared.covered()));
  return render::with_signature(std::move(prepared), cms);
}

identity::PreparedSeal prepare_seal(Context& context, const model::SignerFields& signer) {
  auto& store = context.store();
  const auto act = context.act("seal", "seal");
  const auto key = store::seal_key(context.disk(), store).public_key();
  if (!identity::is_spent(store.evidence(), key))
    return identity::prepare_seal(store, key, {}, signer, act);
  const auto fresh = crypto::PrivateKey::generate_p256();
  return identity::prepare_seal(
      store, fresh.public_key(),
      [&context, fresh](const std::string& certificate) {
        return store::kept_seal_key(context.disk(), context.store(), fresh, certificate);
      },
      signer, act);
}

}  // namespace

Bytes sealed_pdf(Context& context, const Bytes& pdf, const std::string& subject) {
  const auto now = context.store().clock().now();
  const auto certificate = identity::seal_certificate(context.store().evidence(), now);
  if (!certificate) return {};
  if (context.caller().signed_before) {
    if (auto kept = find_kept_seal(context, pdf)) return *kept;
  }
  auto sealed = seal_now(context, pdf, *certificate, subject);
  if (context.caller().only_prepare) keep_seal(context, pdf, sealed);
  return sealed;
}

void forget_seal(Context& context, const Bytes& pdf) {
  if (context.caller().signed_before) drop_kept_seal(context, pdf);
}

Json revoke_seal(Context& context, const std::string& reason) {
  Json answer;
  recorded(context, "revocation", "seal", [&] {
    const auto signer = context.acting("certificate.issue");
    const auto prepared = identity::prepare_seal_revocation(context.store(), reason, signer,
                                                            context.act("revocation", "seal"));
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"certificate", prepared.act.subject.substr(std::string_view("seal ").size())},
              {"revoked", rfc3339(prepared.statement.at)},
              {"reason", reason},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

Json issue_seal(Context& context) {
  Json answer;
  recorded(context, "seal", "seal", [&] {
    const auto signer = context.acting("certificate.issue");
    const auto made = prepare_seal(context, signer);
    const auto receipt = sign_and_commit(context, made.prepared);
    answer = {{"certificate", made.certificate.sha256()},
              {"name", made.certificate.common_name()},
              {"not_after", rfc3339(made.certificate.not_after())},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

void issue_first_seal(store::Store& store, Disk& disk, crypto::Signer& founder,
                      const model::SignerFields& signer) {
  const auto key = store::sealing_key(disk, store).public_key();
  const store::Act act{"seal", signer.account, "console", "seal", "done", "seal", {}};
  const auto made = identity::prepare_seal(store, key, {}, signer, act);
  identity::commit_signed(store, made.prepared,
                          founder.sign(made.prepared.bytes, made.prepared.statement.at));
}

}  // namespace vermilion::service
