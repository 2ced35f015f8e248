// What the verifier finds in an access review that was tampered with.
#include "access.h"
#include "identity/access_review.h"

using namespace bureau;

namespace {

void forge(AccessBureau& at, const std::string& path, const std::function<void(Json&)>& change) {
  store::Act forged = act("rules", "rules", "system");
  forged.decide = [&](const store::Now& now, store::Changes& changes) {
    auto value = parse_json(now.evidence.require(path));
    change(value);
    changes.put(path, canonical(value));
  };
  at.store().commit(forged);
}

bool is_told(const Json& problems, const std::string& words) {
  return problems.dump().find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("改過的名單，驗證會指出 verify names a list that was changed [SC-08]", "[service]") {
  AccessBureau at;
  const auto id = at.open();
  forge(at, "access-reviews/" + id + "/list.json", [](Json& list) { list["rows"].erase(0); });
  CHECK(is_told(at.verified(), "名單曾遭更動"));
}

TEST_CASE("略過一個帳號的名單，驗證會指出 verify names a list that leaves somebody out [SC-08]",
          "[service]") {
  AccessBureau at;
  const auto id = at.open();
  auto review = identity::require_access_review(at.store().evidence(), id);
  store::Act forged = act("access-review", "access-review", "system");
  review.id = "01JD9V3K5W8Q2M4N6P7R9S1T0V";
  review.rows.pop_back();
  review.made.at = at.clock.now();
  forged.decide = [&](const store::Now&, store::Changes& changes) {
    changes.put("access-reviews/" + review.id + "/list.json", identity::list_bytes(review));
  };
  at.store().commit(forged);
  const auto problems = at.verified();
  REQUIRE(problems.size() == 1);
  CHECK(is_told(problems, "名單與當時的帳號、權限不符"));
}

TEST_CASE("自己決定自己的一列，驗證會指出 verify names who decided a row of his own [SC-33]",
          "[service]") {
  AccessBureau at;
  const auto id = at.open();
  const auto row = at.row("account", "wu06");
  const auto review = identity::require_access_review(at.store().evidence(), id);
  const Json subject = {
      {"type", "access-review"},
      {"id", id},
      {"list", review.list},
      {"decisions",
       Json::array(
           {{{"row", row}, {"decision", "keep"}, {"reason", "本人"}, {"until", nullptr}}})}};
  at.sign(
      identity::prepare(
          at.store(), {"review", "存取權限審查", subject, signer("wu06", "unit-head")},
          act("review", "access-review " + id, "wu06"),
          [&](const store::Now&, store::Changes&) { return identity::access_review_folder(id); }),
      "wu06");
  const auto problems = at.verified();
  REQUIRE(problems.size() == 1);
  CHECK(is_told(problems, "不得審查自己的權限"));
}

TEST_CASE("核准撤銷卻仍有效的，驗證會指出 verify names what was revoked and stands again [SC-08]",
          "[service]") {
  AccessBureau at;
  const auto id = at.open();
  at.decide("wu06", {{at.row("role", "zhou07", "countersigner"), "revoke", "已歸建", ""}});
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  at.propose();
  at.approve();
  auto admin = at.as("hsu01");
  CHECK(service::execute_access_review(admin, "")["stage"] == "done");
  CHECK(at.verified() == Json::array());
  forge(at, "people/zhou07.json", [](Json& person) {
    for (auto& role : person["roles"]) role["to"] = nullptr;
  });
  CHECK(is_told(at.verified(), "核准撤銷，卻仍有效"));
  forge(at, "access-reviews/" + id + "/decided.json",
        [](Json& decided) { decided["decisions"][0]["reason"] = "改過的理由"; });
  CHECK(is_told(at.verified(), "與簽署的決定不符"));
}

TEST_CASE("拿掉的聲明與名單，驗證會指出 verify names a statement or a list that is gone [SC-08]",
          "[service]") {
  AccessBureau at;
  const auto id = at.open();
  at.keep_the_rest("wu06");
  store::Act forged = act("rules", "rules", "system");
  forged.decide = [&](const store::Now& now, store::Changes& changes) {
    for (const auto& entry : now.evidence.list("access-reviews/" + id))
      changes.remove("access-reviews/" + id + "/" + entry.name);
  };
  at.store().commit(forged);
  const auto problems = at.verified();
  CHECK(is_told(problems, "日誌所載的聲明不見了：review"));
  CHECK(is_told(problems, "審查的名單不見了"));
}
