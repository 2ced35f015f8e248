#include "git/commit_graph.h"

#include "git/libgit2.h"
#include "git/refs.h"

namespace vermilion::git {
namespace {

constexpr const char* kDoing = "writing the commit graph";

struct Buffer {
  git_buf bytes = GIT_BUF_INIT;
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { git_buf_dispose(&bytes); }
};

}  // namespace

void write_commit_graph(Disk& disk, const Path& path) {
  if (Refs(disk, path).all("refs/").empty()) return;
  start_libgit2();
  const auto info = path / "objects" / "info";
  NativeRepository repository;
  check(git_repository_open_bare(Out(repository), path.c_str()), kDoing);
  RevisionWalk walk;
  check(git_revwalk_new(Out(walk), repository.get()), kDoing);
  check(git_revwalk_push_glob(walk.get(), "refs/*"), kDoing);
  CommitGraphWriter writer;
  check(git_commit_graph_writer_new(Out(writer), info.c_str()), kDoing);
  check(git_commit_graph_writer_add_revwalk(writer.get(), walk.get()), kDoing);
  git_commit_graph_writer_options options = GIT_COMMIT_GRAPH_WRITER_OPTIONS_INIT;
  Buffer buffer;
  check(git_commit_graph_writer_dump(&buffer.bytes, writer.get(), &options), kDoing);
  disk.make_directories(info);
  disk.replace(info / "commit-graph", {buffer.bytes.ptr, buffer.bytes.size});
}

}  // namespace vermilion::git
