#include "store/key_files.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "crypto/random.h"
#include "crypto/sealing.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

[[noreturn]] void broken(const std::string& where) {
  throw Error(Failure::corrupt, "key-broken",
              {where + "：金鑰檔損毀，或主金鑰不是這個資料庫的，請由復原備份還原",
               where + ": the key file is broken, or the master key is another store's; restore it "
                       "from the recovery copy"});
}

}  // namespace

Bytes load_master_key(Disk& disk, const Path& file) {
  if (!disk.exists(file)) {
    throw Error(
        Failure::unavailable, "no-master-key",
        {"找不到主金鑰檔 " + file.string() + "，請放回原處，或修改 vermilion.yaml 的 master_key",
         "the master key file " + file.string() +
             " is missing; put it back or correct master_key in vermilion.yaml"});
  }
  const Bytes text = disk.read_all(file);
  const auto key = from_hex(trim(text));
  if (key && key->size() == crypto::kKeySize) return *key;
  throw Error(Failure::invalid, "bad-master-key",
              {"主金鑰檔應為 64 個小寫十六進位數字：" + file.string(),
               "a master key file holds 64 lower-case hexadecimal digits: " + file.string()});
}

Bytes load_or_make_master_key(Disk& disk, const Path& file) {
  if (!disk.exists(file)) {
    disk.make_directories(file.parent_path());
    disk.replace(file, hex(crypto::random_bytes(crypto::kKeySize)) + "\n", kOwnerOnly);
  }
  return load_master_key(disk, file);
}

std::string store_key_name(StoreKey which) {
  switch (which) {
    case StoreKey::sealing:
      return "store-keys/sealing.key";
    case StoreKey::log:
      return "store-keys/log.key";
    case StoreKey::issuer:
      return "store-keys/issuer.key";
  }
  throw Bug("unknown store key");
}

crypto::PrivateKey load_store_key(Disk& disk, const Path& store, const Bytes& master,
                                  StoreKey which) {
  const auto name = store_key_name(which);
  try {
    return crypto::PrivateKey::from_der(
        crypto::decrypt_secret(master, name, disk.read_all(store / name)));
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    broken(name);
  }
}

void save_store_key(Disk& disk, const Path& store, const Bytes& master, StoreKey which,
                    const crypto::PrivateKey& key) {
  const auto name = store_key_name(which);
  disk.replace(store / name, crypto::encrypt_secret(master, name, key.der()), kOwnerOnly);
}

KeyEncryptionKeys::KeyEncryptionKeys(Disk& disk, const Path& store, Bytes master)
    : disk_(disk), store_(store), master_(std::move(master)) {}

std::string KeyEncryptionKeys::family(const std::string& key_class, int year) {
  const bool good =
      !key_class.empty() && key_class.size() <= 64 && year > 0 && year <= 9999 &&
      key_class.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
  if (good) return fmt::format("{}-{}-", key_class, year);
  throw Error(
      Failure::invalid, "bad-key-class",
      {"保存類別只能用小寫英文字母、數字與連字號，年度為西元年：" + key_class,
       "a key class is lower-case letters, digits and '-', its year Gregorian: " + key_class});
}

std::string KeyEncryptionKeys::family_of(const std::string& name) {
  return name.substr(0, name.rfind('-') + 1);
}

std::string KeyEncryptionKeys::file_name(const std::string& name) {
  return "vault/kek/" + name + ".kek";
}

int KeyEncryptionKeys::generation(const std::string& family, const std::string& name) {
  if (!name.starts_with(family)) return 0;
  int number = 0;
  const char* end = name.data() + name.size();
  const auto result = std::from_chars(name.data() + family.size(), end, number);
  return result.ec == std::errc() && result.ptr == end && number > 0 ? number : 0;
}

std::optional<KeyEncryptionKey> KeyEncryptionKeys::newest(const std::string& family) const {
  int best = 0;
  for (const auto& name : names()) best = std::max(best, generation(family, name));
  if (best == 0) return std::nullopt;
  const auto name = fmt::format("{}{}", family, best);
  auto key = find(name);
  if (!key) return std::nullopt;
  return KeyEncryptionKey{name, std::move(*key)};
}

std::optional<Bytes> KeyEncryptionKeys::find(const std::string& name) const {
  const auto file = file_name(name);
  try {
    const Bytes wrapped = disk_.read_all(store_ / file);
    if (all_zero(wrapped)) return std::nullopt;
    return crypto::unwrap_key(master_, wrapped);
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    if (error.failure() == Failure::not_found) return std::nullopt;
    broken(file);
  }
}

std::vector<std::string> KeyEncryptionKeys::names() const {
  constexpr std::string_view suffix = ".kek";
  std::vector<std::string> names;
  for (auto& name : disk_.list(store_ / "vault" / "kek")) {
    if (name.ends_with(suffix)) names.push_back(name.substr(0, name.size() - suffix.size()));
  }
  return names;
}

void KeyEncryptionKeys::save(const KeyEncryptionKey& key) {
  disk_.replace(store_ / file_name(key.name), crypto::wrap_key(master_, key.key), kOwnerOnly);
}

// A removal that a crash left without its directory's sync is made durable by the next one.
void KeyEncryptionKeys::remove(const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const auto path = store_ / file_name(name);
    if (!disk_.exists(path)) continue;
    const auto file = disk_.open(path, Open::existing);
    file->write(0, Bytes(static_cast<std::size_t>(file->size()), '\0'));
    file->sync();
    disk_.remove(path);
  }
  disk_.sync_directory(store_ / "vault" / "kek");
}

}  // namespace vermilion::store
