#!/bin/bash
# Story S5: which passwords are refused and why; the temporary one reaches only the change page; failures are alike to the byte and in time;
# five lock for fifteen minutes and the owner gets a mail; idling locks and keeps what was typed; a second factor. By curl, as a browser would.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool jq curl faketime oathtool
demo_store
keep_mails

# The server's clock goes by what stands in $scratch/clock; commands of `as` go by the same.
real=$vermilion
printf '#!/bin/sh\nexec env FAKETIME_TIMESTAMP_FILE=%s FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD='"'"'%s'"'"' %s "$@"\n' \
  "$scratch/clock" "$(faketime -m -f +0s sh -c 'echo "$LD_PRELOAD"')" "$real" >"$scratch/vermilion"
chmod +x "$scratch/vermilion"
vermilion=$scratch/vermilion
later() { echo "+$1" >"$scratch/clock.new" && mv "$scratch/clock.new" "$scratch/clock"; } # seconds
later 0
serve

sign_in() { browse "$1" /login && browse "$1" /login "account=$2" "password=$3" ${4:+"code=$4"}; }
own() { cat "$keys/$1.password"; }

# A new account, and its one-time password.
as wu06 --json person add chen21 --name 陳二一 --unit 水保處 --email chen21@example.gov.tw >"$scratch/new.json"
given=$(jq -r .password "$scratch/new.json")
as zhang04 person authorise chen21 >/dev/null
sign_in new chen21 "$given"
[ "$status" = 303 ] || fail "no sign-in with the temporary password: $status"
for path in / /documents /search?q=a /account/second-factor; do
  browse new $path
  [ "$to" = /account/password ] || fail "$path leads to $to"
done
browse new /account/password
change() { browse new /account/password "password=$1" "new_password=$2" "new_password_again=$2"; }
while read -r password code; do
  change "$given" "$password"
  expect_text "$code" "$page"
done <<'RULES'
Chen21-Strong9 password-has-account
abcdefghijkl1 password-few-classes
Abcdefghijk password-too-short
Password1234 password-weak
RULES
change "$given" Tree7-lampKite
[ "$status" = 303 ] || fail "Tree7-lampKite was refused: $page"

# Every failure is the same, to the byte; and takes as long, give or take a lot.
failing() {
  local before
  before=$(date +%s%N)
  browse fail /login "next=/" "account=$1" "password=$2"
  took=$((($(date +%s%N) - before) / 1000000))
  grep -v '^Date: ' "$scratch/head" | cat - "$scratch/page" | sha256sum
}
browse fail /login
failing nobody99 x >"$scratch/expected" # the first is slower: it makes what the others compare with
failing nobody99 x >"$scratch/again" && unknown=$took
cmp "$scratch/again" "$scratch/expected"
[ "$(failing chen21 wrong)" = "$(cat "$scratch/expected")" ] || fail "a wrong password is told apart"
failing tsai08 wrong >/dev/null && wrong=$took
((wrong < unknown * 5 + 100 && unknown < wrong * 5 + 100)) || fail "unknown took $unknown ms, wrong $wrong ms"
for _ in 2 3 4 5; do failing chen21 wrong >/dev/null; done
later $((14 * 60))
[ "$(failing chen21 Tree7-lampKite)" = "$(cat "$scratch/expected")" ] || fail "a lock is told, or the right password opens it"
later $((16 * 60))
sign_in new chen21 Tree7-lampKite
[ "$status" = 303 ] || fail "still locked after 16 minutes"
for _ in {1..50}; do grep -q 'To: chen21@example.gov.tw' "$scratch/mail.txt" 2>/dev/null && break || sleep 0.1; done
expect_text "To: chen21@example.gov.tw" "$(cat "$scratch/mail.txt")"
! grep -E 'Tree7|wrong|陳二一' "$scratch/mail.txt" || fail "the mail tells more than it should"

# Idle: the form is not carried out, and comes back.
sign_in idle tsai08 "$(own tsai08)"
browse idle /agreements/nda-employee
later $((31 * 60 + 2))
browse idle /agreements/nda-employee "f-name=蔡承恩" "f-position=技士（代理）" "passphrase=$(cat "$keys/tsai08.passphrase")" read=yes
[ "$to" = "/login?kept=1" ] || fail "the lock leads to $to"
sign_in idle tsai08 "$(own tsai08)"
[ "$to" = /held ] || fail "after the lock: $to"
browse idle /held
expect_text 'value="技士（代理）"' "$page"
! grep -qF "$(cat "$keys/tsai08.passphrase")" "$scratch/page" || fail "the passphrase came back"
cp "$scratch/idle.jar" "$scratch/replay.jar"
browse idle /logout "x=1"
browse replay /documents
[ "$to" = "/login?next=%2Fdocuments" ] || fail "a replayed cookie opens $to"

# A second factor from the command line: the password alone is no longer enough, a code counts once.
own tsai08 >"$scratch/pw"
factor=(--as tsai08 --json person second-factor enrol --password-file "$scratch/pw" --secret-file "$scratch/otp")
"$vermilion" "${factor[@]}" | jq -e .uri >/dev/null
code() { oathtool --totp -b "$(cat "$scratch/otp")" -N "$(date -u -d "$1" '+%F %T UTC')"; }
"$vermilion" "${factor[@]}" --code "$(code '+31 minutes +2 seconds')" >"$scratch/codes.json"
later $((33 * 60))
sign_in tsai tsai08 "$(own tsai08)"
[ "$status" = 403 ] || fail "the password alone opened"
now=$(code '+33 minutes')
sign_in tsai tsai08 "$(own tsai08)" "$now"
[ "$status" = 303 ] || fail "the code was refused"
sign_in again tsai08 "$(own tsai08)" "$now"
[ "$status" = 403 ] || fail "a code counted twice"
sign_in again tsai08 "$(own tsai08)" "$(jq -r '.recovery_codes[0]' "$scratch/codes.json")"
[ "$status" = 303 ] || fail "a recovery code was refused"

# The log has every refusal with kind, time, place and person, and no password; nor has any file of the store.
as liu07 --json log list --kind login --actor chen21 | jq -e 'map(.outcome) | index("refused:account-locked")' >/dev/null || fail "the lock is not in the log"
as liu07 --json log list --kind login-locked --actor chen21 | jq -e 'length == 1 and (.[0].from | startswith("web:"))' >/dev/null || fail "the refusal while locked is not in the log"
as liu07 --json log list --kind notice | jq -e 'last | .subject == "account chen21 lock" and .outcome == "done"' >/dev/null || fail "the notice is not in the log"
"$vermilion" --as wu06 --passphrase-file "$keys/wu06.passphrase" --json person reset-password chen21 | jq -e .password >/dev/null
stop_serving
! grep -raqF -e Tree7-lampKite -e "$given" "$VERMILION_STORE" "$scratch/serve.err" || fail "a password stands in a file"
expect_exit 0 "$vermilion" verify
echo "ok: password rules, forced change, equal failures, lock and mail, idle lock, second factor"
