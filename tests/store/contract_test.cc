// What store.h promises, asked of every implementation. What is said here of a store must not depend on how it keeps things.
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "base/error.h"
#include "base/json.h"
#include "crypto/sealing.h"
#include "store/store_kinds.h"
#include "support/child.h"

using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

// Everything a reader can ask for, as text.
std::string all_answers(Store& store) {
  std::string text;
  for (const auto& act : store.catalogue().acts(1, 1000)) {
    text += fmt::format("{} {} {}\n", act.sequence, act.commit.hex(), act.subject);
    store.evidence_of(act.commit).each_file("", [&](const std::string& path, const Bytes& bytes) {
      text += fmt::format("{} {} {}\n", path, bytes.size(), store.catalogue().history(path).size());
    });
  }
  for (const auto& row : store.catalogue().log({}))
    text += fmt::format("{} {} {} {}\n", row.index, row.kind, row.subject, row.commit);
  for (const auto& [name, commit] : store.tags()) text += name + " " + commit.hex() + "\n";
  for (const auto& branch : store.draft_branches(""))
    text += branch + " " + store.draft(branch).commit()->hex() + "\n";
  return text + store.log().checkpoint().root;
}

// Puts `next` only where `expected` stands: the compare-and-swap of whoever read before.
Act swap_act(const std::string& expected, const std::string& next) {
  Act act = put_act(kText, next);
  act.decide = [=](const Now& now, Changes& changes) {
    if (now.evidence.read(kText).value_or("") != expected) {
      throw Error(Failure::conflict, "stale-base", {"依據的版本已過時", "the base is stale"});
    }
    changes.put(kText, next);
  };
  return act;
}

}  // namespace

TEMPLATE_TEST_CASE("Store: what is committed is read back, also by the next opening", "[store]",
                   STORE_KINDS) {
  TestType fixture;
  const auto receipt = fixture.open()->commit(put_act(kText, "# 資訊安全管理規範\n"));
  CHECK(receipt.log_index == 1);
  CHECK(receipt.at == fixture.clock.now());
  const auto store = fixture.open();
  CHECK(store->evidence().commit() == receipt.commit);
  CHECK(store->evidence().require(kText) == "# 資訊安全管理規範\n");
  const auto listed = store->evidence().list(Path(kText).parent_path().string());
  REQUIRE(listed.size() == 1);
  CHECK(store->evidence().blob(listed.front().id) == "# 資訊安全管理規範\n");
  CHECK(store->evidence().describe().author.name == "chen01");
  const Json entry = entry_at(*store, 1);
  CHECK(entry["commit"] == receipt.commit->hex());
  CHECK(entry["clock"] == "system");
  CHECK(entry["nonce"].get<std::string>().size() == 32);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: an act without edits is a log entry alone", "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  const auto before = store->evidence().commit();
  const auto receipt = store->commit(login_act("wang02"));
  CHECK_FALSE(receipt.commit);
  CHECK(store->evidence().commit() == before);
  CHECK(entry_at(*store, receipt.log_index)["actor"] == "wang02");
  CHECK_FALSE(entry_at(*store, receipt.log_index).contains("commit"));
}

TEMPLATE_TEST_CASE("Store: decide sees the state the act will stand on", "[store]", STORE_KINDS) {
  TestType fixture;
  const auto first = fixture.open();
  const auto second = fixture.open();
  Act act = put_act("registers/next", "");
  act.decide = [](const Now& now, Changes& changes) {
    const auto number = now.evidence.read("registers/next").value_or("0");
    changes.put("registers/next", std::to_string(std::stoi(number) + 1));
  };
  (void)first->commit(act);
  (void)second->commit(act);
  (void)first->commit(act);
  CHECK(second->evidence().require("registers/next") == "3");
}

TEMPLATE_TEST_CASE("Store: drafts grow on their branch, keep their authors", "[store]",
                   STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  const auto draft = [&](const char* actor, const char* text) {
    Act act = login_act(actor);
    act.decide = [=](const Now& now, Changes& changes) {
      CHECK(now.draft("ISMS-01-002").read("document.md").value_or("") != text);
      changes.draft("ISMS-01-002", {{"document.md", text}}, "draft ISMS-01-002");
    };
    return store->commit(act).draft.value();
  };
  const auto one = draft("chen01", "第一稿");
  const auto two = draft("lin03", "第二稿");
  CHECK(store->draft("ISMS-01-002").require("document.md") == "第二稿");
  using Authors = std::vector<std::pair<git::ObjectId, std::string>>;
  CHECK(store->draft_authors("ISMS-01-002") == Authors{{one, "chen01"}, {two, "lin03"}});
  const auto three = draft("chen01", "第三稿");
  CHECK(store->draft_authors("ISMS-01-002") ==
        Authors{{one, "chen01"}, {two, "lin03"}, {three, "chen01"}});
  CHECK(store->draft_of(two).require("document.md") == "第二稿");
  CHECK_FALSE(store->draft("ISMS-09-999").commit());
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: two drafts of one act stand on each other", "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  Act act = login_act("chen01");
  act.decide = [](const Now&, Changes& changes) {
    changes.draft("ISMS-01-001", {{"document.md", "一"}, {"old.md", "舊"}}, "one");
    changes.draft("ISMS-01-001", {{"old.md", std::nullopt}}, "two");
  };
  (void)store->commit(act);
  CHECK(store->draft_authors("ISMS-01-001").size() == 2);
  CHECK(store->draft("ISMS-01-001").require("document.md") == "一");
  CHECK_FALSE(store->draft("ISMS-01-001").read("old.md"));
}

