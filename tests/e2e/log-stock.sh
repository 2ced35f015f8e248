#!/bin/bash
# The audit log without a line of ours: python3, openssl and git recompute its root, check the checkpoint's signature, tie commits to
# entries, and verify exported proofs; one changed byte anywhere is refused.
. "$(dirname "$0")/lib.sh"
require_tool jq python3 openssl
demo_store
log=$VERMILION_STORE/log
check() { python3 "$root/scripts/verify-log.py" "$@"; }
key=$("$vermilion" --json status | jq -r .log_verifier_key)

expect_exit 0 check "$log" "$key"
expect_text "相符 good" "$out"
cp "$log/checkpoint" "$scratch/old"
old=$(sed -n 2p "$scratch/old")

# Each commit on main names a log entry, and that entry names the commit.
git -C "$VERMILION_STORE/evidence.git" log -4 --format='%H %(trailers:key=Log-Index,valueonly,separator=)' main |
  while read -r commit index; do
    [ "$(check "$log" "$key" "$index" | sed -n '2s/^[0-9]*: //p' | jq -r .commit)" = "$commit" ] ||
      fail "entry $index does not name commit $commit"
  done

# Proofs leave the store as files and verify without it.
as liu07 --json log proof $((old / 2)) >"$scratch/entry.json"
as liu07 --json log proof --from "$old" >"$scratch/growth.json"
expect_exit 0 check "$scratch/entry.json" "$key"
expect_exit 0 check "$scratch/growth.json" "$key" "$scratch/old"
expect_text "$old -> " "$out"
as liu07 --json log proof --from $((old - 1)) >"$scratch/other.json"
expect_exit 1 check "$scratch/other.json" "$key" "$scratch/old"
expect_exit 1 check "$scratch/entry.json" "${key/+*+/+00000000+}"
for change in '.entry |= "AAAA" + .[4:]' '.hashes[0] |= "AAAA" + .[4:]' '.index += 1' '.checkpoint |= sub("\n[0-9]+\n"; "\n7\n")'; do
  jq "$change" "$scratch/entry.json" >"$scratch/changed.json"
  expect_exit 1 check "$scratch/changed.json" "$key"
done
jq '.hashes[-1] |= "AAAA" + .[4:]' "$scratch/growth.json" >"$scratch/changed.json"
expect_exit 1 check "$scratch/changed.json" "$key" "$scratch/old"

# One bit in the middle of each file.
find "$log" -type f | sort >"$scratch/files"
while read -r file; do
  cp "$file" "$scratch/kept"
  python3 -c 'import sys; p=sys.argv[1]; b=bytearray(open(p,"rb").read()); b[len(b)//2]^=1; open(p,"wb").write(b)' "$file"
  expect_exit 1 check "$log" "$key"
  cp "$scratch/kept" "$file"
done <"$scratch/files"
expect_exit 0 check "$log" "$key"
echo "ok: $old entries and their proofs verify, each of $(wc -l <"$scratch/files") changed files is refused"
