#include "service/witness.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "log/witness.h"
#include "service/disk_use.h"
#include "service/mail.h"
#include "store/destroyed_lists.h"
#include "store/witness_settings.h"

namespace vermilion::service {
namespace {

constexpr const char* kKind = "checkpoint";
constexpr const char* kWitness = "log/witness.json";
constexpr int kOk = 200;
constexpr int kConflict = 409;
constexpr const char* kMail = "mail";

// Of the state that main holds: the size each witness saw last.
std::map<std::string, std::uint64_t> seen_sizes(const store::Snapshot& evidence) {
  std::map<std::string, std::uint64_t> sizes;
  const auto bytes = evidence.read(kWitness);
  if (!bytes) return sizes;
  const auto state = parse_json(*bytes);
  for (const auto& one : state.at("witnesses"))
    sizes[require_string(one, "name")] = one.at("size").get<std::uint64_t>();
  return sizes;
}

std::optional<std::uint64_t> size_in(std::string_view text) {
  std::uint64_t size = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, size);
  const bool good = result.ec == std::errc() && std::string_view(result.ptr, end) == "\n";
  return good ? std::optional(size) : std::nullopt;
}

[[noreturn]] void refused_by_witness(const std::string& name, const std::string& why) {
  throw Error(Failure::unavailable, "witness-refused",
              {"見證者 " + name + " 未予見證（" + why + "）",
               "the witness " + name + " gave no cosignature (" + why + ")"});
}

class Copies {
 public:
  Copies(Context& context, const Outside& outside)
      : context_(context),
        outside_(outside),
        settings_(store::load_witness_settings(context.disk(), context.store().path())),
        seen_(seen_sizes(context.store().evidence())) {
    context.settle();
    note_ = context.disk().read_all(context.store().path() / kCheckpoint);
    text_ = log::open_note(note_, context.store().settings().verifier_key);
    size_ = log::parse_checkpoint(text_).size;
  }

  Json make() {
    for (const auto& witness : settings_.urls) {
      const auto name = log::witness_name(witness.verifier_key);
      attempt(name, [&] { ask(witness, name); });
    }
    if (!settings_.folder.empty()) attempt("folder", [&] { copy_to_folder(); });
    if (!settings_.mail_to.empty()) attempt(kMail, [&] { send_mail(); });
    commit();
    return {{"day", iso_date(context_.today())}, {"size", size_}, {"ok", ok_}, {"copies", copies_}};
  }

 private:
  void attempt(const std::string& to, const std::function<void()>& copy) {
    std::string code;
    try {
      copy();
    } catch (const Error& error) {
      code = error.code();
      ok_ = false;
    }
    copies_.push_back({{"to", to}, {"ok", code.empty()}, {"code", code}});
  }

  HttpAnswer post(const store::WitnessSettings::Url& witness, std::uint64_t old_size) {
    if (old_size > size_) refused_by_witness(witness.url, "it has seen a longer log");
    const auto proof = context_.store().log().prove_consistency(old_size, size_);
    const auto slash = witness.url.ends_with('/') ? "" : "/";
    return outside_.fetch({"POST", witness.url + slash + "add-checkpoint",
                           log::add_checkpoint_body(old_size, proof, note_),
                           "text/plain; charset=utf-8"});
  }

  // Whoever lost track of what the witness saw is told by it, once.
  void ask(const store::WitnessSettings::Url& witness, const std::string& name) {
    const auto old_size = seen_[name];
    auto answer = post(witness, old_size);
    const auto told = answer.status == kConflict ? size_in(answer.body) : std::nullopt;
    if (told && *told != old_size) answer = post(witness, *told);
    if (answer.status != kOk) refused_by_witness(name, fmt::format("HTTP {}", answer.status));
    const auto found = log::find_cosignature(answer.body, text_, witness.verifier_key);
    if (!found) refused_by_witness(name, "no valid cosignature");
    seen_[name] = size_;
    cosignatures_ += found->line;
  }

  [[nodiscard]] Bytes cosigned() const { return note_ + cosignatures_; }

