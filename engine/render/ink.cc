#include "render/ink.h"

namespace vermilion::render {
namespace {

template <typename T>
T moved(T item, float dx, float dy) {
  if constexpr (requires { item.x1; }) {
    item.x1 += dx, item.x2 += dx;
    item.y1 += dy, item.y2 += dy;
  } else {
    item.x += dx;
    item.y += dy;
  }
  return item;
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from, float dx, float dy) {
  for (const T& item : from) to.push_back(moved(item, dx, dy));
}

}  // namespace

void Ink::add(const Ink& other, float dx, float dy) {
  for (PlacedImage placed : other.images) {
    placed.texts_before += texts.size();
    images.push_back(moved(std::move(placed), dx, dy));
  }
  append(fills, other.fills, dx, dy);
  append(rules, other.rules, dx, dy);
  append(texts, other.texts, dx, dy);
  append(links, other.links, dx, dy);
  append(fields, other.fields, dx, dy);
}

Ink as_artifact(Ink ink) {
  for (Fill& fill : ink.fills) fill.tag = artifact;
  for (Rule& rule : ink.rules) rule.tag = artifact;
  for (TextRun& run : ink.texts) run.tag = artifact;
  for (PlacedImage& placed : ink.images) placed.tag = artifact;
  ink.links.clear();
  ink.fields.clear();
  return ink;
}

}  // namespace vermilion::render
