// Damaging files of a test's scratch folder.
#pragma once
#include <filesystem>

// Changes the lowest bit of one byte in place.
void flip_bit(const std::filesystem::path& path, std::size_t offset);
