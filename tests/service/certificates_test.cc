// Certificates as an administrator and their holders work with them: told to the owner, and found out by the verifier.
#include "service/certificates.h"

#include "bureau.h"
#include "crypto/digest.h"
#include "identity/revocation.h"
#include "service/notices.h"
#include "service/own_key.h"
#include "service/timestamps.h"
#include "service/witness.h"
#include "support/schemas.h"
#include "support/tsa.h"

using namespace bureau;

namespace {

// A bureau that can mail and be stamped.
struct Registry : Bureau {
  std::string mails;
  bool mail_is_down = false;
  service::Outside ways{[](const service::HttpAsk&) -> service::HttpAnswer {
                          throw Error(Failure::unavailable, "post-failed", {"斷線", "down"});
                        },
                        [this](const std::string&, const Bytes& text) {
                          if (mail_is_down)
                            throw Error(Failure::unavailable, "mail-failed", {"斷線", "down"});
                          mails += text;
                        },
                        {}};

  void configure(const std::string& yaml) {
    disk.replace(path() / "vermilion.yaml", disk.read_all(path() / "vermilion.yaml") + yaml);
  }
  service::Context by(const std::string& account) {
    service::Caller caller;
    caller.outside = &ways;
    return as(account, caller);
  }
  Json revoke(const std::string& account, const std::string& by_whom,
              const std::string& reason = "key-compromise") {
    auto context = by(by_whom);
    return service::revoke_certificate(context, account, keys.at(account).certificate.sha256(),
                                       reason);
  }
  std::string last(const std::string& kind) {
    store::LogFilter filter;
    filter.kind = kind;
    const auto rows = store().catalogue().log(filter);
    return rows.empty() ? "" : rows.back().subject + " " + rows.back().outcome;
  }
  std::string problems() {
    auto context = console();
    std::string all;
    const auto verified = service::verify_store(context, {});
    for (const auto& problem : verified["problems"])
      all += problem["where"].get<std::string>() + ": " + problem["what"].get<std::string>() + "\n";
    return all;
  }
  // As somebody would who can write acts, but has nobody's signature.
  void tamper(const std::function<void(const store::Now&, store::Changes&)>& change) {
    auto wanted = act("person", "account chen04", "system");
    wanted.decide = change;
    store().commit(wanted);
  }
};

}  // namespace

TEST_CASE("a certificate is revoked by an administrator or its holder, and by nobody else",
          "[service]") {
  Registry at;
  CHECK(at.refusal([&] { (void)at.revoke("chen04", "zhou07"); }).starts_with("no-right"));
  const auto answer = at.revoke("chen04", "hsu01");
  CHECK(answer["reason"] == "key-compromise");
  CHECK(schema_faults("certificate-receipt", answer).empty());
  auto zhou = at.by("zhou07");
  CHECK(schema_faults("certificate-list", service::list_certificates(zhou, "chen04")).empty());
  CHECK(at.last("revocation") ==
        "certificate " + at.keys.at("chen04").certificate.sha256() + " chen04 done");
  (void)at.revoke("zhou07", "zhou07", "superseded");  // his own, without any right
  CHECK(at.problems() == "");
  auto chen = at.by("chen04");
  CHECK(at.refusal([&] { (void)chen.session(); }).starts_with("login-failed"));
}

TEST_CASE("the owner is told by mail, and the log says so, or that he was not", "[service]") {
  Registry at;
  CHECK(at.revoke("wu06", "hsu01")["notice"] == "failed:no-mail");
  CHECK(at.last("notice") == "account wu06 certificate failed:no-mail");
  at.configure("mail: {command: \"sendmail -t\", from: \"isms@example.gov.tw\"}\n");
  const auto sha256 = at.keys.at("lin01").certificate.sha256();
  CHECK(at.revoke("lin01", "hsu01")["notice"] == "done");
  CHECK(at.last("notice") == "account lin01 certificate done");
  for (const char* part : {"From: isms@example.gov.tw\n", "To: lin01@example.gov.tw\n", "廢止"})
    CHECK(at.mails.find(part) != std::string::npos);
  CHECK(at.mails.find(sha256) != std::string::npos);
  at.mail_is_down = true;
  auto admin = at.by("hsu01");
  CHECK(service::notify_person(admin, "lin01", {"測試", "test"}, "certificate") == "failed:mail-failed");
}

TEST_CASE("a mark of revocation made or taken away without a signature is found", "[service]") {
  Registry at;
  const auto path = model::person_path("chen04");
  const auto mark = [&](const std::optional<Instant>& revoked) {
    at.tamper([&](const store::Now& now, store::Changes& changes) {
      auto person = identity::require_person(now.evidence, "chen04");
      person.certificates.front().revoked = revoked;
      changes.put(path, canonical(model::to_json(person)));
    });
  };
  mark(at.clock.now());
  CHECK(at.problems().find("廢止註記") != std::string::npos);
  mark(std::nullopt);
  CHECK(at.problems() == "");
  (void)at.revoke("chen04", "hsu01");
  CHECK(at.problems() == "");
  mark(std::nullopt);
  CHECK(at.problems().find("廢止註記") != std::string::npos);
}

TEST_CASE("an authority that nobody signed for, and a list that is not the issuer's, are found",
          "[service]") {
  Registry at;
  (void)at.revoke("chen04", "hsu01");
  at.tamper([&](const store::Now&, store::Changes& changes) {
    const auto root = at.store().authority().root;
    changes.put("rules/trust/" + root.sha256() + ".pem", root.pem());
  });
  CHECK(at.problems().find("沒有人簽署") != std::string::npos);
  Registry other;
  (void)other.revoke("chen04", "hsu01");
  const auto empty =
      crypto::make_crl({9, other.clock.now(), other.clock.now() + std::chrono::days(7), {}},
                       other.store().issuing_key(), other.store().authority().issuer);
  other.tamper(
      [&](const store::Now&, store::Changes& changes) { changes.put(identity::kCrlPath, empty); });
  CHECK(other.problems().find("廢止清單") != std::string::npos);
}

