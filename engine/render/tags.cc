#include "render/tags.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
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

// An element that hangs nowhere has no number.
std::string reference_to(int number) {
  return number == 0 ? "null" : fmt::format("{} 0 R", number);
}

class TagWriter {
 public:
  TagWriter(WrittenFile& file, QPDF& pdf, const Structure& structure, const Drawn& drawn,
            const std::vector<TaggedLink>& links)
      : file_(file),
        elements_(structure.elements()),
        drawn_(drawn),
        links_(links),
        tree_(structure, drawn),
        numbers_(elements_.size()),
        annotations_(elements_.size()) {
    for (size_t i = 0; i < links.size(); ++i) annotations_[links[i].tag].push_back(i);
    for (const auto& page : pdf.getAllPages()) pages_.push_back(file.number_of(page));
  }

  void write(int root) {
    const int document = element(Structure::document, root, Language::chinese);
    std::string object =
        fmt::format("<</Type/StructTreeRoot/K {} 0 R/ParentTree {} 0 R/ParentTreeNextKey {}",
                    document, parent_tree(), pages_.size() + links_.size());
    if (!ids_.empty()) object += fmt::format("/IDTree {} 0 R", id_tree());
    file_.put(root, object + ">>");
  }

 private:
  int element(Tag tag, int parent, Language around) {
    const int number = numbers_[tag] = file_.reserve();
    const Element& described = elements_[tag];
    const Tree::Node& node = tree_.at(tag);
    std::string object = fmt::format("<</S/{}/P {} 0 R", role_of(tag), parent);
    if (!described.alternate.empty())
      object += "/Alt" + Object::newUnicodeString(described.alternate).unparse();
    if (!described.id.empty()) {
      object += "/ID" + Object::newString(described.id).unparse();
      ids_.emplace(described.id, number);
    }
    const Language own = language_of(described);
    const Language language = own == Language::unknown ? around : own;
    if (language != around)
      object += language == Language::english ? "/Lang(en)" : "/Lang(zh-Hant-TW)";
    describe_cell(described, object);
    describe_box(tag, object);
    if (!node.contents.empty())
      object += fmt::format("/Pg {} 0 R", pages_[node.contents.front().page]);
    file_.put(number, object + fmt::format("/K[{}]>>", kids_of(tag, number, language)));
    return number;
  }

  [[nodiscard]] const char* role_of(Tag tag) const {
    const bool lost = std::string_view(elements_[tag].role) == "Link" && annotations_[tag].empty();
    return lost ? "Span" : elements_[tag].role;
  }

  static void describe_cell(const Element& element, std::string& object) {
    const bool header = std::string_view(element.role) == "TH";
    if (!header && element.columns == 1 && element.rows == 1) return;
    object += "/A<</O/Table";
    if (header) object += "/Scope/Column";
    if (element.columns > 1) object += fmt::format("/ColSpan {}", element.columns);
    if (element.rows > 1) object += fmt::format("/RowSpan {}", element.rows);
    object += ">>";
  }

  void describe_box(Tag tag, std::string& object) const {
    const auto found = drawn_.boxes.find(tag);
    if (found == drawn_.boxes.end()) return;
    object +=
        fmt::format("/A<</O/Layout/Placement/Block/BBox[{:.2f}]>>", fmt::join(found->second, " "));
  }

  // Its own content and its children's, interleaved as drawn; then the annotations of a link or a form field.
  std::string kids_of(Tag tag, int self, Language language) {
    const Tree::Node& node = tree_.at(tag);
    std::string kids;
    auto child = node.children.begin();
    const auto children_before = [&](size_t place) {
      for (; child != node.children.end() && tree_.at(*child).first < place; ++child)
        kids += reference_to(element(*child, self, language)) + ' ';
    };
    for (const Content& content : node.contents) {
      children_before(place_of(content));
      kids += marked(content, node.contents.front().page) + ' ';
    }
    children_before(nowhere);
    for (const size_t link : annotations_[tag])
      kids += fmt::format("<</Type/OBJR/Obj {} 0 R/Pg {} 0 R>> ",
                          file_.number_of(links_[link].annotation), pages_[links_[link].page]);
    if (!kids.empty()) kids.pop_back();
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

  [[nodiscard]] std::string marked(const Content& content, size_t own_page) const {
    if (content.page == own_page) return std::to_string(content.number);
    return fmt::format("<</Type/MCR/Pg {} 0 R/MCID {}>>", pages_[content.page], content.number);
  }

  int put(const std::string& object) {
    const int number = file_.reserve();
    file_.put(number, object);
    return number;
  }

  // A name tree of one node.
  int id_tree() {
    std::string names;
    for (const auto& [id, number] : ids_)
      names += Object::newString(id).unparse() + reference_to(number) + ' ';
    return put(fmt::format("<</Names[{}]>>", names));
  }

  // From each page's contents, then from each annotation, to the element: by the keys that were announced.
  int parent_tree() {
    std::string numbers;
    size_t key = 0;
    for (const auto& contents : drawn_.contents) {
      std::string owners;
      for (const Tag tag : contents) owners += reference_to(numbers_[tag]) + ' ';
      numbers += fmt::format("{} {} 0 R ", key++, put(fmt::format("[{}]", owners)));
    }
    for (const TaggedLink& link : links_)
      numbers += fmt::format("{} {} ", key++, reference_to(numbers_[link.tag]));
    return put(fmt::format("<</Nums[{}]>>", numbers));
  }

  WrittenFile& file_;
  const std::vector<Element>& elements_;
  const Drawn& drawn_;
  const std::vector<TaggedLink>& links_;
  Tree tree_;
  std::vector<int> numbers_;                      // by tag
  std::vector<std::vector<size_t>> annotations_;  // by tag
  std::vector<int> pages_;
  std::map<std::string, int> ids_;  // of the elements that have one
  std::vector<size_t> page_starts_;
};

}  // namespace

void announce_tags(QPDF& pdf, const std::vector<TaggedLink>& links) {
  auto root = pdf.getRoot();
  root.replaceKey("/StructTreeRoot",
                  pdf.makeIndirectObject(Object::parse("<< /Type /StructTreeRoot >>")));
  root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
  int key = 0;
  for (Object page : pdf.getAllPages()) {
    page.replaceKey("/StructParents", Object::newInteger(key++));
    page.replaceKey("/Tabs", Object::newName("/S"));
  }
  for (const TaggedLink& link : links) {
    Object annotation = link.annotation;
    annotation.replaceKey("/StructParent", Object::newInteger(key++));
  }
}

void put_tags(WrittenFile& file, QPDF& pdf, const Structure& structure, const Drawn& drawn,
              const std::vector<TaggedLink>& links) {
  const auto root = pdf.getRoot().getKey("/StructTreeRoot");
  TagWriter(file, pdf, structure, drawn, links).write(file.number_of(root));
}

}  // namespace vermilion::render
