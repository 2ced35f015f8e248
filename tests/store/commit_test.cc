#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/store_fixture.h"

using namespace vermilion;
using namespace vermilion::store;

TEST_CASE("a new store states who it is and holds its authorities", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  CHECK(store->settings().name == "行政院環境保護署");
  CHECK(store->settings().time_zone == "Asia/Taipei");
  CHECK(store->settings().log_origin == store->settings().id + ".vermilion/log");
  const auto main = store->evidence();
  CHECK(main.read("rules/profile.yaml") == "classification: 公開\n");
  CHECK(main.require("log/verifier_key") == store->settings().verifier_key + "\n");
  const auto authority = store->authority();
  CHECK(authority.issuer.public_key().spki() == store->issuing_key().public_key().spki());
  CHECK(authority.root.not_after() - authority.root.not_before() > std::chrono::years(19));
  CHECK(store->log().checkpoint().size == 1);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("what is committed is read back, also by the next opening", "[store]") {
  StoreFixture fixture;
  const auto receipt =
      fixture.open()->commit(put_act("documents/ISMS-01-002/document.md", "# 資訊安全管理規範\n"));
  CHECK(receipt.log_index == 1);
  CHECK(receipt.at == fixture.clock.now());
  const auto store = fixture.open();
  CHECK(store->evidence().commit() == receipt.commit);
  CHECK(store->evidence().require("documents/ISMS-01-002/document.md") == "# 資訊安全管理規範\n");
  CHECK(store->evidence().describe().author.name == "chen01");
  CHECK(told(faults_of(*store)) == "");
}
