#!/bin/bash
# A file of 160 MiB is attached to a record: sealed, signed, checked by stock openssl, taken out again the same, and never held in
# memory (a signature alone takes some 65 MB, to open its key), neither going in nor coming out nor when the store is verified.
. "$(dirname "$0")/lib.sh"
require_tool jq openssl python3
demo_store

# Megabytes that a command needs at its peak.
peak() {
  python3 - "$@" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PY
}
as_tsai() { echo "$vermilion" --as tsai08 --passphrase-file "$keys/tsai08.passphrase"; }

as tsai08 --json form show nda-employee | jq -j .text >"$scratch/text.md"
printf '{"name":"蔡承恩","unit":"水保處","position":"技士","start_date":"2026-11-02"}' >"$scratch/values.json"
id=$(as tsai08 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" | jq -r .id)
head -c 167772160 /dev/urandom >"$scratch/機房監視影像.mp4"
printf '門禁卡於 115 年 11 月 2 日領用\n' >"$scratch/說明.txt"

small=$(peak $(as_tsai) record attach "$id" "$scratch/說明.txt")
large=$(peak $(as_tsai) record attach "$id" "$scratch/機房監視影像.mp4")
[ "$((large - small))" -lt 32 ] || fail "the file was held: $small MB for a small file, $large MB for a large one"
as tsai08 --json record show "$id" | jq -e '[.attachments[].file] == ["說明.txt", "機房監視影像.mp4"] and .attachments[1].size == 167772160' >/dev/null ||
  fail "the record does not show its attachments"

out_small=$(peak $(as_tsai) record export "$id" --attachment attachment-01 --to-file "$scratch/out.txt")
out_large=$(peak $(as_tsai) record export "$id" --attachment attachment-02 --to-file "$scratch/out.mp4")
[ "$((out_large - out_small))" -lt 32 ] || fail "the file was held on the way out: $out_small MB, $out_large MB"
cmp "$scratch/out.txt" "$scratch/說明.txt"
cmp "$scratch/out.mp4" "$scratch/機房監視影像.mp4"

# Whoever has the folder needs nothing of ours.
as tsai08 record export "$id" --files "$scratch/files"
cmp "$scratch/files/attachment-02-機房監視影像.mp4" "$scratch/機房監視影像.mp4"
[ "$(grep -c 'attachment-0[12].statement.json.p7s' "$scratch/files/recipe.txt")" -eq 2 ] || fail "the recipe lacks the attachments"
sh "$scratch/files/recipe.txt" 2>/dev/null || fail "stock openssl does not accept the signatures"
sed -i s/167772160/167772161/ "$scratch/files/attachment-02.statement.json"
! sh "$scratch/files/recipe.txt" 2>/dev/null || fail "an altered statement passes"

expect_exit 0 "$vermilion" --json verify
jq -e '.ok and .problems == []' <<<"$out" >/dev/null || fail "verify finds: $out"
expect_exit 5 as tsai08 record attach "$id" /dev/null
expect_exit 3 as lin02 --purpose duty record attach "$id" "$scratch/說明.txt"

# One flipped bit, and nothing is left behind that looks like the file.
victim=$(find "$VERMILION_STORE/payloads" -size +150M -type f)
flip_bit "$victim" 40000000
expect_exit 8 as tsai08 record export "$id" --attachment attachment-02 --to-file "$scratch/broken.mp4"
[ ! -e "$scratch/broken.mp4" ] && [ ! -e "$scratch/broken.mp4.part" ] || fail "a broken file was left behind"
expect_exit 1 "$vermilion" --json verify
expect_text attachment-02 "$out"
echo "ok: $large MB to attach 160 MiB ($small MB for a line of text), $out_large MB to take them out ($out_small MB)"
