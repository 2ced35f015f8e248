// Every function of the service, asked for by every role: what the matrix denies is refused and logged, what it grants is not.
#include "service/rights.h"

#include "bureau.h"
#include "identity/rights.h"
#include "records.h"
#include "service/access_review.h"
#include "service/agency.h"
#include "service/agreement_certificate.h"
#include "service/attachments.h"
#include "service/audit_access.h"
#include "service/audit_copies.h"
#include "service/backups.h"
#include "service/blank_form.h"
#include "service/certificates.h"
#include "service/classified.h"
#include "service/clock.h"
#include "service/keys.h"
#include "service/lifecycle.h"
#include "service/log_archive.h"
#include "service/log_review.h"
#include "service/overdue.h"
#include "service/paper.h"
#include "service/password_link.h"
#include "service/passwords.h"
#include "service/pdf_check.h"
#include "service/renewal.h"
#include "service/seal.h"
#include "service/sheets.h"
#include "service/witness.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

const std::string kNone = "01JD9V3K5W8Q2M4N6P7R9S1T0V";  // an id of nothing
const service::StepRequest kStep{"ISMS-02-009", "1.0", "", "政風室", "意見"};

using Call = std::function<void(service::Context&)>;

// How a person would ask for each deed, of things that are not there: whoever may is told so, or that they are not there.
std::map<std::string, Call> calls(Bureau& at) {
  const auto target = at.scratch / "backup";
  return {
      {"link_account", [](auto& c) { (void)service::link_account(c, "nobody", "oidc", "x"); }},
      {"unlink_account", [](auto& c) { (void)service::unlink_account(c, "nobody", "oidc"); }},
      {"list_links", [](auto& c) { (void)service::list_links(c); }},
      {"open_access_review", [](auto& c) { (void)service::open_access_review(c); }},
      {"list_access_reviews", [](auto& c) { (void)service::list_access_reviews(c); }},
      {"show_access_review", [](auto& c) { (void)service::show_access_review(c, kNone); }},
      {"access_review_pdf", [](auto& c) { (void)service::access_review_pdf(c, kNone); }},
      {"access_review_csv", [](auto& c) { (void)service::access_review_csv(c, kNone); }},
      {"access_review_status", [](auto& c) { (void)service::access_review_status(c); }},
      {"decide_access_rows",
       [](auto& c) {
         (void)service::decide_access_rows(c, kNone, {{1, "keep", "", ""}});
       }},
      {"propose_improvements",
       [](auto& c) { (void)service::propose_improvements(c, kNone, {"每月清查"}); }},
      {"approve_access_review", [](auto& c) { (void)service::approve_access_review(c, kNone); }},
      {"execute_access_review", [](auto& c) { (void)service::execute_access_review(c, kNone); }},
      {"approve_audit", [](auto& c) { (void)service::approve_audit(c, {}); }},
      {"end_audit", [](auto& c) { (void)service::end_audit(c, kNone); }},
      {"list_audits", [](auto& c) { (void)service::list_audits(c); }},
      {"audit_trail", [](auto& c) { (void)service::audit_trail(c, kNone); }},
      {"list_log", [](auto& c) { (void)service::list_log(c, {}); }},
      {"log_report",
       [](auto& c) {
         (void)service::log_report(c, {"2026-11-22", "2026-11-22", 1});
       }},
      {"verify_log", [](auto& c) { (void)service::verify_log(c); }},
      {"prove_log", [](auto& c) { (void)service::prove_log(c, 1); }},
      {"prove_log_growth", [](auto& c) { (void)service::prove_log_growth(c, 1); }},
      {"list_audit_copies", [](auto& c) { (void)service::list_audit_copies(c, true); }},
      {"confirm_copy_erased", [](auto& c) { (void)service::confirm_copy_erased(c, 1); }},
      {"own_open_copies", [](auto& c) { (void)service::own_open_copies(c); }},
      {"archive_log",
       [=](auto& c) {
         (void)service::archive_log(c, {"114-1", target});
       }},
      {"review_log",
       [](auto& c) {
         (void)service::review_log(c, {"2026-11-22", "2026-11-22", "無", false, false});
       }},
      {"overdue_duties", [](auto& c) { (void)service::overdue_duties(c); }},
      {"set_recovery", [](auto& c) { service::set_recovery(c, "不是憑證", 1); }},
      {"back_up",
       [=](auto& c) {
         (void)service::back_up(c, {target, "不是憑證", 1});
       }},
      {"drill",
       [=](auto& c) {
         (void)service::drill(c, {target, target, {}, 1});
       }},
      {"daily_log_backup", [](auto& c) { (void)service::daily_log_backup(c); }},
      {"unknown_destructions", [](auto& c) { (void)service::unknown_destructions(c); }},
      {"confirm_destructions", [](auto& c) { (void)service::confirm_destructions(c, "查證完成"); }},
      {"authorise_opening", [](auto& c) { (void)service::authorise_opening(c, {}); }},
      {"end_authorisation", [](auto& c) { (void)service::end_authorisation(c, kNone); }},
      {"list_authorisations", [](auto& c) { (void)service::list_authorisations(c); }},
      {"clock_step", [](auto& c) { (void)service::clock_step(c); }},
      {"acknowledge_clock", [](auto& c) { (void)service::acknowledge_clock(c, 1, "校時"); }},
      {"create_document",
       [](auto& c) {
         (void)service::create_document(c, {"無", "", "", ""});
       }},
      {"import_document", [](auto& c) { (void)service::import_document(c, {}); }},
      {"draft_document",
       [](auto& c) {
         (void)service::draft_document(c, {"ISMS-02-009", "", {}, ""});
       }},
      {"submit_document", [](auto& c) { (void)service::submit_document(c, kStep); }},
      {"review_document", [](auto& c) { (void)service::review_document(c, kStep); }},
      {"countersign_document", [](auto& c) { (void)service::countersign_document(c, kStep); }},
      {"approve_document", [](auto& c) { (void)service::approve_document(c, kStep); }},
      {"return_document", [](auto& c) { (void)service::return_document(c, kStep); }},
      {"publish_document",
       [](auto& c) { (void)service::publish_document(c, "ISMS-02-009", "", ""); }},
      {"withdraw_document",
       [](auto& c) { (void)service::withdraw_document(c, "ISMS-02-009", "", "不再適用"); }},
      {"list_documents", [](auto& c) { (void)service::list_documents(c); }},
      {"show_document", [](auto& c) { (void)service::show_document(c, "ISMS-02-009", "", true); }},
      {"document_history", [](auto& c) { (void)service::document_history(c, "ISMS-02-009"); }},
      {"diff_document", [](auto& c) { (void)service::diff_document(c, "ISMS-02-009", "", ""); }},
      {"document_file",
       [](auto& c) { (void)service::document_file(c, "ISMS-02-009", "1.0", "圖.png"); }},
      {"export_pdf", [](auto& c) { (void)service::export_pdf(c, {"ISMS-02-009"}); }},
      {"export_review_pdf",
       [](auto& c) { (void)service::export_review_pdf(c, "ISMS-02-009", ""); }},
      {"export_diff_pdf",
       [](auto& c) { (void)service::export_diff_pdf(c, "ISMS-02-009", "", ""); }},
      {"export_approvals", [](auto& c) { (void)service::export_approvals(c, "ISMS-02-009", ""); }},
      {"add_person",
       [](auto& c) {
         (void)service::add_person(c, {"Q", {}});
       }},
      {"show_person", [](auto& c) { (void)service::show_person(c, "lin01"); }},
      {"disable_person", [](auto& c) { (void)service::disable_person(c, "nobody", ""); }},
      {"grant_role",
       [](auto& c) {
         (void)service::grant_role(c, {"nobody", "staff", "", "", ""});
       }},
      {"revoke_role",
       [](auto& c) {
         (void)service::revoke_role(c, {"nobody", "staff", "", "", ""});
       }},
      {"list_accounts", [](auto& c) { (void)service::list_accounts(c, {}); }},
      {"agreements_to_sign", [](auto& c) { (void)service::agreements_to_sign(c, "lin01"); }},
      {"account_changes", [](auto& c) { (void)service::account_changes(c, "lin01"); }},
      {"authorise_person", [](auto& c) { (void)service::authorise_person(c, "nobody"); }},
      {"extend_person", [](auto& c) { (void)service::extend_person(c, "nobody", "2027-01-01"); }},
      {"reopen_person", [](auto& c) { (void)service::reopen_person(c, "nobody"); }},
      {"move_person",
       [](auto& c) {
         (void)service::move_person(c, {"nobody", "政風室", "專員", ""});
       }},
      {"leave_person", [](auto& c) { (void)service::leave_person(c, "nobody", ""); }},
      {"close_person", [](auto& c) { (void)service::close_person(c, "nobody"); }},
      {"role_holders", [](auto& c) { (void)service::role_holders(c, "owner", ""); }},
      {"disable_idle", [](auto& c) { (void)service::disable_idle(c); }},
      {"password_rules", [](auto& c) { (void)service::password_rules(c); }},
      {"give_password_link",
       [](auto& c) {
         (void)service::give_password_link(c, {"nobody", "https://isms.example.gov.tw"});
       }},
      {"reset_password", [](auto& c) { (void)service::reset_password(c, "nobody"); }},
      {"unlock_account", [](auto& c) { (void)service::unlock_account(c, "nobody"); }},
      {"offer_second_factor", [](auto& c) { (void)service::offer_second_factor(c, "lin01"); }},
      {"reset_second_factor", [](auto& c) { (void)service::reset_second_factor(c, "nobody"); }},
      {"list_roles", [](auto& c) { (void)service::list_roles(c); }},
      {"issue_certificate",
       [](auto& c) {
         (void)service::issue_certificate(c, {"nobody", "短", true, ""});
       }},
      {"renew_certificate",
       [](auto& c) {
         (void)service::renew_certificate(c, {"nobody", "短", true, ""});
       }},
      {"revoke_certificate",
       [](auto& c) { (void)service::revoke_certificate(c, "nobody", kNone, "superseded"); }},
      {"certificate_list",
       [](auto& c) { (void)service::certificate_list(c, service::Renew::never); }},
      {"certificate_list_pem", [](auto& c) { (void)service::certificate_list_pem(c); }},
      {"authority_chain", [](auto& c) { (void)service::authority_chain(c); }},
      {"trust_authority", [](auto& c) { (void)service::trust_authority(c, "不是憑證"); }},
      {"issue_seal", [](auto& c) { (void)service::issue_seal(c); }},
      {"renew_seals", [](auto& c) { (void)service::renew_seals(c); }},
      {"revoke_seal", [](auto& c) { (void)service::revoke_seal(c, "superseded"); }},
      {"check_pdf", [](auto& c) { (void)service::check_pdf(c, "不是 PDF"); }},
      {"possession_challenge",
       [](auto& c) { (void)service::possession_challenge(c, "nobody", "不是憑證"); }},
      {"import_certificate",
       [](auto& c) {
         service::ImportCertificate request;
         request.account = "nobody";
         request.certificate = "不是憑證";
         (void)service::import_certificate(c, request);
       }},
      {"file_certificate_status",
       [](auto& c) { (void)service::file_certificate_status(c, "nobody", kNone, {}); }},
      {"own_key", [](auto& c) { (void)service::own_key(c); }},
      {"own_certificates", [](auto& c) { (void)service::own_certificates(c); }},
      {"own_custody", [](auto& c) { (void)service::own_custody(c); }},
      {"request_key", [](auto& c) { (void)service::request_key(c, "不是憑證申請"); }},
      {"list_key_requests", [](auto& c) { (void)service::list_key_requests(c); }},
      {"show_key_request", [](auto& c) { (void)service::show_key_request(c, "nobody"); }},
      {"confirm_key", [](auto& c) { (void)service::confirm_key(c, "nobody", kNone); }},
      {"drop_key", [](auto& c) { (void)service::drop_key(c, "nobody", kNone); }},
      {"list_certificates", [](auto& c) { (void)service::list_certificates(c, "lin01"); }},
      {"list_delegations", [](auto& c) { (void)service::list_delegations(c, ""); }},
      {"show_delegation", [](auto& c) { (void)service::show_delegation(c, kNone); }},
      {"end_delegation", [](auto& c) { (void)service::end_delegation(c, kNone); }},
      {"delegable_rights", [](auto& c) { (void)service::delegable_rights(c); }},
      {"principals_of", [](auto& c) { (void)service::principals_of(c); }},
      {"list_forms", [](auto& c) { (void)service::list_forms(c); }},
      {"show_form", [](auto& c) { (void)service::show_form(c, "room-daily-log", ""); }},
      {"check_form", [](auto& c) { (void)service::check_form(c, {}); }},
      {"publish_form", [](auto& c) { (void)service::publish_form(c, {}); }},
      {"create_record",
       [](auto& c) {
         service::RecordRequest request;
         request.form = "nda-employee";
         (void)service::create_record(c, request);
       }},
      {"sign_record", [](auto& c) { (void)service::sign_record(c, kNone, ""); }},
      {"attach_file",
       [](auto& c) {
         (void)service::attach_file(c, {kNone, "佐證.txt", source_of("佐證")});
       }},
      {"export_attachment",
       [](auto& c) {
         (void)service::export_attachment(c, kNone, "attachment-01", [](std::string_view) {});
       }},
      {"list_records", [](auto& c) { (void)service::list_records(c, {}); }},
      {"show_record", [](auto& c) { (void)service::show_record(c, kNone); }},
      {"export_record_pdf", [](auto& c) { (void)service::export_record_pdf(c, kNone); }},
      {"export_record_files", [](auto& c) { (void)service::export_record_files(c, kNone); }},
      {"export_records_csv",
       [](auto& c) {
         (void)service::export_records_csv(c, {"room-daily-log", "", "", "", ""});
       }},
      {"agreement_register", [](auto& c) { (void)service::agreement_register(c, "nda-employee"); }},
      {"agreement_register_csv",
       [](auto& c) { (void)service::agreement_register_csv(c, "nda-employee"); }},
      {"agreement_register_pdf",
       [](auto& c) { (void)service::agreement_register_pdf(c, "nda-employee"); }},
      {"records_register_pdf",
       [](auto& c) {
         (void)service::records_register_pdf(c, {"room-daily-log", "", "", "", ""});
       }},
      {"log_report_pdf",
       [](auto& c) {
         (void)service::log_report_pdf(c, {"2026-11-01", "2026-11-02", 10});
       }},
      {"rights_matrix_pdf", [](auto& c) { (void)service::rights_matrix_pdf(c); }},
      {"blank_form_pdf", [](auto& c) { (void)service::blank_form_pdf(c, "nda-employee", ""); }},
      {"check_paper",
       [](auto& c) {
         (void)service::check_paper(c, {"ISMS-01-002", "3.6", "K7Q29M4T1XWB"});
       }},
      {"agreement_certificate_pdf",
       [](auto& c) { (void)service::agreement_certificate_pdf(c, kNone); }},
      {"waiting_for", [](auto& c) { (void)service::waiting_for(c); }},
      {"retention_due", [](auto& c) { (void)service::retention_due(c); }},
      {"explain_retention", [](auto& c) { (void)service::explain_retention(c, kNone); }},
      {"retention_rules", [](auto& c) { (void)service::retention_rules(c); }},
      {"place_hold", [](auto& c) { (void)service::place_hold(c, {}); }},
      {"release_hold", [](auto& c) { (void)service::release_hold(c, kNone, "結案"); }},
      {"list_holds", [](auto& c) { (void)service::list_holds(c); }},
      {"propose_disposal",
       [](auto& c) {
         (void)service::propose_disposal(c, {{kNone}, false, false, ""});
       }},
      {"approve_disposal", [](auto& c) { (void)service::approve_disposal(c, kNone, ""); }},
      {"withdraw_disposal", [](auto& c) { (void)service::withdraw_disposal(c, kNone, "展延"); }},
      {"execute_disposal",
       [](auto& c) {
         (void)service::execute_disposal(c, kNone, {"wang03", "", ""});
       }},
      {"list_disposals", [](auto& c) { (void)service::list_disposals(c); }},
      {"show_disposal", [](auto& c) { (void)service::show_disposal(c, kNone); }},
      {"disposal_certificate_pdf",
       [](auto& c) { (void)service::disposal_certificate_pdf(c, kNone); }},
      {"build_pack", [](auto& c) { (void)service::build_pack(c, 115); }},
      {"rights_matrix", [](auto& c) { (void)service::rights_matrix(c); }},
      {"rights_matrix_csv", [](auto& c) { (void)service::rights_matrix_csv(c); }},
      {"search_documents",
       [](auto& c) {
         (void)service::search_documents(c, {"管制", false, 0, 1});
       }},
      {"store_status", [](auto& c) { (void)service::store_status(c); }},
      {"rebuild_store", [](auto& c) { (void)service::rebuild_store(c); }},
      {"maintain_store", [](auto& c) { (void)service::maintain_store(c); }},
      {"verify_store", [](auto& c) { (void)service::verify_store(c, {}); }},
      {"witness_log", [](auto& c) { (void)service::witness_log(c, {}); }},
      {"checkpoint_alarm", [](auto& c) { (void)service::checkpoint_alarm(c); }},
      {"add_delegation",
       [](auto& c) {
         (void)service::add_delegation(c, "zhou07", {"audit.scoped"}, "", "2026-12-31");
       }},
  };
}

