#include "identity/passkeys.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "crypto/digest.h"
#include "crypto/sealing.h"
#include "model/person.h"

namespace vermilion::identity {
namespace {

constexpr const char* kHandleKey = "passkey-handles";
constexpr std::size_t kMostPasskeys = 10;
constexpr std::size_t kMostNameLetters = 60;
constexpr std::size_t kShortName = 16;

void require_passkey_name(const std::string& name) {
  const bool good = is_text(name) && !name.empty() &&
                    code_points(name).size() <= kMostNameLetters &&
                    std::none_of(name.begin(), name.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (good) return;
  throw Error(Failure::invalid, "bad-passkey-name",
              {"請為這把通行金鑰取一個 60 字以內的名稱，例如「辦公室電腦」",
               "give the passkey a name of at most 60 letters, such as the device it is in"});
}

void require_room(const LoginSecrets& secrets, const Passkey& passkey) {
  const bool known =
      std::any_of(secrets.passkeys.begin(), secrets.passkeys.end(),
                  [&](const Passkey& other) { return other.key.id == passkey.key.id; });
  if (known) {
    throw Error(Failure::conflict, "passkey-known",
                {"這把通行金鑰已經登記過了", "this passkey is registered already"});
  }
  if (secrets.passkeys.size() < kMostPasskeys) return;
  throw Error(Failure::conflict, "too-many-passkeys",
              {"通行金鑰最多 10 把，請先移除不用的",
               "there may be 10 passkeys at most; remove one that is no longer used"});
}

}  // namespace

Bytes passkey_handle(const store::Store& store, const std::string& account) {
  auto padded = account;
  VERMILION_ASSERT(padded.size() <= crypto::kKeySize);
  padded.resize(crypto::kKeySize, '\0');
  return crypto::wrap_key(store.derived_key(kHandleKey), padded);
}

std::optional<std::string> account_of_handle(const store::Store& store, const Bytes& handle) {
  try {
    auto account = crypto::unwrap_key(store.derived_key(kHandleKey), handle);
    account.resize(std::min(account.find('\0'), account.size()));
    return account;
  } catch (const Error& error) {
    if (error.code() != "key-broken") throw;
    return std::nullopt;
  }
}

std::string passkey_name(const crypto::PasskeyKey& key) {
  return hex(crypto::sha256(key.id)).substr(0, kShortName);
}

LoginSecrets with_passkey(const LoginSecrets& secrets, const Passkey& passkey) {
  require_passkey_name(passkey.name);
  require_room(secrets, passkey);
  auto changed = secrets;
  changed.passkeys.push_back(passkey);
  return changed;
}

LoginSecrets without_passkey(const LoginSecrets& secrets, const std::string& name) {
  auto changed = secrets;
  if (std::erase_if(changed.passkeys,
                    [&](const Passkey& one) { return passkey_name(one.key) == name; }) == 0) {
    throw Error(Failure::not_found, "no-passkey",
                {"沒有這把通行金鑰，可能已經移除", "there is no such passkey; it may be gone"});
  }
  return changed;
}

Passkey* find_passkey(LoginSecrets& secrets, const Bytes& id, const std::string& site) {
  const auto found =
      std::find_if(secrets.passkeys.begin(), secrets.passkeys.end(),
                   [&](const Passkey& one) { return one.key.id == id && one.site == site; });
  return found == secrets.passkeys.end() ? nullptr : &*found;
}

void revoke_passkeys(const store::Now& now, const std::string& account, store::Changes& changes) {
  auto secrets = find_secrets(now, account);
  if (!secrets || secrets->passkeys.empty()) return;
  secrets->passkeys.clear();
  changes.set_password(account, secrets_text(*secrets));
}

}  // namespace vermilion::identity
