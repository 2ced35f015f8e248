#include "render/validation_data.h"

#include <stdexcept>

#include "render/hostile.h"
#include "render/qpdf.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr int most_entries = 100;

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

}  // namespace

std::vector<Bytes> kept_streams(QPDFObjectHandle list, size_t& left) {
  if (!list.isArray()) return {};
  if (list.getArrayNItems() > most_entries) hostile::refuse("DSS");
  std::vector<Bytes> all;
  for (int i = 0; i < list.getArrayNItems(); ++i)
    all.push_back(content_of(list.getArrayItem(i), left));
  return all;
}

ValidationData read_validation_data(std::string_view pdf) {
  hostile::require_size(pdf);
  ValidationData found;
  const auto opened = hostile::open(pdf);
  hostile::guarded([&] {
    auto store = opened->getRoot().getKey("/DSS");
    if (!store.isDictionary()) return;
    size_t left = most_bytes_kept;
    found = {kept_streams(store.getKey("/Certs"), left), kept_streams(store.getKey("/CRLs"), left)};
  });
  return found;
}

}  // namespace vermilion::render