// A deed that is for everybody who signed in is asked for too: it must not need a right.
bool is_asked(const service::Deed& deed) {
  return deed.guard != service::Guard::part && deed.guard != service::Guard::console;
}

bool grants(const identity::Role& role, const service::Deed& deed) {
  if (deed.guard != service::Guard::right) return true;
  const std::string rights = deed.rights;
  const auto bar = rights.find('|');
  return role.rights.contains(rights.substr(0, bar)) ||
         (bar != std::string::npos && role.rights.contains(rights.substr(bar + 1)));
}

bool is_denial(const std::string& code) {
  return code == "no-right" || code == "read-only" || code == "outside-scope";
}

// The right that a delegation names is nobody's to give: of that deed alone a denial says nothing.
bool tells(const std::string& function, const std::string& code) {
  return function != "add_delegation" || code != "no-right";
}

struct Pairs {
  int checked = 0;
  int denied = 0;
  std::vector<std::string> wrong;
};

void check_pair(Bureau& at, const identity::Role& role, service::Context& context,
                const service::Deed& deed, const Call& call, Pairs& pairs) {
  const auto before = at.mark().log_size;
  const auto code = code_of([&] { call(context); });
  ++pairs.checked;
  const bool bound = role.rights.contains(identity::kScopedRight);
  const bool granted = grants(role, deed);
  const std::string name = role.id + " " + deed.function + " " + code;
  // Somebody bound to a scope may meet its border in what is for everybody else.
  if (granted && !bound && is_denial(code) && tells(deed.function, code))
    pairs.wrong.push_back("denied: " + name);
  if (!granted && !is_denial(code)) pairs.wrong.push_back("not denied: " + name);
  if (granted) return;
  ++pairs.denied;
  const auto rows = at.log_from(before);
  if (rows.empty() || rows.back().outcome != "refused:" + code ||
      rows.back().actor != context.actor())
    pairs.wrong.push_back("not logged: " + name);
}

}  // namespace

