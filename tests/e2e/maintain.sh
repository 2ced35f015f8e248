#!/bin/bash
# maintain merges packs and writes what stock git uses; a broken index of a pack ends no process by a signal, is named by verify, and is
# made anew by rebuild.
. "$(dirname "$0")/lib.sh"
require_tool git jq
demo_store
evidence=$VERMILION_STORE/evidence.git

as wu06 --json maintain >"$scratch/maintained"
jq -e '.repositories | length == 2 and all(.packs <= .packs_before and .objects > 0)' "$scratch/maintained" >/dev/null ||
  fail "maintain answers $(cat "$scratch/maintained")"
for repository in evidence drafts; do
  git -C "$VERMILION_STORE/$repository.git" multi-pack-index verify --no-progress || fail "$repository: multi-pack-index"
  git -C "$VERMILION_STORE/$repository.git" commit-graph verify --no-progress || fail "$repository: commit-graph"
  said=$(git -C "$VERMILION_STORE/$repository.git" fsck --strict --full --no-dangling 2>&1) || fail "fsck: $said"
done
expect_exit 6 as chen01 maintain  # no right
as liu07 --json log list --kind maintain | jq -e 'map(.outcome) == ["done", "refused:no-right"]' >/dev/null || fail "maintenance is not in the log"

# Each place in turn: running counts, ids, offsets, the pack's checksum.
index=$(find "$evidence/objects/pack" -name 'pack-*.idx' -size +2k -printf '%s %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
chmod u+w "$index"
cp "$index" "$scratch/good.idx"
size=$(stat -c %s "$index")
"$vermilion" --json document list >"$scratch/before"
for at in 700 1100 $((size - 100)) $((size - 30)); do
  cp "$scratch/good.idx" "$index"
  flip_bit "$index" "$at"
  for words in "document list" "document show ISMS-01-002" verify; do
    code=0
    "$vermilion" --json $words >"$scratch/out" 2>"$scratch/err" || code=$?
    [ $code -lt 100 ] || fail "byte $at: $words ends by a signal"
  done
  grep -qF "$(basename "$index")" "$scratch/out" "$scratch/err" || fail "byte $at: verify does not name the index: $(cat "$scratch/out" "$scratch/err")"
  expect_exit 0 "$vermilion" rebuild
  cmp "$index" "$scratch/good.idx" || fail "byte $at: the index is another one"
  "$vermilion" --json document list | cmp - "$scratch/before" || fail "byte $at: other answers"
done
"$vermilion" verify || fail "the store does not verify"
echo "ok: $(jq -c '[.repositories[].packs]' "$scratch/maintained") packs, indexes made anew"
