#!/bin/bash
# The daily checkpoint leaves the machine: to git, to a folder beside the backups, by mail, and to a witness over HTTP that checks that the log only
# grew and cosigns with a key of its own. A log put back to an older state is found out by each of them.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool jq python3 openssl faketime
demo_store
key=$("$vermilion" --json status | jq -r .log_verifier_key)
witness_log() { ${clock:+faketime -f "$clock"} "$vermilion" --json log witness; }

python3 "$root/tests/e2e/witness.py" "$scratch/witness" "$key" >"$scratch/witness.url" &
witness=$!
trap 'kill $witness ${server:-} 2>/dev/null || true; clean_up' EXIT
for _ in {1..100}; do [ -s "$scratch/witness.url" ] && break || sleep 0.1; done
read -r address witness_key <"$scratch/witness.url"
cat >>"$VERMILION_STORE/vermilion.yaml" <<YAML
witness:
  urls:
    - {url: "$address", verifier_key: "$witness_key"}
  mail: {to: "audit@example.gov.tw", command: "cat > $scratch/mail"}
  folder: "$scratch/copies"
YAML

# The server makes it by itself when it starts.
serve
for _ in {1..100}; do [ -s "$scratch/mail" ] && break || sleep 0.1; done
for _ in {1..100}; do as liu07 --json log list --kind checkpoint | jq -e 'last.outcome == "done"' >/dev/null && break || sleep 0.1; done
stop_serving
trap 'kill $witness 2>/dev/null || true; clean_up' EXIT
today=$(TZ=Asia/Taipei date +%F)
git -C "$VERMILION_STORE/evidence.git" show main:log/checkpoint >"$scratch/committed"
cmp "$scratch/committed" "$scratch/copies/checkpoints/$today"
expect_text "$(cat "$scratch/committed")" "$(cat "$scratch/mail")"
expect_text "— witness.example/story " "$(cat "$scratch/committed")"
expect_text "/log/add-checkpoint 200" "$(cat "$scratch/witness/answers")"

# By hand on the next day, with a proof from the size before; the day after that, nobody answers, and then a day is missed.
clock=+1d expect_exit 0 witness_log
[ "$(wc -l <"$scratch/witness/answers")" = 2 ] || fail "the witness had to be asked twice: $(cat "$scratch/witness/answers")"
touch "$scratch/witness/down"
clock=+2d expect_exit 7 witness_log
[ "$(jq -r '.copies[0].code' <<<"$out")" = witness-refused ] || fail "$out"
rm "$scratch/witness/down"
[ "$(faketime -f +3d "$vermilion" --json status | jq -c .checkpoint_alarm.missed)" = 1 ] || fail "no alarm in status"
expect_exit 1 faketime -f +3d "$vermilion" verify
expect_text "已有 1 日沒有存證的查核點" "$out"
clock=+3d expect_exit 0 witness_log
expect_exit 0 faketime -f +3d "$vermilion" verify

# Store and log put back to yesterday's: the folder of copies tells, and the witness signs no more.
copy_store "$scratch/kept"
clock=+4d as liu07 document list >/dev/null
clock=+4d expect_exit 0 witness_log
rm -rf "$scratch/demo" && cp -a "$scratch/kept" "$scratch/demo"
expect_exit 1 faketime -f +4d "$vermilion" verify
expect_text "日誌被截短" "$out"
clock=+4d expect_exit 7 witness_log
[ "$(jq -r '.copies[0].ok' <<<"$out")" = false ] || fail "the witness cosigned a log that was put back"
echo "ok: committed, copied, mailed and cosigned; a missed day and a log put back are found"
