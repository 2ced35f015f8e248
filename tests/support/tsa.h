// A time-stamping authority after RFC 3161 from stock openssl, in a folder: tsa.pem, tsa-ca.pem, tsa.crl, and a command that answers
// queries. By the machine's clock, or by one that is set ("2026-11-22 00:00:00", UTC; needs faketime).
#pragma once
#include <catch2/catch.hpp>
#include <string>

#include "support/process.h"

class StockTsa {
 public:
  explicit StockTsa(std::string at = "", int days = 3650) : at_(std::move(at)) {
    folder_.write("tsa.cnf",
                  "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\n"
                  "signer_key = tsa.key\ncerts = tsa-ca.pem\nsigner_digest = sha256\n"
                  "default_policy = 1.2.3.4.1\ndigests = sha256, sha384\naccuracy = secs:1\n"
                  "ess_cert_id_alg = sha256\n[ca]\nbasicConstraints = critical,CA:TRUE\n"
                  "[leaf]\nextendedKeyUsage = critical,timeStamping\n"
                  "[req]\ndistinguished_name = name\n[name]\n");
    folder_.write("crl.cnf",
                  "[ca]\ndefault_ca = c\n[c]\ndatabase = index\ndefault_md = sha256\n"
                  "default_crl_days = 30\n");
    folder_.write("serial", "01");
    folder_.write("index", "");
    shell(clock() +
          "openssl req -x509 $newkey -keyout ca.key -subj /CN=TSA-CA -days 3650 -config tsa.cnf "
          "-extensions ca -out tsa-ca.pem");
    certify(days);
    shell(clock() +
          "openssl ca -gencrl -config crl.cnf -keyfile ca.key -cert tsa-ca.pem -out tsa.crl");
  }

  // A new key, and a certificate for it by the same authority.
  void certify(int days) const {
    shell(clock() +
          "openssl req -new $newkey -keyout tsa.key -subj /CN=TSA -config tsa.cnf "
          "-out tsa.csr");
    shell(clock() +
          "openssl x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial "
          "-extfile tsa.cnf -extensions leaf -out tsa.pem -days " +
          std::to_string(days));
  }
  void set(const std::string& at) { at_ = at; }

  [[nodiscard]] std::filesystem::path authorities() const { return folder_ / "tsa-ca.pem"; }
  // Reads a query from standard input, prints the response.
  [[nodiscard]] std::string command() const {
    return "cd " + quoted(folder_.path()) + " && cat >query && " + clock() +
           "openssl ts -reply -config tsa.cnf -queryfile query 2>/dev/null";
  }
  // What it says to those bytes.
  [[nodiscard]] std::string answer(std::string_view query) const {
    const auto file = folder_.write("asked", query);
    return run("(" + command() + ") <" + ::quoted(file)).output;
  }
  [[nodiscard]] const Scratch& folder() const { return folder_; }

 private:
  [[nodiscard]] std::string clock() const {
    return at_.empty() ? "" : "TZ=UTC faketime -f " + ::quoted(std::filesystem::path(at_)) + " ";
  }
  void shell(const std::string& command) const {
    const auto ran =
        run("exec 2>&1; cd " + quoted(folder_.path()) +
            "; newkey='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'; " + command);
    INFO(ran.output);
    REQUIRE(ran.status == 0);
  }

  std::string at_;
  Scratch folder_;
};
