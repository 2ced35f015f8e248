#include "identity/custody.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "crypto/sealing.h"
#include "crypto/token.h"
#include "identity/login_secrets.h"
#include "identity/password_policy.h"
#include "identity/outside.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

constexpr std::size_t kShortestPassphrase = 12;

std::string context_of(const std::string& account) { return "person-key/" + account; }

[[noreturn]] void login_failed() {
  throw Error(Failure::forbidden, "login-failed",
              {"登入失敗，請確認後再試", "sign-in failed; check and try again"});
}

crypto::PrivateKey open_server_key(store::Store& store, const Credentials& credentials) {
  const auto kept = store.kept_key(credentials.account);
  // The same work whether or not there is a key, so that time tells nothing.
  const auto key =
      crypto::key_from_passphrase(credentials.passphrase, kept ? kept->salt : Bytes(16, '\0'));
  if (!kept) login_failed();
  try {
    return crypto::PrivateKey::from_der(
        crypto::decrypt_secret(key, context_of(kept->account), kept->encrypted));
  } catch (const Error&) {
    login_failed();
  }
}

crypto::PrivateKey open_key(store::Store& store, const Credentials& credentials) {
  if (credentials.key_file.empty() && credentials.token.empty())
    return open_server_key(store, credentials);
  try {
    if (!credentials.token.empty())
      return crypto::open_token_key(credentials.token, credentials.passphrase);
    return crypto::PrivateKey::from_pem(credentials.key_file, credentials.passphrase);
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;  // no such module: nothing of the person
    login_failed();
  }
}

crypto::Custody custody_of(const Credentials& credentials) {
  if (!credentials.token.empty()) return crypto::Custody::token;
  return credentials.key_file.empty() ? crypto::Custody::server : crypto::Custody::file;
}

std::optional<crypto::Certificate> certificate_for(store::Store& store, const model::Person& person,
                                                   const crypto::PublicKey& key) {
  for (auto entry = person.certificates.rbegin(); entry != person.certificates.rend(); ++entry) {
    if (entry->revoked) continue;
    auto certificate = certificate_of(store, *entry);
    if (certificate.public_key().spki() == key.spki()) return certificate;
  }
  return std::nullopt;
}

}  // namespace

Session open_session(store::Store& store, const Credentials& credentials) {
  auto key = open_key(store, credentials);
  const auto evidence = store.evidence();
  auto person = find_person(evidence, credentials.account);
  const Date today = date_at(store.clock().now(), store.settings().time_zone);
  if (!person || !(credentials.joining ? !model::is_barred(*person, today)
                                       : model::is_active(*person, today)))
    login_failed();
  auto certificate = certificate_for(store, *person, key.public_key());
  if (!certificate) login_failed();
  auto profile = profile_of(store, *person);
  auto between = intermediates_of(store, *person, *certificate);
  return {std::move(*person), std::move(profile),
          crypto::make_key_signer(std::move(key), std::move(*certificate), std::move(between),
                                  custody_of(credentials))};
}

Session resume_session(store::Store& store, const std::string& account) {
  auto person = find_person(store.evidence(), account);
  const Date today = date_at(store.clock().now(), store.settings().time_zone);
  if (!person || !model::is_active(*person, today)) login_failed();
  auto profile = profile_of(store, *person);
  return {std::move(*person), std::move(profile), nullptr};
}

bool password_is_right(store::Store& store, const std::string& account, const std::string& typed) {
  const auto secrets =
      model::is_account_name(account) ? find_secrets(store, account) : std::nullopt;
  // The same work whether or not there is such an account, so that time tells nothing.
  static const std::string nobody = crypto::hash_password(crypto::random_bytes(16));
  const bool real = secrets && !secrets->phc.empty();
  return crypto::password_matches(password_form(typed), real ? secrets->phc : nobody) && real;
}

FreshKey make_server_key(const std::string& account, const std::string& passphrase) {
  if (code_points(passphrase).size() < kShortestPassphrase) {
    throw Error(Failure::invalid, "weak-passphrase",
                {"簽章通行短語至少 12 個字元", "a signing passphrase has at least 12 characters"});
  }
  auto key = crypto::PrivateKey::generate_p256();
  auto salt = crypto::random_bytes(16);
  const auto wrapping = crypto::key_from_passphrase(passphrase, salt);
  auto encrypted = crypto::encrypt_secret(wrapping, context_of(account), key.der());
  return {std::move(key), std::move(salt), std::move(encrypted)};
}

}  // namespace vermilion::identity
