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
// {repositories:[{repository, packs_before, packs, objects}]}: packs merged, multi-pack-index and commit-graph written anew. Others go on
// working meanwhile.
[[nodiscard]] Json maintain_store(Context& context);

struct VerifyRequest {
  // Only what came after the last verification that found nothing, which is trusted for the rest; the first one is always full.
  bool quick = false;
  // Which of how many parts is looked at, and how many things of it were; often. May be empty.
  std::function<void(std::size_t part, std::size_t parts, const std::string& name,
                     std::size_t done)>
      progress;
};
// {ok, mode, since, checked, problems:[{where, what}]}: every object, payload, row, tile and statement; signatures, certificates at signing
// time, separation of duties, delegations, digests, effective dates; catalogue against git.
[[nodiscard]] Json verify_store(Context& context, const VerifyRequest& request);

}  // namespace vermilion::service
