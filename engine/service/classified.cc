#include "service/classified.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "evidence/commitment.h"
#include "identity/authorisation.h"
#include "identity/people.h"
#include "records/forms.h"
#include "service/access.h"

namespace vermilion::service {
namespace {

constexpr const char* kOpeningKind = "authorisation";
constexpr const char* kOpeningRight = "classified.authorise";

identity::Authorisation wanted_opening(Context& context, const OpeningRequest& request) {
  const auto evidence = context.store().evidence();
  identity::Authorisation wanted;
  wanted.id = evidence::fresh_ulid(context.store().clock().now());
  wanted.account = identity::require_person(evidence, request.account).account;
  wanted.document = request.document;
  wanted.form = request.form;
  wanted.purpose = context.rules().require_purpose(request.purpose).code;
  wanted.from = request.from.empty() ? context.today() : parse_date(request.from);
  wanted.to = parse_date(request.to);
  if (wanted.document.empty() == wanted.form.empty() || wanted.to < wanted.from) {
    throw Error(Failure::invalid, "bad-authorisation",
                {"請指明文件或表單其中之一，迄日不得早於起日",
                 "name a document or a form, and a last day not before the first"});
  }
  if (wanted.form.empty()) {
    wanted.unit = require_document(context, evidence, wanted.document).owner_unit;
  } else {
    (void)records::require_form(evidence, wanted.form);
  }
  return wanted;
}

void refuse_for_oneself(const model::Statement& statement) {
  if (const auto clash = identity::authorisation_clash(statement))
    throw Error(Failure::forbidden, clash->code, clash->said);
}

Json opening_receipt(const std::string& id, const store::Receipt& receipt) {
  return {{"id", id}, {"act", receipt.act}, {"log_index", receipt.log_index}};
}

Json authorisation_json(const identity::Authorisation& one) {
  auto json = identity::authorisation_subject(one);
  json.erase("type");
  json["authoriser"] = one.authoriser;
  json["ended"] = one.ended;
  return json;
}

identity::Authorisation require_running(Context& context, const std::string& id) {
  for (const auto& one : identity::all_authorisations(context.store().evidence()))
    if (one.id == id && !one.ended) return one;
  throw Error(Failure::not_found, "no-authorisation",
              {"沒有這項進行中的授權；authorisation list 列出您可見的授權",
               "there is no such running authorisation; 'authorisation list' shows them"});
}

}  // namespace

Json authorise_opening(Context& context, const OpeningRequest& request) {
  Json answer;
  recorded(context, kOpeningKind, kOpeningKind, [&] {
    context.require_right(kOpeningRight);
    const auto wanted = wanted_opening(context, request);
    model::Statement statement;
    statement.kind = kOpeningKind;
    statement.meaning = "授權調閱";
    statement.subject = identity::authorisation_subject(wanted);
    statement.signer = context.acting(kOpeningRight, wanted.unit);
    refuse_for_oneself(statement);
    const auto receipt = sign_and_commit(
        context,
        identity::prepare(context.store(), statement,
                          context.act(kOpeningKind, fmt::format("authorisation {} {}", wanted.id,
                                                                wanted.account)),
                          [id = wanted.id](const store::Now&, store::Changes&) {
                            return identity::authorisation_folder(id);
                          }));
    answer = authorisation_json(wanted);
    answer.update(opening_receipt(wanted.id, receipt));
  });
  return answer;
}

Json end_authorisation(Context& context, const std::string& id, const std::string& because) {
  Json answer;
  recorded(context, kOpeningKind, kOpeningKind, [&] {
    context.require_right(kOpeningRight);
    const auto one = require_running(context, id);
    model::Statement statement;
    statement.kind = "withdrawal";
    statement.meaning = "終止授權";
    statement.subject = {{"type", "opening"}, {"id", one.id}};
    statement.signer = context.acting(kOpeningRight, one.unit);
    const auto receipt = sign_and_commit(
        context,
        identity::prepare(context.store(), statement,
                          context.act(kOpeningKind, reasoned("authorisation " + one.id, because)),
                          [id = one.id](const store::Now&, store::Changes&) {
                            return identity::authorisation_folder(id);
                          }));
    answer = opening_receipt(one.id, receipt);
  });
  return answer;
}

Json list_authorisations(Context& context) {
  (void)context.session();
  const bool all = context.may(kOpeningRight);
  Json list = Json::array();
  for (const auto& one : identity::all_authorisations(context.evidence())) {
    if (all || one.account == context.actor() || one.authoriser == context.actor())
      list.push_back(authorisation_json(one));
  }
  return list;
}

}  // namespace vermilion::service
