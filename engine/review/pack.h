// The management review pack (管理審查會議資料): one text that fills itself from live evidence and shows its own gaps.
//
// Idea     build() is a pure function of sources already opened and pinned: the same sources give the same Markdown, hence the same
//          PDF and digest. Times come from the sources (as_of: the last act), never from the clock.
// Shape    Markdown in the order of domain/findings.md §5.7 (ISO 27001 9.3.2 and what the seed adds), charts as fenced `chart`
//          blocks; last a page of gaps, and the annex of pinned sources. Each figure names its record number and version.
// Source   ISO/IEC 27001:2022 9.3; stories S7, S8.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "duties/indicators.h"

namespace vermilion::review {

// A record that the pack draws on.
struct Source {
  std::string id;      // ULID
  std::string number;  // MET-115-0001
  std::string form;
  std::string form_version;
  std::string title;  // of the form
  Date date;
  bool imported = false;
  std::string digest;  // what pins it: sha256 of its manifest
  Json values;
};

struct DocumentChange {
  std::string id, title, version, base, effective, summary, content;  // content: sha256
};

struct DestroyedBatch {
  std::string id, date, certificate;  // certificate: sha256
  std::vector<std::string> numbers;
};

// An access review of a period that ended within the year.
struct AccessLine {
  std::string id, label, due, approved, list;  // dates, approved "" until it is; list: sha256
  std::size_t rows = 0;
  std::size_t ended = 0;  // changed or revoked
};

struct PackSources {
  int year = 0;  // ROC year the meeting looks back on
  std::string organisation;
  std::string as_of;                          // RFC 3339, of the last act
  std::string as_of_text;                     // both calendars
  std::string head;                           // commit of main
  std::vector<duties::Indicator> indicators;  // of the regulation in force
  std::string regulation;                     // "ISMS-01-002 1.1"
  std::map<int, Source> metrics;  // metric-annual-report by ROC year, this and up to two before
  std::map<int, Source> context_tables;       // by ROC year
  std::map<int, Source> communication_plans;  // by ROC year
  std::vector<Source> corrective_actions;     // every one not corrected
  std::optional<Source> last_minutes;         // of the review before
  std::vector<Source> inputs;                 // management-review-input of this year
  std::vector<DocumentChange> documents;      // published within the year
  std::vector<DestroyedBatch> destroyed;      // within the year
  std::vector<AccessLine> access_reviews;
  std::vector<std::string> withheld;  // numbers of records the asker may not open: shown as gaps
};

struct Gap {
  std::string item;  // 9.3.2 f
  std::string title;
  std::string what;  // what is missing and who can supply it
};

struct Pack {
  std::string markdown;
  std::vector<Gap> gaps;
  Json sources;        // [{number, id, form, form_version, digest}]
  std::string digest;  // sha256 of the Markdown: the pack's content hash
};

[[nodiscard]] Pack build_pack(const PackSources& sources);

// 115 年度管理審查會議資料: the first heading, and the title of the PDF.
[[nodiscard]] std::string pack_title(int year);

}  // namespace vermilion::review
