#include "crypto/token.h"

#include <openssl/engine.h>
#include <unistd.h>

#include "base/error.h"
#include "crypto/openssl.h"

// OpenSSL 3.0 calls engines deprecated; the providers that take their place are not in Debian 12.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace vermilion::crypto {
namespace {

constexpr std::string_view kModule = "module-path=";
constexpr const char* kProxy = "p11-kit-proxy.so";

[[noreturn]] void no_token_support(const std::string& module) {
  throw Error(Failure::unavailable, "no-token-support",
              {"無法使用 PKCS#11 憑證載具；請安裝 libengine-pkcs11-openssl，並確認模組路徑：" + module,
               "PKCS#11 tokens cannot be used; install libengine-pkcs11-openssl and check the path "
               "of the module: " +
                   module});
}

// A URI apart: what names the key, and the module.
struct TokenUri {
  std::string key;
  std::string module = kProxy;
};

TokenUri parse_uri(const std::string& uri) {
  const auto query = uri.find('?');
  TokenUri parsed{uri.substr(0, query)};
  if (!uri.starts_with("pkcs11:")) {
    throw Error(Failure::invalid, "bad-token-uri",
                {"憑證載具請以 RFC 7512 的 pkcs11: 網址指定，例如 pkcs11:token=isms;object=chen04",
                 "name the token by an RFC 7512 URI, such as pkcs11:token=isms;object=chen04"});
  }
  const auto module = query == uri.npos ? uri.npos : uri.find(kModule, query);
  if (module == uri.npos) return parsed;
  const auto begin = module + kModule.size();
  parsed.module = uri.substr(begin, uri.find('&', begin) - begin);
  return parsed;
}

void release_engine(ENGINE* engine) noexcept {
  ENGINE_finish(engine);
  ENGINE_free(engine);
}

std::shared_ptr<ENGINE> engine_for(const std::string& module, const std::string& pin) {
  // The engine looks for it only when it first needs it, and then cannot be told from a wrong PIN.
  if (module.starts_with('/') && ::access(module.c_str(), R_OK) != 0) no_token_support(module);
  ENGINE_load_dynamic();
  ENGINE* engine = ENGINE_by_id("pkcs11");
  if (engine == nullptr) no_token_support(module);
  const bool ready = ENGINE_ctrl_cmd_string(engine, "MODULE_PATH", module.c_str(), 0) == 1 &&
                     ENGINE_init(engine) == 1;
  if (!ready) {
    ENGINE_free(engine);
    no_token_support(module);
  }
  std::shared_ptr<ENGINE> owned(engine, release_engine);
  check(ENGINE_ctrl_cmd_string(engine, "PIN", pin.c_str(), 0), "handing over the PIN");
  return owned;
}

}  // namespace

PrivateKey open_token_key(const std::string& uri, const std::string& pin) {
  const QuietErrors quiet;
  const auto wanted = parse_uri(uri);
  const auto engine = engine_for(wanted.module, pin);
  EVP_PKEY* key = ENGINE_load_private_key(engine.get(), wanted.key.c_str(), nullptr, nullptr);
  if (key == nullptr) {
    throw Error(
        Failure::forbidden, "wrong-passphrase",
        {"憑證載具未打開：PIN 不符、沒有這個憑證載具，或其中沒有這把金鑰",
         "the token did not open: the PIN is wrong, there is no such token, or no such key on it"});
  }
  PrivateKey opened({key, [engine](EVP_PKEY* owned) { EVP_PKEY_free(owned); }});
  (void)opened.public_key();  // throws for a key that is not accepted
  return opened;
}

}  // namespace vermilion::crypto

#pragma GCC diagnostic pop
