#!/bin/bash
# Story S4, the account part: a vendor's person has a last day and signs before access; after the contract's end he is out, an
# extension is another signature; he is replaced by a successor who signs first; the leaver is closed only when nothing of his is open,
# and then his key is revoked. Who was a vendor's person on a day can be told ever after.
. "$(dirname "$0")/lib.sh"
require_tool jq openssl faketime
demo_store

person() { as wu06 --json person show "$1"; }
holders() { as wu06 --json --at "$1" role holders vendor | jq -r '[.[].account] | join(" ")'; }
day() { date -d "$1" +%F; }

# take_in ACCOUNT NAME: a person of the vendor with a key of his own, who has signed what the vendor's people sign.
take_in() {
  as wu06 person add "$1" --name "$2" --unit 鼎新系統公司 --title 工程師 --number "C-104-07/$1" --expires "$(day '+300 days')" >/dev/null
  as wu06 role grant "$1" vendor >/dev/null
  tr -d '\n' <<<"$1 委外人員的通行短語" >"$keys/$1.passphrase"
  as wu06 certificate issue "$1" --new-passphrase-file "$keys/$1.passphrase" >/dev/null
}
agree() {
  as "$1" --json form show nda-vendor-person | jq -j .text >"$scratch/text.md"
  jq -n --arg name "$2" --arg from "$(day now)" --arg to "$(day '+300 days')" '{name: $name, vendor: "鼎新系統公司", contract_no: "C-104-07",
    role: "系統維護", access_scope: "系統 X、Y", regulation_version: "3.5", valid_from: $from, valid_to: $to}' >"$scratch/values.json"
  as "$1" --json record create nda-vendor-person --values "$scratch/values.json" --read "$scratch/text.md" >/dev/null
}

# No last day, no role of a vendor; no signature, no access.
as wu06 person add shen22 --name 沈文傑 --unit 鼎新系統公司 >/dev/null
refused 4 expiry-needed role wu06 role grant shen22 vendor
take_in shen21 沈文豪
refused 4 agreement-missing person zhang04 person authorise shen21
agree shen21 沈文豪
as zhang04 person authorise shen21 >/dev/null
as shen21 document list >/dev/null

# The contract ends: out by itself. Longer only by another signature, and not backwards.
clock=+301d expect_exit 6 as shen21 document list
acknowledge_clock
refused 5 bad-interval person zhang04 person extend shen21 --until "$(day '-1 day')"
as zhang04 person extend shen21 --until "$(day '+330 days')" >/dev/null

# He breaks the rules and is replaced: told by personnel; not closed while he could still act; his successor signs first.
today=$(day now)
refused 4 account-open person wu06 person close shen21
as yang11 person leave shen21 --last-day "$(day '-1 day')" >/dev/null
[ "$(person shen21 | jq -r .state)" = gone ] || fail "the leaver is $(person shen21 | jq -r .state)"
expect_exit 6 as shen21 document list
take_in ho23 何建宏
refused 4 agreement-missing person zhang04 person authorise ho23
agree ho23 何建宏
as zhang04 person authorise ho23 >/dev/null

# Closed: key revoked and on the list, nothing opens it again, and the name is nobody else's.
as wu06 person close shen21 >/dev/null
person shen21 | jq -e '.state == "closed" and (.certificates | all(.revoked != null))' >/dev/null || fail "not closed: $(person shen21)"
"$vermilion" certificate crl -o "$scratch/list.pem"
openssl crl -in "$scratch/list.pem" -noout -text | grep -q "Cessation Of Operation" || fail "the list does not tell of the leaver's key"
refused 4 account-left role wu06 role grant shen21 vendor
refused 4 account-exists person wu06 person add shen21 --name 沈文哲 --unit 鼎新系統公司
[[ " $(holders "$today") " == *" ho23 "* && " $(holders "$today") " != *" shen21 "* ]] || fail "held it today: $(holders "$today")"
expect_exit 0 "$vermilion" verify
echo "ok: last day, agreement before access, extension, replacement, closing with the key revoked, every refusal"
