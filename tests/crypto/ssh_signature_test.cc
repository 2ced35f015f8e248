#include "crypto/ssh_signature.h"

#include "base/error.h"
#include "refused.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

const std::string kPrincipal = "store@01JD0000000000000000000000";

// A commit object with the signature in its header, as git reads it.
std::string signed_commit(const std::string& payload, const std::string& signature) {
  std::string folded = "gpgsig ";
  for (const char c : signature.substr(0, signature.size() - 1)) {
    folded += c;
    if (c == '\n') folded += ' ';
  }
  const auto blank = payload.find("\n\n");
  return payload.substr(0, blank + 1) + folded + "\n" + payload.substr(blank + 1);
}

}  // namespace

TEST_CASE("an SSH signature verifies over its message with its key only", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  for (int i = 0; i < 50; ++i) {  // r and s come in different lengths
    const auto message = "核准 " + std::to_string(i);
    const auto signature = ssh_signature(key, message);
    CHECK(ssh_signature_verifies(key.public_key(), message, signature));
    CHECK_FALSE(ssh_signature_verifies(key.public_key(), message + " ", signature));
  }
  const auto signature = ssh_signature(key, "核准");
  CHECK_FALSE(ssh_signature_verifies(PrivateKey::generate_p256().public_key(), "核准", signature));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    auto flipped = signature;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    CHECK_FALSE(ssh_signature_verifies(key.public_key(), "核准", flipped));
    CHECK_FALSE(ssh_signature_verifies(key.public_key(), "核准", signature.substr(0, at)));
  }
}

TEST_CASE("a line of allowed_signers gives its key back", "[crypto]") {
  const auto key = PrivateKey::generate_p256().public_key();
  const auto line = allowed_signer_line(kPrincipal, key);
  CHECK(line.starts_with(kPrincipal + " namespaces=\"git\" ecdsa-sha2-nistp256 AAAA"));
  CHECK(line.ends_with("\n"));
  CHECK(allowed_signer_key(line).spki() == key.spki());
  CHECK(allowed_signer_key(line.substr(0, line.size() - 1) + " 封存金鑰\n").spki() == key.spki());
  for (const std::string& bad :
       {std::string(), "#" + line, line.substr(0, line.size() - 5),
        kPrincipal + " ssh-ed25519 AAAA\n", kPrincipal + " ecdsa-sha2-nistp256 AAAA\n"}) {
    INFO(bad);
    CHECK(code_of([&] { (void)allowed_signer_key(bad); }) == "bad-allowed-signer/invalid");
  }
  for (const char* bad : {"", "a b", "*", "a,b", "a\nb", "\"a\""}) {
    CHECK(code_of([&] { (void)allowed_signer_line(bad, key); }) == "bad-principal/invalid");
  }
}

TEST_CASE("ssh-keygen verifies our signatures and we verify its own", "[crypto]") {
  if (!has_program("ssh-keygen")) return;
  const auto key = PrivateKey::generate_p256();
  const Scratch folder;
  const auto allowed =
      folder.write("allowed_signers", allowed_signer_line(kPrincipal, key.public_key()));
  const auto message = folder.write("message", "資訊安全政策 第 3.6 版");
  const auto signature = folder.write("message.ours", ssh_signature(key, "資訊安全政策 第 3.6 版"));
  const auto verify = "ssh-keygen -Y verify -f " + allowed + " -I " + kPrincipal + " -n git -s " +
                      signature + " < ";
  const auto verified = run(verify + message);
  INFO(verified.output);
  CHECK(verified.status == 0);
  CHECK(run(verify + folder.write("other", "資訊安全政策 第 3.7 版")).status != 0);

  const auto own = (folder.path() / "id").string();
  REQUIRE(run("ssh-keygen -q -t ecdsa -b 256 -N '' -C c -f " + own).status == 0);
  REQUIRE(run("ssh-keygen -q -Y sign -n git -f " + own + " " + message).status == 0);
  const auto theirs = run("cat " + message + ".sig").output;
  const auto public_key = allowed_signer_key("x " + run("cat " + own + ".pub").output);
  CHECK(ssh_signature_verifies(public_key, "資訊安全政策 第 3.6 版", theirs));
  REQUIRE(run("rm " + message + ".sig && ssh-keygen -q -Y sign -n file -f " + own + " " + message)
              .status == 0);
  CHECK_FALSE(ssh_signature_verifies(public_key, "資訊安全政策 第 3.6 版",
                                     run("cat " + message + ".sig").output));
}

TEST_CASE("stock git verifies a commit and a tag signed here, and not when changed", "[crypto]") {
  if (!has_program("git") || !has_program("ssh-keygen")) return;
  const auto key = PrivateKey::generate_p256();
  const Scratch folder;
  const auto allowed =
      folder.write("allowed_signers", allowed_signer_line(kPrincipal, key.public_key()));
  const auto repository = (folder.path() / "evidence.git").string();
  REQUIRE(run("git init -q --bare " + repository).status == 0);
  const auto git = "git -C " + repository + " -c gpg.ssh.allowedSignersFile=" + allowed + " ";
  const auto store = [&](const std::string& type, const std::string& bytes) {
    const auto made = run(git + "hash-object -t " + type + " -w " + folder.write("object", bytes));
    REQUIRE(made.status == 0);
    return made.output.substr(0, 40);
  };

  const std::string payload =
      "tree " + store("tree", "") +
      "\nauthor lin01 <lin01@store> 1795334400 +0000\n"
      "committer store <store@store> 1795334400 +0000\n\n發布 ISMS-01-002 3.6\n";
  const auto signature = ssh_signature(key, payload);
  const auto commit = store("commit", signed_commit(payload, signature));
  const auto verified = run(git + "verify-commit " + commit);
  INFO(verified.output);
  CHECK(verified.status == 0);
  CHECK(verified.output.find("Good \"git\" signature for " + kPrincipal) != std::string::npos);
  auto changed = payload;
  changed.replace(changed.find("3.6"), 3, "3.7");
  CHECK(run(git + "verify-commit " + store("commit", signed_commit(changed, signature))).status !=
        0);

  const std::string tag = "object " + commit +
                          "\ntype commit\ntag ISMS-01-002/3.6\n"
                          "tagger store <store@store> 1795334400 +0000\n\n第 3.6 版\n";
  const auto tag_id = store("tag", tag + ssh_signature(key, tag));
  REQUIRE(run(git + "update-ref refs/tags/ISMS-01-002/3.6 " + tag_id).status == 0);
  CHECK(run(git + "verify-tag ISMS-01-002/3.6").status == 0);
  CHECK(run(git + "fsck --strict --full").status == 0);
}
