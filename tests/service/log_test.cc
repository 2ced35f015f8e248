// What an auditor gets out of the log, and what the daily checkpoint leaves outside the store.
#include "log/merkle.h"
#include "log/note.h"
#include "records.h"
#include "service/clock.h"
#include "service/witness.h"
#include "store/clock_step.h"
#include "support/cosigner.h"
#include "support/schemas.h"

using namespace bureau;
using namespace std::chrono_literals;

namespace {

// Another party: keeps the last checkpoint it cosigned, and cosigns what extends it.
struct Witness : Cosigner {
  std::string log_key;
  std::uint64_t size = 0;
  Bytes root = log::empty_root();
  std::vector<int> answers;

  service::HttpAnswer answer(int status, const Bytes& body) {
    answers.push_back(status);
    return {status, body};
  }
  service::HttpAnswer add_checkpoint(const Bytes& body, Instant at) {
    const auto blank = body.find("\n\n");
    const auto first = body.find('\n');
    const auto old_size = std::stoull(body.substr(4, first - 4));
    std::vector<log::Hash> proof;
    for (auto from = first + 1; from < blank + 1; from += 45)
      proof.push_back(from_base64(body.substr(from, 44)).value());
    const auto text = log::open_note(std::string_view(body).substr(blank + 2), log_key);
    const auto wanted = log::parse_checkpoint(text);
    if (old_size != size) return answer(409, std::to_string(size) + "\n");
    if (!log::consistency_holds(size, wanted.size, root, wanted.root, proof))
      return answer(422, "");
    size = wanted.size;
    root = wanted.root;
    return answer(200, cosign(text, at));
  }
};

struct Archive : Bureau {
  Witness witness;
  Bytes mail;
  bool witness_is_down = false;

  Archive() {
    witness.log_key = store().settings().verifier_key;
    auto yaml = disk.read_all(path() / "vermilion.yaml");
    yaml += "witness:\n  urls:\n    - url: \"https://witness.example/\"\n      verifier_key: \"" +
            witness.verifier_key() +
            "\"\n  mail: {to: \"audit@example.gov.tw\", command: \"sendmail\"}\n" + "  folder: \"" +
            (scratch / "copies").string() + "\"\n";
    disk.replace(path() / "vermilion.yaml", yaml);
  }
  service::Outside outside() {
    return {[this](const service::HttpAsk& ask) {
              CHECK(ask.method == "POST");
              CHECK(ask.url == "https://witness.example/add-checkpoint");
              if (witness_is_down)
                throw Error(Failure::unavailable, "post-failed", {"斷線", "down"});
              return witness.add_checkpoint(ask.body, clock.now());
            },
            [this](const std::string&, const Bytes& text) { mail = text; }};
  }
  Json run() {
    auto system = console();
    return service::witness_log(system, outside());
  }
  Json alarm() {
    auto system = console();
    return service::checkpoint_alarm(system);
  }
  std::vector<std::string> problems() {
    auto admin = as("hsu01");
    std::vector<std::string> found;
    const auto verified = service::verify_store(admin, {});
    for (const auto& problem : verified["problems"])
      found.push_back(problem["where"].get<std::string>() + ": " +
                      problem["what"].get<std::string>());
    return found;
  }
};

const Json& subject(const Json& report, int number) {
  return report["subjects"][static_cast<std::size_t>(number - 1)];
}

}  // namespace

