#include "service/timestamps.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/crl.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "service/witness.h"
#include "store/clock_step.h"
#include "store/timestamp_settings.h"

namespace vermilion::service {
namespace {

constexpr const char* kStampKind = "timestamp";
constexpr const char* kQueryType = "application/timestamp-query";
constexpr int kHttpOk = 200;
constexpr auto kStampPatience = std::chrono::minutes(15);
constexpr std::string_view kStamp = ".tsr";
constexpr std::string_view kStatement = ".statement.json";
constexpr std::string_view kSealedStamps = "timestamps/";

[[noreturn]] void no_stamp(const std::string& why) {
  throw Error(Failure::unavailable, "timestamp-refused",
              {"時戳機關沒有給予時戳（" + why + "）",
               "the time-stamping authority gave no stamp (" + why + ")"});
}

Bytes ask_authority(Context& context, const store::TimestampSettings& settings,
                    const Bytes& query) {
  const auto* outside = context.outside();
  if (outside == nullptr) no_stamp("no way out");
  if (!settings.command.empty()) return outside->filter(settings.command, query);
  const auto answer = outside->fetch({"POST", settings.url, query, kQueryType});
  if (answer.status != kHttpOk) no_stamp(fmt::format("HTTP {}", answer.status));
  return answer.body;
}

std::vector<crypto::Certificate> authorities(Context& context,
                                             const store::TimestampSettings& settings) {
  return crypto::certificates_in(context.disk().read_all(settings.authorities));
}

struct Stamped {
  Bytes response;
  Instant asked, at;  // by our clock before it was asked, and by its own
};

Stamped stamped(Context& context, const store::TimestampSettings& settings,
                std::string_view bytes) {
  const auto query = crypto::timestamp_query(bytes);
  const auto asked = context.store().clock().now();
  auto response = ask_authority(context, settings, query);
  const auto at = crypto::check_timestamp(response, query, authorities(context, settings));
  return {std::move(response), asked, at};
}

// The one true measure of this machine's clock there is: somebody else's time, signed.
void require_agreement(Context& context, const Stamped& stamp) {
  const auto limit = store::clock_rules(context.store().evidence()).offset;
  const auto now = context.store().clock().now();
  if (stamp.asked - limit <= stamp.at && stamp.at <= now + limit) return;
  throw Error(
      Failure::conflict, "clock-adrift",
      {fmt::format("主機時鐘為 {}，時戳機關為 {}，相差超過 {} 秒；沒有簽署，請先校時", rfc3339(now),
                   rfc3339(stamp.at), limit.count()),
       fmt::format("this machine's clock says {}, the time-stamping authority {}: over {} seconds "
                   "apart; nothing was signed, set the clock right",
                   rfc3339(now), rfc3339(stamp.at), limit.count())});
}

void tell_missing(Context& context, const store::TimestampSettings& settings,
                  const std::string& subject, const Error& error) {
  context.log(kStampKind, subject, "failed:" + error.code());
  if (!settings.required) return;
  throw Error(Failure::unavailable, "timestamp-missing",
              {"依設定沒有時戳就不簽署，而時戳未取得：" + error.said().zh,
               "the settings ask for a time stamp, and none came: " + error.said().en});
}

std::optional<Stamped> stamp_or_tell(Context& context, const store::TimestampSettings& settings,
                                     const std::string& subject, std::string_view bytes,
                                     std::string& missing) {
  try {
    return stamped(context, settings, bytes);
  } catch (const Error& error) {
    missing = error.code();
    tell_missing(context, settings, subject, error);
    return std::nullopt;
  }
}

identity::Stamp stamp_by(Context& context, const store::TimestampSettings& settings,
                         const std::string& subject, std::string_view bytes) {
  identity::Stamp stamp;
  if (auto made = stamp_or_tell(context, settings, subject, bytes, stamp.missing)) {
    require_agreement(context, *made);
    stamp.response = std::move(made->response);
  }
  return stamp;
}

std::vector<Bytes> lists_of(Context& context, const store::TimestampSettings& settings,
                            const std::vector<crypto::Certificate>& issuers) {
  if (settings.revocations.empty()) return {};
  auto lists = crypto::crls_in(context.disk().read_all(settings.revocations));
  for (const auto& list : lists) {
    if (crypto::find_crl_term(list, issuers)) continue;
    throw Error(
        Failure::invalid, "bad-crl",
        {"timestamp.crl 的廢止清單不是 timestamp.ca 的機構所簽",
         "a revocation list in timestamp.crl is not signed by an authority of timestamp.ca"});
  }
  return lists;
}

class StampCheck {
 public:
  StampCheck(Context& context, const Fault& fault)
      : context_(context), fault_(fault), evidence_(context.store().evidence()) {}

  void look_at(const std::string& path, const Bytes& bytes) {
    if (path.ends_with(kStamp)) vermilion::attempt(path, fault_, [&] { check(path, bytes); });
    if (path.ends_with(kStatement)) vermilion::attempt(path, fault_, [&] { check_stays(path); });
  }

