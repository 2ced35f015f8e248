// certificate …, sign
#include "service/certificates.h"
#include "service/seal.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/run.h"
#include "service/own_key.h"

namespace vermilion::cli {
namespace {

struct CertificateOptions {
  service::CertificateRequest request;
  service::ImportCertificate imported;
  std::string passphrase_file, key_out, certificate_out, request_in, custody = "file";
  std::string sha256, reason, out, certificate, chain, proof, crl, ocsp;
};
using SharedCertificate = std::shared_ptr<CertificateOptions>;

crypto::Custody custody_from(const std::string& name) {
  if (name == "token") return crypto::Custody::token;
  return crypto::Custody::file;
}

void add_custody(CLI::App* command, const SharedCertificate& o) {
  command->add_option("--custody", o->custody, "金鑰在檔案或載具 / where the key is")
      ->check(CLI::IsMember({"file", "token"}));
}

// Where the new key comes from: made here for the vault or a file, or a request made elsewhere.
void add_key_options(CLI::App* command, const SharedCertificate& o) {
  command->add_option("--new-passphrase-file", o->passphrase_file,
                      "持有人的簽章通行短語 / the holder's passphrase");
  command->add_option("--key-out", o->key_out,
                      "金鑰交持有人自存 / the holder keeps the key in this file");
  command->add_option("--request", o->request_in,
                      "持有人在自己電腦上產生的申請 / request made on the holder's machine");
  command->add_option("--certificate-out", o->certificate_out,
                      "憑證與簽發憑證（PEM）/ the certificate and its issuer's, PEM");
  command->add_option("--until", o->request.until, "最後有效日 / last day");
  add_custody(command, o);
}

[[noreturn]] void missing(const char* option, const char* zh) {
  throw Error(Failure::invalid, "option-missing",
              {std::string("請以 ") + option + " 提供" + zh, std::string("give ") + option});
}

void read_key_options(Run& run, CertificateOptions& o) {
  o.request.own_key_file = !o.key_out.empty();
  o.request.custody = custody_from(o.custody);
  if (!o.request_in.empty()) {
    o.request.request = run.read_input(o.request_in);
    return;
  }
  if (o.passphrase_file.empty()) missing("--new-passphrase-file, --request", "簽章通行短語或申請");
  o.request.passphrase = run.read_secret(o.passphrase_file);
}

void answer_issue(Run& run, const CertificateOptions& o, const service::IssuedCertificate& issued) {
  if (!issued.key_pem.empty()) run.write_output(o.key_out, issued.key_pem, 0600);
  if (!o.certificate_out.empty()) run.write_output(o.certificate_out, issued.certificate);
  run.answer(issued.answer, print_members);
}

void add_issue(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* issue =
      certificate.add_subcommand("issue", "簽發憑證並見證 / issue a certificate, bearing witness");
  issue->add_option("account", o->request.account)->required();
  add_key_options(issue, o);
  issue->callback([&run, o] {
    read_key_options(run, *o);
    answer_issue(run, *o, service::issue_certificate(run.context(), o->request));
  });
}

void add_renew(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* renew = certificate.add_subcommand(
      "renew", "以現有憑證換發自己的新憑證 / renew one's own, signing with the present one");
  add_key_options(renew, o);
  renew->callback([&run, o] {
    read_key_options(run, *o);
    o->request.account = run.globals.account;
    answer_issue(run, *o, service::renew_certificate(run.context(), o->request));
  });
}

// On the person's own machine: no store.
void add_request(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* request = certificate.add_subcommand(
      "request", "在自己的電腦產生金鑰與申請 / make key and request on one's own machine");
  request->add_option("account", o->request.account)->required();
  request->add_option("--new-passphrase-file", o->passphrase_file);
  request->add_option("--key-out", o->key_out, "金鑰檔 / the new key; not with --token");
  request->add_option("-o,--out", o->out, "申請檔（PKCS#10）/ the request")->required();
  request->callback([&run, o] {
    const auto& globals = run.globals;
    if (!globals.token.empty()) {
      run.write_output(
          o->out, service::make_request_with({"", globals.token, run.read_secret(globals.pin_file)},
                                             o->request.account));
      return;
    }
    const auto made =
        service::make_key_and_request(o->request.account, run.read_secret(o->passphrase_file));
    run.write_output(o->key_out, made.key_pem, 0600);
    run.write_output(o->out, made.request);
  });
}

void add_revoke(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* revoke = certificate.add_subcommand("revoke", "廢止憑證 / revoke a certificate");
  revoke->add_option("account", o->request.account)->required();
  revoke->add_option("sha256", o->sha256, "憑證的 SHA-256，見 certificate list")->required();
  revoke
      ->add_option("--reason", o->reason,
                   "key-compromise, superseded, affiliation-changed, cessation, unspecified")
      ->required();
  revoke->callback([&run, o] {
    run.answer(service::revoke_certificate(run.context(), o->request.account, o->sha256, o->reason),
               print_members);
  });
  auto* crl = certificate.add_subcommand("crl", "廢止清單 / the revocation list (PEM)");
  crl->add_option("-o,--out", o->out)->required();
  crl->callback(
      [&run, o] { run.write_output(o->out, service::certificate_list_pem(run.context())); });
  auto* chain = certificate.add_subcommand("chain", "簽發與根憑證 / issuer and root (PEM)");
  chain->add_option("-o,--out", o->out)->required();
  chain->callback([&run, o] { run.write_output(o->out, service::authority_chain(run.context())); });
}

std::optional<identity::StatusFile> status_file(Run& run, const CertificateOptions& o) {
  if (!o.crl.empty()) return identity::StatusFile{"crl", run.read_input(o.crl)};
  if (!o.ocsp.empty()) return identity::StatusFile{"ocsp", run.read_input(o.ocsp)};
  return std::nullopt;
}

void add_status_options(CLI::App* command, const SharedCertificate& o) {
  auto* crl = command->add_option("--crl", o->crl, "憑證機構的廢止清單 / its authority's list");
  command->add_option("--ocsp", o->ocsp, "OCSP 回應（DER）/ an OCSP answer")->excludes(crl);
}

void add_certificate_import(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* command = certificate.add_subcommand(
      "import", "登錄其他憑證機構的憑證 / register a certificate of another authority");
  command->add_option("account", o->request.account)->required();
  command->add_option("certificate", o->certificate, "PEM 或 DER")->required();
  command->add_option("--chain", o->chain, "中間憑證（PEM）/ what stands between, PEM");
  command->add_option("--proof", o->proof, "持有人簽署 certificate challenge 的 .p7s")->required();
  add_status_options(command, o);
  add_custody(command, o);
  command->callback([&run, o] {
    auto& wanted = o->imported;
    wanted.account = o->request.account;
    wanted.certificate = run.read_input(o->certificate);
    if (!o->chain.empty()) wanted.chain = run.read_input(o->chain);
    wanted.proof = run.read_input(o->proof);
    wanted.custody = custody_from(o->custody);
    wanted.status = status_file(run, *o);
    run.answer(service::import_certificate(run.context(), wanted), print_members);
  });
  auto* challenge = certificate.add_subcommand(
      "challenge", "持有證明所簽的內容 / what the holder signs to prove possession");
  challenge->add_option("account", o->request.account)->required();
  challenge->add_option("certificate", o->certificate)->required();
  challenge->add_option("-o,--out", o->out)->required();
  challenge->callback([&run, o] {
    run.write_output(o->out, service::possession_challenge(run.context(), o->request.account,
                                                           run.read_input(o->certificate)));
  });
}

void add_status(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* status = certificate.add_subcommand(
      "status", "更新外部憑證的廢止資料 / bring along what its authority says now");
  status->add_option("account", o->request.account)->required();
  status->add_option("sha256", o->sha256)->required();
  add_status_options(status, o);
  status->callback([&run, o] {
    const auto file = status_file(run, *o);
    if (!file) missing("--crl, --ocsp", "憑證機構的廢止資料");
    run.answer(
        service::file_certificate_status(run.context(), o->request.account, o->sha256, *file),
        print_members);
  });
}

void add_trust(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* trust =
      certificate.add_subcommand("trust", "信任的憑證機構 / authorities that are trusted");
  trust->require_subcommand(1);
  auto* add = trust->add_subcommand("add", "信任一個憑證機構 / trust an authority");
  add->add_option("certificate", o->certificate, "PEM 或 DER")->required();
  add->callback([&run, o] {
    run.answer(service::trust_authority(run.context(), run.read_input(o->certificate)),
               print_members);
  });
  add->fallthrough();
}

void add_seal(CLI::App& certificate, Run& run) {
  auto* seal = certificate.add_subcommand(
      "seal", "簽發機關印章的憑證，此後發布的 PDF 都加封 / certify the seal for published PDFs");
  seal->callback([&run] { run.answer(service::issue_seal(run.context()), print_members); });
}

void add_revoke_seal(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* revoke = certificate.add_subcommand(
      "revoke-seal", "廢止機關印章的憑證 / revoke the certificate of the seal");
  revoke->add_option("--reason", o->reason, "key-compromise, superseded, cessation, unspecified")
      ->required();
  revoke->callback(
      [&run, o] { run.answer(service::revoke_seal(run.context(), o->reason), print_members); });
}

void add_list(CLI::App& certificate, Run& run) {
  auto o = std::make_shared<CertificateOptions>();
  auto* list = certificate.add_subcommand("list", "某人的憑證 / a person's certificates");
  list->add_option("account", o->request.account)->required();
  list->callback([&run, o] {
    run.answer(service::list_certificates(run.context(), o->request.account), [](const Json& all) {
      for (const auto& c : all) print_members(c);
    });
  });
}

}  // namespace

void add_certificate_commands(CLI::App& app, Run& run) {
  auto* certificate = app.add_subcommand("certificate", "憑證 / certificates");
  certificate->require_subcommand(1);
  add_issue(*certificate, run);
  add_renew(*certificate, run);
  add_request(*certificate, run);
  add_revoke(*certificate, run);
  add_certificate_import(*certificate, run);
  add_status(*certificate, run);
  add_trust(*certificate, run);
  add_seal(*certificate, run);
  add_revoke_seal(*certificate, run);
  add_list(*certificate, run);
  certificate->fallthrough();
  for (auto* command : certificate->get_subcommands({})) command->fallthrough();
}

void add_sign_command(CLI::App& app, Run& run) {
  struct Options {
    std::string file, key, certificate, out;
  };
  auto o = std::make_shared<Options>();
  auto* sign = app.add_subcommand(
      "sign", "以自己的金鑰簽署檔案，不需要資料庫 / sign a file with one's own key; no store");
  sign->add_option("file", o->file)->required();
  sign->add_option("--key", o->key, "金鑰檔 / key file (PEM); or --token");
  sign->add_option("--cert", o->certificate, "憑證與其上的憑證（PEM）/ certificates, PEM")
      ->required();
  sign->add_option("-o,--out", o->out, "簽章檔 / the signature (.p7s)")->required();
  sign->callback([&run, o] {
    const auto& globals = run.globals;
    service::OwnKey key;
    key.token = globals.token;
    key.secret =
        run.read_secret(globals.token.empty() ? globals.passphrase_file : globals.pin_file);
    if (!o->key.empty()) key.file = run.read_input(o->key);
    run.write_output(o->out, service::sign_with(key, run.read_input(o->certificate),
                                                run.read_input(o->file), run.clock().now()));
  });
}

}  // namespace vermilion::cli
