#include "web/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/uri.h"
#include "markup/html.h"
#include "service/charts.h"

namespace vermilion::web {
namespace {

const std::map<std::string, std::string> kStates = {
    {"draft", "草案"},       {"in_review", "審查中"},    {"approved", "已核准"},
    {"in_force", "現行"},    {"superseded", "已被取代"}, {"withdrawn", "廢止"},
    {"signing", "簽署中"},   {"complete", "完成"},       {"corrected", "已更正"},
    {"destroyed", "已銷毀"}, {"proposed", "擬案"},       {"executing", "銷毀中"},
    {"waiting", "待核准"},   {"active", "可用"},         {"disabled", "已停用"},
    {"expired", "已到期"},   {"gone", "已離職"},         {"closed", "已核章"},
    {"done", "已銷毀"},      {"released", "已解除"},     {"placed", "保全中"}};

void lower_headings(std::vector<markup::Block>& blocks) {
  constexpr int lowest = 6;
  for (auto& block : blocks) {
    if (block.kind == markup::BlockKind::heading) block.level = std::min(block.level + 1, lowest);
    lower_headings(block.children);
  }
}

constexpr const char* kScrolling =
    R"(<div class="scroll" role="region" tabindex="0" aria-label="{0} {1}">{2}</div>)";

// Around each such element a region that scrolls by itself and can be reached by keyboard. The writer of HTML escapes all text, so
// the tags can only be its own.
std::string scrolling(const std::string& html, const std::string& tag, const std::string& name) {
  const auto open = "<" + tag + ">", close = "</" + tag + ">";
  std::string result;
  int number = 0;
  for (std::size_t from = 0;;) {
    const auto begin = html.find(open, from);
    const auto end = begin == std::string::npos ? begin : html.find(close, begin);
    if (end == std::string::npos) return result + html.substr(from);
    result += html.substr(from, begin - from);
    const auto element = html.substr(begin, end + close.size() - begin);
    result += fmt::format(kScrolling, name, ++number, element);
    from = end + close.size();
  }
}

constexpr const char* kChart =
    R"(<figure class="chart"><div class="chart-wide">{}</div><div class="chart-phone">{}</div></figure>)";
constexpr const char* kChartTable =
    R"(<figure class="chart scroll" role="region" tabindex="0" aria-label="圖表 {}">{}</figure>)";

// A chart is drawn; any other fenced block is shown as its text.
std::optional<std::string> fenced_html(const markup::Block& block) {
  if (block.info != "chart") return std::nullopt;
  const auto chart = service::chart_pictures(block.literal);
  if (!chart) return std::nullopt;
  return chart->phone.empty()
             ? fmt::format(kChartTable, markup::escape_html(chart->title), chart->wide)
             : fmt::format(kChart, chart->wide, chart->phone);
}

// "" where no time-stamping authority is configured.
std::string stamp_text(Visit& visit, const Json& signature) {
  const auto stamp = signature.value("timestamp", Json());
  if (!stamp.is_object()) return "";
  if (stamp.contains("at")) return "時戳 " + visit.when(require_string(stamp, "at"));
  return "沒有時戳（" + require_string(stamp, "missing") + "）";
}

}  // namespace

void label_state(Json& row) {
  const auto found = kStates.find(string_or_empty(row, "state"));
  if (found != kStates.end() && !row.contains("state_label")) row["state_label"] = found->second;
}

void label_signatures(Visit& visit, Json& signatures) {
  for (auto& signature : signatures) {
    signature["at_text"] = visit.when(string_or_empty(signature, "at"));
    if (signature.contains("label")) signature["custody"] = signature["label"];
    signature["stamp_text"] = stamp_text(visit, signature);
    const auto role = string_or_empty(signature, "role");
    for (const auto& known : visit.context().rules().roles()) {
      if (known.id == role) signature["role_label"] = known.zh;
    }
  }
}

std::string text_html(markup::Document document, const markup::AddressOf& address_of) {
  lower_headings(document.blocks);
  markup::relink_images(document.blocks, address_of);
  return scrolling(scrolling(markup::to_html(document, fenced_html), "table", "表格"), "pre", "區塊");
}

std::string text_html(const std::string& markdown) {
  return text_html(markup::parse_markdown(markdown));
}

std::string charts_html(const std::string& markdown) {
  auto document = markup::parse_markdown(markdown);
  std::erase_if(document.blocks, [](const markup::Block& block) { return block.info != "chart"; });
  return text_html(document);
}

std::string file_link(const std::string& id, const std::string& version, const std::string& name) {
  return "/documents/" + percent_encoded(id) + "/files/" + percent_encoded(name) +
         "?version=" + percent_encoded(version);
}

markup::AddressOf pictures_of(const Visit& visit, const std::string& id, const std::string& version,
                              const Json& files) {
  const auto purpose = visit.request.asked("purpose");
  const auto more = purpose.empty() ? "" : "&purpose=" + percent_encoded(purpose);
  return [=](const std::string& name) -> std::optional<std::string> {
    if (!files.contains(name)) return std::nullopt;
    return file_link(id, version, name) + more;
  };
}

std::string document_link(const std::string& id, const std::string& version,
                          const std::string& clause) {
  auto link = "/documents/" + percent_encoded(id);
  if (!version.empty()) link += "?version=" + percent_encoded(version);
  if (!clause.empty()) link += "#" + percent_encoded(markup::clause_anchor(clause));
  return link;
}

Response after_deed(Visit& visit, const std::string& next,
                    const std::function<Response(Visit&, const Error*)>& page,
                    const std::function<void()>& deed) {
  visit.then(next);
  try {
    deed();
  } catch (const Error& error) {
    return page(visit, &error);
  }
  return redirect(next);
}

void add_typed(Visit& visit, Json& data, std::initializer_list<const char*> fields) {
  for (const auto* field : fields) data["typed_" + std::string(field)] = visit.request.field(field);
}

std::string principal_here(const Visit& visit) {
  const auto typed = visit.request.field("for");
  return typed.empty() ? visit.request.asked("for") : typed;
}

std::string command_line(const Visit& visit, const std::string& command) {
  return fmt::format("vermilion --as {0} --passphrase-file {0}.passphrase --key-file {0}.pem {1}",
                     visit.session->account, command);
}

const char* custody_label(const std::string& custody) {
  if (custody == "browser") return "本人的瀏覽器，不能匯出";
  if (custody == "server") return "伺服器代管，以通行短語開啟";
  if (custody == "file") return "本人的金鑰檔";
  if (custody == "token") return "本人的憑證載具";
  return "";
}

std::string short_digest(const std::string& digest) {
  constexpr std::size_t shown = 19;  // "sha256:" and twelve digits
  return digest.size() > shown ? digest.substr(0, shown) + "…" : digest;
}

}  // namespace vermilion::web
