#include "render/spans.h"

#include "base/text.h"
#include "markup/images.h"

namespace vermilion::render {
namespace {

using markup::Inline;
using markup::InlineKind;

constexpr char32_t soft_break = U'\r';

class SpanCollector {
 public:
  void add(const std::vector<Inline>& content, const Span& manner) {
    for (const Inline& item : content) add(item, manner);
  }

  Spans finish() {
    for (size_t s = 0; s < spans_.size(); ++s) resolve_soft_breaks(s);
    return std::move(spans_);
  }

 private:
  void add(const Inline& item, const Span& manner) {
    switch (item.kind) {
      case InlineKind::text:
        return put(code_points(item.text), manner);
      case InlineKind::code: {
        Span code = manner;
        code.code = true;
        return put(code_points(item.text), code);
      }
      case InlineKind::soft_break:
        return put(std::u32string(1, soft_break), manner);
      case InlineKind::hard_break:
        return put(U"\n", manner);
      case InlineKind::image:
        return put(code_points(markup::image_words(item.text)), manner);
      case InlineKind::emphasis:
      case InlineKind::strong: {
        Span bold = manner;
        bold.weight = Weight::bold;
        return add(item.children, bold);
      }
      case InlineKind::inserted:
      case InlineKind::deleted: {
        Span changed = manner;
        const bool inserted = item.kind == InlineKind::inserted;
        changed.stroking = inserted ? Stroking::under : Stroking::through;
        changed.colour = inserted ? style::vermilion : style::quiet;
        return add(item.children, changed);
      }
      case InlineKind::note: {
        Span mark = manner;
        mark.raised = true;
        mark.colour = style::vermilion;
        mark.target = "#n-" + std::to_string(item.number);
        return put(code_points(std::to_string(item.number)), mark);
      }
      case InlineKind::link: {
        if (!leads_somewhere(item.url)) return add(item.children, manner);
        Span link = manner;
        link.colour = style::vermilion;
        link.target = item.url;
        return add(item.children, link);
      }
    }
  }

  void put(std::u32string text, Span manner) {
    if (text.empty()) return;
    manner.text = std::move(text);
    spans_.push_back(std::move(manner));
  }

  // A soft break is a span of its own, so its neighbours are the ends of the spans beside it.
  void resolve_soft_breaks(size_t s) {
    if (spans_[s].text != std::u32string(1, soft_break)) return;
    const char32_t before = s > 0 ? spans_[s - 1].text.back() : U'　';
    const char32_t after = s + 1 < spans_.size() ? spans_[s + 1].text.front() : U'　';
    // U+200B: no width, but spans stay non-empty and the line may end here.
    spans_[s].text = is_east_asian(before) && is_east_asian(after) ? U"\u200B" : U" ";
  }

  // A path has nothing to be relative to once the text is a file of its own.
  static bool leads_somewhere(const std::string& url) {
    return url.starts_with('#') || url.find(':') != std::string::npos;
  }

  static bool is_east_asian(char32_t c) {
    return is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
  }

  Spans spans_;
};

}  // namespace

Spans spans_of(const std::vector<Inline>& content, Weight weight, Colour colour) {
  SpanCollector collector;
  collector.add(content, {{}, weight, colour, {}, false, Stroking::none});
  return collector.finish();
}

Spans without_prefix(Spans spans, std::u32string_view prefix) {
  if (prefix.empty() || !text_of(spans).starts_with(prefix)) return spans;
  size_t left = prefix.size();
  for (Span& span : spans) {
    const size_t cut = std::min(left, span.text.size());
    span.text.erase(0, cut);
    left -= cut;
    while (left == 0 && !span.text.empty() && is_blank(span.text.front())) span.text.erase(0, 1);
    if (left == 0 && !span.text.empty()) break;
  }
  return spans;
}

std::u32string text_of(const Spans& spans) {
  std::u32string text;
  for (const Span& span : spans) text += span.raised ? U"" : span.text;
  return text;
}

}  // namespace vermilion::render
