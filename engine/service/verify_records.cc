#include "service/verify_records.h"

#include <fmt/format.h>

#include <limits>
#include <map>
#include <set>

#include "identity/signing.h"
#include "service/log_range.h"
#include "service/record_access.h"
#include "service/verify_signed_pdfs.h"

namespace vermilion::service {
namespace {

// Whatever the log says was filed must still be there: a folder taken out by a commit leaves its entry behind.
void check_still_there(Context& context, const std::vector<model::Record>& all,
                       const Fault& fault) {
  std::set<std::string> ids;
  for (const auto& record : all) ids.insert(record.id);
  store::LogFilter filter;
  filter.subject_prefix = "record ";
  filter.limit = std::numeric_limits<std::size_t>::max();
  for (const auto& row : context.store().catalogue().log(filter)) {
    const auto id = row.subject.substr(7, 26);
    if (row.outcome != "done" || row.commit.empty() || ids.contains(id)) continue;
    fault("records " + id, {fmt::format("日誌第 {} 筆所立的紀錄不見了", row.index),
                            fmt::format("the record filed by log entry {} is gone", row.index)});
  }
}

// Rules are written when a store is made. A change would be a signed act of its own, which there is not yet.
void check_rules(Context& context, const Fault& fault) {
  for (const auto& entry : context.store().evidence().list("rules")) {
    if (entry.directory) continue;  // trust/: verify_certificates.h
    const auto path = "rules/" + entry.name;
    if (context.store().catalogue().history(path).size() == 1) continue;
    fault(path, {"規則檔曾被改寫，而沒有人簽署", "a rules file was changed without a signature"});
  }
}

}  // namespace

void check_steps_there(Context& context, const std::string& prefix, const std::string& folder,
                       const Fault& fault) {
  store::LogFilter filter;
  filter.subject_prefix = prefix;
  filter.limit = std::numeric_limits<std::size_t>::max();
  std::map<std::string, std::map<std::string, std::size_t>> acts;  // id -> kind -> how many
  for (const auto& row : context.store().catalogue().log(filter)) {
    if (row.outcome == "done" && !row.commit.empty() && model::is_statement_kind(row.kind))
      ++acts[row.subject.substr(prefix.size())][row.kind];
  }
  for (const auto& [id, kinds] : acts) {
    std::map<std::string, std::size_t> filed;
    for (const auto& one :
         identity::filed_statements(context.store().evidence(), folder + "/" + id))
      ++filed[one.statement.kind];
    for (const auto& [kind, count] : kinds) {
      if (filed[kind] >= count) continue;
      fault(folder + "/" + id, {"日誌所載的聲明不見了：" + kind,
                                "a statement that the log tells of is gone: " + kind});
    }
  }
}

void check_records(Context& context, const FolderChecks& checks) {
  const auto& fault = checks.fault;
  const auto evidence = context.store().evidence();
  const auto zone = context.store().settings().time_zone;
  const auto all = records::all_records(evidence);
  records::check_numbers(evidence, all, fault);
  check_still_there(context, all, fault);
  check_rules(context, fault);
  const auto destroyed = destroyed_records(context);
  for (const auto& record : all) {
    const auto folder = model::record_folder(record.sequence);
    if (destroyed.contains(record.id) || !checks.wanted(folder)) continue;
    checks.count();
    attempt(folder, fault, [&] { records::check_record(context.store(), record, fault); });
    attempt(folder, fault, [&] { check_signed_pdf(context, record, fault); });
    attempt(folder, fault, [&] { check_log_record(context, record, fault); });
  }
  const auto facts = [&](const store::Snapshot& then, const std::vector<std::string>& ids) {
    return record_facts(then, zone, ids);
  };
  for (const auto& disposal : retention::all_disposals(evidence)) {
    const auto folder = "disposals/" + disposal.id;
    if (!checks.wanted(folder)) continue;
    checks.count();
    attempt(folder, fault,
            [&] { retention::check_disposal(context.store(), facts, disposal, fault); });
  }
  attempt("holds", fault, [&] { check_steps_there(context, "hold ", "holds", fault); });
  attempt("disposals", fault, [&] { check_steps_there(context, "disposal ", "disposals", fault); });
  attempt("forms", fault, [&] { records::check_forms(evidence, fault); });
  attempt("holds", fault, [&] { retention::check_holds(evidence, fault); });
}

}  // namespace vermilion::service
