// Repositories to try things on: commits of a few files, and what stock git says of them.
#pragma once
#include "base/date.h"
#include "git/repository.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::git;

inline const std::string kMain = "refs/heads/main";
inline const Instant kNow = parse_instant("2026-11-22T08:00:00Z");

using Files = std::map<std::string, std::string>;

// One commit of these files on top of `parent`: the objects and the commit's id.
struct Prepared {
  std::map<ObjectId, Object> objects;
  ObjectId commit;
};

inline Prepared prepare(Repository& repository, const std::optional<ObjectId>& parent,
                        const Files& files, const std::string& message = "文件：發布\n") {
  std::optional<ObjectId> tree;
  if (parent) tree = parse_commit(repository.require(*parent).data).tree;
  TreeEditor editor(repository.reader(), tree);
  for (const auto& [path, content] : files) editor.put(path, content);
  Prepared prepared;
  Commit commit{editor.write(prepared.objects), {},      {"chen-yl", "chen-yl@epa", kNow},
                {"store", "store@epa", kNow},   message, ""};
  if (parent) commit.parents.push_back(*parent);
  const auto bytes = commit_bytes(commit);
  prepared.commit = object_id(ObjectType::commit, bytes);
  prepared.objects.emplace(prepared.commit, Object{ObjectType::commit, bytes});
  return prepared;
}

inline ObjectId commit_files(Repository& repository, const Files& files,
                             const std::string& message = "文件：發布\n") {
  const auto parent = repository.ref(kMain);
  const auto prepared = prepare(repository, parent, files, message);
  const auto pack = repository.write_pack(prepared.objects);
  repository.move_ref(kMain, parent, prepared.commit);
  repository.release(pack);
  return prepared.commit;
}

inline std::vector<std::string> faults_of(Repository& repository) {
  std::vector<std::string> faults;
  static_cast<void>(repository.check([&](const std::string& where, const std::string& what) {
    faults.push_back(where + ": " + what);
  }));
  return faults;
}

inline std::vector<Path> files_ending(const Path& folder, const std::string& suffix) {
  std::vector<Path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(suffix)) found.push_back(entry.path());
  }
  return found;
}

inline Ran stock_git(const Path& repository, const std::string& words) {
  return run("HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 git -c core.quotePath=false -C " +
             quoted(repository) + " " + words);
}
