// The plain tar of POSIX (ustar), as much of it as stock `tar x` needs: files with short names.
//
// Errors   Reading: corrupt ("bad-archive") for anything that TarWriter would not write.
// Source   POSIX.1-2017, pax, "ustar Interchange Format".
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"

namespace vermilion::store {

class TarWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  TarWriter(Sink sink, Instant at) : sink_(std::move(sink)), at_(at) {}
  void add(const std::string& name,
           std::string_view content);  // mode 0600; a name has 1 to 99 bytes
  void finish();

 private:
  Sink sink_;
  Instant at_;
};

void read_tar(std::string_view tar,
              const std::function<void(const std::string& name, std::string_view content)>& visit);

}  // namespace vermilion::store
