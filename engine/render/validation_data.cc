#include "render/validation_data.h"

#include <algorithm>
#include <stdexcept>

#include "render/hostile.h"
#include "render/incremental.h"
#include "render/qpdf.h"

#include <qpdf/Pipeline.hh>  // after the settings in render/qpdf.h

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr int most_entries = 100;
constexpr size_t most_bytes_kept = size_t{32} << 20;

// A few bytes can be made to decompress to any number.
class BoundedBytes : public Pipeline {
 public:
  explicit BoundedBytes(size_t& left) : Pipeline("validation data", nullptr), left_(left) {}
  void write(const unsigned char* data, size_t size) override {
    if (size > left_) throw std::length_error("over 32 MiB");
    left_ -= size;
    bytes.append(data, data + size);
  }
  void finish() override {}

  Bytes bytes;

 private:
  size_t& left_;
};

Bytes content_of(Object stream, size_t& left) {
  BoundedBytes sink(left);
  if (!stream.isStream() || !stream.pipeStreamData(&sink, 0, qpdf_dl_generalized, true, false))
    hostile::refuse("DSS");
  return std::move(sink.bytes);
}

std::vector<Bytes> contents_of(Object list, size_t& left) {
  if (!list.isArray()) return {};
  if (list.getArrayNItems() > most_entries) hostile::refuse("DSS");
  std::vector<Bytes> all;
  for (int i = 0; i < list.getArrayNItems(); ++i)
    all.push_back(content_of(list.getArrayItem(i), left));
  return all;
}

void add_to(QPDF& pdf, Object store, const std::string& key, const std::vector<Bytes>& more) {
  auto list = store.getKey(key);
  size_t left = most_bytes_kept;
  auto there = contents_of(list, left);
  list = list.isArray() ? list.shallowCopy() : Object::newArray();
  for (const Bytes& one : more) {
    if (std::find(there.begin(), there.end(), one) != there.end()) continue;
    list.appendItem(pdf.newStream(one));
    there.push_back(one);
  }
  store.replaceKey(key, list);
}

// PDF 1.7 has no /DSS: the file says by whose rules it has one.
void name_extension(Object root) {
  auto extensions = root.getKey("/Extensions");
  extensions = extensions.isDictionary() ? extensions.shallowCopy() : Object::newDictionary();
  extensions.replaceKey("/ESIC", Object::parse("<< /BaseVersion /1.7 /ExtensionLevel 1 >>"));
  root.replaceKey("/Extensions", extensions);
}

}  // namespace

void add_validation_data(IncrementalUpdate& update, const ValidationData& data) {
  auto root = update.pdf().getRoot();
  auto store = root.getKey("/DSS");
  store = store.isDictionary() ? store.shallowCopy() : Object::parse("<< /Type /DSS >>");
  add_to(update.pdf(), store, "/Certs", data.certificates);
  add_to(update.pdf(), store, "/CRLs", data.crls);
  root.replaceKey("/DSS", update.pdf().makeIndirectObject(store));
  name_extension(root);
  update.changed(root);
}

ValidationData read_validation_data(std::string_view pdf) {
  hostile::require_size(pdf);
  ValidationData found;
  const auto opened = hostile::open(pdf);
  hostile::guarded([&] {
    auto store = opened->getRoot().getKey("/DSS");
    if (!store.isDictionary()) return;
    size_t left = most_bytes_kept;
    found = {contents_of(store.getKey("/Certs"), left), contents_of(store.getKey("/CRLs"), left)};
  });
  return found;
}

}  // namespace vermilion::render