TEST_CASE(
    "the eight subjects come out of one question, refusals and steps of the clock included [SC-42] "
    "[SC-43]",
    "[service]") {
  Bureau at;
  at.clock.advance(48h);
  CHECK(at.refusal([&] {
            auto lin = at.as("lin01");
            (void)service::list_log(lin, {});
          }).starts_with("no-right"));
  at.clock.advance(-1h);
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"zhou07", "staff", "", "", ""});
  const auto step = service::clock_step(admin).get<std::uint64_t>();
  (void)service::acknowledge_clock(admin, step, "主機板電池耗盡，已校時");
  const auto report = service::log_report(admin, {"113.1.1", "2026-12-31"});
  CHECK(report["from"] == "2024-01-01");
  REQUIRE(report["subjects"].size() == 8);
  const auto kinds = [&](int number) {
    std::set<std::string> found;
    for (const auto& row : subject(report, number)["entries"])
      found.insert(row["kind"].get<std::string>());
    return found;
  };
  CHECK(kinds(1) == std::set<std::string>{"certificate", "person", "role"});
  CHECK(kinds(2) == std::set<std::string>{"login"});
  CHECK(subject(report, 2)["facts"].dump().find("lin01：成功 1") != std::string::npos);
  CHECK(kinds(3).contains("role"));
  CHECK(subject(report, 3)["facts"].dump().find("hsu01　系統管理") != std::string::npos);
  CHECK(subject(report, 4)["facts"].back()["zh"].get<std::string>().find("MiB") !=
        std::string::npos);
  CHECK(subject(report, 5)["count"] == 1);
  CHECK(subject(report, 5)["entries"][0]["outcome"] == "refused:no-right");
  for (const auto& row : subject(report, 6)["entries"]) CHECK(row["commit"] != "");
  CHECK(kinds(7) == std::set<std::string>{"log-read"});
  CHECK(kinds(8).contains("acknowledgement"));
  CHECK(std::any_of(subject(report, 8)["entries"].begin(), subject(report, 8)["entries"].end(),
                    [&](const Json& row) { return row["index"] == step; }));
  const auto cut = service::log_report(admin, {"2026-01-01", "2026-12-31", 2});
  CHECK(subject(cut, 1)["cut"] == true);
  CHECK(subject(cut, 1)["count"] == subject(report, 1)["count"]);
  CHECK(subject(cut, 1)["entries"].back() == subject(report, 1)["entries"].back());
  CHECK(at.refusal([&] {
            (void)service::log_report(admin, {"2026-12-31", "2026-01-01"});
          }).starts_with("bad-period"));
}

TEST_CASE("drafts, print-outs, checks of paper and maintenance belong to one of the eight subjects",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  auto admin = at.as("hsu01");
  for (const char* kind : {"print", "paper", "maintain", "log-backup"}) admin.log(kind, "store");
  const auto report = service::log_report(admin, {"2026-01-01", "2026-12-31"});
  std::map<std::string, std::set<int>> subjects_of;
  for (const int number : {1, 2, 4, 5, 6, 7, 8})  // all that the privileged do is in the third
    for (const auto& row : subject(report, number)["entries"])
      subjects_of[row["kind"].get<std::string>()].insert(number);
  CHECK(subjects_of["draft"] == std::set{6});
  CHECK(subjects_of["print"] == std::set{7});
  CHECK(subjects_of["paper"] == std::set{7});
  CHECK(subjects_of["maintain"] == std::set{8});
  CHECK(subjects_of["log-backup"] == std::set{8});
}

TEST_CASE("a list longer than its limit keeps the newest entries and says that it was cut",
          "[service]") {
  Bureau at;
  auto admin = at.as("hsu01");
  const auto all = service::list_log(admin, {});
  CHECK_FALSE(all.cut);
  service::LogRequest request;
  request.kind = "person";
  request.limit = 3;
  const auto list = service::list_log(admin, request);
  CHECK(list.cut);
  REQUIRE(list.rows.size() == 3);
  CHECK(list.rows.back()["subject"] == "account zhou07");
  CHECK(list.rows.front()["index"] < list.rows.back()["index"]);
}

