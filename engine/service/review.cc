#include "service/review.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "duties/indicators.h"
#include "identity/access_review.h"
#include "markup/document.h"
#include "records/forms.h"
#include "render/pdf.h"
#include "retention/disposal.h"
#include "review/pack.h"
#include "service/record_access.h"
#include "service/renditions.h"
#include "workflow/documents.h"

namespace vermilion::service {
namespace {

using model::Record;
using review::PackSources;
using review::Source;

constexpr int kRocOffset = 1911;

int roc_year(Date date) { return static_cast<int>(date.year()) - kRocOffset; }

// Gathers what the pack draws on: complete records that the caller may open, none that were corrected or destroyed.
class Gathering {
 public:
  Gathering(Context& context, int year)
      : context_(context),
        evidence_(context.evidence()),
        destroyed_(destroyed_records(context)),
        rights_(context) {
    sources_.year = year;
  }

  PackSources gather() {
    add_head();
    add_regulation();
    add_records();
    add_documents();
    add_destroyed();
    add_access_reviews();
    return std::move(sources_);
  }

 private:
  [[nodiscard]] std::string zone() const { return context_.store().settings().time_zone; }

  void add_head() {
    const auto acts = context_.store().catalogue().act_of(*evidence_.commit());
    if (!acts) throw Bug("the head of the evidence is no act");
    sources_.organisation = context_.store().settings().name;
    sources_.head = evidence_.commit()->hex();
    sources_.as_of = rfc3339(acts->at);
    sources_.as_of_text = moment(context_, acts->at);
  }

  // The indicators of whichever documents in force state any; the regulation does.
  void add_regulation() {
    for (const auto& id : workflow::document_ids(evidence_)) {
      const auto version =
          evidence::in_force_on(context_.day(), workflow::publications_of(evidence_, id),
                                workflow::withdrawal_of(evidence_, id));
      if (!version) continue;
      const auto published = workflow::published_version(context_.store(), id, *version);
      auto found = duties::indicators_in(markup::parse_markdown(published.markdown));
      if (found.empty()) continue;
      sources_.indicators = std::move(found);
      sources_.regulation = id + " " + version->text();
    }
  }

  [[nodiscard]] bool usable(const Record& record) const {
    return records::state_of(evidence_, record) == records::RecordState::complete &&
           !destroyed_.contains(record.id);
  }

  Source source_of(const Record& record) {
    const auto form = records::require_form_version(evidence_, record.form, record.form_version);
    const auto manifest =
        evidence_.require(model::record_folder(record.sequence) + "/manifest.json");
    return {record.id,
            record.number,
            record.form,
            record.form_version.text(),
            form.form.title,
            record.date,
            record.imported,
            crypto::digest_text(manifest),
            records::open_values(context_.store(), record)};
  }

  // The year a record speaks of: its own member, else that of its date.
  static int year_of(const Source& source) {
    const auto year = source.values.find("year");
    return year != source.values.end() && year->is_number_integer() ? year->get<int>()
                                                                    : roc_year(source.date);
  }

  // In order of filing, whatever the form: of two that compete the later one counts.
  void add_records() {
    std::vector<Record> all;
    for (const char* form :
         {"metric-annual-report", "context-strategy-table", "communication-plan",
          "corrective-action", "management-review-minutes", "management-review-input"}) {
      store::RecordQuery query;
      query.form = form;
      for (auto& record : evidence_.records(query)) all.push_back(std::move(record));
    }
    std::sort(all.begin(), all.end(),
              [](const Record& a, const Record& b) { return a.sequence < b.sequence; });
    for (const auto& record : all) add_record(record);
  }

  void add_record(const Record& record) {
    // A corrective action counts from the moment it is reported: its last signature closes it.
    const bool open_action = record.form == "corrective-action" &&
                             !destroyed_.contains(record.id) &&
                             records::state_of(evidence_, record) == records::RecordState::signing;
    if (!usable(record) && !open_action) return;
    if (!rights_.may_open(record)) {
      const int year = roc_year(record.date);
      if (year == sources_.year || year == sources_.year - 1)
        sources_.withheld.push_back(records::require_form(evidence_, record.form).form.title);
      return;
    }
    file(source_of(record));
  }

