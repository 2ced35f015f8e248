#!/bin/bash
# Story S5 with passkeys, in a real browser whose authenticator Chromium plays: one is made, signs in by itself, confirms a signature, and is removed;
# a copy, one without PIN and a removed one open nothing. The people are in passkey.mjs. By name, as passkeys are not made for addresses.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
require_tool jq
demo_store
as chen01 document export ISMS-02-001 --markdown "$scratch/revised.md" >"$scratch/out"
echo '
本程序每年至少檢視一次。' >>"$scratch/revised.md"
as chen01 document draft ISMS-02-001 "$scratch/revised.md" --summary '增列每年檢視' >"$scratch/out"
as chen01 document submit ISMS-02-001 >"$scratch/out"

serve
node "$root/tests/e2e/passkey.mjs" "${url/127.0.0.1/localhost}" "$url" "$keys" "${SCREENSHOTS:-}"
stop_serving

# Every deed is an entry with ids alone.
log() { as liu07 --json log list --kind "$1" --actor lin02; }
log passkey >"$scratch/log.json"
jq -e 'map(.subject | test("^account lin02 passkey [0-9a-f]{16}( added| removed)?$")) | all' "$scratch/log.json" >/dev/null || fail "$(cat "$scratch/log.json")"
for outcome in done refused:passkey-counter; do
  jq -e --arg o "$outcome" 'map(.outcome) | index($o)' "$scratch/log.json" >/dev/null || fail "no entry says $outcome"
done
log review | jq -e 'last.outcome == "done"' >/dev/null || fail "the review is not in the log"
! grep -q 辦公室電腦 <(as liu07 --json log list) || fail "the log names the passkey"
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo "ok: made, signed in by, confirmed a signature with, and removed"
