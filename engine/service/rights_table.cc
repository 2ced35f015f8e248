// The right behind each function of the service, header by header.
#include "service/rights.h"

namespace vermilion::service {

const std::vector<Deed>& deeds() {
  using enum Guard;
  static const std::vector<Deed> table = {
      // access_review.h
      {"access_review_id", part, "the newest, when none is named"},
      {"open_access_review", right, "access.propose"},
      {"open_due_access_review", part, "run by the schedule"},
      {"list_access_reviews", account, "that there are such reviews is for everybody to know"},
      {"show_access_review", account,
       "rows one decides or ends, and one's own; the whole with access.propose, access.approve, "
       "role.grant or log.read"},
      {"access_review_csv", account, "as show_access_review"},
      {"access_review_status", open, "a warning that everybody has to see"},
      {"access_review_waiting", part, "asked by waiting_for"},
      {"may_end_row", part, "asked by those that end rows"},
      {"decide_access_rows", right, "access.review"},
      {"propose_improvements", right, "access.propose"},
      {"approve_access_review", right, "access.approve"},
      {"execute_access_review", account,
       "what one may end: role.grant, person.disable, certificate.issue, classified.authorise, "
       "audit.approve; one's own delegation and key"},
      // access.h
      {"may_see_drafts", part, "asked by those that show documents"},
      {"metadata_of", part, "asked by those that show documents"},
      {"metadata_of_version", part, "asked by those that show documents"},
      {"require_document", part, "asked by those that show documents"},
      {"require_version", part, "asked by those that show documents"},
      // audit_access.h
      {"approve_audit", right, "audit.approve"},
      {"end_audit", right, "audit.approve"},
      {"list_audits", account, "one's own; all of them with audit.approve or log.read"},
      {"audit_trail", account, "the auditor's own, and the auditee's: audit.approve or log.read"},
      {"outside_scope", part, "asked by those that show things to an auditor"},
      {"in_audit_scope", part, "asked by those that show entries of the log"},
      // auditing.h
      {"list_log", right, "log.read"},
      {"log_report", right, "log.read"},
      {"verify_log", open, "a proof tells nothing of what the entries say"},
      {"prove_log", right, "log.read"},
      {"prove_log_growth", right, "log.read"},
      // backup_targets.h, backups.h
      {"backup_targets", part, "read by the backups"},
      {"remember_target", part, "written by the backups"},
      {"require_backup_right", part, "asked by the backups"},
      {"set_recovery", right, "store.backup|store.maintain"},
      {"back_up", right, "store.backup|store.maintain"},
      {"restore", console, "there is no store yet that could know anybody"},
      {"drill", right, "store.backup|store.maintain"},
      {"daily_log_backup", right, "store.backup|store.maintain"},
      {"log_backup_is_due", part, "asked by the schedule"},
      {"publish_destructions", part, "run by an executed disposal"},
      {"recovery_horizon", part, "written into a certificate of destruction"},
      {"unknown_destructions", open, "a warning that everybody has to see"},
      {"confirm_destructions", right, "store.maintain"},
      // certificates.h
      {"issue_certificate", right, "certificate.issue"},
      {"renew_certificate", account, "one's own, signed by the one before"},
      {"revoke_certificate", right, "certificate.issue"},  // one's own needs none
      {"list_certificates", account, "the directory"},
      {"certificate_json", part, "words of a list"},
      {"certificate_list", open, "whoever checks a signature needs it"},
      {"certificate_list_pem", open, "whoever checks a signature needs it"},
      {"authority_chain", open, "whoever checks a signature needs it"},
      {"trust_authority", right, "certificate.issue"},
      {"possession_challenge", open, "made of what the caller brings, and tells nothing else"},
      {"import_certificate", right, "certificate.issue"},
      {"file_certificate_status", right, "certificate.issue"},
      // classified.h
      {"authorise_opening", right, "classified.authorise"},
      {"end_authorisation", right, "classified.authorise"},
      {"list_authorisations", account,
       "those for oneself and by oneself; all with classified.authorise"},
      // clock.h
      {"clock_step", open, "a warning that everybody has to see"},
      {"acknowledge_clock", right, "store.maintain"},
      // context.h
      {"recorded", part, "the frame of every act"},
      {"require_right", part, "asks for the right itself"},
      {"sign_and_commit", part, "the end of every signed act"},
      {"zone_of", part, "a setting"},
      // demo.h
      {"make_demo", console, "makes a store"},
      // documents.h
      {"create_document", right, "document.create"},
      {"import_document", right, "document.import"},
      {"draft_document", right, "document.draft"},
      {"submit_document", right, "document.submit"},
      {"review_document", right, "document.review"},
      {"countersign_document", right, "document.countersign"},
      {"approve_document", right, "document.approve"},
      {"return_document", right, "document.return"},
      {"publish_document", right, "document.publish"},
      {"withdraw_document", right, "document.withdraw"},
      {"list_documents", shown, "by label, readers and scope"},
      {"show_document", shown, "by label, readers and scope"},
      {"document_history", shown, "by label, readers and scope"},
      {"diff_document", shown, "by label, readers and scope"},
      {"export_pdf", shown, "by label, readers and scope"},
      {"export_review_pdf", shown, "by label, readers and scope"},
      {"export_approvals", shown, "by label, readers and scope"},
      // keys.h
      {"own_key", account, "one's own"},
      {"own_certificates", account, "one's own"},
      {"own_custody", account, "one's own"},
      {"request_key", account, "one's own"},
      {"list_key_requests", right, "certificate.issue"},
      {"show_key_request", right, "certificate.issue"},
      {"confirm_key", right, "certificate.issue"},
      {"drop_key", right, "certificate.issue"},  // one's own needs none
      // login.h, notices.h
      {"sign_in", part, "proves who asks"},
      {"prove_password", part, "proves who asks"},
      {"prove_key", part, "proves who asks"},
      {"tell_of_lock", part, "a notice to the owner of an account"},
      {"notify_person", part, "a notice to the owner of an account"},
      // opening.h
      {"require_opening", part, "asked by those that show what is protected"},
      {"require_purpose", part, "asked by exports"},
      {"purpose_named", part, "for the log"},
      {"export_note", part, "written on what is taken away"},
      // passwords.h
      {"password_state", part, "asked by the sign-in"},
      {"password_rules", open, "the rules are for everybody"},
      {"idle_time", part, "a setting"},
      {"change_password", part, "one's own, by the password of before"},
      {"reset_password", right, "person.add"},
      {"unlock_account", right, "person.add"},
      {"offer_second_factor", account, "one's own"},
      {"enrol_second_factor", part, "one's own, by the password"},
      {"remove_second_factor", part, "one's own, by password and code"},
      {"reset_second_factor", right, "person.add"},
      // people.h
      {"add_person", right, "person.add"},
      {"list_persons", account, "the directory"},
      {"show_person", account, "the directory"},
      {"disable_person", right, "person.disable"},
      {"grant_role", right, "role.grant"},
      {"revoke_role", right, "role.grant"},
      {"list_roles", open, "the rules are for everybody"},
      {"add_delegation", account, "of rights one holds"},
      {"list_delegations", account, "who acts for whom is for everybody to know"},
      {"end_delegation", account, "one's own"},
      // record_access.h
      {"destroyed_records", part, "asked by those that show records"},
      {"require_record", part, "asked by those that show records"},
      {"require_content", part, "asked by those that show records"},
      {"named_record", part, "asked by holds and disposals"},
      // record_rendition.h
      {"record_renderer", part, "draws what others have asked for"},
      // records.h
      {"list_forms", open, "forms are for everybody"},
      {"show_form", open, "forms are for everybody"},
      {"check_form", open, "looks at what the caller brings"},
      {"publish_form", right, "form.publish"},
      {"create_record", account,
       "whom the first slot of the form names; record.paper, record.import where asked"},
      {"sign_record", account, "whom the next slot of the form names"},
      {"list_records", shown, "subject, signers, readers of the form, scope"},
      {"show_record", shown, "subject, signers, readers of the form, scope"},
      {"export_record_pdf", shown, "subject, signers, readers of the form, scope"},
      {"export_record_files", shown, "subject, signers, readers of the form, scope"},
      {"export_records_csv", shown, "subject, signers, readers of the form, scope"},
      {"agreement_register", right, "register.read"},
      {"agreement_register_csv", right, "register.read"},
      {"waiting_for", account, "what waits for oneself"},
      // renditions.h
      {"moment", part, "words of a rendition"},
      {"approval_row", part, "words of a rendition"},
      {"review_rendition", part, "draws what others have asked for"},
      {"published_rendition", part, "draws what others have asked for"},
      {"imported_rendition", part, "draws what others have asked for"},
      // retention.h
      {"retention_due", right, "retention.read"},
      {"explain_retention", shown, "who may open the record, or reads what is due"},
      {"retention_rules", open, "the rules are for everybody"},
      {"place_hold", right, "hold.place"},
      {"release_hold", right, "hold.release"},
      {"list_holds", right, "retention.read"},
      {"propose_disposal", right, "disposal.propose"},
      {"approve_disposal", right, "disposal.approve"},
      {"withdraw_disposal", right, "disposal.propose"},
      {"execute_disposal", right, "disposal.execute"},
      {"list_disposals", right, "retention.read"},
      {"show_disposal", right, "retention.read"},
      {"disposal_certificate_pdf", right, "retention.read"},
      {"content_holders", part, "for disposals"},
      // review.h
      {"build_pack", right, "pack.build"},
      // rights.h
      {"rights_matrix", open, "the rules are for everybody"},
      {"rights_matrix_csv", open, "the rules are for everybody"},
      // searching.h
      {"search_documents", shown, "by label, readers and scope"},
      {"index_folder", part, "a place"},
      {"rebuild_search", part, "run by rebuild_store"},
      {"check_search", part, "run by verify_store"},
      // signing.h
      {"commit_awaited", part, "the end of a signed act, whose function asked when it was prepared"},
      // stores.h
      {"init_store", console, "makes a store"},
      {"store_status", open, "counts and warnings of the store as a whole"},
      {"rebuild_store", right, "store.maintain"},
      {"maintain_store", right, "store.maintain"},
      {"verify_store", open,
       "whoever doubts may look; an auditor with a scope verifies his bundle"},
      // timestamps.h
      {"commit_stamped", part, "the end of every signed act"},
      {"timestamp_checker", part, "run by verify_store"},
      // verify_certificates.h, verify_log.h, verify_records.h
      {"check_certificates", part, "run by verify_store"},
      {"check_log", part, "run by verify_store"},
      {"check_records", part, "run by verify_store"},
      {"check_steps_there", part, "run by verify_store"},
      // witness.h
      {"witness_log", right, "store.maintain"},
      {"witness_is_due", part, "asked by the schedule"},
      {"checkpoint_alarm", open, "a warning that everybody has to see"},
  };
  return table;
}

}  // namespace vermilion::service
