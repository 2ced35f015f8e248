#!/bin/bash
# The heap of a command lies in large pages, where the kernel has them; a server's does not, so that it gives memory back.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
[ -e /sys/kernel/mm/transparent_hugepage/enabled ] || skip "this kernel has no large pages"
given_store
large() { awk '/^[0-9a-f]+-[0-9a-f]+ / { heap = /\[heap\]/ } heap && /^VmFlags:.* hg/ { found = 1 } END { exit !found }' "/proc/$1/smaps"; }

# A command that waits for its passphrase.
mkfifo "$scratch/passphrase"
"$vermilion" --as huang05 --passphrase-file "$scratch/passphrase" --json document list >"$scratch/list" &
command=$!
exec 8<>"$scratch/passphrase"
for _ in {1..100}; do large $command && break || sleep 0.1; done
large $command || fail "no part of a command's heap was promised large pages"
cat "$keys/huang05.passphrase" >&8
exec 8>&-
wait $command || fail "the command failed"
[ "$(jq length "$scratch/list")" -gt 0 ] || fail "the command answered nothing"

serve
large $server && fail "a server keeps large pages"
stop_serving
echo ok