 private:
  void check(const std::string& path, const Bytes& response) {
    const auto at = crypto::check_kept_timestamp(response, digest_for(path), trusted());
    if (path.starts_with(kSealedStamps)) return;
    const auto said = model::parse_statement(evidence_.require(statement_of(path))).at;
    if (at + kStampPatience >= said && at <= said + kStampPatience) return;
    fault_(path, {"時戳的時間與簽署時間相差超過 15 分鐘",
                  "the stamp's time is over 15 minutes from the signing time"});
  }

  // A record's signatures lie elsewhere; their stamps are looked for with them (records::check_record).
  void check_stays(const std::string& statement) {
    const auto name = statement.substr(0, statement.size() - kStatement.size());
    if (!identity::stamp_stays(context_.store(), name))
      fault_(name + std::string(kStamp), identity::stamp_gone());
  }

  static std::string statement_of(const std::string& path) {
    return path.substr(0, path.size() - kStamp.size()) + std::string(kStatement);
  }

  Bytes digest_for(const std::string& path) {
    if (!path.starts_with(kSealedStamps))
      return crypto::sha256(
          crypto::signature_value(evidence_.require(statement_of(path) + ".p7s")));
    const auto name = path.substr(path.rfind('/') + 1);
    return from_hex(name.substr(0, name.size() - kStamp.size())).value_or(Bytes());
  }

  // The settings of today: who has no authority any more to check by is told so, stamp by stamp.
  const std::vector<crypto::Certificate>& trusted() {
    if (trusted_) return *trusted_;
    const auto settings = store::load_timestamp_settings(context_.disk(), context_.store().path());
    if (!settings) {
      throw Error(Failure::invalid, "timestamp-unchecked",
                  {"vermilion.yaml 沒有時戳機關的憑證（timestamp.ca），時戳無法檢查",
                   "vermilion.yaml names no authority for time stamps (timestamp.ca) to check by"});
    }
    return trusted_.emplace(authorities(context_, *settings));
  }

  Context& context_;
  const Fault& fault_;
  store::Snapshot evidence_;
  std::optional<std::vector<crypto::Certificate>> trusted_;
};

}  // namespace

identity::Stamp stamp_for(Context& context, const std::string& subject, std::string_view cms) {
  const auto settings = store::load_timestamp_settings(context.disk(), context.store().path());
  return settings ? stamp_by(context, *settings, subject, crypto::signature_value(cms))
                  : identity::Stamp();
}

identity::Stamp stamp_over(Context& context, const std::string& subject, std::string_view bytes) {
  const auto settings = store::load_timestamp_settings(context.disk(), context.store().path());
  return settings ? stamp_by(context, *settings, subject, bytes) : identity::Stamp();
}

std::vector<crypto::Certificate> stamp_authorities(Context& context) {
  const auto settings = store::load_timestamp_settings(context.disk(), context.store().path());
  return settings ? authorities(context, *settings) : std::vector<crypto::Certificate>();
}

StampData stamp_data(Context& context, const std::string& subject) {
  StampData data;
  const auto settings = store::load_timestamp_settings(context.disk(), context.store().path());
  if (!settings) return data;
  try {
    data.authorities = authorities(context, *settings);
    data.lists = lists_of(context, *settings, data.authorities);
  } catch (const Error& error) {
    tell_missing(context, *settings, subject, error);
  }
  return data;
}

Bytes stamped_inside(Context& context, const std::string& subject, Bytes cms) {
  const auto stamp = stamp_for(context, subject, cms);
  return stamp.response.empty() ? cms : crypto::with_timestamp(cms, stamp.response);
}

store::Receipt commit_stamped(Context& context, identity::Signed own) {
  const auto subject = own.prepared.act.subject;
  own.stamp = stamp_for(context, subject, own.cms);
  if (!own.pdf_cms.empty()) own.pdf_cms = stamped_inside(context, subject, own.pdf_cms);
  return identity::commit_signed(context.store(), own, {});
}

Json timestamp_json(const store::Snapshot& evidence, const std::string& name) {
  if (const auto response = evidence.read(name + ".tsr")) {
    try {
      return {{"at", rfc3339(crypto::read_timestamp(*response))}};
    } catch (const Error& error) {  // the page stays; verify says more
      return {{"missing", error.code()}};
    }
  }
  if (const auto missing = evidence.read(name + ".tsr-missing.json"))
    return {{"missing", require_string(parse_json(*missing), "code")}};
  return nullptr;
}

std::function<void(const std::string& path, const Bytes& bytes)> timestamp_checker(
    Context& context, const Fault& fault) {
  return [check = std::make_shared<StampCheck>(context, fault)](
             const std::string& path, const Bytes& bytes) { check->look_at(path, bytes); };
}

}  // namespace vermilion::service
