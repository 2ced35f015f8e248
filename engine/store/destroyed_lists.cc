#include "store/destroyed_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/error.h"
#include "crypto/digest.h"
#include "log/note.h"
#include "store/fold.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

constexpr const char* kListFormat = "vermilion-destroyed-1";
constexpr const char* kListsFolder = "destroyed";
constexpr const char* kHead = "head";
constexpr const char* kHeadTitle = "vermilion destroyed lists";
constexpr std::size_t kListDigits = 6;

std::string list_name(std::uint64_t number) {
  return fmt::format("{:0{}}.json", number, kListDigits);
}
std::string files_name(std::uint64_t number) {
  return fmt::format("{:0{}}-disposal.json", number, kListDigits);
}

// 1, 2, 3 …: the numbers of the lists there are, ascending.
std::vector<std::uint64_t> list_numbers(Disk& disk, const Path& folder) {
  std::vector<std::uint64_t> numbers;
  if (!disk.exists(folder)) return numbers;
  for (const auto& name : disk.list(folder)) {
    std::uint64_t number = 0;
    const char* end = name.data() + std::min(name.size(), kListDigits);
    const auto read = std::from_chars(name.data(), end, number);
    if (read.ptr == end && number > 0 && name == list_name(number)) numbers.push_back(number);
  }
  return numbers;
}

[[noreturn]] void incomplete(const Path& folder) {
  throw Error(Failure::corrupt, "lists-incomplete",
              {folder.string() + "：銷毀清單有缺漏或遭更動，請改用另一份備份的 destroyed 資料夾",
               folder.string() + ": lists of destructions are missing or changed; take the "
                                 "destroyed folder of another backup"});
}

DestroyedList parse_list(const Json& json) {
  const auto texts = [&](const char* key) { return json.at(key).get<std::vector<std::string>>(); };
  return {json.at("number"), require_string(json, "disposal"), texts("records"), texts("payloads"),
          texts("keys"),     json.at("log").at("index")};
}

// A disposal on main whose executing act is there.
struct Begun {
  std::string id;
  std::uint64_t log_index = 0;
  Json payloads;
};

std::vector<Begun> begun_disposals(Parts& parts, const Snapshot& main,
                                   const std::set<std::string>& known) {
  std::vector<Begun> begun;
  for (const auto& entry : main.list("disposals")) {
    const auto file = fmt::format("disposals/{}/payloads.json", entry.name);
    const auto bytes = known.contains(entry.name) ? std::nullopt : main.read(file);
    if (!bytes) continue;
    const auto history = parts.catalogue.history(file);
    VERMILION_ASSERT(!history.empty());
    begun.push_back({entry.name, history.front().act.log_index, parse_json(*bytes)});
  }
  std::sort(begun.begin(), begun.end(),
            [](const Begun& a, const Begun& b) { return a.log_index < b.log_index; });
  return begun;
}

// The generations under which these payloads lay, or still lie.
std::set<std::string> keys_of(Parts& parts, const std::vector<std::string>& payloads) {
  std::set<std::string> keys;
  for (const auto& id : payloads) {
    if (const auto row = parts.vault.wrapped_key(id)) keys.insert(row->kek);
    if (const auto row = parts.vault.destroyed_key(id)) keys.insert(row->kek);
  }
  return keys;
}

// Entry, inclusion proof and checkpoint: enough for whoever has nothing else.
Json log_json(Parts& parts, std::uint64_t index) {
  const auto size = parts.log->checkpoint().size;
  Json proof = Json::array();
  for (const auto& hash : parts.log->prove_inclusion(index, size)) proof.push_back(hex(hash));
  return {{"index", index},
          {"size", size},
          {"entry", parts.log->entry(index)},
          {"proof", proof},
          {"checkpoint", *parts.checkpoint_note}};
}

Json list_json(Parts& parts, std::uint64_t number, const Begun& disposal) {
  const auto payloads = disposal.payloads.at("payloads").get<std::vector<std::string>>();
  Json records = Json::array();
  if (disposal.payloads.contains("records")) {
    for (const auto& [record, listed] : disposal.payloads["records"].items())
      records.push_back(record);
  }
  return {{"format", kListFormat},
          {"store", parts.settings.id},
          {"number", number},
          {"disposal", disposal.id},
          {"records", records},
          {"payloads", payloads},
          {"keys", keys_of(parts, payloads)},
          {"log", log_json(parts, disposal.log_index)}};
}

Json files_json(const Snapshot& main, const std::string& disposal) {
  Json files = Json::object();
  main.each_file("disposals/" + disposal, [&](const std::string& path, const Bytes& bytes) {
    if (Path(path).filename().string().starts_with("certificate.")) return;
    files[path] = base64(bytes);
  });
  return files;
}

std::string head_text(Disk& disk, const Path& folder, const Settings& settings,
                      std::uint64_t log_size) {
  crypto::Sha256 all;
  const auto numbers = list_numbers(disk, folder);
  for (const auto number : numbers)
    all.add(crypto::sha256(disk.read_all(folder / list_name(number))));
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", kHeadTitle, settings.id, log_size, numbers.size(),
                     hex(all.finish()));
}

std::string signed_head(Parts& parts, const Path& folder) {
  return log::sign_note(head_text(parts.disk, folder, parts.settings, parts.log->checkpoint().size),
                        parts.settings.log_origin, parts.log_key());
}

