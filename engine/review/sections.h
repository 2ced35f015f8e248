// What the sections of the pack share: the sources, the text so far, the gaps found.
//
// Shape    A section writes its own Markdown and notes what is missing; pack.cc puts them in order, the agenda before them.
#pragma once
#include <string>
#include <vector>

#include "review/markdown.h"
#include "review/pack.h"

namespace vermilion::review {

struct Section {
  std::string label;  // 壹、
  std::string title;
  std::string basis;  // 9.3.2 a
  Markdown text;
  std::vector<Gap> gaps;

  // Notes a gap and shows it where its content would stand.
  void miss(const Gap& gap);
};

// MET-115-0001 1.0 版〔匯入〕
[[nodiscard]] std::string named(const Source& source);
[[nodiscard]] const Source* find_year(const std::map<int, Source>& sources, int year);
[[nodiscard]] int roc_year(Date date);
// The list of objects under `key`, empty if there is none.
[[nodiscard]] std::vector<Json> rows_of(const Json& values, const char* key);
[[nodiscard]] bool is_done(const Json& row);  // by its status
// 處理中, with （逾期） when it is due before the day of `as_of` and not done.
[[nodiscard]] std::string status_of(const Json& row, const std::string& as_of);

void previous_decisions(const PackSources& sources, Section& section);
void context_table(const PackSources& sources, Section& section);
void interested_parties(const PackSources& sources, Section& section);
void documents_changed(const PackSources& sources, Section& section);
void indicators(const PackSources& sources, Section& section);
void corrective_actions(const PackSources& sources, Section& section);
void access_reviews(const PackSources& sources, Section& section);  // nothing where there are none
void communication_plan(const PackSources& sources, Section& section);
void records_destroyed(const PackSources& sources, Section& section);
void proposals(const PackSources& sources, Section& section);

// A section made of management-review-input records of one `item`; without any, a gap.
void inputs(const PackSources& sources, const std::string& item, const Gap& gap, Section& section);
// The rows of these records alone; false if there are none.
bool input_rows(const PackSources& sources, const std::string& item, Section& section);

// Corrective actions that answer a missed indicator; see docs-src/formats/pack.md.
[[nodiscard]] std::vector<const Source*> answers_to(const PackSources& sources,
                                                    const duties::Indicator& indicator,
                                                    bool only_one_missed);

}  // namespace vermilion::review