TEMPLATE_TEST_CASE("Store: a version is tagged once", "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  Act act = put_act(kText, "3.6");
  act.decide = [](const Now& now, Changes& changes) {
    changes.put(kText, now.act);
    changes.tag("ISMS-01-002/3.6", "publication ISMS-01-002 3.6");
  };
  (void)store->commit(act);
  const auto tip = store->evidence().commit();
  CHECK(code_of([&] { (void)store->commit(act); }) == "tag-exists");
  CHECK(store->evidence().commit() == tip);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: fields and names that would break the log or a ref are refused",
                   "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  Act act = login_act("chen01");
  for (const std::string& bad :
       {std::string("a\nb"), std::string("\xff"), std::string(70000, 'x')}) {
    act.subject = bad;
    CHECK(code_of([&] { (void)store->commit(act); }) == "bad-act");
  }
  for (const char* name :
       {"", "../main", "a..b", "a b", "inbox/x", "x.lock", "/a", "a/", ".a", "甲~1"}) {
    INFO(name);
    Act draft = login_act("chen01");
    draft.decide = [&](const Now&, Changes& changes) { changes.draft(name, {}, "draft"); };
    CHECK(code_of([&] { (void)store->commit(draft); }) == "bad-name");
  }
  Act put = put_act(".git/config", "");
  CHECK(code_of([&] { (void)store->commit(put); }) == "bad-path");
  CHECK(store->log().checkpoint().size == 1);
}

TEMPLATE_TEST_CASE("Store: passwords and keys in custody come back as they were kept", "[store]",
                   STORE_KINDS) {
  TestType fixture;
  Act act = login_act("chen01");
  const KeptKey key{"chen01", std::string(64, 'a'), "salt", std::string("\0\xff key", 6)};
  act.decide = [&](const Now&, Changes& changes) {
    changes.keep_key(key);
    changes.set_password("chen01", "$argon2id$v=19$m=19456$甲");
  };
  (void)fixture.open()->commit(act);
  const auto store = fixture.open();
  CHECK(store->password("chen01") == "$argon2id$v=19$m=19456$甲");
  CHECK_FALSE(store->password("wang02"));
  CHECK(store->kept_key("chen01")->encrypted == key.encrypted);
  CHECK(store->kept_key("chen01")->certificate == key.certificate);
  CHECK_FALSE(store->kept_key("wang02"));
}

TEMPLATE_TEST_CASE("Store: evidence is answered as it stood at an instant", "[store]",
                   STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  fixture.clock.set("2026-11-23T00:00:00Z");
  (void)store->commit(put_act(kText, "一版"));
  fixture.clock.set("2026-11-25T00:00:00Z");
  const auto second = store->commit(put_act(kText, "二版"));
  const auto at = [&](const char* instant) { return store->evidence_at(parse_instant(instant)); };
  CHECK_FALSE(at("2026-11-21T23:59:59Z").commit());
  CHECK_FALSE(at("2026-11-22T23:59:59Z").read(kText));
  CHECK(at("2026-11-23T00:00:00Z").require(kText) == "一版");
  CHECK(at("2026-11-24T23:59:59Z").require(kText) == "一版");
  CHECK(at("2026-11-25T00:00:00Z").commit() == second.commit);
  CHECK(code_of([&] { (void)store->evidence_of(git::ObjectId{}); }) == "no-such-commit");
}

