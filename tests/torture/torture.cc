// What scripts/torture kills, cuts off and looks at:  torture create STORE | write STORE FIRST | check STORE <NUMBERS
//
// write    Four threads act without pause; each number is printed, in one write, once its act is acknowledged. Ends when it is refused
//          ("refused CODE" for each thread), or killed.
// check    Reads those numbers; prints "acknowledged N lost L half H unacknowledged U faults F" and tells each on standard error. Exits 1
//          when anything is lost, half there or at fault. U: acts that are whole without having been acknowledged.
// An act   puts a file on main, seals a content (every eighth one in a file of its own), sets a tag, drafts, and keeps a password.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <set>
#include <thread>

#include "base/error.h"
#include "store/store.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

constexpr int kThreads = 4;
constexpr std::size_t kBig = (1 << 20) + 100'000;

std::string content_of(int number) {
  auto content = fmt::format("機房進出登記簿 第 {} 頁", number);
  if (number % 8 == 0) content.resize(kBig, 'x');
  return content;
}

std::string path_of(int number) {
  return fmt::format("records/{:02}/{:02}/{:02}", number / 10'000, number / 100 % 100,
                     number % 100);
}

std::string branch_of(int number) { return fmt::format("ROOM-{}/1.0", number); }
std::string account_of(int number) { return fmt::format("guard{}", number); }
std::string tag_of(int number) { return fmt::format("ROOM-{}/1.0", number); }
std::string subject_of(int number) { return fmt::format("record {}", number); }

Act act_of(int number) {
  Act act{.kind = "record",
          .actor = "chen01",
          .from = "console",
          .subject = subject_of(number),
          .outcome = "done",
          .message = "record",
          .decide = {}};
  act.decide = [number](const Now& now, Changes& changes) {
    const auto ref = changes.seal({.record = now.act,
                                   .part = "content",
                                   .key_class = "room-3y",
                                   .year = 2000 + number % 5,
                                   .content = content_of(number)});
    changes.put(path_of(number), ref.payload);
    changes.tag(tag_of(number), "record");
    changes.draft(branch_of(number), {{"draft", std::to_string(number)}}, "draft");
    changes.set_password(account_of(number), "$phc$" + std::to_string(number));
  };
  return act;
}

void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(3);
}

void create(Disk& disk, const Clock& clock, const Path& path) {
  Store::create(disk, clock,
                {.path = path,
                 .name = "行政院環境保護署",
                 .master_key_file = path.string() + ".key",
                 .root_key_file = path.string() + ".root.pem",
                 .root_passphrase = "年度稽核-金鑰-保管",
                 .files = {{"rules/profile.yaml", "classification: 公開\n"}}});
}

void act_until_refused(Disk& disk, const Clock& clock, const Path& path, std::atomic<int>& next) {
  try {
    const auto store = Store::open(disk, clock, path);
    while (true) {
      const int number = next++;
      (void)store->commit(act_of(number));
      say(std::to_string(number) + "\n");
    }
  } catch (const Error& error) {
    say("refused " + error.code() + "\n");
  }
}

void write(Disk& disk, const Clock& clock, const Path& path, int first) {
  std::atomic<int> next = first;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] { act_until_refused(disk, clock, path, next); });
  for (auto& thread : threads) thread.join();
}

// How many of the five traces of an act are there.
class Traces {
 public:
  explicit Traces(Store& store) : store_(store) {
    LogFilter all;
    all.limit = 1'000'000;
    for (const auto& row : store.catalogue().log(all)) logged_.insert(row.subject);
    for (const auto& [name, commit] : store.tags()) tags_.insert(name);
  }
  static constexpr int kAll = 5;
  [[nodiscard]] int of(int number) {
    const auto payload = store_.evidence().read(path_of(number));
    int found = payload && store_.payload(*payload) == content_of(number) ? 1 : 0;
    found += logged_.contains(subject_of(number)) ? 1 : 0;
    found += tags_.contains(tag_of(number)) ? 1 : 0;
    found += store_.draft(branch_of(number)).read("draft") ? 1 : 0;
    found += store_.password(account_of(number)) ? 1 : 0;
    return found;
  }
  // The highest number that left a line in the log.
  [[nodiscard]] int last() const {
    int last = 0;
    for (const auto& subject : logged_) {
      if (subject.starts_with("record ")) last = std::max(last, std::stoi(subject.substr(7)));
    }
    return last;
  }

 private:
  Store& store_;
  std::set<std::string> logged_, tags_;
};

std::set<int> read_numbers() {
  std::set<int> numbers;
  for (std::string line; std::getline(std::cin, line);) {
    if (!line.empty() && line.find_first_not_of("0123456789") == line.npos)
      numbers.insert(std::stoi(line));
  }
  return numbers;
}

int check(Disk& disk, const Clock& clock, const Path& path) {
  const auto acknowledged = read_numbers();
  const auto store = Store::open(disk, clock, path);
  Traces traces(*store);
  int lost = 0, half = 0, unacknowledged = 0, faults = 0;
  const int last = std::max(traces.last(), acknowledged.empty() ? 0 : *acknowledged.rbegin());
  for (int number = 1; number <= last + kThreads; ++number) {
    const int found = traces.of(number);
    const bool told = acknowledged.contains(number);
    if (told && found == 0) ++lost;
    if (found != 0 && found != Traces::kAll) ++half;
    if (!told && found == Traces::kAll) ++unacknowledged;
    if ((told && found != Traces::kAll) || (found != 0 && found != Traces::kAll))
      fmt::print(stderr, "act {}: {} of {} traces\n", number, found, Traces::kAll);
  }
  (void)store->check({{},
                      [&](const std::string& where, const std::string& what) {
                        ++faults;
                        fmt::print(stderr, "{}: {}\n", where, what);
                      },
                      {}});
  fmt::print("acknowledged {} lost {} half {} unacknowledged {} faults {}\n", acknowledged.size(),
             lost, half, unacknowledged, faults);
  return lost + half + faults == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 2 ? argv[1] : "";
  SystemDisk disk;
  const SystemClock clock;
  try {
    if (command == "create") return create(disk, clock, argv[2]), 0;
    if (command == "write" && argc == 4) return write(disk, clock, argv[2], std::stoi(argv[3])), 0;
    if (command == "check") return check(disk, clock, argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 8;
  }
  fmt::print(stderr, "usage: torture create STORE | write STORE FIRST | check STORE\n");
  return 2;
}
