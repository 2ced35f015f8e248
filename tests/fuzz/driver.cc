// Runs a fuzz target without libFuzzer: a fixed sequence of mutated seeds, so that every `scripts/check` exercises each parser the
// same way. The fuzz preset links libFuzzer instead and goes on for as long as it is let.
//
//   fuzz_markdown [ITERATIONS] [SEED FILE…]
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// Short pieces that parsers trip over, in the languages they parse.
const std::vector<std::string> kPieces = {
    "",      "{\"kind\":\"approval\"}", "壹、總則\n",  "（一）", "1. ",  "- (1)",  "|a|b|\n|-|-|\n", "**",
    "```\n", "---\nid: a\n---\n",      "tree ",       "\0\0\0\1", "\xff\xfe", "— log AAAA\n", "\"", "\xe6\x96"};

std::string mutated(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (auto changes = 1 + below(8); changes > 0; --changes) {
    const auto at = below(text.size() + 1);
    switch (below(4)) {
      case 0: text.insert(at, kPieces[below(kPieces.size())]); break;
      case 1: text.insert(at, 1 + below(3), static_cast<char>(random())); break;
      case 2: text.erase(at, below(16)); break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
    }
  }
  return text;
}

std::string file_text(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

int main(int argc, char** argv) {
  const long iterations = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 2000;
  std::vector<std::string> seeds = kPieces;
  for (int i = 2; i < argc; ++i) seeds.push_back(file_text(argv[i]));
  std::mt19937 random(20261122);  // NOLINT(cert-msc51-cpp): the same inputs on every run
  for (long i = 0; i < iterations; ++i) {
    const auto input = mutated(seeds[random() % seeds.size()], random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::cout << iterations << " inputs, no crash\n";
  return 0;
}
