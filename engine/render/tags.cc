#include "render/tags.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

struct Content {
  size_t page = 0;
  int number = 0;  // of the marked content
};

constexpr size_t nowhere = static_cast<size_t>(-1);

// What hangs below each element, in the order in which it is drawn.
class Tree {
 public:
  Tree(const Structure& structure, const Drawn& drawn)
      : elements_(structure.elements()), nodes_(elements_.size()) {
    size_t place = 0;
    for (size_t page = 0; page < drawn.contents.size(); ++page) {
      for (size_t number = 0; number < drawn.contents[page].size(); ++number) {
        nodes_[drawn.contents[page][number]].contents.push_back({page, static_cast<int>(number)});
        touch(drawn.contents[page][number], place++);
      }
    }
    for (Tag tag = Structure::document + 1; tag < elements_.size(); ++tag) hang(tag);
    for (Node& node : nodes_) order(node);
  }

  struct Node {
    size_t first = nowhere;  // place of the first content in it, counted through the document
    std::vector<Content> contents;
    std::vector<Tag> children;
  };
  [[nodiscard]] const Node& at(Tag tag) const { return nodes_[tag]; }

 private:
  void touch(Tag tag, size_t place) {
    for (; tag != artifact && nodes_[tag].first == nowhere; tag = elements_[tag].parent)
      nodes_[tag].first = place;
  }

  // An empty cell takes the place of the cell before it, and a form field has no ink of its own; any other empty element is left out.
  void hang(Tag tag) {
    const Element& element = elements_[tag];
    if (element.parent == artifact || nodes_[element.parent].first == nowhere) return;
    auto& siblings = nodes_[element.parent].children;
    if (nodes_[tag].first == nowhere) {
      const std::string_view role = element.role;
      if (role == "Form")
        nodes_[tag].first = nodes_[element.parent].first;
      else if (role == "TD" || role == "TH")
        nodes_[tag].first = siblings.empty() ? 0 : nodes_[siblings.back()].first;
      else
        return;
    }
    siblings.push_back(tag);
  }

  void order(Node& node) {
    std::stable_sort(node.children.begin(), node.children.end(),
                     [&](Tag a, Tag b) { return nodes_[a].first < nodes_[b].first; });
  }

  const std::vector<Element>& elements_;
  std::vector<Node> nodes_;
};

class TagWriter {
 public:
  TagWriter(QPDF& pdf, const Structure& structure, const Drawn& drawn,
            const std::vector<TaggedLink>& links)
      : pdf_(pdf),
        elements_(structure.elements()),
        drawn_(drawn),
        links_(links),
        tree_(structure, drawn) {
    made_.resize(elements_.size(), Object::newNull());
    annotations_.resize(elements_.size());
    for (size_t i = 0; i < links.size(); ++i) annotations_[links[i].tag].push_back(i);
    for (const auto& page : pdf.getAllPages()) pages_.push_back(page);
  }

  void write() {
    auto root = pdf_.makeIndirectObject(Object::parse("<< /Type /StructTreeRoot >>"));
    made_[Structure::document] = element(Structure::document, root);
    root.replaceKey("/K", made_[Structure::document]);
    root.replaceKey("/ParentTree", parent_tree());
    root.replaceKey("/ParentTreeNextKey", Object::newInteger(next_key_));
    if (!ids_.empty()) root.replaceKey("/IDTree", id_tree());
    pdf_.getRoot().replaceKey("/StructTreeRoot", root);
    pdf_.getRoot().replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
  }

 private:
  Object element(Tag tag, const Object& parent) {
    const Element& described = elements_[tag];
    const Tree::Node& node = tree_.at(tag);
    auto object = pdf_.makeIndirectObject(Object::newDictionary());
    made_[tag] = object;
    object.replaceKey("/S", Object::newName(std::string("/") + role_of(tag)));
    object.replaceKey("/P", parent);
    if (!described.alternate.empty())
      object.replaceKey("/Alt", Object::newUnicodeString(described.alternate));
    if (!described.id.empty()) {
      object.replaceKey("/ID", Object::newString(described.id));
      ids_.emplace(described.id, object);
    }
    describe_cell(described, object);
    describe_box(tag, object);
    if (!node.contents.empty()) object.replaceKey("/Pg", pages_[node.contents.front().page]);
    auto kids = kids_of(tag, object);
    if (kids.getArrayNItems() == 1) kids = kids.getArrayItem(0);
    object.replaceKey("/K", kids);
    return object;
  }

  [[nodiscard]] const char* role_of(Tag tag) const {
    const bool lost = std::string_view(elements_[tag].role) == "Link" && annotations_[tag].empty();
    return lost ? "Span" : elements_[tag].role;
  }

