#!/bin/bash
# A clock that leaps five years ahead, and back: both are entries; nothing is signed until an administrator has signed for it; reading and
# searching go on.
. "$(dirname "$0")/lib.sh"
require_tool jq faketime
demo_store
step() { "$vermilion" --json status | jq -r .clock_step; }
place() { as wang03 --json hold place --form room-daily-log --ground "伍/一/(三)/3" --reason "$1"; }

[ "$(step)" = null ] || fail "a new store has a step of the clock: $(step)"
as liu07 --json document list >"$scratch/before"
clock=+5y as liu07 --json document list >/dev/null
as liu07 --json document list | cmp "$scratch/before" - || fail "reading does not go on"
as liu07 --json search 資訊安全 | jq -e '.count > 0' >/dev/null || fail "searching does not go on"
steps=$(as liu07 --json log list | jq -c '[.[] | select(.clock | startswith("stepped")) | .clock]')
[ "$steps" = '["stepped-forward","stepped-back"]' ] || fail "steps in the log: $steps"

refused 4 clock-step hold wang03 hold place --form room-daily-log --ground "伍/一/(三)/3" --reason 調查
open=$(step)
refused 6 no-right acknowledgement tsai08 clock acknowledge "$open" --reason 已校時
refused 4 no-clock-step acknowledgement wu06 clock acknowledge $((open - 1)) --reason 已校時
as wu06 --json clock acknowledge "$open" --reason "電池耗盡，已與國家標準時間核對" | jq -e ".step == $open" >/dev/null
[ "$(step)" = null ] || fail "still open: $(step)"
place 調查中 | jq -e .id >/dev/null || fail "nothing can be signed after the acknowledgement"
"$vermilion" verify || fail "the store does not verify"

today=$(date +%F)
report=$(as liu07 --json log report --from "$today" --to 2099-12-31)
[ "$(jq '.subjects | length' <<<"$report")" = 8 ] || fail "not eight subjects"
jq -e ".subjects[7].entries | any(.index == $open)" <<<"$report" >/dev/null || fail "the report does not tell of the step"
jq -e '.subjects[4].entries | any(.outcome == "refused:clock-step")' <<<"$report" >/dev/null || fail "nor of the refusal"
expect_text "(1) 使用者帳號控管狀況" "$(as liu07 log report --from "$today" --to 2099-12-31)"
echo "ok: step $open was told, stood in the way of signatures, and was acknowledged"
