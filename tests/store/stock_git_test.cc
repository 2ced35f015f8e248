#include <catch2/catch.hpp>

#include "store/store_fixture.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

Ran stock_git(const StoreFixture& fixture, const std::string& repository,
              const std::string& arguments) {
  return run("git -c gpg.ssh.allowedSignersFile=" + quoted(fixture.path() / "allowed_signers") +
             " -C " + quoted(fixture.path() / repository) + " " + arguments);
}

void publish(Store& store, int version) {
  Act act = put_act("", "");
  act.decide = [=](const Now& now, Changes& changes) {
    changes.put("documents/ISMS-01-002/document.md", "第 " + std::to_string(version) + " 版\n");
    changes.put("documents/ISMS-01-002/files/附件 一.txt", now.act);
    changes.tag("ISMS-01-002/1." + std::to_string(version), "publication ISMS-01-002");
    changes.draft("ISMS-01-002", {{"document.md", now.act}}, "draft ISMS-01-002");
  };
  (void)store.commit(act);
}

}  // namespace

TEST_CASE("stock git finds both repositories clean and every commit and tag signed", "[store]") {
  if (!has_program("git") || !has_program("ssh-keygen")) return;
  StoreFixture fixture;
  const auto store = fixture.open();
  for (int version = 0; version < 4; ++version) publish(*store, version);
  (void)store->commit(login_act("wang02"));
  store->settle();
  for (const char* repository : {"evidence.git", "drafts.git"}) {
    INFO(repository);
    const auto fsck = stock_git(fixture, repository, "fsck --strict --full --no-dangling");
    CHECK(fsck.status == 0);
    CHECK(fsck.output.find("error") == std::string::npos);
    const auto signatures = stock_git(fixture, repository, "log --all --format=%G?");
    CHECK(signatures.output.find_first_not_of("G\n") == std::string::npos);
  }
  CHECK(stock_git(fixture, "evidence.git", "log --oneline main | wc -l").output == "5\n");
  for (int version = 0; version < 4; ++version) {
    CHECK(stock_git(fixture, "evidence.git", "verify-tag ISMS-01-002/1." + std::to_string(version))
              .status == 0);
  }
}

TEST_CASE("stock git reads the trailers and the time of an act", "[store]") {
  if (!has_program("git")) return;
  StoreFixture fixture;
  const auto store = fixture.open();
  fixture.clock.set("2026-11-23T08:00:00Z");
  const auto receipt = store->commit(put_act("a.md", "甲", "document ISMS-01-002 3.6"));
  store->settle();
  const auto shown =
      stock_git(fixture, "evidence.git",
                "log -1 --format='%an <%ae> %cn <%ce> %at %(trailers:separator=%x7C)'");
  CHECK(shown.output == "chen01 <chen01@" + store->settings().id + "> vermilion <store@" +
                            store->settings().id + "> 1795420800 Act: " + receipt.act +
                            "|Actor: chen01|Subject: document ISMS-01-002 3.6|Log-Index: 1\n");
}