  void file(Source source) {
    const int year = year_of(source);
    const int meeting = sources_.year;
    const bool recent = year > meeting - 3 && year <= meeting;
    if (source.form == "metric-annual-report" && recent) {
      sources_.metrics[year] = std::move(source);
    } else if (source.form == "context-strategy-table" && recent) {
      sources_.context_tables[year] = std::move(source);
    } else if (source.form == "communication-plan" && recent) {
      sources_.communication_plans[year] = std::move(source);
    } else if (source.form == "corrective-action" && year <= meeting) {
      sources_.corrective_actions.push_back(std::move(source));
    } else if (source.form == "management-review-minutes" && year == meeting - 1) {
      sources_.last_minutes = std::move(source);
    } else if (source.form == "management-review-input" && year == meeting) {
      sources_.inputs.push_back(std::move(source));
    }
  }

  void add_documents() {
    for (const auto& id : workflow::document_ids(evidence_)) {
      for (const auto& p : workflow::publications_of(evidence_, id)) {
        if (roc_year(p.effective) != sources_.year) continue;
        const auto metadata = workflow::published_metadata(context_.store(), id, p.version);
        if (!context_.rules().may_read(context_.person(), metadata.classification,
                                       context_.today()))
          continue;
        sources_.documents.push_back({id, metadata.title, p.version.text(),
                                      p.base ? p.base->text() : "", iso_date(p.effective),
                                      p.summary, p.content});
      }
    }
  }

  void add_destroyed() {
    for (const auto& disposal : retention::all_disposals(evidence_)) {
      if (disposal.stage != retention::Stage::done) continue;
      const auto day = date_at(disposal.statements.back().statement.at, zone());
      if (roc_year(day) != sources_.year) continue;
      review::DestroyedBatch batch{
          disposal.id, iso_date(day), crypto::digest_text(canonical(*disposal.certificate)), {}};
      for (const auto& record : disposal.records) batch.numbers.push_back(record.number);
      sources_.destroyed.push_back(std::move(batch));
    }
  }

  void add_access_reviews() {
    for (const auto& review : identity::all_access_reviews(evidence_)) {
      if (roc_year(review.period.to) != sources_.year) continue;
      const auto* approval = identity::last_statement(review, "approval");
      sources_.access_reviews.push_back(
          {review.id, identity::period_label(review.period), iso_date(review.due),
           approval ? iso_date(date_at(approval->statement.at, zone())) : "", review.list,
           review.rows.size(), identity::ending_rows(review).size()});
    }
  }

  Context& context_;
  store::Snapshot evidence_;
  std::set<std::string> destroyed_;
  OpenRights rights_;
  PackSources sources_;
};

Bytes render_pack(Context& context, const PackSources& sources, const review::Pack& pack) {
  const auto document = markup::parse_markdown(pack.markdown);
  render::PdfRequest request;
  request.document = &document;
  request.id = fmt::format("MR-{}", sources.year);
  request.title = review::pack_title(sources.year);
  request.title_en = "Management review pack";
  request.organisation = sources.organisation;
  request.version = fmt::format("{}", sources.year);
  request.classification = "限閱";
  request.cover_lines = {"資料時點：" + sources.as_of_text, "內容摘要：" + pack.digest,
                         pack.gaps.empty()
                             ? "輸入齊備"
                             : fmt::format("尚缺 {} 項輸入，見「缺漏事項」", pack.gaps.size())};
  request.content_digest = pack.digest;
  request.notice = "管理審查專用";
  request.date = date_at(parse_instant(sources.as_of), context.store().settings().time_zone);
  return render::render_pdf(request);
}

Json gaps_json(const std::vector<review::Gap>& gaps) {
  Json list = Json::array();
  for (const auto& gap : gaps)
    list.push_back({{"item", gap.item}, {"title", gap.title}, {"what", gap.what}});
  return list;
}

void require_year(int year) {
  if (year >= 1 && year <= 999) return;
  throw Error(Failure::invalid, "bad-year",
              {"年度以民國年表示，例如 --year 115", "the year is a ROC year, such as --year 115"});
}

}  // namespace

BuiltPack build_pack(Context& context, int year) {
  BuiltPack built;
  recorded(context, "export", fmt::format("pack {}", year), [&] {
    require_year(year);
    context.require_right("pack.build");
    const auto sources = Gathering(context, year).gather();
    const auto pack = review::build_pack(sources);
    built.markdown = pack.markdown;
    built.pdf = render_pack(context, sources, pack);
    built.answer = {{"year", year},
                    {"digest", pack.digest},
                    {"as_of", sources.as_of},
                    {"complete", pack.gaps.empty()},
                    {"gaps", gaps_json(pack.gaps)},
                    {"sources", pack.sources}};
  });
  context.log("export", fmt::format("pack {}", year));
  return built;
}

}  // namespace vermilion::service
