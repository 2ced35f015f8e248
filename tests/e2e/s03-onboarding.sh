#!/bin/bash
# Story S3, the account part: personnel and administrator take NEW in; nobody may use the account before the agreement is signed and
# another person has authorised it; then he signs in, has a copy of what he signed, and acts. A second account for him, a name that
# tells of rights, an authorisation by who added it and one without the agreement are refused.
. "$(dirname "$0")/lib.sh"
require_tool jq
demo_store

phrase() { tr -d '\n' <<<"$1 新進人員的通行短語" >"$keys/$1.passphrase"; }
state() { as wu06 --json person show "$1" | jq -r .state; }
sign_in() { "$vermilion" --as lai20 --password-file "$scratch/password" --json document list; }

# Added, with a role and a key, by the administrator alone: it opens nothing.
refused 5 account-tells-rights person wu06 person add admin-lai --name 賴怡安 --unit 水保處
as wu06 --json person add lai20 --name 賴怡安 --unit 水保處 --title 技士 --number A10488 >"$scratch/added.json"
jq -j .password "$scratch/added.json" >"$scratch/password"
as wu06 role grant lai20 staff >/dev/null
phrase lai20
as wu06 certificate issue lai20 --new-passphrase-file "$keys/lai20.passphrase" >/dev/null
[ "$(state lai20)" = waiting ] || fail "the account is $(state lai20), not waiting"
refused 4 person-has-account person wu06 person add lai21 --name 賴怡安 --unit 空保處 --number a10488
expect_exit 6 sign_in
expect_exit 6 as lai20 document list

# First the agreement, by himself: HR cannot sign for him. It is all he can do.
refused 4 agreement-missing person zhang04 person authorise lai20
as lai20 --json form show nda-employee | jq -j .text >"$scratch/text.md"
cat >"$scratch/values.json" <<'JSON'
{"name": "賴怡安", "unit": "水保處", "position": "技士", "start_date": "2026-11-02"}
JSON
refused 6 not-the-subject record yang11 record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" --for lai20
as lai20 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" >"$scratch/signed.json"
expect_exit 6 as lai20 record list

# Then somebody else than who added the account, once.
refused 6 adds-and-authorises person wu06 person authorise lai20
refused 6 no-right person chen01 person authorise lai20
as zhang04 --json person authorise lai20 | jq -e '.change == "join"' >/dev/null
refused 4 account-authorised person zhang04 person authorise lai20
[ "$(state lai20)" = active ] || fail "the account is $(state lai20), not active"
as lai20 record export "$(jq -r .id "$scratch/signed.json")" --pdf "$scratch/own.pdf"
[ "$(head -c 5 "$scratch/own.pdf")" = %PDF- ] || fail "no copy of his own"
as yang11 --json --purpose duty register export nda-employee | jq -e '.rows[] | select(.account == "lai20") | .current' >/dev/null || fail "the register lacks lai20"

# His statement of authorisation verifies with stock openssl, as every other.
git -C "$VERMILION_STORE/evidence.git" show main:people/lai20/lifecycle/01-approval.statement.json | jq -e '.subject.roles[0].role == "staff" and .signer.account == "zhang04"' >/dev/null ||
  fail "the authorisation does not say what it opened"
expect_exit 0 "$vermilion" verify
echo "ok: added, agreement before authorisation, authorised by a second person, every refusal"
