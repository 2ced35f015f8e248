// A time-stamping authority after RFC 3161 from stock openssl, in a folder: tsa.pem, tsa-ca.pem, and a command that answers queries.
#pragma once
#include <catch2/catch.hpp>
#include <string>

#include "support/process.h"

class StockTsa {
 public:
  StockTsa() {
    folder_.write("tsa.cnf",
                  "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\n"
                  "signer_key = tsa.key\ncerts = tsa-ca.pem\nsigner_digest = sha256\n"
                  "default_policy = 1.2.3.4.1\ndigests = sha256, sha384\naccuracy = secs:1\n"
                  "ess_cert_id_alg = sha256\n[ca]\nbasicConstraints = critical,CA:TRUE\n"
                  "[leaf]\nextendedKeyUsage = critical,timeStamping\n"
                  "[req]\ndistinguished_name = name\n[name]\n");
    folder_.write("serial", "01");
    const auto made = run(
        "cd " + quoted(folder_.path()) +
        " && exec 2>&1; newkey='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'; "
        "openssl req -x509 $newkey -keyout ca.key -subj /CN=TSA-CA -days 3650 -config tsa.cnf "
        "-extensions ca -out tsa-ca.pem && "
        "openssl req -new $newkey -keyout tsa.key -subj /CN=TSA -config tsa.cnf -out tsa.csr && "
        "openssl x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial -days 3650 "
        "-extfile tsa.cnf "
        "-extensions leaf -out tsa.pem");
    INFO(made.output);
    REQUIRE(made.status == 0);
  }

  [[nodiscard]] std::filesystem::path authorities() const { return folder_ / "tsa-ca.pem"; }
  // Reads a query from standard input, prints the response.
  [[nodiscard]] std::string command() const {
    return "cd " + quoted(folder_.path()) +
           " && cat >query && openssl ts -reply -config tsa.cnf -queryfile query 2>/dev/null";
  }
  // What it says to those bytes.
  [[nodiscard]] std::string answer(std::string_view query) const {
    const auto file = folder_.write("asked", query);
    return run("(" + command() + ") <" + ::quoted(file)).output;
  }
  [[nodiscard]] const Scratch& folder() const { return folder_; }

 private:
  Scratch folder_;
};
