// The act that benchmarks commit: 2 KiB sealed and its manifest on main, spread as records are.
#pragma once
#include <fmt/format.h>

#include "store/store.h"

// `folder` of main: "bench"; the n-th lies at <folder>/00/00/00/nn/manifest.json.
inline std::string record_path(const std::string& folder, int number) {
  return fmt::format("{}/{:02}/{:02}/{:02}/{:02}/manifest.json", folder, number / 1'000'000,
                     number / 10'000 % 100, number / 100 % 100, number % 100);
}

inline vermilion::store::Act record_act(const std::string& folder, int number) {
  using namespace vermilion::store;
  static const std::string content(2048, 'r');
  const auto subject = fmt::format("{} {}", folder, number);
  return {.kind = "record",
          .actor = "chen01",
          .from = "console",
          .subject = subject,
          .outcome = "done",
          .message = subject,
          .decide = [=](const Now& now, Changes& changes) {
            const auto sealed = changes.seal({.record = now.act,
                                              .part = "content",
                                              .key_class = folder + "-3y",
                                              .year = 2026,
                                              .content = content});
            changes.put(record_path(folder, number),
                        fmt::format(R"({{"payload":"{}","commitment":"{}","ciphertext":"{}"}})",
                                    sealed.payload, sealed.commitment, sealed.ciphertext));
          }};
}
