// The heap of a program that works once and ends: each page that it touches for the first time costs a fault, of which large pages spare most.
//
// Shape    `use_large_pages` once, before the work; it changes nothing for what was taken before.
// Threads  large pages are for the main thread's memory. Whatever thread frees memory, the C library keeps up to 64 MiB of it for each
//          of its arenas from then on: not for a server.
// Errors   none: where the kernel has no large pages to give, all goes on with small ones.
// Source   docs-src/benchmarks.md, pages; madvise(2), mallopt(3).
#pragma once

namespace vermilion {

void use_large_pages();

}  // namespace vermilion
