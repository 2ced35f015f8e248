#!/bin/bash
# Time stamps by RFC 3161: each signature is shown to an authority before it is filed, and stock openssl verifies the stamp. When
# the authority does not answer, that is told; where a stamp is required, nothing is signed. A stamp exchanged or altered is found.
. "$(dirname "$0")/lib.sh"
require_tool git jq python3 openssl faketime
demo_store
id=ISMS-02-001
stamp_authority
settings() { sed -i '/^timestamp:/d' "$VERMILION_STORE/vermilion.yaml" && echo "timestamp: {$1, ca: \"$scratch/tsa/tsa-ca.pem\"${2:-}}" >>"$VERMILION_STORE/vermilion.yaml"; }
url="url: \"$stamps\""
settings "$url"
step() { as "$1" --json document "$2" $id --version 9.0 "${@:3}"; }

as chen01 document draft $id --version 9.0 --summary 年度檢視 >/dev/null
step chen01 submit >/dev/null
folder=documents/$id/revisions/9.0
show() { git -C "$VERMILION_STORE/evidence.git" show "main:$folder/$1"; }
show 01-submission.tsr >"$scratch/x.tsr"
show 01-submission.statement.json.p7s >"$scratch/x.p7s"
# The signature's value is the last octet string of the .p7s: its length stands in the last line of asn1parse.
signature_value() { # FILE: what was stamped, in $scratch/value
  tail -c "$(openssl asn1parse -inform DER -in "$1" | tail -n 1 | sed 's/.* l= *\([0-9]*\) .*/\1/')" "$1" >"$scratch/value"
}
signature_value "$scratch/x.p7s"
openssl ts -verify -in "$scratch/x.tsr" -data "$scratch/value" -CAfile "$scratch/tsa/tsa-ca.pem" >"$scratch/said" 2>&1 || fail "openssl ts -verify: $(cat "$scratch/said")"
expect_text "Verification: OK" "$(cat "$scratch/said")"
stamp() { as chen01 --json document show $id | jq -c --arg name "$1" '.versions[] | select(.version == "9.0") | .signatures[] | select(.name == $name) | .timestamp'; }
[[ $(stamp 01-submission) == '{"at":"20'*'Z"}' ]] || fail "the page shows no stamp: $(stamp 01-submission)"

# It does not answer: filed, and told on the page and in the log.
touch "$scratch/tsa/down"
step lin02 review >/dev/null
[ "$(stamp 02-review)" = '{"missing":"timestamp-refused"}' ] || fail "the missing stamp is not told: $(stamp 02-review)"
[ "$(as liu07 --json log list --kind timestamp | jq -r 'last.outcome')" = failed:timestamp-refused ] || fail "the log does not tell of the missing stamp"
expect_exit 0 "$vermilion" verify

# Required: refused, and nothing is stored.
settings "$url" ", required: true"
before=$(git -C "$VERMILION_STORE/evidence.git" rev-parse main)
expect_exit 7 step zhang04 return --reason 附件不符
expect_text timestamp-missing "$err"
[ "$(git -C "$VERMILION_STORE/evidence.git" rev-parse main)" = "$before" ] || fail "something was stored without a stamp"

# By a command instead of a URL.
rm "$scratch/tsa/down"
settings "command: \"cat >$scratch/tsa/q && cd $scratch/tsa && openssl ts -reply -config tsa.cnf -queryfile q 2>/dev/null\"" ", required: true"
step zhang04 return --reason 附件不符 >/dev/null
[[ $(stamp 03-review) == '{"at":"20'*'Z"}' ]] || fail "no stamp by the command: $(stamp 03-review)"
expect_exit 0 "$vermilion" verify

# A record's statements are sealed; their stamps lie by the digest of the signature, and stock openssl verifies them all the same.
"$vermilion" --json form show nda-employee | jq -j .text >"$scratch/text.md"
echo '{"name": "蔡承恩", "unit": "水保處", "position": "技士", "start_date": "2026-11-02"}' >"$scratch/values.json"
record=$(as tsai08 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" | jq -r .id)
as tsai08 record export "$record" --files "$scratch/files"
as tsai08 --json verify "$scratch/files/record.pdf" | jq -e '.sound and (.signatures[0].proved | type == "string")' >/dev/null || fail "no stamp within the signature in the PDF"
signature_value "$scratch"/files/01-agreement.statement.json.p7s
digest=$(sha256sum <"$scratch/value" | cut -d' ' -f1)
git -C "$VERMILION_STORE/evidence.git" show "main:timestamps/${digest:0:2}/$digest.tsr" >"$scratch/record.tsr" || fail "no stamp of the sealed signature"
openssl ts -verify -in "$scratch/record.tsr" -data "$scratch/value" -CAfile "$scratch/tsa/tsa-ca.pem" >"$scratch/said" 2>&1 || fail "the record's stamp: $(cat "$scratch/said")"
expect_exit 0 "$vermilion" verify

# An authority whose time is another: then this clock is wrong, or that one, and nothing is signed.
settings "command: \"cat >$scratch/tsa/q && cd $scratch/tsa && faketime -f +1m openssl ts -reply -config tsa.cnf -queryfile q 2>/dev/null\""
refused 4 clock-adrift submission chen01 document submit $id --version 9.0

# Another authority than the one trusted.
python3 "$root/tests/e2e/tsa.py" "$scratch/other" >"$scratch/other.url" &
other=$!
trap 'kill $tsa $other 2>/dev/null || true; clean_up' EXIT
for _ in {1..100}; do [ -s "$scratch/other.url" ] && break || sleep 0.1; done
settings "url: \"$(cat "$scratch/other.url")\""
step chen01 submit >/dev/null
[ "$(stamp 04-submission)" = '{"missing":"timestamp-bad"}' ] || fail "a stamp of another authority is taken: $(stamp 04-submission)"
sed -i "s|$scratch/tsa/tsa-ca.pem|$scratch/other/tsa-ca.pem|" "$VERMILION_STORE/vermilion.yaml"
expect_exit 1 "$vermilion" verify
expect_text "$folder/01-submission.tsr" "$out"
echo "ok: stamped, told when missing, refused when required, verified by stock openssl"
