#include "crypto/digest.h"

#include <set>

#include "crypto/password.h"
#include "crypto/random.h"

using namespace vermilion;
using namespace vermilion::crypto;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4, whole and in parts", "[crypto]") {
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_text("") ==
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 parts;
  parts.add("資訊安全");
  parts.add("");
  parts.add("管理規範");
  CHECK(parts.finish() == sha256("資訊安全管理規範"));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231", "[crypto]") {
  CHECK(hex(hmac_sha256(Bytes(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(hmac_sha256(Bytes(131, '\xaa'),
                        "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hex(hmac_sha256("", "")) ==
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("bytes are the same only when all are", "[crypto]") {
  CHECK(same_bytes("核准", "核准"));
  CHECK(same_bytes("", ""));
  CHECK_FALSE(same_bytes("核准", "核備"));
  CHECK_FALSE(same_bytes("核准", "核"));
}

TEST_CASE("random bytes have the size asked for and do not repeat", "[crypto]") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(33).size() == 33);
  CHECK(random_bytes(16) != random_bytes(16));
}

TEST_CASE("a printed passphrase is groups of five without look-alikes", "[crypto]") {
  std::set<std::string> seen;
  std::set<char> used;
  for (int i = 0; i < 200; ++i) {
    const auto passphrase = random_passphrase();
    REQUIRE(passphrase.size() == 5 * 5 + 4);
    for (std::size_t at = 0; at < passphrase.size(); ++at) {
      CHECK((passphrase[at] == '-') == (at % 6 == 5));
    }
    CHECK(passphrase.find_first_of("01ilo") == passphrase.npos);
    used.insert(passphrase.begin(), passphrase.end());
    CHECK(seen.insert(passphrase).second);
  }
  // 5,000 draws leave none of the 31 characters out (each would be missing with odds of 10^-71).
  CHECK(used.size() == 32);
  CHECK(random_passphrase(1).size() == 5);
}

TEST_CASE("a password hash opens for its password alone", "[crypto]") {
  const auto hash = hash_password("朱紅-Vermilion-9");
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(password_matches("朱紅-Vermilion-9", hash));
  CHECK_FALSE(password_matches("朱紅-Vermilion-8", hash));
  CHECK_FALSE(password_matches("", hash));
  CHECK(hash_password("朱紅-Vermilion-9") != hash);
  for (const char* damaged :
       {"", "$argon2id$v=19$m=19456", "$2y$10$abc", "$argon2i$v=19$m=8,t=1,p=1$YWFhYWFhYWE$YQ"}) {
    INFO(damaged);
    CHECK_FALSE(password_matches("朱紅-Vermilion-9", damaged));
  }
}

TEST_CASE("a passphrase and its salt always give the same key, another salt another", "[crypto]") {
  const Bytes salt(16, '\x01');
  const auto key = key_from_passphrase("簽章用通行碼", salt);
  // By the library's own argon2id_hash_raw: 3 passes over 64 MiB, one lane.
  CHECK(hex(key) == "e83a77f5f8c23d76559cc6edf7ae9f82b9ca3c3ee2473d96e41532a36f284f0b");
  CHECK(key_from_passphrase("簽章用通行碼", salt) == key);
  CHECK(key_from_passphrase("簽章用通行碼", Bytes(16, '\x02')) != key);
  CHECK(key_from_passphrase("簽章用通行", salt) != key);
}
