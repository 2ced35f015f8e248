#!/bin/bash
# A half-year's log goes to a medium and is read back; stock python3 reads it there without us, and the record of it waits for its next
# signer. A review of the log is signed, and its digest can be made again. Rows SC-47, SC-48, SC-66.
. "$(dirname "$0")/lib.sh"
require_tool jq faketime python3 openssl
demo_store
T=$scratch/T
year=$(($(date +%Y) - 1911)) half=2 next=$(($(date +%Y) + 1))-02-05
[ "$(date +%-m)" -gt 6 ] || half=1 next=$(date +%Y)-08-05
half=$year-$half

refused 4 half-not-over log-archive huang05 log archive --half "$half" "$T"
refused 6 no-right log-archive chen01 log archive --half "$half" "$T"
[ ! -e "$T" ] || fail "something was written for a refusal"

# The review: the digest it cites is that of the report kept beside it, and is not for everybody to file.
today=$(date +%F)
refused 6 no-right log-review chen01 log review --from "$today" --to "$today" --findings 無異常
review=$(as wu06 --json log review --from "$today" --to "$today" --findings 未發現異常 --report "$scratch/report.json")
[ "sha256:$(sha256sum "$scratch/report.json" | cut -d' ' -f1)" = "$(jq -r .report_digest <<<"$review")" ] || fail "the report is not the one that was cited"
as wu06 --json record show "$(jq -r .record.number <<<"$review")" | jq -e '.next.role == "reviewer"' >/dev/null || fail "the review does not wait for its next signer"

# Late: told. Done: told no more, and what lies there is a log by itself.
clock=+$((($(date -d "$next" +%s) - $(date +%s)) / 86400 + 1))d
as wu06 document list >/dev/null
[ "$("$vermilion" --json status | jq .clock_step)" = null ] || acknowledge_clock
overdue() { faketime -f "$clock" "$vermilion" --json status | jq -r '.overdue[].what'; }
grep -q log-archive <<<"$(overdue)" || fail "nobody is told that the archive is late: $(overdue)"
grep -q log-check <<<"$(overdue)" || fail "nobody is told that the log was not looked at: $(overdue)"
as wu06 log report --from "$today" --to "$today" >/dev/null
! grep -q log-check <<<"$(overdue)" || fail "still told, though an administrator looked"
told=$(as huang05 --json log archive --half "$half" "$T")
! grep -q log-archive <<<"$(overdue)" || fail "still told to be late"
folder=$(jq -r .archived_to <<<"$told")
[ "sha256:$(sha256sum "$folder/archive.json" | cut -d' ' -f1)" = "$(jq -r .archive_digest <<<"$told")" ] || fail "archive.json is not the one that was cited"
"$root/scripts/verify-log.py" "$folder" "$(jq -r .verifier_key "$folder/archive.json")" >/dev/null || fail "stock python3 does not read the archive"
as huang05 --json record show "$(jq -r .record.number <<<"$told")" | jq -e '.next.role == "reviewer" and .values.purged == false' >/dev/null || fail "no record of the archive"

# Once a bit of it is another, that is found by the same stock means; the store itself verifies.
flip_bit "$(find "$folder/tile/entries" -type f | head -n 1)" 60
! "$root/scripts/verify-log.py" "$folder" "$(jq -r .verifier_key "$folder/archive.json")" >/dev/null 2>&1 || fail "a changed archive passes"
"$vermilion" verify >/dev/null || fail "the store does not verify: $("$vermilion" verify)"
echo "ok: $half archived, read back, filed; $(jq .entries <<<"$told") entries; the review cites what can be made again"
