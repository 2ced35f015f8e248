#!/bin/bash
# Delegation in a real browser, on a phone and at a desk: the head delegates and signs, the deputy approves for him in his own name, and the
# head ends it early. Each page passes axe-core and fits 390 px. SCREENSHOTS names a folder for pictures. Row SC-04.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
require_tool jq
demo_store
to_approval ISMS-01-002 9.1
serve
node "$root/tests/e2e/browser-delegation.mjs" "$url" "$keys" "$(date +%F)" "$(date -d '+9 days' +%F)" "${SCREENSHOTS:-}"
stop_serving
as liu07 --json document show ISMS-01-002 | jq -e '[.versions[].signatures[] | select(.on_behalf_of == "fang12")] | length == 1 and .[0].account == "tsai08"' >/dev/null || fail "the approval does not say for whom"
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo "ok: delegated, acted for, ended early"
