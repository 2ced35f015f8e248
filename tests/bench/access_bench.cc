// What signing in, asking for a right and listing people cost: scripts/bench access
//
// Sign-ins   By password, each an Argon2id at the cost of crypto/password.h and a durable entry: one after the other, and two at a time as the
//            server lets them.
// Rights     Median of 200 pages (GET /documents, the whole of Site::answer without the wire) beside 200 requests for a right of a caller who has just
//            come, less what opening his context costs; the ratio is that of a page that asks once.
// People     Median of 5 listings of 10,000 accounts with names and roles, each in a context of its own, as a command or a page makes one.
#include <thread>

#include "bench_acts.h"
#include "benchmark.h"
#include "identity/people.h"
#include "service/lifecycle.h"
#include "service/passwords.h"
#include "service/people.h"
#include "web/site.h"

using namespace bench;

namespace {

constexpr int kPeople = 10'000;
constexpr int kPages = 200;
constexpr int kListings = 5;
constexpr int kSignIns = 40;
const std::string kOwnPassword = "Tree7-lampKite";
const char* const kSigners[] = {"lin01", "chen02"};

service::Caller signed_in(const std::string& account) {
  service::Caller caller;
  caller.credentials.account = account;
  caller.signed_in = true;
  return caller;
}

struct Place {
  SystemDisk disk;
  SystemClock clock;
  Path path;

  [[nodiscard]] service::Context as(const std::string& account) {
    return {disk, clock, path, signed_in(account)};
  }
  [[nodiscard]] service::Context console() { return {disk, clock, path, {}}; }
};

// Ten thousand people in one act, each with a sealed profile and a role.
void take_in_all(store::Store& store) {
  store::Act act;
  act.kind = "person";
  act.actor = kAdministrator;
  act.from = "console";
  act.subject = "account";
  act.outcome = "done";
  act.message = "people";
  act.decide = [](const store::Now& now, store::Changes& changes) {
    for (int i = 0; i < kPeople; ++i) {
      model::Person person;
      person.account = fmt::format("user{:05}", i);
      const auto sealed = changes.seal(
          {.record = now.act,
           .part = fmt::format("profile-{}", i),
           .key_class = "people",
           .year = 2026,
           .content = canonical(model::to_json(model::Profile{"林量測", "水保處", "技士", ""}))});
      person.profile = sealed.payload;
      person.profile_ciphertext = sealed.ciphertext;
      person.roles = {{"staff", "", parse_date("2026-11-22"), std::nullopt, kAdministrator}};
      changes.put(model::person_path(person.account), canonical(model::to_json(person)));
    }
  };
  store.commit(act);
}

void choose_passwords(Place& at) {
  service::Caller signer;
  signer.credentials = {kAdministrator, kPassphrase, ""};
  service::Context admin(at.disk, at.clock, at.path, signer);
  (void)service::add_person(admin, {"chen02", {"陳二", "水保處", "技士", ""}});
  (void)service::authorise_person(admin, "chen02");
  for (const char* account : kSigners) {
    const auto given = service::reset_password(admin, account);
    auto console = at.console();
    (void)service::change_password(console, {account, require_string(given, "password")},
                                   kOwnPassword);
  }
}

void sign_in_often(Place& at, const std::string& account, int count) {
  auto console = at.console();
  for (int i = 0; i < count; ++i) (void)service::sign_in(console, {account, kOwnPassword});
}

void show_sign_ins(Place& at) {
  const auto one = per_second(kSignIns, [&] { sign_in_often(at, kSigners[0], kSignIns); });
  const auto two = per_second(2 * kSignIns, [&] {
    std::thread other([&] { sign_in_often(at, kSigners[1], kSignIns); });
    sign_in_often(at, kSigners[0], kSignIns);
    other.join();
  });
  fmt::print("sign-ins by password: {:.0f}/s, two at a time {:.0f}/s\n", one, two);
}

double each(int count, const std::function<void()>& work) {
  std::vector<double> took;
  for (int i = 0; i < count; ++i) took.push_back(seconds(work) * 1e6);
  return median(took);
}

void show_rights(Place& at) {
  web::Site site(at.disk, at.clock, at.path, {});
  web::Session person;
  person.account = kAdministrator;
  auto context = at.as(kAdministrator);
  person.password_mark = service::password_state(context, kAdministrator).mark;
  const auto session = site.sessions.begin(person);
  const auto text =
      "GET /documents HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-vermilion=" + session.id +
      "\r\n\r\n";
  const auto head = web::parse_head(text, {}).head.value();
  if (site.answer(head, "", "127.0.0.1").status != 200) throw Bug("no page");
  const double page = each(kPages, [&] { (void)site.answer(head, "", "127.0.0.1"); });
  const double opened = each(kPages, [&] { (void)at.as(kAdministrator).person(); });
  const double asked = each(kPages, [&] {
    auto caller = at.as(kAdministrator);
    (void)caller.person();
    caller.require_right("person.add");
  });
  fmt::print("a page {:.0f} us, asking for a right {:.0f} us: {:.1f} % of the page\n", page,
             asked - opened, 100 * (asked - opened) / page);
}

// The first of them, as the page shows them; all of them; and the one that a text is in, at the end.
void show_people(Place& at) {
  const std::pair<const char*, service::AccountsRequest> listings[] = {
      {"the first 100", {"", "", 100}},
      {"all", {}},
      {"the last one found", {"user09999", "", 100}}};
  for (const auto& [what, wanted] : listings) {
    std::vector<double> took;
    Json list;
    for (int i = 0; i < kListings; ++i) {
      took.push_back(1000 * seconds([&] {
                       auto context = at.as(kAdministrator);
                       list = service::list_accounts(context, wanted);
                     }));
    }
    fmt::print("of {} accounts {}: {} rows in {:.0f} ms\n", list["count"].get<int>(), what,
               list["accounts"].size(), median(took));
  }
}

}  // namespace

int main() {
  return run([] {
    const auto folder =
        std::filesystem::temp_directory_path() / fmt::format("vermilion-access-{}", getpid());
    std::filesystem::create_directories(folder);
    Place at{{}, {}, folder / "store"};
    make_store(at.disk, at.clock, at.path);
    choose_passwords(at);
    show_sign_ins(at);
    show_rights(at);
    const auto store = store::Store::open(at.disk, at.clock, at.path);
    take_in_all(*store);
    store->settle();
    show_people(at);
    std::filesystem::remove_all(folder);
  });
}
