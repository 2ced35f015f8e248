// The heap of a program that works once and ends: half of what such a program costs the kernel is the first touch of each page.
//
// Shape    `use_large_pages` once, first in `main`; later it changes nothing for what was taken before.
// Threads  for the main thread's memory; others have arenas of their own, which stay as they are.
// Errors   none: where the kernel has no large pages to give, all goes on with small ones.
// Source   docs-src/benchmarks.md, pages; madvise(2), mallopt(3).
#pragma once

namespace vermilion {

void use_large_pages();

}  // namespace vermilion
