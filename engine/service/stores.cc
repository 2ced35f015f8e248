#include "service/stores.h"

#include "base/error.h"
#include "crypto/password.h"
#include "identity/enrolment.h"
#include "identity/password_policy.h"
#include "identity/people.h"
#include "retention/rules.h"
#include "service/access_review.h"
#include "service/agency.h"
#include "service/audit_access.h"
#include "service/backups.h"
#include "service/clock.h"
#include "service/overdue.h"
#include "service/seal.h"
#include "service/searching.h"
#include "service/witness.h"
#include "store/maintenance.h"
#include "workflow/documents.h"

namespace vermilion::service {
namespace {

store::Act founding(const std::string& kind, const std::string& account) {
  return {kind, "system", "console", "account " + account, "done", kind + " account " + account,
          {}};
}

struct Founder {
  std::unique_ptr<crypto::Signer> key;
  model::SignerFields fields;
};

// The first certificate has no second person yet: the statement is by its own key and says so (初始簽發).
Founder issue_first_certificate(store::Store& store, const PersonRequest& person,
                                const std::string& passphrase) {
  auto fresh = identity::make_server_key(person.account, passphrase);
  const auto key = fresh.key;
  identity::NewCertificate wanted;
  wanted.account = person.account;
  wanted.request = crypto::make_request(fresh.key, person.account, person.account);
  wanted.server_key = std::move(fresh);
  const Instant now = store.clock().now();
  wanted.validity = {now, now + std::chrono::days(730)};
  model::SignerFields signer{person.account,       person.profile.name, person.profile.unit,
                                   person.profile.title, "administrator",     std::nullopt};
  auto act = founding("certificate", person.account);
  act.actor = person.account;
  const auto made = identity::prepare_certificate(store, wanted, signer, act, true);
  auto own = crypto::make_key_signer(key, made.certificate, {store.authority().issuer},
                                           crypto::Custody::server);
  identity::commit_signed(store, made.prepared,
                          own->sign(made.prepared.bytes, made.prepared.statement.at));
  return {std::move(own), std::move(signer)};
}

}  // namespace

Json init_store(Disk& disk, const Clock& clock, const InitRequest& request) {
  model::require_account_name(request.administrator.account);
  if (request.administrator_passphrase.size() < 12) {
    throw Error(Failure::invalid, "weak-passphrase",
                {"簽章通行短語至少 12 個字元", "a signing passphrase has at least 12 characters"});
  }
  auto rules = identity::default_rules();
  rules.emplace_back("rules/retention.json", retention::default_retention_rules());
  store::Store::create(disk, clock,
                       {request.path, request.name, request.time_zone, request.master_key_file,
                        request.root_key_file, request.root_passphrase, rules});
  const auto store = store::Store::open(disk, clock, request.path);
  const auto& person = request.administrator;
  const auto password = identity::random_password();
  identity::NewPerson founder{person.account, person.profile, crypto::hash_password(password)};
  founder.founding = true;
  identity::add_person(*store, founder, founding("person", person.account));
  const Date today = date_at(clock.now(), request.time_zone);
  identity::grant_role(*store, person.account, {"administrator", "", today, std::nullopt, "init"},
                       founding("role", person.account));
  const auto signing = issue_first_certificate(*store, person, request.administrator_passphrase);
  issue_first_seal(*store, disk, *signing.key, signing.fields);
  return {{"store", store->settings().id},
          {"path", request.path.string()},
          {"administrator", person.account},
          {"password", password},
          {"root_key_file", request.root_key_file.string()},
          {"master_key_file", request.master_key_file.string()},
          {"log_verifier_key", store->settings().verifier_key}};
}

Json store_status(Context& context) {
  if (context.limit()) outside_scope(context, "read", "store");  // it counts what lies anywhere
  auto& store = context.store();
  const auto evidence = store.evidence();
  return {{"store", store.settings().id},
          {"name", store.settings().name},
          {"created", store.settings().created},
          {"time_zone", store.settings().time_zone},
          {"version", VERMILION_VERSION},
          {"head", evidence.commit() ? Json(evidence.commit()->hex()) : Json(nullptr)},
          {"log_size", store.log().checkpoint().size},
          {"log_verifier_key", store.settings().verifier_key},
          {"documents", workflow::document_ids(evidence).size()},
          {"persons", identity::all_persons(evidence).size()},
          {"access_review", access_review_status(context)},
          {"clock_step", clock_step(context)},
          {"checkpoint_alarm", checkpoint_alarm(context)},
          {"overdue", overdue_duties(context)},
          {"unknown_destructions", unknown_destructions(context)},
          {"sign_in", sign_in_status(context)}};
}

Json rebuild_store(Context& context) {
  recorded(context, "rebuild", "store", [&] {
    if (context.person()) context.require_right("store.maintain");
    context.store().rebuild();
    rebuild_search(context);
    context.log("rebuild", "store");
  });
  return {{"rebuilt", true}};
}

Json maintain_store(Context& context) {
  Json repositories = Json::array();
  recorded(context, "maintain", "store", [&] {
    if (context.person()) context.require_right("store.maintain");
    context.settle();
    for (const auto& kept : store::maintain(context.disk(), context.store().path())) {
      repositories.push_back({{"repository", kept.repository},
                              {"packs_before", kept.before},
                              {"packs", kept.after},
                              {"objects", kept.objects}});
    }
    context.log("maintain", "store");
  });
  return {{"repositories", repositories}};
}

}  // namespace vermilion::service