TEST_CASE("a holder renews alone while his certificate is good, and is told", "[service]") {
  Registry at;
  at.configure("mail: {command: \"sendmail -t\"}\n");
  const auto key = crypto::PrivateKey::generate_p256();
  service::CertificateRequest wanted;
  wanted.account = "lin01";
  wanted.request = crypto::make_request(key, "lin01", "lin01");
  wanted.custody = crypto::Custody::file;
  auto lin = at.by("lin01");
  const auto renewed = service::renew_certificate(lin, wanted);
  CHECK(renewed.answer["renews"] == at.keys.at("lin01").certificate.sha256());
  CHECK(schema_faults("certificate-receipt", renewed.answer).empty());
  CHECK(at.mails.find("換發") != std::string::npos);
  const auto chain = crypto::certificates_in(renewed.certificate);
  REQUIRE(chain.size() == 2);
  at.keys.insert_or_assign("lin01", KeyPair{key, chain[0]});
  at.create("ISMS-02-009");
  at.submit("ISMS-02-009");  // logged before its first use
  CHECK(at.problems() == "");
  wanted.account = "wu06";
  CHECK(at.refusal([&] {
            (void)service::renew_certificate(lin, wanted);
          }).starts_with("request-of-another"));
}

TEST_CASE("what is signed elsewhere is prepared here, and committed with that signature alone",
          "[service]") {
  Registry at;
  at.create("ISMS-02-009");
  at.submit("ISMS-02-009");
  at.review("ISMS-02-009");
  const auto approve = [&](const service::Caller& how) {
    service::Caller caller = how;
    caller.credentials.account = "chen04";
    caller.signed_in = true;
    service::Context chen(at.disk, at.clock, at.path(), caller);
    return service::approve_document(chen, {"ISMS-02-009", "", "", "", "同意"});
  };
  service::Caller how;
  CHECK(at.refusal([&] { (void)approve(how); }).starts_with("passphrase-needed"));
  how.only_prepare = true;
  Bytes prepared;
  try {
    (void)approve(how);
  } catch (const service::OnlyPrepared& only) {
    prepared = only.statement;
  }
  REQUIRE(parse_json(prepared)["meaning"] == "核准");
  const auto& pair = at.keys.at("chen04");
  service::OwnKey own;
  own.file = plain_pem(pair.key);
  const auto chain = pair.certificate.pem() + at.store().authority().issuer.pem();
  how.only_prepare = false;
  how.signed_before = {prepared, service::sign_with(own, chain, "別的內容", at.clock.now())};
  CHECK(at.refusal([&] { (void)approve(how); }).starts_with("content-changed"));
  how.signed_before->cms = service::sign_with(own, chain, prepared, at.clock.now());
  CHECK(approve(how)["statement"] == crypto::digest_text(prepared));
  CHECK(at.problems() == "");
}

TEST_CASE("a signature without its time stamp is told, or refused where one is required",
          "[service]") {
  if (!has_program("openssl")) return;
  const StockTsa tsa;
  Registry at;
  at.create("ISMS-02-009");
  const auto ca = tsa.authorities().string();
  at.configure("timestamp: {url: \"https://tsa.example/\", ca: \"" + ca + "\"}\n");
  const auto step = [&] {
    auto lin = at.by("lin01");
    (void)service::submit_document(lin, {"ISMS-02-009", "", "", "", ""});
  };
  step();
  CHECK(at.last("timestamp") == "document ISMS-02-009 1.0 failed:post-failed");
  const std::string name = "documents/ISMS-02-009/revisions/1.0/01-submission";
  CHECK(service::timestamp_json(at.store().evidence(), name) == Json{{"missing", "post-failed"}});
  at.configure("");
  auto yaml = at.disk.read_all(at.path() / "vermilion.yaml");
  yaml.replace(yaml.find("\"}\n", yaml.find("timestamp:")), 3, "\", required: true}\n");
  at.disk.replace(at.path() / "vermilion.yaml", yaml);
  CHECK(at.refusal([&] {
            auto zhao = at.by("zhao02");
            (void)service::review_document(zhao, {"ISMS-02-009", "", "", "", "已核對"});
          }).starts_with("timestamp-missing"));
  CHECK(at.store().evidence().list("documents/ISMS-02-009/revisions/1.0").size() == 3);
}

TEST_CASE("a time stamp taken away or exchanged after it was filed is found", "[service]") {
  Registry at;
  at.create("ISMS-02-009");
  at.submit("ISMS-02-009");
  const std::string name = "documents/ISMS-02-009/revisions/1.0/01-submission";
  const auto put = [&](const std::string& path, const std::string& bytes) {
    at.tamper([&](const store::Now&, store::Changes& changes) { changes.put(path, bytes); });
  };
  const auto take = [&](const std::string& path) {
    at.tamper([&](const store::Now&, store::Changes& changes) { changes.remove(path); });
  };
  const auto told = [&] { return at.problems().find("時戳已被移除或更換") != std::string::npos; };
  put(name + ".tsr-missing.json", R"({"code":"post-failed"})");
  CHECK_FALSE(told());
  take(name + ".tsr-missing.json");
  CHECK(told());
  at.create("ISMS-02-010");
  at.submit("ISMS-02-010");
  const std::string other = "documents/ISMS-02-010/revisions/1.0/01-submission.tsr";
  put(other, "first");
  put(other, "second");
  CHECK(at.problems().find(other + ": 歸檔時的時戳已被移除或更換") != std::string::npos);
}
