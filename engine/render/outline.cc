#include "render/outline.h"

#include <fmt/format.h>

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

std::string number(float value) { return fmt::format("{:.2f}", value); }

// [page /XYZ null y null]: scroll there, keep the reader's zoom.
Object destination(QPDF& pdf, const Place& place, const std::vector<Page>& pages) {
  auto array = Object::newArray();
  array.appendItem(pdf.getAllPages().at(place.page));
  array.appendItem(Object::newName("/XYZ"));
  array.appendItem(Object::newNull());
  array.appendItem(Object::newReal(number(pages.at(place.page).size.height - place.y + 6)));
  array.appendItem(Object::newNull());
  return array;
}

Object rectangle(const Link& link, float page_height) {
  auto array = Object::newArray();
  for (const float side : {link.x1, page_height - link.y2, link.x2, page_height - link.y1}) {
    array.appendItem(Object::newReal(number(side)));
  }
  return array;
}

Object annotation(QPDF& pdf, const Link& link, float page_height, const std::vector<Page>& pages,
                  const Finish& finish) {
  auto result = Object::parse("<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] >>");
  result.replaceKey("/Rect", rectangle(link, page_height));
  result.replaceKey("/Contents", Object::newUnicodeString(link.target));
  if (link.target.starts_with('#')) {
    const auto place = finish.anchors.find(link.target.substr(1));
    if (place == finish.anchors.end()) return Object::newNull();
    result.replaceKey("/Dest", destination(pdf, place->second, pages));
  } else {
    auto action = Object::parse("<< /S /URI >>");
    action.replaceKey("/URI", Object::newString(link.target));
    result.replaceKey("/A", action);
  }
  return pdf.makeIndirectObject(result);
}

// Hangs entries below each other by level while they come in order.
class OutlineTree {
 public:
  explicit OutlineTree(QPDF& pdf) {
    open_.push_back({0, pdf.makeIndirectObject(Object::parse("<< /Type /Outlines >>")), 0});
  }

  void add(int level, Object item) {
    while (open_.back().level >= level) close();
    Node& parent = open_.back();
    item.replaceKey("/Parent", parent.object);
    if (parent.children++ == 0) {
      parent.object.replaceKey("/First", item);
    } else {
      auto previous = parent.object.getKey("/Last");
      previous.replaceKey("/Next", item);
      item.replaceKey("/Prev", previous);
    }
    parent.object.replaceKey("/Last", item);
    open_.push_back({level, item, 0});
  }

  Object finish() {
    while (open_.size() > 1) close();
    Node& root = open_.front();
    root.object.replaceKey("/Count", Object::newInteger(root.children));
    return root.object;
  }

 private:
  struct Node {
    int level;
    Object object;
    int children;
  };

  // A negative count: shown closed.
  void close() {
    Node node = open_.back();
    open_.pop_back();
    if (node.children > 0) node.object.replaceKey("/Count", Object::newInteger(-node.children));
  }

  std::vector<Node> open_;
};

}  // namespace

std::vector<TaggedLink> add_links(QPDF& pdf, const std::vector<Page>& pages, const Finish& finish) {
  std::vector<TaggedLink> added;
  for (size_t i = 0; i < pages.size(); ++i) {
    auto annotations = Object::newArray();
    for (const Link& link : pages[i].links) {
      auto made = annotation(pdf, link, pages[i].size.height, pages, finish);
      if (made.isNull()) continue;
      annotations.appendItem(made);
      added.push_back({i, link.tag, made});
    }
    if (annotations.getArrayNItems() == 0) continue;
    Object page = pdf.getAllPages().at(i);
    page.replaceKey("/Annots", annotations);
  }
  return added;
}

void add_page_labels(QPDF& pdf, const Finish& finish) {
  auto numbers = Object::newArray();
  const auto from = [&](int page, const Object& label) {
    numbers.appendItem(Object::newInteger(page));
    numbers.appendItem(label);
  };
  if (finish.cover) {
    auto cover = Object::newDictionary();
    cover.replaceKey("/P", Object::newUnicodeString("封面"));
    from(0, cover);
  }
  from(finish.cover ? 1 : 0, Object::parse(finish.cover ? "<< /S /D /St 2 >>" : "<< /S /D >>"));
  auto labels = Object::newDictionary();
  labels.replaceKey("/Nums", numbers);
  pdf.getRoot().replaceKey("/PageLabels", labels);
}

void add_outline(QPDF& pdf, const std::vector<Page>& pages, const Finish& finish) {
  if (finish.outline.empty()) return;
  OutlineTree tree(pdf);
  for (const auto& entry : finish.outline) {
    const auto place = finish.anchors.find(entry.anchor);
    if (place == finish.anchors.end()) continue;
    auto item = pdf.makeIndirectObject(Object::newDictionary());
    item.replaceKey("/Title", Object::newUnicodeString(entry.title));
    item.replaceKey("/Dest", destination(pdf, place->second, pages));
    tree.add(entry.level, item);
  }
  pdf.getRoot().replaceKey("/Outlines", tree.finish());
}

}  // namespace vermilion::render
