#include "log/witness.h"

#include <fmt/format.h>

#include <limits>

#include "log/note_lines.h"

namespace vermilion::log {
namespace {

constexpr std::size_t kTimeSize = 8;

std::string signed_text(std::uint64_t time, std::string_view checkpoint_text) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, checkpoint_text);
}

std::uint64_t time_in(std::string_view bytes) {
  std::uint64_t time = 0;
  for (const char byte : bytes) time = time << 8 | static_cast<unsigned char>(byte);
  return time;
}

}  // namespace

std::string add_checkpoint_body(std::uint64_t old_size, const std::vector<Hash>& consistency,
                                std::string_view note) {
  auto body = fmt::format("old {}\n", old_size);
  for (const auto& hash : consistency) body += base64(hash) + "\n";
  return body + "\n" + std::string(note);
}

std::optional<Cosignature> find_cosignature(std::string_view lines,
                                            std::string_view checkpoint_text,
                                            std::string_view verifier_key) {
  const auto verifier = parse_verifier(verifier_key, kCosignature);
  for (const auto& line : parse_signatures(lines)) {
    if (line.name != verifier.name || !line.bytes.starts_with(verifier.id)) continue;
    const auto body = std::string_view(line.bytes).substr(kIdSize);
    if (body.size() <= kTimeSize) continue;
    const auto time = time_in(body.substr(0, kTimeSize));
    if (time > std::uint64_t(std::numeric_limits<std::int64_t>::max())) continue;
    if (!verifier.key.verifies(signed_text(time, checkpoint_text), body.substr(kTimeSize)))
      continue;
    return Cosignature{Instant(std::chrono::seconds(static_cast<std::int64_t>(time))),
                       signature_line(line.name, line.bytes)};
  }
  return std::nullopt;
}

std::string witness_name(std::string_view verifier_key) {
  return parse_verifier(verifier_key, kCosignature).name;
}

}  // namespace vermilion::log
