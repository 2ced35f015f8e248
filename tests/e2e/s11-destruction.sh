#!/bin/bash
# Story S11 and the hold of S12: a record that is due is destroyed in two acts with a witness. Before, it opens; after, it answers
# exit 3 with the certificate, its word is nowhere, an older copy of the store with the current KEK directory opens nothing of it, and
# fsck and verify are clean. What is held is refused and still opens; the wrong people are refused.
. "$(dirname "$0")/lib.sh"
require_tool jq git pdftotext sqlite3 qpdf xapian-delve python3
demo_store
word=朱砂驗證詞
printf '{"log_date":"2022-03-05","shift":"夜班","duty_person":"%s","temperature_c":22.5,"humidity_pct":50,"hvac_ok":true,"ups_ok":true,"outage_minutes":0,"handling":"%s"}' "$word" "$word" >"$scratch/log.json"
# Two due records: one to be destroyed, one held; and a survivor under the same key-encryption key.
create() { as huang05 --json record create room-daily-log --imported --date "$1" --values "$scratch/log.json" | jq -r .id; }
gone=$(create 2022-03-05)
kept=$(create 2022-03-06)
young=$(create 2026-11-20)

as lin02 --json --purpose duty record show "$gone" | jq -e --arg w "$word" '.values.handling == $w' >/dev/null || fail "it does not open before"
as huang05 --json retention due | jq -e --arg id "$gone" 'any(.[]; .id == $id)' >/dev/null || fail "it is not due"
as huang05 --json retention due | jq -e --arg id "$young" 'all(.[]; .id != $id)' >/dev/null || fail "a young record is due"
expect_text 3 "$(as huang05 retention explain "$gone")"

# Not due, wrong roles.
refused 4 not-due disposal-proposal huang05 disposal propose "$young"
refused 6 no-right disposal-proposal tsai08 disposal propose "$gone"
# Taken back before it is executed, a batch sets its records free.
batch=$(as huang05 --json disposal propose "$gone" "$kept" | jq -r .id)
refused 6 no-right withdrawal tsai08 disposal withdraw "$batch" --reason 一筆須展延
as huang05 --json disposal withdraw "$batch" --reason 一筆須展延 | jq -e '.stage == "withdrawn"' >/dev/null || fail "it is not withdrawn"
refused 4 disposal-stage disposal-approval fang12 disposal approve "$batch"
batch=$(as huang05 --json disposal propose "$gone" "$kept" | jq -r .id)
refused 6 no-right disposal-approval huang05 disposal approve "$batch"
execute() { as "$1" --json disposal execute "$batch" --witness "$2" --witness-passphrase-file "$keys/$2.passphrase"; }
expect_exit 4 execute hsu10 wang03 # not approved yet
as fang12 --json disposal approve "$batch" >/dev/null
expect_exit 6 execute hsu10 hsu10  # executor = witness
expect_exit 6 execute hsu10 tsai08 # no right to witness
expect_exit 6 execute fang12 wang03 # the approver
expect_exit 6 execute huang05 wang03 # the proposer

# A hold placed after the approval stops it; its requester may not release it.
hold=$(as wang03 --json hold place "$kept" --ground 伍/一/\(三\)/3 --reason 調查中 | jq -r .id)
refused 6 held destruction hsu10 disposal execute "$batch" --witness wang03 --witness-passphrase-file "$keys/wang03.passphrase"
as lin02 --json --purpose duty record show "$kept" | jq -e --arg w "$word" '.values.handling == $w' >/dev/null || fail "held, but it does not open"
as lin02 --json --purpose duty record show "$gone" >/dev/null || fail "refused, but a record of the batch is gone"
expect_exit 6 as wang03 --json hold release "$hold" --reason 結案
second=$(as hsu10 --json disposal propose "$gone" 2>/dev/null | jq -r .id) || true
[ -z "$second" ] || fail "a record stands in two open batches"

copy_store "$scratch/old"
as fang12 --json hold release "$hold" --reason 調查結束 >/dev/null
# Killed between the acts: the record never opens again, and executing once more resumes.
main=$VERMILION_STORE/evidence.git/refs/heads/main
head=$(cat "$main")
execute hsu10 wang03 >/dev/null 2>&1 &
until [ "$(cat "$main")" != "$head" ]; do sleep 0.002; done
pkill -KILL -P $! || true
wait $! 2>/dev/null || true
stage=$(as hsu10 --json disposal show "$batch" | jq -r .stage)
[ "$stage" = executing ] || [ "$stage" = done ] || fail "act (a) is durable, but the stage is $stage"
echo "killed while $stage"
expect_exit 3 as lin02 --json --purpose duty record show "$gone"
code=0
execute hsu10 wang03 >"$scratch/.out" 2>"$scratch/.err" || code=$?
[ $code -eq 0 ] || [ "$stage-$code" = done-4 ] || fail "resuming answers $code: $(cat "$scratch/.err")"
expect_exit 0 as hsu10 --json disposal show "$batch"
jq -e '.stage == "done" and .certificate.destroyed == 2' <<<"$out" >/dev/null || fail "not done: $out"

# Opening it answers with the certificate, at every date and in every way.
for id in "$gone" "$kept"; do
  expect_exit 3 as lin02 --json --purpose duty record show "$id"
  jq -e '.state == "destroyed" and .certificate.id' <<<"$out" >/dev/null || fail "no certificate: $out"
  [[ $out$err != *"$word"* ]] || fail "the answer tells the content"
  expect_exit 3 as lin02 --json --purpose duty record export "$id" --pdf "$scratch/no.pdf"
  expect_exit 3 as lin02 --json --purpose duty --at 2026-11-21 record show "$id"
done
as lin02 --json --purpose duty record show "$young" | jq -e --arg w "$word" '.values.handling == $w' >/dev/null || fail "the survivor does not open"
as hsu10 disposal show "$batch" --pdf "$scratch/certificate.pdf" >/dev/null
pdftotext "$scratch/certificate.pdf" - | grep -q 銷毀證明 || fail "the certificate cannot be read"

# An older copy of the whole store, given today's key-encryption keys, opens neither.
rm -rf "$scratch/old/vault/kek" && cp -a "$VERMILION_STORE/vault/kek" "$scratch/old/vault/kek"
for id in "$gone" "$kept"; do
  expect_exit 3 as lin02 -C "$scratch/old" --json --purpose duty record show "$id"
  [[ $out$err != *"$word"* ]] || fail "the old copy still opens $id"
done
python3 "$root/tests/e2e/hunt.py" "$VERMILION_STORE" "$word" | awk '{ sum += $2 } END { exit sum != 0 }' || fail "its word stands somewhere"
git -C "$VERMILION_STORE/evidence.git" fsck --strict --full >/dev/null 2>"$scratch/fsck" || fail "fsck: $(cat "$scratch/fsck")"
expect_exit 0 "$vermilion" --json verify
jq -e .ok <<<"$out" >/dev/null || fail "verify: $out"
expect_exit 0 "$vermilion" rebuild
expect_exit 3 as lin02 --json --purpose duty record show "$gone"
expect_exit 0 "$vermilion" --json verify
echo "ok: held refused, destroyed for ever, certificate stays, the old copy opens nothing"
