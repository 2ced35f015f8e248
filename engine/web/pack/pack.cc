// The management review pack of a year: what it draws on, what is missing, and its PDF.
#include <fmt/format.h>

#include <charconv>

#include "service/records.h"
#include "service/review.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr int kRocEpoch = 1911;

// The year asked for; this one when none is.
int year_of(Visit& visit) {
  const auto text = visit.request.asked("year");
  if (text.empty()) return static_cast<int>(visit.context().today().year()) - kRocEpoch;
  int year = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return year;
  throw Error(Failure::invalid, "bad-year",
              {"年度以民國年表示，例如 115", "the year is a ROC year, such as 115"});
}

service::BuiltPack built(Visit& visit, int year) {
  const HeavyWork heavy(visit.site().whole_store);
  return service::build_pack(visit.context(), year);
}

}  // namespace

Response show_pack(Visit& visit) {
  const int year = year_of(visit);
  const auto pack = built(visit, year);
  auto data = pack.answer;
  data["charts"] = charts_html(pack.markdown);
  data["built"] = true;
  data["gap_count"] = data["gaps"].size();
  data["as_of_text"] = visit.when(require_string(data, "as_of"));
  const auto forms = service::list_forms(visit.context());
  for (auto& source : data["sources"]) {
    for (const auto& form : forms) {
      if (form["id"] == source["form"]) source["form_title"] = form["title"];
    }
    source["digest_short"] = short_digest(require_string(source, "digest"));
  }
  return visit.page("pack/pack", fmt::format("{} 年管理審查", year), data);
}

Response pack_pdf(Visit& visit) {
  const int year = year_of(visit);
  return file("application/pdf", fmt::format("管理審查-{}.pdf", year), built(visit, year).pdf);
}

}  // namespace vermilion::web
