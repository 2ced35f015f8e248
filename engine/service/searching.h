// Search as a person does it: within what he may read, logged by count and keyed digest.
//
// Idea    The index is a projection that mends itself: before a search, every document whose publications, or whose version in
//         force, differ from what was indexed is indexed anew. So a killed process can leave it behind but not wrong.
// Two times  Answers from the versions in force on day(), or from all; in both cases from what evidence() knows only.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct SearchRequest {
  std::string text;
  bool all_versions = false;
  std::size_t first = 0;
  std::size_t limit = 20;
};

// {count, more, hits:[{id,title,version,clause,excerpt,marks,kind}], also:[…]}
[[nodiscard]] Json search_documents(Context& context, const SearchRequest& request);

[[nodiscard]] Path index_folder(Context& context);
void rebuild_search(Context& context);
// What the index holds against what it should hold: problems as (where, what).
void check_search(Context& context,
                  const std::function<void(const std::string&, const std::string&)>& fault);

}  // namespace vermilion::service
