// Owners for what C libraries hand out: one pointer wide, freed by the library's own function.
//
//   using Repository = Handle<git_repository, git_repository_free>;
//   Repository repository;
//   check(git_repository_open(Out(repository), path.c_str()), "opening the record store");
#pragma once
#include <memory>

namespace vermilion {

template <auto Free>
struct FreeWith {
  template <typename T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};

template <typename T, auto Free>
using Handle = std::unique_ptr<T, FreeWith<Free>>;

// Receives a C out-parameter and gives it to the handle when the full expression ends.
template <typename Owner>
class Out {
 public:
  explicit Out(Owner& owner) noexcept : owner_(owner) {}
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;
  ~Out() { owner_.reset(pointer_); }
  // NOLINTNEXTLINE(google-explicit-constructor): C functions take the pointer as it is.
  operator typename Owner::pointer *() noexcept { return &pointer_; }

 private:
  Owner& owner_;
  typename Owner::pointer pointer_ = nullptr;
};

}  // namespace vermilion