  void copy_to_folder() {
    auto& disk = context_.disk();
    const auto folder = settings_.folder / "checkpoints";
    disk.make_directories(folder);
    store::copy_destroyed_lists(disk, context_.store().clock(), context_.store().path(),
                                settings_.folder);
    disk.replace(folder / iso_date(context_.today()), cosigned());
  }

  // With the lists that no mail has taken yet: it counts as a witness that has seen the log up to its last mail.
  void send_mail() {
    auto& store = context_.store();
    const auto subject = fmt::format("Vermilion checkpoint {} {} {}", store.settings().id,
                                     iso_date(context_.today()), size_);
    outside_.mail(settings_.mail_command,
                  mail_bytes({settings_.mail_to, subject, cosigned(),
                              store::lists_since(context_.disk(), store.clock(), store.path(),
                                                 seen_[kMail])}));
    seen_[kMail] = size_;
  }

  [[nodiscard]] Json state() const {
    Json witnesses = Json::array();
    for (const auto& [name, size] : seen_) witnesses.push_back({{"name", name}, {"size", size}});
    return {{"day", iso_date(context_.today())}, {"size", size_}, {"witnesses", witnesses}};
  }

  void commit() {
    auto act = context_.act(kKind, fmt::format("log {}", size_));
    if (context_.local()) act.actor = "system";
    act.outcome = ok_ ? "done" : "failed:checkpoint-copy";
    act.decide = [this](const store::Now&, store::Changes& changes) {
      changes.put(kCheckpoint, cosigned());
      changes.put(kWitness, canonical(state()));
      changes.put(kDiskUse, canonical(disk_use(context_.store().path())));
    };
    context_.store().commit(act);
  }

  Context& context_;
  const Outside& outside_;
  const store::WitnessSettings settings_;
  std::map<std::string, std::uint64_t> seen_;
  Bytes note_;
  std::string text_;
  std::uint64_t size_ = 0;
  std::string cosignatures_;
  bool ok_ = true;
  Json copies_ = Json::array();
};

// The newest, oldest first.
std::vector<store::LogRow> checkpoints(Context& context, std::size_t limit) {
  store::LogFilter filter;
  filter.kind = kKind;
  filter.limit = limit;
  return context.store().catalogue().log(filter);
}

// Nearly always the newest; after days of failing every hour it lies further back.
std::optional<Date> last_good_day(Context& context) {
  for (const std::size_t limit : {2, 1000}) {
    std::optional<Date> day;
    for (const auto& row : checkpoints(context, limit))
      if (row.outcome == "done") day = date_at(row.at, zone_of(context));
    if (day) return day;
  }
  return std::nullopt;
}

// An alarm leaves an entry when the job runs again, so that it is not forgotten.
void log_alarm(Context& context, const Json& alarm) {
  if (alarm.is_null()) return;
  auto entry = context.act("alarm", "checkpoint");
  if (context.local()) entry.actor = "system";
  entry.outcome = "failed:checkpoint-missed";
  context.store().commit(entry);
}

}  // namespace

Json witness_log(Context& context, const Outside& outside) {
  Json answer;
  recorded(context, kKind, "log", [&] {
    if (context.person()) context.require_right("store.maintain");
    log_alarm(context, checkpoint_alarm(context));
    answer = Copies(context, outside).make();
  });
  return answer;
}

bool witness_is_due(Context& context) {
  const auto day = last_good_day(context);
  if (day && *day >= context.today()) return false;
  const auto tried = checkpoints(context, 1);
  return tried.empty() || tried.back().at + std::chrono::hours(1) <= context.store().clock().now();
}

Json checkpoint_alarm(Context& context) {
  const bool asked = !checkpoints(context, 1).empty() ||
                     !store::load_witness_settings(context.disk(), context.store().path()).empty();
  if (!asked) return nullptr;
  const auto created = parse_instant(context.store().settings().created);
  const auto last = last_good_day(context);
  const std::chrono::sys_days since =
      last.value_or(date_at(created - std::chrono::days(1), zone_of(context)));
  const auto missed = (std::chrono::sys_days(context.today()) - since).count() - 1;
  if (missed <= 0) return nullptr;
  return {{"last", last ? Json(iso_date(*last)) : Json(nullptr)}, {"missed", missed}};
}

}  // namespace vermilion::service
