// Material that lies outside the repository and may be absent: suites, the seed regulation.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

// The folder the environment variable VERMILION_SHARED names, or ../shared beside the source tree.
// Nothing, with the words "skipped: ../shared absent", when there is none.
std::optional<std::filesystem::path> shared_folder();

// One folder (or file) of the unpacked suites; unpacks them into the build's scratch place once.
std::optional<std::filesystem::path> shared_suite(const std::string& name);

std::string file_bytes(const std::filesystem::path& path);
