#!/bin/bash
# Stories in a real browser: staff sign the agreement on a phone, a revision is reviewed, approved and published, an auditor searches
# and verifies, records are destroyed with a witness. Each page passes axe-core and fits 390 px. The people are in browser.mjs.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
demo_store

submit_revision
serve
node "$root/tests/e2e/browser.mjs" "$url" "$keys"
stop_serving
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo ok
