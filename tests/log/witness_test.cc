// What a witness answers is taken only from the witness that was named, over the very checkpoint that it was shown.
#include "log/witness.h"

#include <catch2/catch.hpp>

#include "base/date.h"
#include "base/error.h"
#include "log/note.h"
#include "support/cosigner.h"

using namespace vermilion;
using namespace vermilion::log;

namespace {

const std::string kText = checkpoint_text({"epa.example/vermilion/01J0", 17, Hash(32, 'r')});
const Instant kAt = parse_instant("2026-11-22T08:00:00Z");

}  // namespace

TEST_CASE("a cosignature is found by its witness's key, with its time", "[log]") {
  const Cosigner witness;
  const Cosigner other;
  const auto lines = other.cosign(kText, kAt) + witness.cosign(kText, kAt);
  const auto found = find_cosignature(lines, kText, witness.verifier_key());
  REQUIRE(found);
  CHECK(found->at == kAt);
  CHECK(found->line == witness.cosign(kText, kAt));
  CHECK(witness_name(witness.verifier_key()) == witness.name);
}

TEST_CASE("a cosignature over another checkpoint, or with a bit changed, is none", "[log]") {
  const Cosigner witness;
  const auto key = witness.verifier_key();
  CHECK_FALSE(find_cosignature(witness.cosign(kText + "more\n", kAt), kText, key));
  CHECK_FALSE(find_cosignature("", kText, key));
  const auto line = witness.cosign(kText, kAt);
  const auto start = line.rfind(' ') + 1;
  const auto bytes = from_base64(line.substr(start, line.size() - start - 1)).value();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    INFO(at);
    CHECK_FALSE(find_cosignature(line.substr(0, start) + base64(changed) + "\n", kText, key));
  }
}

TEST_CASE("what is no signature line, or no witness's key, is told as such", "[log]") {
  const Cosigner witness;
  const auto note_key = verifier_key(witness.name, witness.key.public_key());
  CHECK_THROWS_AS(find_cosignature("<html>\n", kText, witness.verifier_key()), Error);
  CHECK_THROWS_AS(find_cosignature("", kText, note_key), Error);
}

TEST_CASE("a request is the old size, the proof, an empty line and the checkpoint", "[log]") {
  CHECK(add_checkpoint_body(0, {}, "note\n") == "old 0\n\nnote\n");
  CHECK(add_checkpoint_body(5, {Hash(32, 'a'), Hash(32, 'b')}, "note\n") ==
        "old 5\n" + base64(Hash(32, 'a')) + "\n" + base64(Hash(32, 'b')) + "\n\nnote\n");
}
