// A store's authorities and one person, as the tests of this layer need them.
#pragma once
#include <string>
#include <vector>

#include "base/date.h"
#include "crypto/certificate.h"
#include "crypto/cms.h"

namespace people {

using namespace vermilion;
using namespace vermilion::crypto;

inline Validity years(const std::string& from, const std::string& to) {
  return {parse_instant(from + "-01-01T00:00:00Z"), parse_instant(to + "-01-01T00:00:00Z")};
}

// When everything in the tests is signed: within the person's validity.
inline const Instant kSigned = parse_instant("2026-11-22T08:00:00Z");
inline const Instant kAfterExpiry = parse_instant("2029-03-01T00:00:00Z");

struct Authority {
  PrivateKey root_key = PrivateKey::generate_p256();
  Certificate root = make_root(root_key, "環境保護署 文件紀錄管理", years("2026", "2046"));
  PrivateKey issuer_key = PrivateKey::generate_p256();
  Certificate issuer = make_issuer(issuer_key.public_key(), "環境保護署 文件紀錄管理",
                                   years("2026", "2036"), root_key, root);

  [[nodiscard]] Certificate person(const PublicKey& key, const std::string& account = "lin01",
                                   const std::string& name = "林堃") const {
    return issue_person(key, account, name, years("2026", "2028"), issuer_key, issuer);
  }
};

struct Person {
  explicit Person(const Authority& authority, PrivateKey own = PrivateKey::generate_p256())
      : key(std::move(own)),
        certificate(authority.person(key.public_key())),
        issuer(authority.issuer) {}

  [[nodiscard]] Bytes sign(std::string_view content) const {
    return sign_detached(content, key, certificate, {issuer}, kSigned);
  }

  PrivateKey key;
  Certificate certificate;
  Certificate issuer;
};

inline const std::string kStatement =
    R"({"at":"2026-11-22T08:00:00Z","kind":"approval","meaning":"核准","subject":{"id":"ISMS-01-002"}})";

}  // namespace people
