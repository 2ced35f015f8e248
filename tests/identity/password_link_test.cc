// What is kept of a one-time link, and what ends it.
#include "identity/password_link.h"

#include "crypto/digest.h"
#include "crypto/password.h"
#include "support/office.h"
#include "support/schemas.h"

using namespace office;

namespace {

const Instant kGiven = parse_instant("2026-11-22T00:00:00Z");
constexpr std::chrono::hours kDayLong{24};

identity::LoginSecrets own_ones() {
  return {crypto::hash_password("Tree7-lampKite"), kGiven, false, {}, std::nullopt};
}

}  // namespace

TEST_CASE("[SC-22] of a link only a digest is kept, with its end, and it reads back as it was",
          "[identity][SC-22]") {
  const auto fresh = identity::with_password_link(own_ones(), kGiven, {}, {});
  CHECK(fresh.token.size() == 43);  // 256 bits
  CHECK(fresh.token != identity::with_password_link(own_ones(), kGiven, {}, {}).token);
  const auto text = identity::secrets_text(fresh.secrets);
  CHECK(text.find(fresh.token) == std::string::npos);
  CHECK(text.find(hex(crypto::sha256(fresh.token))) != std::string::npos);
  CHECK(schema_faults("login-secrets", parse_json(text)).empty());
  CHECK(identity::secrets_text(identity::parse_secrets(text)) == text);
}

TEST_CASE("a link opens with its own token until its last second, and makes the old password void",
          "[identity][SC-22]") {
  const auto fresh = identity::with_password_link(own_ones(), kGiven, {}, {});
  const auto opens = [&](const std::string& token, Instant now) {
    return identity::link_opens(fresh.secrets, token, now);
  };
  CHECK(opens(fresh.token, kGiven + kDayLong - std::chrono::seconds(1)));
  CHECK_FALSE(opens(fresh.token, kGiven + kDayLong));
  CHECK_FALSE(opens("", kGiven));
  CHECK_FALSE(opens(fresh.secrets.link->digest, kGiven));
  CHECK_FALSE(identity::link_opens(own_ones(), "", kGiven));
  CHECK_FALSE(crypto::password_matches("Tree7-lampKite", fresh.secrets.phc));
  identity::LoginRules rules;
  rules.link = std::chrono::hours(2);
  CHECK(identity::with_password_link(own_ones(), kGiven, {}, rules).secrets.link->until ==
        kGiven + std::chrono::hours(2));
}

TEST_CASE("a newer link, a reset and the person's own password each end a link",
          "[identity][SC-22]") {
  const auto first = identity::with_password_link(own_ones(), kGiven, {}, {});
  const auto second = identity::with_password_link(first.secrets, kGiven, {}, {});
  CHECK_FALSE(identity::link_opens(second.secrets, first.token, kGiven));
  CHECK(identity::link_opens(second.secrets, second.token, kGiven));
  CHECK_FALSE(identity::with_temporary_password(second.secrets, "Paper-7-horse", kGiven, {}).link);
  const auto own =
      identity::with_own_password(second.secrets, "chen01", "Boat8-rainDrum", kGiven, {});
  CHECK_FALSE(own.link);
  CHECK_FALSE(own.temporary);
}
