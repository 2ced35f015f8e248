// search
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/searching.h"

namespace vermilion::cli {
namespace {

// The excerpt with its matches between marks.
std::string marked(const Json& hit) {
  const bool colour = ::isatty(STDOUT_FILENO) != 0;
  const auto excerpt = hit["excerpt"].get<std::string>();
  std::string text;
  std::size_t from = 0;
  for (const auto& mark : hit["marks"]) {
    const auto begin = mark[0].get<std::size_t>();
    const auto end = mark[1].get<std::size_t>();
    text += excerpt.substr(from, begin - from) + (colour ? "\033[1;31m" : "【") +
            excerpt.substr(begin, end - begin) + (colour ? "\033[0m" : "】");
    from = end;
  }
  return text + excerpt.substr(from);
}

void print_result(const Json& result) {
  fmt::print("{}{} 筆 hits\n", result["count"].get<std::size_t>(),
             result["more"].get<bool>() ? "+" : "");
  for (const auto& spelling : result["also"])
    fmt::print("也找 also：{}\n", spelling.get<std::string>());
  for (const auto& hit : result["hits"]) {
    fmt::print("\n{} {}  {}\n  {}\n", hit["id"].get<std::string>(),
               hit["version"].get<std::string>(), hit["clause"].get<std::string>(), marked(hit));
  }
}

}  // namespace

void add_search_commands(CLI::App& app, Run& run) {
  auto request = std::make_shared<service::SearchRequest>();
  auto* search = app.add_subcommand("search", "全文檢索 / full-text search");
  search->add_option("words", request->text, "查詢 / what to look for")->required();
  search->add_flag("--all-versions", request->all_versions, "含舊版 / old versions too");
  search->add_option("--first", request->first);
  search->add_option("--limit", request->limit);
  search->callback([&run, request] {
    run.answer(service::search_documents(run.context(), *request), print_result);
  });
}

}  // namespace vermilion::cli
