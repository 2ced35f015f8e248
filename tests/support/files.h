// Files of a test's scratch folder: making them, damaging them, naming them in sh.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "support/process.h"

inline std::filesystem::path operator/(const ScratchFolder& folder, const std::string& name) {
  return folder.path() / name;
}

// The path as one word of sh.
std::string sh_word(const std::filesystem::path& path);

// Writes the whole file, making the folders above it.
void put_file(const std::filesystem::path& path, std::string_view bytes);

// Changes the lowest bit of one byte in place.
void flip_bit(const std::filesystem::path& path, std::size_t offset);
