// The management review pack from live evidence.
#pragma once
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct BuiltPack {
  Json answer;  // {year, digest, as_of, complete, gaps:[{item,title,what}], sources:[{number,id,form,form_version,digest}]}
  Bytes pdf;
  std::string markdown;
};
// `year` is a ROC year (115). Needs the right pack.build; records the caller may not open are left out and listed as gaps.
[[nodiscard]] BuiltPack build_pack(Context& context, int year);

}  // namespace vermilion::service
