// A store as a whole: make one, look at it, rebuild it, verify it.
#pragma once
#include <functional>
#include <string>

#include "base/json.h"
#include "service/context.h"
#include "service/people.h"

namespace vermilion::service {

struct InitRequest {
  Path path;
  std::string name;  // of the organisation
  std::string time_zone = "Asia/Taipei";
  Path master_key_file;
  Path root_key_file;
  std::string root_passphrase;
  PersonRequest administrator;  // the first person
  std::string administrator_passphrase;
};
// Makes the store and its first administrator, whose certificate vouches for itself and is labelled so.
[[nodiscard]] Json init_store(Disk& disk, const Clock& clock, const InitRequest& request);

[[nodiscard]] Json store_status(Context& context);
[[nodiscard]] Json rebuild_store(Context& context);

// {ok, checked, problems:[{where, what}]}: every object, payload, row, tile and statement; signatures, certificates at signing
// time, separation of duties, delegations, digests, effective dates; catalogue against git.
[[nodiscard]] Json verify_store(Context& context);

}  // namespace vermilion::service
