#include "support/files.h"

#include <fstream>
#include <stdexcept>

void flip_bit(const std::filesystem::path& path, std::size_t offset) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(offset));
  const char byte = static_cast<char>(file.get() ^ 1);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
  if (!file) throw std::runtime_error("flip_bit: " + path.string());
}
