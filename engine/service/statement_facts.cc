#include "service/statement_facts.h"

#include "service/delegations.h"

namespace vermilion::service {
namespace {

struct Label {
  const char* key;
  const char* zh;
};

constexpr Label kLabels[] = {{"id", "編號"},
                             {"version", "版次"},
                             {"form", "表單"},
                             {"form_version", "表單版次"},
                             {"decision", "決定"},
                             {"comment", "意見"},
                             {"unit", "會簽單位"},
                             {"effective", "生效日"},
                             {"reason", "理由"},
                             {"account", "對象帳號"},
                             {"date", "日期"},
                             {"approval_number", "核准文號"},
                             {"stage", "階段"},
                             {"custody", "金鑰保管"},
                             {"authors", "撰稿人"},
                             {"countersign", "應會簽單位"},
                             {"base", "底稿版次"},
                             {"files", "圖檔"},
                             {"title", "職稱"},
                             {"delegate", "代理人"},
                             {"rights", "委託的權限"},
                             {"from", "自"},
                             {"to", "至"},
                             {"expires", "最後可用日"},
                             {"last_day", "最後在職日"}};

std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  std::string all;
  if (value.is_object()) {
    for (const auto& [name, digest] : value.items()) all += (all.empty() ? "" : "、") + name;
    return all;
  }
  if (!value.is_array()) return value.dump();
  for (const auto& one : value) all += (all.empty() ? "" : "、") + words_of(one);
  return all;
}

Json labels_of(Json rights) {
  for (auto& right : rights) right = right_label(right.get<std::string>());
  return rights;
}

}  // namespace

Json statement_facts(const Json& subject) {
  Json facts = Json::array();
  for (const auto& label : kLabels) {
    if (!subject.contains(label.key) || subject[label.key].is_null()) continue;
    const auto& value = subject[label.key];
    const bool rights = std::string_view(label.key) == "rights";
    facts.push_back({{"zh", label.zh}, {"value", words_of(rights ? labels_of(value) : value)}});
  }
  return facts;
}

}  // namespace vermilion::service
