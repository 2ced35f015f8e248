#include "markup/html.h"

#include "markup/outline.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

std::string html(std::string_view markdown) { return to_html(parse_markdown(markdown)); }

}  // namespace

TEST_CASE("a clause can be pointed to by its anchor", "[markup]") {
  CHECK(
      html("## 肆、規範\n\n### 八、主機\n\n（一）程序：\n\n2. 磁碟分開。\n3. 採用 **RAID**。\n") ==
      "<h2 class=\"clause\" id=\"c-肆\">肆、規範</h2>\n"
      "<h3 class=\"clause\" id=\"c-肆-八\">八、主機</h3>\n"
      "<p class=\"clause\" id=\"c-肆-八-一\">（一）程序：</p>\n"
      "<ol start=\"2\">\n"
      "<li class=\"clause\" id=\"c-肆-八-一-2\">磁碟分開。</li>\n"
      "<li class=\"clause\" id=\"c-肆-八-一-3\">採用 <strong>RAID</strong>。</li>\n"
      "</ol>\n");
}

TEST_CASE("an item with more than a sentence keeps its paragraphs", "[markup]") {
  CHECK(html("1) 甲\n\n   （1）乙\n") ==
        "<ol class=\"parenthesis\">\n<li class=\"clause\" id=\"c----1\">\n<p>甲</p>\n"
        "<p class=\"clause\" id=\"c----1-1\">（1）乙</p>\n</li>\n</ol>\n");
  CHECK(html("- 甲\n  - 乙\n") == "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>\n");
}

TEST_CASE("a task's box takes the place of the bullet, not of a number", "[markup]") {
  CHECK(html("- [ ] 待會簽\n- 一般\n") ==
        "<ul>\n<li class=\"task\">☐ 待會簽</li>\n<li>一般</li>\n</ul>\n");
  CHECK(html("1. [x] 已核定\n").find("task") == std::string::npos);
}

TEST_CASE("a table says its columns and alignment", "[markup]") {
  CHECK(html("| 項次 | 次數 |\n| --- | ---: |\n| 一 | 5 |\n") ==
        "<table>\n<thead>\n<tr><th scope=\"col\">項次</th><th scope=\"col\" "
        "class=\"right\">次數</th></tr>\n</thead>\n"
        "<tbody>\n<tr><td>一</td><td class=\"right\">5</td></tr>\n</tbody>\n</table>\n");
}

TEST_CASE("the text of a document cannot become markup of the page", "[markup]") {
  CHECK(html("a < b & \"c\" 'd' \\<script>") ==
        "<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39; &lt;script&gt;</p>\n");
  CHECK(html("```x\"onclick=y z\n</code><b>\n```\n") ==
        "<pre><code class=\"language-x&quot;onclick=y\">&lt;/code&gt;&lt;b&gt;\n</code></pre>\n");
  CHECK(html("[看](/a?b=\"c\"&d)![圖 \"一\"](/e.png)") ==
        "<p><a href=\"/a?b=&quot;c&quot;&amp;d\">看</a><img src=\"/e.png\" alt=\"圖 "
        "&quot;一&quot;\"></p>\n");
}

TEST_CASE("a line end inside Chinese text leaves no gap", "[markup]") {
  CHECK(html("資訊\n安全 and\nISMS，\n**規範**\n*a*\\\n下一行") ==
        "<p>資訊安全 and\nISMS，<strong>規範</strong>\n<em>a</em><br>\n下一行</p>\n");
}

TEST_CASE("whatever a naughty text holds, only our own tags come out", "[markup]") {
  const auto suite = shared_suite("blns.json");
  if (!suite) return;
  for (const auto& entry : nlohmann::json::parse(file_bytes(*suite))) {
    Document document;
    document.blocks.emplace_back();
    document.blocks[0].content = {{InlineKind::text, entry.get<std::string>(), "", {}}};
    const auto page = to_html(document);
    INFO(page);
    CHECK(page.find_first_of("<>\"'", 3) == page.size() - 5);
  }
}

TEST_CASE("a caller may draw a fenced block; what it does not draw is shown as its text",
          "[markup]") {
  const auto document = parse_markdown(
      "```chart\ntitle: <甲>\n```\n\n> ```chart\n> bars: 無\n> ```\n\n```obligation\nid: 甲\n```\n");
  const auto drawn = to_html(document, [](const Block& block) -> std::optional<std::string> {
    if (block.info != "chart" || !block.literal.starts_with("title")) return std::nullopt;
    return "<svg>" + escape_html(block.literal) + "</svg>";
  });
  CHECK(drawn ==
        "<svg>title: &lt;甲&gt;\n</svg>\n<blockquote>\n<pre><code class=\"language-chart\">bars: "
        "無\n</code></pre>\n</blockquote>\n"
        "<div class=\"duty obligation\">\n<p><strong>甲</strong> </p>\n</div>\n");
}
