#!/bin/bash
# Fifty times, a writer is killed at a random moment while it saves a draft. Whatever it acknowledged is there
# afterwards, in the draft's history and in the log, and the store is whole.
. "$(dirname "$0")/lib.sh"
require_tool git jq setsid
demo_store
SEED=${SEED:-$$} kills=${KILLS:-50}
RANDOM=$SEED
acknowledged=$scratch/acknowledged
branch=refs/heads/ISMS-01-002/1.2
"$vermilion" --json document show ISMS-01-002 --text | jq -r .text >"$scratch/base.md"

# The writer: numbered saves, each noted once the program has said that it is done. A note is one write, so that a
# kill leaves it whole or out.
write() {
  local number=$1 receipt
  while number=$((number + 1)); do
    { cat "$scratch/base.md" && echo && echo "第 $number 次儲存。"; } >"$scratch/text.md"
    receipt=$(as chen01 --json document draft ISMS-01-002 "$scratch/text.md" --version 1.2 --summary "$number")
    jq -r --arg number "$number" '"\($number) \(.draft) \(.log_index)"' <<<"$receipt" >>"$acknowledged"
  done
}
export -f write as
export vermilion keys scratch acknowledged

as chen01 document draft ISMS-01-002 "$scratch/base.md" --version 1.2 >/dev/null
touch "$acknowledged"
# One save in peace, to know how long the moments are drawn from.
start=$(date +%s%N)
as chen01 document draft ISMS-01-002 "$scratch/base.md" --version 1.2 --summary 0 >/dev/null
span=$((($(date +%s%N) - start) / 1000000 * 4))
[ $span -lt 2000 ] || span=2000

pending=0
for ((round = 1; round <= kills; round++)); do
  setsid bash -c 'write "$1"' write "$((round * 1000))" 2>/dev/null &
  writer=$!
  until kill -0 -- "-$writer" 2>/dev/null; do sleep 0.001; done # on a busy machine the group takes a moment
  moment=$((RANDOM % span))
  sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
  kill -KILL -- "-$writer"
  wait "$writer" 2>/dev/null || true
  cat "$VERMILION_STORE"/journal/frames-[12] | cmp -s -n 8388608 - /dev/zero || pending=$((pending + 1))
  as chen01 --json document show ISMS-01-002 --version 1.2 >"$scratch/shown"
  last=$(tail -n 1 "$acknowledged" | cut -d' ' -f2)
  [ -z "$last" ] || git -C "$VERMILION_STORE/drafts.git" merge-base --is-ancestor "$last" $branch ||
    fail "round $round: save $(tail -n 1 "$acknowledged") is lost; the draft ends in: $(jq -r '.text[-20:]' "$scratch/shown")"
done

as liu07 --json log list --kind draft --actor chen01 --limit 100000 | jq -r '.[] | select(.outcome == "done") | .index' >"$scratch/logged"
git -C "$VERMILION_STORE/drafts.git" log --format=%H $branch >"$scratch/history"
while read -r number draft index; do
  grep -qx "$draft" "$scratch/history" || fail "save $number, draft $draft, is not in the branch"
  grep -qx "$index" "$scratch/logged" || fail "save $number, entry $index, is not in the log"
done <"$acknowledged"
[ "$(wc -l <"$acknowledged")" -gt 0 ] || fail "no save was ever acknowledged within $span ms"
for repository in evidence drafts; do
  said=$(git -C "$VERMILION_STORE/$repository.git" fsck --strict --full --no-dangling 2>&1) || fail "fsck: $said"
done
"$vermilion" verify || fail "the store does not verify"
echo "ok: SEED=$SEED: $kills kills within $span ms each, $(wc -l <"$acknowledged") acknowledged saves, $pending times a frame was waiting"
