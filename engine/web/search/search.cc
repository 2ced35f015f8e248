// Search over the clauses one may read.
#include <fmt/format.h>

#include <charconv>

#include "base/uri.h"
#include "service/searching.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr std::size_t kPerPage = 20;
constexpr std::size_t kFurthest = 1000;

std::size_t number(const std::string& text) {
  std::size_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? std::min(value, kFurthest) : 0;
}

// The excerpt cut at its marks: [{text, mark}].
Json pieces_of(const std::string& excerpt, const Json& marks) {
  Json pieces = Json::array();
  std::size_t from = 0;
  for (const auto& mark : marks) {
    const auto begin = mark[0].get<std::size_t>(), end = mark[1].get<std::size_t>();
    pieces.push_back({{"text", excerpt.substr(from, begin - from)}, {"mark", false}});
    pieces.push_back({{"text", excerpt.substr(begin, end - begin)}, {"mark", true}});
    from = end;
  }
  pieces.push_back({{"text", excerpt.substr(from)}, {"mark", false}});
  return pieces;
}

void label_hit(Json& hit) {
  const auto clause = string_or_empty(hit, "clause");
  hit["clause_label"] = clause.empty() ? "前言" : clause;
  hit["link"] = document_link(require_string(hit, "id"), require_string(hit, "version"), clause);
  hit["pieces"] = pieces_of(require_string(hit, "excerpt"), hit["marks"]);
}

std::string page_link(const service::SearchRequest& request, std::size_t first) {
  return fmt::format("/search?q={}{}&from={}", percent_encoded(request.text),
                     request.all_versions ? "&all=yes" : "", first);
}

void add_pages(Json& data, const service::SearchRequest& request) {
  data["start"] = request.first + 1;
  if (request.first > 0)
    data["previous"] = page_link(request, request.first - std::min(request.first, kPerPage));
  if (request.first + kPerPage < data["count"].get<std::size_t>())
    data["following"] = page_link(request, request.first + kPerPage);
}

}  // namespace

Response show_search(Visit& visit) {
  service::SearchRequest request;
  request.text = visit.request.asked("q");
  request.all_versions = visit.request.asked("all") == "yes";
  request.first = number(visit.request.asked("from"));
  request.limit = kPerPage;
  Json data = {{"q", request.text}, {"all", request.all_versions}};
  if (request.text.empty()) return visit.page("search/search", "搜尋", data);
  data.update(service::search_documents(visit.context(), request));
  for (auto& hit : data["hits"]) label_hit(hit);
  std::string also;
  for (const auto& word : data["also"])
    also += (also.empty() ? "" : "、") + word.get<std::string>();
  data["also_text"] = also;
  data["asked"] = true;
  if (data["count"] == 0)
    data["count"] = false;
  else
    add_pages(data, request);
  return visit.page("search/search", "搜尋：" + request.text, data);
}

}  // namespace vermilion::web
