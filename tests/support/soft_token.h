// A PKCS#11 token of one's own: SoftHSM in a scratch folder, nothing of the system's.
#pragma once
#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "support/process.h"

constexpr const char* kSoftHsm = "/usr/lib/softhsm/libsofthsm2.so";

class SoftToken {
 public:
  // False, and told as skipped, where what it needs is not installed.
  static bool is_here() {
    return has_program("softhsm2-util") && has_program("pkcs11-tool") &&
           std::filesystem::exists(kSoftHsm);
  }

  SoftToken() {
    std::filesystem::create_directory(folder_ / "tokens");
    const auto conf =
        folder_.write("softhsm2.conf", "directories.tokendir = " + (folder_ / "tokens").string() +
                                           "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", conf.c_str(), 1);
    must("softhsm2-util --init-token --free --label isms --pin 1234 --so-pin 5678");
  }

  // "EC:prime256v1", "rsa:3072"; the key is made on the token.
  void make_key(const std::string& label, const std::string& type, const std::string& id) const {
    must(std::string("pkcs11-tool --module ") + kSoftHsm +
         " --login --pin 1234 --token-label isms --keypairgen --key-type " + type + " --label " +
         label + " --id " + id);
  }
  static std::string uri(const std::string& label) {
    return "pkcs11:token=isms;object=" + label + ";type=private?module-path=" + kSoftHsm;
  }

 private:
  static void must(const std::string& command) {
    const auto made = run(command + " 2>&1");
    INFO(command << "\n" << made.output);
    REQUIRE(made.status == 0);
  }
  Scratch folder_;
};
