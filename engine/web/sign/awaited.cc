#include "web/sign/awaited.h"

#include <algorithm>

#include "base/error.h"
#include "web/sessions.h"

namespace vermilion::web {
namespace {

bool is_over(const Awaited& awaited, Instant now) { return now > awaited.what.prepared.expires; }

}  // namespace

std::string AwaitedSignatures::keep(Awaited awaited) {
  const auto id = random_token();
  auto all = all_.lock();
  forget_old(*all);
  auto oldest = all->end();
  std::size_t of_session = 0;
  for (auto it = all->begin(); it != all->end(); ++it) {
    if (it->second.session != awaited.session) continue;
    ++of_session;
    if (oldest == all->end() ||
        it->second.what.prepared.expires < oldest->second.what.prepared.expires)
      oldest = it;
  }
  if (of_session >= most_of_session) all->erase(oldest);
  if (all->size() >= most) {
    throw Error(Failure::unavailable, "busy",
                {"等候簽署的事項過多，請稍候再試", "too much waits to be signed; try again later"});
  }
  all->emplace(id, std::move(awaited));
  return id;
}

AwaitedView AwaitedSignatures::view(const std::string& id, const std::string& session) {
  auto all = all_.lock();
  const auto& prepared = find(*all, id, session)->second.what.prepared;
  return {prepared.statement, prepared.bytes, prepared.pdf, prepared.expires};
}

Awaited AwaitedSignatures::take(const std::string& id, const std::string& session) {
  auto all = all_.lock();
  const auto found = find(*all, id, session);
  Awaited awaited = std::move(found->second);
  all->erase(found);
  return awaited;
}

AwaitedSignatures::All::iterator AwaitedSignatures::find(All& all, const std::string& id,
                                                         const std::string& session) {
  forget_old(all);
  const auto found = all.find(id);
  if (found != all.end() && found->second.session == session) return found;
  throw Error(
      Failure::not_found, "prepared-gone",
      {"這項簽署已完成、已逾 15 分鐘，或不是在這次登入中準備的；請回原頁面查看，需要時重新開始",
       "this was signed already, is over 15 minutes old, or was not prepared in this "
       "session; look at the page it came from and begin again if needed"});
}

void AwaitedSignatures::forget_old(All& all) const {
  std::erase_if(all,
                [now = clock_.now()](const auto& entry) { return is_over(entry.second, now); });
}

}  // namespace vermilion::web
