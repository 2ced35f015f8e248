#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace vermilion {
namespace {

constexpr int reserved = 16 << 20;  // of addresses; what is not touched takes no memory
constexpr std::uintptr_t large_page = 2 << 20;

std::uintptr_t address_of(const void* place) { return reinterpret_cast<std::uintptr_t>(place); }

std::uintptr_t end_of_heap() { return address_of(sbrk(0)); }

// The C library takes the padding along when the heap grows next: for a block larger than what is left.
void grow_heap() {
  mallopt(M_TOP_PAD, reserved);
  void* volatile grown = std::malloc(reserved / 64);
  std::free(grown);
}

// A block up to `end` that nobody writes to.
void leave_untouched(std::uintptr_t end) {
  void* first = std::malloc(1);
  const auto begin = address_of(first);
  [[maybe_unused]] static void* volatile untouched;
  if (begin < end) untouched = std::malloc(end - begin);
  std::free(first);
}

}  // namespace

// Blocks of some hundred KiB come from the heap as well, so that they are touched once and used again, and what is freed is kept.
void use_large_pages() {
  mallopt(M_MMAP_THRESHOLD, 2 * reserved);
  mallopt(M_TRIM_THRESHOLD, 4 * reserved);
  const auto begin = (end_of_heap() + large_page - 1) / large_page * large_page;
  grow_heap();
  const auto end = end_of_heap();
  if (end <= begin) return;  // another allocator's
  madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  leave_untouched(begin);
}

}  // namespace vermilion
