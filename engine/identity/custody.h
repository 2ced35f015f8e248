// Where a person's key is when he signs, and how a caller proves who he is.
//
// Custody  server: encrypted under the person's own passphrase (Argon2id) in the vault; the weakest, labelled. file: an
//          encrypted PEM on the person's machine. token: PKCS#11, opened with its PIN.
// Key      Of a person's certificates that are not revoked, the newest that belongs to the key signs.
// Errors   open_session throws forbidden "login-failed" with one and the same message for an unknown account, a
//          wrong secret, an account not authorised or disabled, a missing key and a revoked certificate.
#pragma once
#include <memory>
#include <string>

#include "crypto/signer.h"
#include "model/person.h"
#include "store/store.h"

namespace vermilion::identity {

struct Credentials {
  std::string account;
  std::string passphrase;
  Bytes key_file;     // PEM of the person's own key; empty: server custody, unless there is a token
  std::string token = {};  // "pkcs11:…" of the person's own key; `passphrase` is its PIN
  bool joining = false;  // enough that the account waits for its authorisation: agreements are signed before
};

struct Session {
  model::Person person;
  model::Profile profile;
  std::unique_ptr<crypto::Signer> signer;  // nothing after a sign-in by login password
};

[[nodiscard]] Session open_session(store::Store& store, const Credentials& credentials);

// Whether that is the account's login password. One run of Argon2 whatever the answer and whether or not there is such an account.
[[nodiscard]] bool password_is_right(store::Store& store, const std::string& account,
                                     const std::string& typed);
// Who proved his login password, now or before, and may use the store today: enough to read, not to sign. Throws as open_session.
[[nodiscard]] Session resume_session(store::Store& store, const std::string& account);

// A fresh key in the form the vault keeps it. Throws invalid "weak-passphrase" (fewer than 12 characters).
struct FreshKey {
  crypto::PrivateKey key;
  Bytes salt;
  Bytes encrypted;
};
[[nodiscard]] FreshKey make_server_key(const std::string& account, const std::string& passphrase);

}  // namespace vermilion::identity