TEST_CASE("the daily checkpoint is committed, copied, mailed and cosigned [SC-46]", "[service]") {
  Archive at;
  const auto first = at.run();
  INFO(first.dump(2));
  CHECK(first["ok"] == true);
  CHECK(at.witness.answers == std::vector<int>{200});
  const auto copy = at.disk.read_all(at.scratch / "copies" / "checkpoints" / "2026-11-22");
  CHECK(at.store().evidence().require("log/checkpoint") == copy);
  CHECK(at.mail.find(copy) != Bytes::npos);
  CHECK(at.mail.starts_with("To: audit@example.gov.tw\nSubject: Vermilion checkpoint "));
  CHECK(copy.find("\u2014 " + at.witness.name + " ") != Bytes::npos);
  at.clock.advance(24h);
  CHECK(at.run()["ok"] == true);
  INFO(at.store().evidence().require("log/witness.json"));
  CHECK(at.witness.answers == std::vector<int>{200, 200});
  CHECK(at.problems() == std::vector<std::string>{});
  for (const auto& [path, schema] :
       {std::pair{"log/witness.json", "witness-state"}, std::pair{"log/disk.json", "disk-use"}}) {
    const auto json = parse_canonical(at.store().evidence().require(path));
    CHECK(schema_faults(schema, json) == std::vector<std::string>{});
  }
  store::LogFilter filter;
  filter.kind = "checkpoint";
  for (const auto& row : at.store().catalogue().log(filter)) {
    CHECK(row.actor == "system");
    CHECK(row.outcome == "done");
  }
}

TEST_CASE("a witness that is ahead of what is known of it is asked once more", "[service]") {
  Archive at;
  CHECK(at.run()["ok"] == true);
  store::Act forget = act("checkpoint", "log", "system");
  forget.decide = [](const store::Now&, store::Changes& changes) {
    changes.remove("log/witness.json");
  };
  (void)at.store().commit(forget);
  CHECK(at.run()["ok"] == true);
  CHECK(at.witness.answers == std::vector<int>{200, 409, 200});
}

TEST_CASE("a witness out of reach fails the day, and the day after that is an alarm", "[service]") {
  Archive at;
  auto system = at.console();
  CHECK(service::witness_is_due(system));
  CHECK(at.run()["ok"] == true);
  CHECK_FALSE(service::witness_is_due(system));
  CHECK(at.alarm().is_null());
  at.clock.advance(24h);
  CHECK(at.alarm().is_null());
  at.witness_is_down = true;
  const auto failed = at.run();
  CHECK(failed["ok"] == false);
  CHECK(failed["copies"][0] ==
        Json({{"to", at.witness.name}, {"ok", false}, {"code", "post-failed"}}));
  CHECK(failed["copies"][1]["ok"] == true);
  CHECK_FALSE(service::witness_is_due(system));
  at.clock.advance(1h);
  CHECK(service::witness_is_due(system));
  at.clock.advance(23h);
  CHECK(at.alarm() == Json({{"last", "2026-11-22"}, {"missed", 1}}));
  CHECK(at.problems().front().starts_with("log/checkpoint: 已有 1 日"));
  at.witness_is_down = false;
  CHECK(at.run()["ok"] == true);
  CHECK(at.alarm().is_null());
  store::LogFilter alarms;
  alarms.kind = "alarm";
  CHECK(at.store().catalogue().log(alarms).size() == 1);
}

TEST_CASE("a checkpoint elsewhere of a log that this one does not continue is found", "[service]") {
  Archive at;
  (void)at.run();
  const auto file = at.scratch / "copies" / "checkpoints" / "2026-11-22";
  const auto good = at.disk.read_all(file);
  auto key = crypto::PrivateKey::generate_ed25519();
  at.disk.replace(file, log::sign_note(log::checkpoint_text({"other", 1, log::Hash(32, 'x')}),
                                       at.store().settings().log_origin, key));
  CHECK(at.problems().front().starts_with(file.string()));
  auto flipped = good;
  flipped[good.size() - 20] = static_cast<char>(flipped[good.size() - 20] ^ 1);
  at.disk.replace(file, flipped);
  CHECK(at.problems().size() == 1);
  at.disk.replace(file, good);
  CHECK(at.problems().empty());
}

TEST_CASE("what was signed before a step of the clock was acknowledged is a problem", "[service]") {
  Archive at;
  (void)at.run();
  at.clock.advance(-1h);
  store::Act forged = act("approval", "document ISMS-02-009 1.0", "chen04");
  forged.decide = [](const store::Now&, store::Changes& changes) { changes.put("clock/x", "x"); };
  const auto index = at.store().commit(forged).log_index;
  const auto found = at.problems();
  const auto place = "log: entry " + std::to_string(index);
  CHECK(std::any_of(found.begin(), found.end(),
                    [&](const std::string& problem) { return problem.starts_with(place); }));
}
