// One pass over everything that is copied to a target as it is: what is missing there is copied, and what the target then holds is
// noted with its digest.
//
// Passes   The first one runs beside the writer, and passes over what is taken away meanwhile; the last one, under the lock, finds all.
// Digests  Carried over from the manifest before for what has not changed; of segments that grew or lost something, taken from the
//          store, never from the copy.
#pragma once
#include <set>

#include "store/backup_manifest.h"
#include "store/parts.h"

namespace vermilion::store {

class BackupCopy {
 public:
  // `before`: files of the manifest before, which are as it says.
  BackupCopy(Parts& parts, Path target, FileDigests before);

  void copy_beside_writer();
  // Under the lock. Disposals in `followed` have been dealt with; adds those that are certified.
  // True when a destruction has taken something away since.
  bool copy_rest(std::set<std::string>& followed);
  void copy_log();  // tiles and bundles, without the checkpoint

  // Of the target, after copy_rest().
  [[nodiscard]] FileDigests files();
  // Partial tiles that the store does not have any more: once no manifest speaks of them.
  void remove_superseded();
  [[nodiscard]] std::uint64_t copied_files() const { return copied_files_; }
  [[nodiscard]] std::uint64_t copied_bytes() const { return copied_bytes_; }

 private:
  void copy_repositories();
  void copy_payloads();
  void copy_segment(const std::string& name);
  void copy_missing(const std::string& folder);
  [[nodiscard]] bool is_there(const std::string& path);
  void copy_whole(const std::string& path);
  bool follow(const std::string& disposal, std::set<std::string>& followed);
  void note_below(const std::string& folder, FileDigests& files);
  void note_segments(FileDigests& files);
  [[nodiscard]] FileDigest digest_of(const std::string& path);

  Parts& parts_;
  const Path target_;
  FileDigests known_;                // by path; sizes too
  std::set<std::string> shortened_;  // segments that lost something
  std::set<std::string> superseded_;
  std::uint64_t copied_files_ = 0;
  std::uint64_t copied_bytes_ = 0;
};

}  // namespace vermilion::store
