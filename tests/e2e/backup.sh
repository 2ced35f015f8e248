#!/bin/bash
# Story S11's backups: what is backed up is restored with equal answers, costs what changed, is whole or none, tells damage by name, and
# brings nothing back that was destroyed since: neither with the lists of destructions nor, unnoticed, without them.
. "$(dirname "$0")/lib.sh"
require_tool jq git curl
demo_store
original=$(dirname "$vermilion")/demo-original
sed "s|$original|$scratch/demo|g" "$original.env" >"$scratch/demo.env"
T=$scratch/T R=$scratch/R
restore() { "$vermilion" --json restore "$T" "$@"; }
RANDOM=${SEED:=$$}

# As a person types it.
(
  . "$scratch/demo.env"
  cd "$scratch"
  "$vermilion" backup T >first && "$vermilion" restore T R >/dev/null && "$vermilion" -C R verify >verified
) || fail "the line as written"
. <(grep RECOVERY "$scratch/demo.env")
answers() {
  local id
  as huang05 --json document list
  for id in $(as huang05 --json document list | jq -r '.[].id'); do as huang05 --json document show "$id" --text; done
  as huang05 --json search 資訊安全 --limit 1000
  as liu07 --json record list
  as wu06 --json person list
}
answers | jq -S . >"$scratch/before"
VERMILION_STORE=$R answers | jq -S . >"$scratch/after"
diff "$scratch/before" "$scratch/after" >"$scratch/difference" || fail "$(head -n 20 "$scratch/difference")"
for repository in evidence drafts; do
  [ "$(git -C "$VERMILION_STORE/$repository.git" for-each-ref)" = "$(git -C "$R/$repository.git" for-each-ref)" ] || fail "$repository.git: other heads"
  git -C "$T/$repository.git" fsck --strict --full >/dev/null 2>&1 || fail "stock git does not read the copy of $repository.git"
done

# A second backup writes what changed, and nothing else is touched.
touch "$scratch/then"
printf '{"log_date":"2022-03-05","shift":"夜班","duty_person":"周","temperature_c":22.5,"humidity_pct":50,"hvac_ok":true,"ups_ok":true,"outage_minutes":0,"handling":"更換濾網"}' >"$scratch/log.json"
create() { as huang05 --json record create room-daily-log --imported --date "$1" --values "$scratch/log.json" | jq -r .id; }
gone=$(create 2022-03-05) kept=$(create 2022-03-06)
as huang05 --json backup "$T" >"$scratch/second"
small=$(jq .copied_bytes "$scratch/second") all=$(du -sb "$T" | cut -f1)
((small * 5 < all)) || fail "$small of $all bytes were written for two records"
[ "$(find "$T/evidence.git/objects/pack" -name '*.pack' -newer "$scratch/then" | wc -l)" -le 3 ] || fail "packs were copied again"

"$vermilion" --json document show ISMS-01-002 --text | jq -r .text >"$scratch/text.md"
# Cut short at any moment it leaves a backup that restores.
for round in 1 2 3 4 5 6; do
  as chen01 --json document draft ISMS-01-002 "$scratch/text.md" --version 1.2 --summary "$round" >/dev/null
  setsid "$vermilion" backup "$T" >/dev/null 2>&1 &
  sleep "0.$(printf %03d $((RANDOM % 400)))"
  kill -KILL -- "-$!" 2>/dev/null || true
  wait $! 2>/dev/null || true
  restore "$scratch/cut" >/dev/null || fail "SEED=$SEED round $round: what a killed backup left does not restore"
  rm -r "$scratch/cut"
done
"$vermilion" backup "$T" >/dev/null

# A flipped bit, wherever, is found and named.
jq -r '.files[].path' "$T"/backups/*.json | shuf -n 4 >"$scratch/paths"
while read -r path; do
  cp "$T/$path" "$scratch/good"
  flip_bit "$T/$path" $((RANDOM % $(stat -c %s "$T/$path")))
  expect_exit 8 restore "$scratch/damaged"
  expect_text "$path" "$err"
  [ -z "$(ls -A "$scratch/damaged")" ] || fail "something of a damaged backup was left"
  cp "$scratch/good" "$T/$path"
done <"$scratch/paths"

# Destroyed after the backup: the list beside it is applied before anything opens.
batch=$(as huang05 --json disposal propose "$gone" | jq -r .id)
as fang12 --json disposal approve "$batch" >/dev/null
as hsu10 --json disposal execute "$batch" --witness wang03 --witness-passphrase-file "$keys/wang03.passphrase" >"$scratch/executed"
jq -e '.certificate.recovery_copies.expires' "$scratch/executed" >/dev/null || fail "the certificate does not say when the last recovery copy expires"
jq -e --arg id "$gone" '.records == [$id]' "$T/destroyed/000001.json" >/dev/null || fail "no list of what was destroyed at the target"
ssh-keygen -Y verify -f "$VERMILION_STORE/allowed_signers" -I "$(cut -d' ' -f1 "$VERMILION_STORE/allowed_signers")" -n git -s "$T/destroyed/000001.json.sig" <"$T/destroyed/000001.json" >/dev/null || fail "stock ssh-keygen does not verify the list"
restore "$scratch/old" | jq -e --arg b "$batch" '.applied == [$b]' >/dev/null || fail "the destruction was not applied"
expect_exit 3 as lin02 -C "$scratch/old" --json --purpose duty record show "$gone"
as lin02 -C "$scratch/old" --json --purpose duty record show "$kept" | jq -e '.values.handling == "更換濾網"' >/dev/null || fail "the survivor does not open"
"$vermilion" -C "$scratch/old" verify >/dev/null || fail "verify: $("$vermilion" -C "$scratch/old" verify)"

# Without a list as new as the newest checkpoint: refused, or a warning on every page until an administrator confirms.
mv "$T/destroyed" "$scratch/destroyed"
expect_exit 4 restore "$scratch/blind"
expect_text destructions-unknown "$err"
restore "$scratch/blind" --unknown-destructions >/dev/null
"$vermilion" -C "$scratch/blind" --json status | jq -e '.unknown_destructions.backup >= 2' >/dev/null || fail "status does not warn"
VERMILION_STORE=$scratch/blind refused 6 no-right destructions-confirmed tsai08 destructions confirm --reason 已查明
as wu06 -C "$scratch/blind" --json destructions confirm --reason 與見證者核對 >/dev/null
"$vermilion" -C "$scratch/blind" --json status | jq -e '.unknown_destructions == null' >/dev/null || fail "the warning stays"
mv "$scratch/destroyed" "$T/destroyed"

# The drill says so in a record of its own; after a backup the destroyed one is in no copy any more.
"$vermilion" backup "$T" >/dev/null
drill=$(as huang05 --json drill "$T")
jq -e '.ok and .heads_equal and .problems == 0 and .opened > 5 and .destroyed_tried == 1 and .destroyed_opened == 0' <<<"$drill" >/dev/null || fail "drill: $drill"
as huang05 --json record show "$(jq -r .record.number <<<"$drill")" | jq -e '.values.result == "成功"' >/dev/null || fail "no record of the drill"
"$vermilion" verify >/dev/null || fail "the store does not verify"
echo "ok: SEED=$SEED: equal answers, $small of $all bytes for two records, damage named, nothing came back"
