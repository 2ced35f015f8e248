#include "render/validation_data.h"

#include <algorithm>
#include <qpdf/Pipeline.hh>
#include <stdexcept>

#include "render/hostile.h"
#include "render/incremental.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr int most_entries = 1000;
constexpr size_t most_entry_bytes = size_t{16} << 20;

// A few bytes can be made to decompress to any number.
class BoundedBytes : public Pipeline {
 public:
  BoundedBytes() : Pipeline("validation data", nullptr) {}
  void write(const unsigned char* data, size_t size) override {
    if (bytes.size() + size > most_entry_bytes) throw std::length_error("over 16 MiB");
    bytes.append(data, data + size);
  }
  void finish() override {}

  Bytes bytes;
};

Bytes content_of(Object stream) {
  BoundedBytes sink;
  if (!stream.isStream() || !stream.pipeStreamData(&sink, 0, qpdf_dl_generalized, true, false))
    hostile::refuse("DSS");
  return std::move(sink.bytes);
}

std::vector<Bytes> contents_of(Object list) {
  if (!list.isArray()) return {};
  if (list.getArrayNItems() > most_entries) hostile::refuse("DSS");
  std::vector<Bytes> all;
  for (int i = 0; i < list.getArrayNItems(); ++i) all.push_back(content_of(list.getArrayItem(i)));
  return all;
}

void add_to(QPDF& pdf, Object store, const std::string& key, const std::vector<Bytes>& more) {
  auto list = store.getKey(key);
  auto there = contents_of(list);
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
    found = {contents_of(store.getKey("/Certs")), contents_of(store.getKey("/CRLs"))};
  });
  return found;
}

}  // namespace vermilion::render
