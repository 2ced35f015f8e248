#!/bin/bash
# What an external auditor takes away stands in a register until somebody responsible has signed that it was erased; told to both sides, also
# once the audit is over. Row SC-52.
. "$(dirname "$0")/lib.sh"
require_tool jq faketime
demo_store

as wu06 --json person add ext21 --name 何立人 --unit 驗證公司 --title 主導稽核員 >/dev/null
as wu06 --json role grant ext21 external-auditor >/dev/null
printf '稽核員的簽章通行短語-何立人\n' >"$keys/ext21.passphrase"
as wu06 --json certificate issue ext21 --new-passphrase-file "$keys/ext21.passphrase" >/dev/null
as zhang04 person authorise ext21 >/dev/null
as fang12 --json audit approve ext21 --to "$(date -d '2 days' +%F)" --document ISMS-01-002 >/dev/null

[ "$(as ext21 --json audit copies)" = '[]' ] || fail "copies before anything was taken"
as ext21 --purpose audit document show ISMS-01-002 >/dev/null
as ext21 --purpose audit document export ISMS-01-002 --approvals "$scratch/approvals" >/dev/null
copy=$(as fang12 --json audit copies --open | jq -r '.[0] | select(.auditor == "ext21" and .purpose == "audit" and (.subject | startswith("document ISMS-01-002"))) | .copy')
[ "$(as ext21 --json audit copies | jq length)" = 1 ] || fail "reading counts as a copy, or taking does not"
[ "$(as tsai08 --json audit copies)" = '[]' ] || fail "the register is anybody's"

# The auditor writes nothing, not even this; after the window it is still told, and confirmed once.
refused 6 read-only notification ext21 audit copy-erased "$copy"
clock=+4d
as ext21 --json audit copies --open | jq -e 'length == 1' >/dev/null || fail "not told after the window"
unset clock
as wu06 document list >/dev/null
[ "$("$vermilion" --json status | jq .clock_step)" = null ] || acknowledge_clock
refused 6 no-right notification lin02 audit copy-erased "$copy"
as fang12 --json audit copy-erased "$copy" | jq -e .erased >/dev/null
refused 4 copy-erased-already notification fang12 audit copy-erased "$copy"
[ "$(as fang12 --json audit copies --open)" = '[]' ] || fail "still open"
as fang12 --json audit copies | jq -e '.[0].erased.by == "fang12"' >/dev/null || fail "the register does not say who confirmed"
"$vermilion" verify >/dev/null || fail "the store does not verify: $("$vermilion" verify)"
echo "ok: copy $copy taken, told to both sides, confirmed once by the auditee"