TEST_CASE(
    "every role may do what the matrix grants and nothing else, and each denial is logged "
    "[SC-30] [SC-32] [SC-34] [SC-41]",
    "[service]") {
  RecordBureau at;
  const auto asked = calls(at);
  std::map<std::string, const service::Deed*> deeds;
  for (const auto& deed : service::deeds())
    if (is_asked(deed)) deeds[deed.function] = &deed;
  for (const auto& [name, deed] : deeds) {
    INFO(name);
    CHECK(asked.contains(name));
  }
  Pairs pairs;
  const identity::Rules rules(at.store().evidence());
  for (const auto& role : rules.roles()) {
    const std::string account = "holder-" + std::to_string(at.keys.size());  // no hint of its role
    take_in(at.store(), {account, {"單一角色", "政風室", "", ""}, role.id, ""}, at.keys);
    auto context = at.for_purpose(account);
    (void)context.session();
    for (const auto& [name, deed] : deeds)
      check_pair(at, role, context, *deed, asked.at(name), pairs);
  }
  CHECK(pairs.wrong == std::vector<std::string>());
  CHECK(pairs.denied > 300);
  std::printf("(role, function) pairs checked: %d, of which denied: %d\n", pairs.checked,
              pairs.denied);
}

TEST_CASE("every right named by a function exists, and every right is asked for by one [SC-30]",
          "[service]") {
  std::set<std::string> asked = {"record.paper", "record.import", "disposal.witness", "record.sign",
                                 identity::kScopedRight};
  for (const auto& deed : service::deeds()) {
    if (deed.guard != service::Guard::right) continue;
    const std::string rights = deed.rights;
    const auto bar = rights.find('|');
    asked.insert(rights.substr(0, bar));
    if (bar != std::string::npos) asked.insert(rights.substr(bar + 1));
  }
  std::set<std::string> known;
  for (const auto& right : identity::all_rights()) known.insert(right.id);
  CHECK(asked == known);
}

