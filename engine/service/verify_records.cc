#include "service/verify_records.h"

#include "base/error.h"
#include "service/record_access.h"

namespace vermilion::service {
namespace {

using Fault = std::function<void(const std::string& where, const Said& what)>;

void attempt(const std::string& where, const Fault& fault, const std::function<void()>& check) {
  try {
    check();
  } catch (const Error& error) {
    fault(where, error.said());
  }
}

}  // namespace

std::size_t check_records(Context& context, const Fault& fault) {
  const auto evidence = context.store().evidence();
  const auto zone = context.store().settings().time_zone;
  const auto all = records::all_records(evidence);
  records::check_numbers(all, fault);
  const auto destroyed = destroyed_records(context);
  for (const auto& record : all) {
    if (destroyed.contains(record.id)) continue;
    attempt(model::record_folder(record.sequence), fault,
            [&] { records::check_record(context.store(), record, fault); });
  }
  const auto facts = [&](const store::Snapshot& then, const std::vector<std::string>& ids) {
    return record_facts(then, zone, ids);
  };
  const auto disposals = retention::all_disposals(evidence);
  for (const auto& disposal : disposals) {
    attempt("disposals/" + disposal.id, fault,
            [&] { retention::check_disposal(context.store(), facts, disposal, fault); });
  }
  attempt("holds", fault, [&] { retention::check_holds(evidence, fault); });
  return all.size() + disposals.size();
}

}  // namespace vermilion::service