TEMPLATE_TEST_CASE("Store: a decision that throws leaves nothing and uses no number", "[store]",
                   STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  (void)store->commit(full_act("甲"));
  const auto before = all_answers(*store);
  Act act = full_act("乙");
  act.decide = [decide = act.decide](const Now& now, Changes& changes) {
    decide(now, changes);
    throw Error(Failure::forbidden, "author-approves",
                {"作者不得核准", "an author may not approve"});
  };
  CHECK(code_of([&] { (void)store->commit(act); }) == "author-approves");
  CHECK(all_answers(*store) == before);
  CHECK(store->password("chen01") == "$phc$甲");
  CHECK(store->commit(login_act("wang02")).log_index == 2);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: of acts that expect the same head one happens, the rest are conflicts",
                   "[store]", STORE_KINDS) {
  TestType fixture;
  std::atomic<int> done = 0;
  std::atomic<int> conflicts = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const auto store = fixture.open();
      const auto code = code_of(
          [&] { (void)store->commit(swap_act("", "第 " + std::to_string(i) + " 人的稿")); });
      ++(code == "none" ? done : conflicts);
      if (code != "none" && code != "stale-base") conflicts += 100;
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(done == 1);
  CHECK(conflicts == 7);
  const auto store = fixture.open();
  CHECK(store->catalogue().history(kText).size() == 1);
  CHECK(store->log().checkpoint().size == 2);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: another process that writes at the same time is served as well",
                   "[store]", STORE_KINDS) {
  TestType fixture;
  const auto fifty = [&] {
    for (int i = 0; i < 50; ++i) {
      Act act = put_act("", "", "record 1");
      act.decide = [](const Now& now, Changes& changes) {
        changes.put("count", now.evidence.read("count").value_or("") + "I");
      };
      (void)fixture.open()->commit(act);
    }
  };
  const auto other = start_child([&](int) { fifty(); });
  fifty();
  CHECK(end_of(other) == 0);
  ::close(other.reading);
  const auto store = fixture.open();
  CHECK(store->evidence().require("count") == std::string(100, 'I'));
  CHECK(store->log().checkpoint().size == 101);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: who reads does not wait for who writes", "[store]", STORE_KINDS) {
  TestType fixture;
  (void)fixture.open()->commit(put_act(kText, "公開的現行版"));
  Act act = put_act(kText, "還在寫");
  act.decide = [&](const Now&, Changes& changes) {
    auto read =
        std::async(std::launch::async, [&] { return fixture.open()->evidence().require(kText); });
    CHECK(read.wait_for(20s) == std::future_status::ready);
    CHECK(read.get() == "公開的現行版");
    changes.put(kText, "新版");
  };
  (void)fixture.open()->commit(act);
  CHECK(fixture.open()->evidence().require(kText) == "新版");
}

TEMPLATE_TEST_CASE("Store: sealed content comes back whole or by pieces, small, big and staged",
                   "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  const Bytes salt(crypto::kSaltSize, 's');
  for (const std::size_t size : {std::size_t{0}, std::size_t{2048}, std::size_t{3} << 20}) {
    INFO(size);
    const std::string content(size, 'x');
    const SealRequest request{.record = "01JDB3J9M0000000000000000A",
                              .part = "content",
                              .key_class = "nda-15y",
                              .year = 2026,
                              .content = content,
                              .salt = salt};
    const auto staged = store->stage(request, source_of(content));
    SealedRef sealed;
    Act act = login_act("chen01");
    act.decide = [&](const Now&, Changes& changes) {
      sealed = changes.seal(request);
      changes.file(staged);
    };
    (void)store->commit(act);
    for (const auto& ref : {sealed, staged.ref}) {
      const auto opened = store->open_payload(ref.payload);
      CHECK((opened.content == content));
      CHECK(opened.commitment == "hmac-sha256:" + hex(crypto::commitment_of(salt, content)));
      CHECK(opened.commitment == ref.commitment);
      CHECK(opened.ciphertext == ref.ciphertext);
      Bytes pieces;
      const auto streamed = store->stream_payload(ref.payload, sink_to(pieces));
      CHECK((pieces == content));
      CHECK(streamed.record == request.record);
    }
  }
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: what was destroyed opens nowhere again, and its neighbour still does",
                   "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  const auto gone = seal(*store, "機房日誌 112年3月1日").payload;
  const auto stays = seal(*store, "機房日誌 112年12月31日").payload;
  const auto listed = list_in_disposal(*store, {gone});
  CHECK(store->payload(gone) == "機房日誌 112年3月1日");
  CHECK_FALSE(store->remains(listed).empty());
  const auto destroyed = store->destroy(listed);
  CHECK(destroyed.removed_keys.size() == 1);
  CHECK(store->destroy(listed).new_keys == destroyed.new_keys);
  const auto again = fixture.open();
  for (Store* reader : {store.get(), again.get()})
    CHECK(code_of([&] { (void)reader->payload(gone); }) == "payload-destroyed");
  CHECK(store->remains(listed).empty());
  CHECK(store->payload(stays) == "機房日誌 112年12月31日");
  CHECK_THROWS_AS((void)store->destroy({stays}), Bug);
  CHECK(told(faults_of(*store)) == "");
}

TEMPLATE_TEST_CASE("Store: made anew, the projections answer as before", "[store]", STORE_KINDS) {
  TestType fixture;
  const auto store = fixture.open();
  for (const char* name : {"甲", "乙"}) (void)store->commit(full_act(name));
  (void)store->commit(login_act("wang02"));
  const auto before = all_answers(*store);
  CHECK(before.find("record/乙") != std::string::npos);
  store->rebuild();
  CHECK(all_answers(*store) == before);
  CHECK(all_answers(*fixture.open()) == before);
}
