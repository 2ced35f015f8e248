#include "identity/links.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

constexpr const char* kLinkKey = "outside-identities";
constexpr std::size_t kLongestIdentity = 1024;

std::string link_path(const std::string& digest) {
  return "links/" + digest.substr(0, 2) + "/" + digest + ".json";
}

IdentityLink link_from(const std::string& digest, const Bytes& bytes) {
  const auto value = parse_canonical(bytes);
  return {digest, require_string(value, "account"), require_string(value, "way"),
          parse_instant(require_string(value, "from")), require_string(value, "linked_by")};
}

Bytes link_text(const IdentityLink& link) {
  return canonical({{"account", link.account},
                    {"way", link.way},
                    {"from", rfc3339(link.from)},
                    {"linked_by", link.linked_by}});
}

void require_whole(const OutsideIdentity& who) {
  const bool whole = !who.subject.empty() && who.subject.size() <= kLongestIdentity &&
                     (who.way == kByDirectory || !who.issuer.empty());
  if (whole) return;
  throw Error(Failure::invalid, "bad-identity",
              {"機關帳號的識別不完整或過長；請給 OIDC 的 sub，或目錄中的完整 DN",
               "the outside identity is empty or too long; give the 'sub' of OIDC or a whole DN"});
}

std::optional<IdentityLink> link_of(const store::Snapshot& evidence, const std::string& account,
                                    const std::string& way) {
  for (auto& link : all_links(evidence))
    if (link.account == account && link.way == way) return link;
  return std::nullopt;
}

void require_unlinked(const store::Snapshot& evidence, const IdentityLink& wanted) {
  if (find_link(evidence, wanted.digest)) {
    throw Error(Failure::conflict, "identity-linked",
                {"這個機關帳號已連結到一個帳號；請先解除",
                 "that identity is linked already; unlink it first"});
  }
  if (link_of(evidence, wanted.account, wanted.way)) {
    throw Error(
        Failure::conflict, "account-linked",
        {"這個帳號已有這種連結；請先解除", "the account has such a link already; unlink it first"});
  }
}

void require_other(const std::string& account, const store::Act& act) {
  if (act.actor != account) return;
  throw Error(Failure::forbidden, "links-own-account",
              {"不能連結或解除自己的帳號；請由另一位系統管理人員辦理",
               "nobody links his own account; ask another administrator"});
}

}  // namespace

std::string identity_digest(const store::Store& store, const OutsideIdentity& who) {
  return hex(crypto::hmac_sha256(store.derived_key(kLinkKey),
                                 canonical(Json::array({who.way, who.issuer, who.subject}))));
}

std::optional<IdentityLink> find_link(const store::Snapshot& evidence, const std::string& digest) {
  const auto bytes = evidence.read(link_path(digest));
  if (!bytes) return std::nullopt;
  return link_from(digest, *bytes);
}

std::vector<IdentityLink> all_links(const store::Snapshot& evidence) {
  std::vector<IdentityLink> links;
  evidence.each_file("links", [&](const std::string& path, const Bytes& bytes) {
    const auto name = path.substr(path.rfind('/') + 1);
    links.push_back(link_from(name.substr(0, name.find('.')), bytes));
  });
  return links;
}

store::Receipt link_identity(store::Store& store, const std::string& account,
                             const OutsideIdentity& who, store::Act act) {
  require_whole(who);
  require_other(account, act);
  const auto digest = identity_digest(store, who);
  act.decide = [&, by = act.actor](const store::Now& now, store::Changes& changes) {
    (void)require_person(now.evidence, account);
    const IdentityLink link{digest, account, who.way, now.at, by};
    require_unlinked(now.evidence, link);
    changes.put(link_path(digest), link_text(link));
  };
  return store.commit(act);
}

store::Receipt unlink_identity(store::Store& store, const std::string& account,
                               const std::string& way, store::Act act) {
  require_other(account, act);
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    const auto link = link_of(now.evidence, account, way);
    if (!link) {
      throw Error(Failure::not_found, "no-link",
                  {"這個帳號沒有這種連結", "the account has no such link"});
    }
    changes.remove(link_path(link->digest));
  };
  return store.commit(act);
}

}  // namespace vermilion::identity