TEST_CASE("the matrix names every right in both languages under each role [SC-32]", "[service]") {
  Bureau at;
  auto console = at.console();
  const auto matrix = service::rights_matrix(console);
  CHECK(schema_faults("rights-matrix", matrix) == std::vector<std::string>());
  CHECK(matrix["rights"].size() == identity::all_rights().size());
  for (const auto& right : matrix["rights"]) {
    CHECK_FALSE(right["zh"].get<std::string>().empty());
    CHECK_FALSE(right["en"].get<std::string>().empty());
  }
  const auto csv = service::rights_matrix_csv(console);
  CHECK(csv.starts_with("\xEF\xBB\xBF類別 group,權限 right,說明,description,文件擁有者"));
  CHECK(csv.find("\r\n核准 approve,document.approve,核准文件,approve a document,,,,✓") !=
        std::string::npos);
}

TEST_CASE("nobody changes his own rights, administrators included, and trying is logged [SC-33]",
          "[service]") {
  Bureau at;
  const auto refused = [&](const std::string& account, const std::string& code,
                           const std::function<void(service::Context&)>& deed) {
    auto context = at.as(account);
    (void)context.session();
    const auto before = at.mark();
    CHECK(code_of([&] { deed(context); }) == code);
    CHECK(at.mark().head == before.head);
    const auto rows = at.log_from(before.log_size);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].outcome == "refused:" + code);
    CHECK(rows[0].actor == account);
  };
  const std::string admin = "hsu01";
  refused(admin, "grants-to-self", [](auto& c) {
    (void)service::grant_role(c, {"hsu01", "approver", "", "", ""});
  });
  refused(admin, "grants-to-self", [](auto& c) {
    (void)service::revoke_role(c, {"hsu01", "administrator", "", "", ""});
  });
  refused(admin, "grants-to-self",
          [](auto& c) { (void)service::disable_person(c, "hsu01", ""); });
  refused(admin, "certifies-self", [](auto& c) {
    (void)service::issue_certificate(c, {"hsu01", "本人的通行短語-十二字以上", true, ""});
  });
  refused("chen04", "bad-delegation", [](auto& c) {
    (void)service::add_delegation(c, "chen04", {"document.approve"}, "", "2026-12-31");
  });
  refused("chen04", "approves-own-audit", [](auto& c) {
    service::AuditRequest own;
    own.auditor = "chen04";
    own.to = "2026-12-31";
    own.log_kinds = {"login"};
    (void)service::approve_audit(c, own);
  });
}