  static void describe_cell(const Element& element, Object& object) {
    const bool header = std::string_view(element.role) == "TH";
    if (!header && element.columns == 1 && element.rows == 1) return;
    auto attributes = Object::parse("<< /O /Table >>");
    if (header) attributes.replaceKey("/Scope", Object::newName("/Column"));
    if (element.columns > 1) attributes.replaceKey("/ColSpan", Object::newInteger(element.columns));
    if (element.rows > 1) attributes.replaceKey("/RowSpan", Object::newInteger(element.rows));
    object.replaceKey("/A", attributes);
  }

  void describe_box(Tag tag, Object& object) const {
    const auto found = drawn_.boxes.find(tag);
    if (found == drawn_.boxes.end()) return;
    auto box = Object::newArray();
    for (const float edge : found->second) box.appendItem(Object::newReal(edge, 2));
    auto attributes = Object::parse("<< /O /Layout /Placement /Block >>");
    attributes.replaceKey("/BBox", box);
    object.replaceKey("/A", attributes);
  }

  // Its own content and its children's, interleaved as drawn; then the annotations of a link or a form field.
  Object kids_of(Tag tag, Object& self) {
    const Tree::Node& node = tree_.at(tag);
    auto kids = Object::newArray();
    auto child = node.children.begin();
    for (const Content& content : node.contents) {
      const size_t place = place_of(content);
      for (; child != node.children.end() && tree_.at(*child).first < place; ++child)
        kids.appendItem(element(*child, self));
      kids.appendItem(marked(content, node.contents.front().page));
    }
    for (; child != node.children.end(); ++child) kids.appendItem(element(*child, self));
    for (const size_t link : annotations_[tag]) kids.appendItem(reference(links_[link]));
    return kids;
  }

  [[nodiscard]] size_t place_of(const Content& content) {
    if (page_starts_.empty()) {
      size_t start = 0;
      for (const auto& page : drawn_.contents) {
        page_starts_.push_back(start);
        start += page.size();
      }
    }
    return page_starts_[content.page] + static_cast<size_t>(content.number);
  }

  Object marked(const Content& content, size_t own_page) {
    if (content.page == own_page) return Object::newInteger(content.number);
    auto reference = Object::parse("<< /Type /MCR >>");
    reference.replaceKey("/Pg", pages_[content.page]);
    reference.replaceKey("/MCID", Object::newInteger(content.number));
    return reference;
  }

  Object reference(const TaggedLink& link) {
    auto reference = Object::parse("<< /Type /OBJR >>");
    reference.replaceKey("/Obj", link.annotation);
    reference.replaceKey("/Pg", pages_[link.page]);
    return reference;
  }

  // A name tree of one node.
  Object id_tree() {
    auto names = Object::newArray();
    for (const auto& [id, object] : ids_) {
      names.appendItem(Object::newString(id));
      names.appendItem(object);
    }
    auto tree = pdf_.makeIndirectObject(Object::newDictionary());
    tree.replaceKey("/Names", names);
    return tree;
  }

  // From each page's contents, then from each annotation, to the element.
  Object parent_tree() {
    auto numbers = Object::newArray();
    const auto enter = [&](const Object& value) {
      numbers.appendItem(Object::newInteger(next_key_));
      numbers.appendItem(value);
      return Object::newInteger(next_key_++);
    };
    for (size_t page = 0; page < pages_.size(); ++page) {
      auto owners = Object::newArray();
      for (const Tag tag : drawn_.contents[page]) owners.appendItem(made_[tag]);
      pages_[page].replaceKey("/StructParents", enter(pdf_.makeIndirectObject(owners)));
      pages_[page].replaceKey("/Tabs", Object::newName("/S"));
    }
    for (const TaggedLink& link : links_) {
      Object annotation = link.annotation;
      annotation.replaceKey("/StructParent", enter(made_[link.tag]));
    }
    auto tree = pdf_.makeIndirectObject(Object::newDictionary());
    tree.replaceKey("/Nums", numbers);
    return tree;
  }

  QPDF& pdf_;
  const std::vector<Element>& elements_;
  const Drawn& drawn_;
  const std::vector<TaggedLink>& links_;
  Tree tree_;
  std::vector<Object> made_;                      // by tag
  std::vector<std::vector<size_t>> annotations_;  // by tag
  std::vector<Object> pages_;
  std::map<std::string, Object> ids_;  // of the elements that have one
  std::vector<size_t> page_starts_;
  int next_key_ = 0;
};

}  // namespace

void add_tags(QPDF& pdf, const Structure& structure, const Drawn& drawn,
              const std::vector<TaggedLink>& links) {
  TagWriter(pdf, structure, drawn, links).write();
}

}  // namespace vermilion::render
