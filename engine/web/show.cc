#include "web/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "markup/html.h"

namespace vermilion::web {
namespace {

const std::map<std::string, std::string> kStates = {
    {"draft", "草案"},       {"in_review", "審查中"},    {"approved", "已核准"},
    {"in_force", "現行"},    {"superseded", "已被取代"}, {"withdrawn", "廢止"},
    {"signing", "簽署中"},   {"complete", "完成"},       {"corrected", "已更正"},
    {"destroyed", "已銷毀"}, {"proposed", "擬案"},       {"executing", "銷毀中"},
    {"done", "已銷毀"},      {"released", "已解除"},     {"placed", "保全中"}};

void lower_headings(std::vector<markup::Block>& blocks) {
  constexpr int lowest = 6;
  for (auto& block : blocks) {
    if (block.kind == markup::BlockKind::heading) block.level = std::min(block.level + 1, lowest);
    lower_headings(block.children);
  }
}

// The writer of HTML escapes all text, so "<table>" can only be its own.
std::string with_scrolling_tables(const std::string& html) {
  constexpr std::string_view open = "<table>", close = "</table>";
  std::string result;
  int number = 0;
  for (std::size_t from = 0;;) {
    const auto begin = html.find(open, from);
    const auto end = begin == std::string::npos ? begin : html.find(close, begin);
    if (end == std::string::npos) return result + html.substr(from);
    result += html.substr(from, begin - from);
    result += fmt::format(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"表格 {}\">", ++number);
    result += html.substr(begin, end + close.size() - begin) + "</div>";
    from = end + close.size();
  }
}

}  // namespace

void label_state(Json& row) {
  const auto found = kStates.find(string_or_empty(row, "state"));
  if (found != kStates.end() && !row.contains("state_label")) row["state_label"] = found->second;
}

void label_signatures(Visit& visit, Json& signatures) {
  for (auto& signature : signatures) {
    signature["at_text"] = visit.when(string_or_empty(signature, "at"));
    const auto role = string_or_empty(signature, "role");
    for (const auto& known : visit.context().rules().roles()) {
      if (known.id == role) signature["role_label"] = known.zh;
    }
  }
}

std::string text_html(markup::Document document) {
  lower_headings(document.blocks);
  return with_scrolling_tables(markup::to_html(document));
}

std::string text_html(const std::string& markdown) {
  return text_html(markup::parse_markdown(markdown));
}

std::string document_link(const std::string& id, const std::string& version,
                          const std::string& clause) {
  auto link = "/documents/" + percent_encoded(id);
  if (!version.empty()) link += "?version=" + percent_encoded(version);
  if (!clause.empty()) link += "#" + percent_encoded(markup::clause_anchor(clause));
  return link;
}

std::string command_line(const Visit& visit, const std::string& command) {
  return fmt::format("vermilion --as {0} --passphrase-file {0}.passphrase --key-file {0}.pem {1}",
                     visit.session->account, command);
}

std::string short_digest(const std::string& digest) {
  constexpr std::size_t shown = 19;  // "sha256:" and twelve digits
  return digest.size() > shown ? digest.substr(0, shown) + "…" : digest;
}

}  // namespace vermilion::web
