// Apart from the reading: vermilion-pdf reads and never writes.
#include <algorithm>

#include "render/incremental.h"
#include "render/validation_data.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

void add_to(QPDF& pdf, Object store, const std::string& key, const std::vector<Bytes>& more) {
  auto list = store.getKey(key);
  size_t left = most_bytes_kept;
  auto there = kept_streams(list, left);
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

}  // namespace vermilion::render
