#!/bin/bash
# Stories in a real browser: staff sign the agreement on a phone, a revision is reviewed, approved and published, an auditor searches
# and verifies, records are destroyed with a witness. Each page passes axe-core and fits 390 px. The people are in browser.mjs.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
demo_store

# A revision by its owner, submitted: what the reviewer, the approver and the controller find.
as chen01 document export ISMS-02-001 --markdown "$scratch/revised.md" >"$scratch/out"
echo '
本程序每年至少檢視一次。' >>"$scratch/revised.md"
as chen01 document draft ISMS-02-001 "$scratch/revised.md" --summary '增列每年檢視' >"$scratch/out"
as chen01 document submit ISMS-02-001 >"$scratch/out"

serve
node "$root/tests/e2e/browser.mjs" "$url" "$keys"
stop_serving
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo ok