std::set<std::string> known_disposals(Parts& parts) {
  std::set<std::string> known;
  for (const auto& list : read_destroyed_lists(parts.disk, parts.path / kListsFolder,
                                               parts.sealing_key().public_key()))
    known.insert(list.disposal);
  return known;
}

}  // namespace

void another_branch(const Path& target) {
  throw Error(
      Failure::conflict, "target-of-another-branch",
      {"這裡的備份不是本資料庫的過去：可能是由它還原的另一個資料庫寫入；請停用其中一個，或另選目的"
       "地：" +
           target.string(),
       "what is backed up here is not this store's past: another store restored from it may write "
       "here; take one of them out of use, or choose another target: " +
           target.string()});
}

void make_destroyed_lists(Parts& parts) {
  const Snapshot main(parts.evidence->reader(), parts.evidence->ref(kMainRef));
  const auto folder = parts.path / kListsFolder;
  const auto begun = begun_disposals(parts, main, known_disposals(parts));
  if (begun.empty()) return;
  parts.disk.make_directories(folder);
  auto number = list_numbers(parts.disk, folder).size();
  for (const auto& disposal : begun) {
    ++number;
    write_signed(parts.disk, folder / files_name(number), files_json(main, disposal.id),
                 parts.sealing_key());
    write_signed(parts.disk, folder / list_name(number), list_json(parts, number, disposal),
                 parts.sealing_key());
  }
}

void copy_destroyed_lists(Parts& parts, const Path& target) {
  auto& disk = parts.disk;
  const auto from = parts.path / kListsFolder, to = target / kListsFolder;
  disk.make_directories(to);
  // Lists that were lost here and made again have another checkpoint in them, and say the same.
  const auto disposal_of = [&](std::uint64_t number, const Path& folder) {
    const auto key = parts.sealing_key().public_key();
    return parse_list(read_signed(disk, folder / list_name(number), key)).disposal;
  };
  const auto numbers = list_numbers(disk, from);
  if (list_numbers(disk, to).size() > numbers.size()) another_branch(target);
  for (const auto number : numbers) {
    if (disk.exists(to / list_name(number))) {
      if (disposal_of(number, from) != disposal_of(number, to)) another_branch(target);
      continue;
    }
    for (const auto& name : {files_name(number) + ".sig", files_name(number),
                             list_name(number) + ".sig", list_name(number)})
      disk.replace(to / name, disk.read_all(from / name));
  }
  disk.replace(to / kHead, signed_head(parts, to));
}

std::vector<DestroyedList> read_destroyed_lists(Disk& disk, const Path& folder,
                                                const crypto::PublicKey& sealing) {
  std::vector<DestroyedList> lists;
  for (const auto number : list_numbers(disk, folder)) {
    lists.push_back(parse_list(read_signed(disk, folder / list_name(number), sealing)));
    if (number != lists.size() || lists.back().number != number) incomplete(folder);
  }
  return lists;
}

std::optional<std::uint64_t> lists_known_to(Disk& disk, const Path& folder,
                                            const Settings& settings) {
  if (!disk.exists(folder / kHead)) return std::nullopt;
  const auto text = log::open_note(disk.read_all(folder / kHead), settings.verifier_key);
  const auto prefix = fmt::format("{}\n{}\n", kHeadTitle, settings.id);
  std::uint64_t size = 0;
  if (text.starts_with(prefix))
    (void)std::from_chars(text.data() + prefix.size(), text.data() + text.size(), size);
  if (head_text(disk, folder, settings, size) != text) incomplete(folder);
  return size;
}

std::vector<std::pair<std::string, Bytes>> disposal_files(Disk& disk, const Path& folder,
                                                          std::uint64_t number,
                                                          const crypto::PublicKey& sealing) {
  std::vector<std::pair<std::string, Bytes>> files;
  const auto json = read_signed(disk, folder / files_name(number), sealing);
  for (const auto& [path, bytes] : json.items())
    files.emplace_back(path, from_base64(bytes.get<std::string>()).value());
  return files;
}

namespace {

// With all lists made, and nobody else at work.
void with_lists(Disk& disk, const Clock& clock, const Path& store,
                const std::function<void(Parts&)>& work) {
  Parts parts(disk, clock, store, load_settings(disk, store));
  Writer::of(disk, clock, store, parts.settings)->alone([&] {
    settle(parts);
    refresh_catalogue(parts);
    make_destroyed_lists(parts);
    work(parts);
  });
}

}  // namespace

void copy_destroyed_lists(Disk& disk, const Clock& clock, const Path& store, const Path& target) {
  with_lists(disk, clock, store, [&](Parts& parts) { copy_destroyed_lists(parts, target); });
}

std::vector<std::pair<std::string, Bytes>> lists_since(Disk& disk, const Clock& clock,
                                                       const Path& store, std::uint64_t log_size) {
  std::vector<std::pair<std::string, Bytes>> files;
  with_lists(disk, clock, store, [&](Parts& parts) {
    const auto folder = parts.path / kListsFolder;
    for (const auto& list : read_destroyed_lists(disk, folder, parts.sealing_key().public_key())) {
      if (list.log_index < log_size) continue;
      for (const auto& name : {list_name(list.number), list_name(list.number) + ".sig"})
        files.emplace_back(name, disk.read_all(folder / name));
    }
    if (!files.empty()) files.emplace_back(kHead, signed_head(parts, folder));
  });
  return files;
}

}  // namespace vermilion::store
