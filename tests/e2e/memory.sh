#!/bin/bash
# The heap of a running program lies in large pages, where the kernel has them.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
[ -e /sys/kernel/mm/transparent_hugepage/enabled ] || skip "this kernel has no large pages"
given_store
serve
awk '/^[0-9a-f]+-[0-9a-f]+ / { heap = /\[heap\]/ } heap && /^VmFlags:.* hg/ { found = 1 } END { exit !found }' "/proc/$server/smaps" ||
  fail "no part of the heap was promised large pages"
stop_serving
echo ok
