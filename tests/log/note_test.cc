#include "log/note.h"

#include <random>

#include "base/error.h"
#include "crypto/digest.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::log;
using Catch::Contains;

namespace {

// The published example of golang.org/x/mod/sumdb/note.
const char* const kExampleKey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const char* const kExampleNote =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const std::string kNoteOrigin = "epa.example/vermilion/01J00000000000000000000000";

std::string sample_text() { return checkpoint_text({kNoteOrigin, 17, leaf_hash("x")}); }

}  // namespace

TEST_CASE("note: the published example opens with its published key", "[log]") {
  CHECK(open_note(kExampleNote, kExampleKey).starts_with("If you think"));
  auto changed = std::string(kExampleNote);
  changed[0] = 'i';
  CHECK_THROWS_WITH(open_note(changed, kExampleKey), Contains("note-unsigned"));
}

TEST_CASE("note: the key line of a public log is written as it is published", "[log]") {
  const std::string published =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  const auto raw = from_base64(published.substr(published.find('+', 15) + 1))->substr(1);
  CHECK(verifier_key("sum.golang.org", crypto::PublicKey::from_raw_ed25519(raw)) == published);
}

TEST_CASE("note: what was signed opens with the verifier key and with no other", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  const auto other = crypto::PrivateKey::generate_ed25519();
  const auto note = sign_note(sample_text(), kNoteOrigin, key);
  CHECK(open_note(note, verifier_key(kNoteOrigin, key.public_key())) == sample_text());
  CHECK_THROWS_WITH(open_note(note, verifier_key(kNoteOrigin, other.public_key())),
                    Contains("note-unsigned"));
  CHECK_THROWS_WITH(open_note(note, verifier_key("另一名稱", key.public_key())),
                    Contains("note-unsigned"));
}

TEST_CASE("note: other signatures on the note are passed over", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  const auto witness = crypto::PrivateKey::generate_ed25519();
  const auto text = sample_text();
  const auto own = sign_note(text, kNoteOrigin, key);
  const auto line = sign_note(text, "見證者.example", witness).substr(text.size() + 1);
  const auto both = text + "\n" + line + own.substr(text.size() + 1);
  CHECK(open_note(both, verifier_key(kNoteOrigin, key.public_key())) == text);
  CHECK(open_note(both, verifier_key("見證者.example", witness.public_key())) == text);
}

TEST_CASE("note: stock openssl verifies the signature over the text", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  const auto text = sample_text();
  const auto note = sign_note(text, kNoteOrigin, key);
  const Scratch scratch;
  const auto line = note.substr(note.rfind(' ') + 1);
  const auto signature = from_base64(line.substr(0, line.size() - 1))->substr(4);
  write_file(scratch / "text", text);
  write_file(scratch / "signature", signature);
  write_file(scratch / "key.der", key.public_key().spki());
  const auto ran = run("cd " + quoted(scratch.path()) +
                       " && openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in "
                       "text -sigfile signature");
  INFO(ran.output);
  CHECK(ran.status == 0);
}

TEST_CASE("note: text and names that a note cannot carry are refused", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  for (const std::string text : {"", "沒有換行", "a\tb\n", "\xff\n"}) {
    CHECK_THROWS_WITH(sign_note(text, kNoteOrigin, key), Contains("bad-note"));
  }
  for (const std::string name : {"", "a b", "a+b", "全形　空白", "\xff"}) {
    INFO(name);
    CHECK_THROWS_WITH(sign_note("a\n", name, key), Contains("bad-note"));
  }
}

TEST_CASE("note: what is no note or no verifier key is said to be none", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  const auto verifier = verifier_key(kNoteOrigin, key.public_key());
  const auto note = sign_note(sample_text(), kNoteOrigin, key);
  for (const auto& bad :
       {std::string(), sample_text(), note.substr(0, note.size() - 1), note + "x", note + "\n",
        note.substr(0, note.size() - 3) + "\n", std::string("\n\n")}) {
    INFO(bad);
    CHECK_THROWS_WITH(open_note(bad, verifier), Contains("bad-note"));
  }
  auto id_changed = verifier;
  id_changed[kNoteOrigin.size() + 1] = id_changed[kNoteOrigin.size() + 1] == '0' ? '1' : '0';
  for (const auto& bad :
       {std::string(), std::string("a+b"), verifier + "A", verifier.substr(1), id_changed}) {
    INFO(bad);
    CHECK_THROWS_WITH(open_note(note, bad), Contains("bad-verifier-key"));
  }
}

TEST_CASE("checkpoint: reads back as it was written, extensions passed over", "[log]") {
  const auto read = parse_checkpoint(sample_text());
  CHECK(read.origin == kNoteOrigin);
  CHECK(read.size == 17);
  CHECK(read.root == leaf_hash("x"));
  CHECK(parse_checkpoint(sample_text() + "延伸行\n").size == 17);
  CHECK(parse_checkpoint(checkpoint_text({kNoteOrigin, ~0ULL, empty_root()})).size == ~0ULL);
}

TEST_CASE("checkpoint: loose spellings are refused", "[log]") {
  const auto root = base64(leaf_hash("x"));
  for (const auto& bad :
       {std::string(), std::string("a\n"), "a\n017\n" + root + "\n", "a\n+17\n" + root + "\n",
        "a\n-1\n" + root + "\n", "a\n18446744073709551616\n" + root + "\n", "\n17\n" + root + "\n",
        "a\n17\n" + root, "a\n17\n" + root + "\n\n", "a\n17\n" + root.substr(4) + "\n",
        "a\n17 \n" + root + "\n", std::string("a\n17\n!\n")}) {
    INFO(bad);
    CHECK_THROWS_WITH(parse_checkpoint(bad), Contains("bad-checkpoint"));
  }
}

TEST_CASE("note: a mutated note opens unchanged in text or not at all", "[log]") {
  const auto key = crypto::PrivateKey::generate_ed25519();
  const auto verifier = verifier_key(kNoteOrigin, key.public_key());
  const auto note = sign_note(sample_text(), kNoteOrigin, key);
  std::mt19937 random(20261122);
  int refused = 0;
  for (int round = 0; round < 4000; ++round) {
    auto bytes = note;
    for (int change = 0; change <= round % 3; ++change) {
      const auto at = random() % bytes.size();
      if (random() % 4 == 0) {
        bytes.erase(at, 1 + random() % 9);
      } else if (random() % 4 == 0) {
        bytes.insert(at, note.substr(random() % note.size(), random() % 50));
      } else {
        bytes[at] = static_cast<char>(random());
      }
      if (bytes.empty()) bytes = "\n";
    }
    try {
      const auto text = open_note(bytes, verifier);
      CHECK(text == sample_text());
    } catch (const Error& error) {
      CHECK((error.failure() == Failure::invalid || error.failure() == Failure::corrupt));
      ++refused;
    }
    try {
      static_cast<void>(parse_checkpoint(bytes));
    } catch (const Error& error) {
      CHECK(error.code() == "bad-checkpoint");
    }
  }
  CHECK(refused > 3000);
}
