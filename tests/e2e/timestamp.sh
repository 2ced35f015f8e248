#!/bin/bash
# Time stamps by RFC 3161: each signature is shown to an authority before it is filed, and stock openssl verifies the stamp. When
# the authority does not answer, that is told; where a stamp is required, nothing is signed. A stamp exchanged or altered is found.
. "$(dirname "$0")/lib.sh"
require_tool git jq python3 openssl
demo_store
id=ISMS-02-001
python3 "$root/tests/e2e/tsa.py" "$scratch/tsa" >"$scratch/tsa.url" &
tsa=$!
trap 'kill $tsa 2>/dev/null || true; clean_up' EXIT
for _ in {1..100}; do [ -s "$scratch/tsa.url" ] && break || sleep 0.1; done
settings() { sed -i '/^timestamp:/d' "$VERMILION_STORE/vermilion.yaml" && echo "timestamp: {$1, ca: \"$scratch/tsa/tsa-ca.pem\"${2:-}}" >>"$VERMILION_STORE/vermilion.yaml"; }
url="url: \"$(cat "$scratch/tsa.url")\""
settings "$url"
step() { as "$1" --json document "$2" $id --version 9.0 "${@:3}"; }

as chen01 document draft $id --version 9.0 --summary 年度檢視 >/dev/null
step chen01 submit >/dev/null
folder=documents/$id/revisions/9.0
show() { git -C "$VERMILION_STORE/evidence.git" show "main:$folder/$1"; }
show 01-submission.tsr >"$scratch/x.tsr"
show 01-submission.statement.json.p7s >"$scratch/x.p7s"
# The signature's value is the last octet string of the .p7s: its length stands in the last line of asn1parse.
length=$(openssl asn1parse -inform DER -in "$scratch/x.p7s" | tail -n 1 | sed 's/.* l= *\([0-9]*\) .*/\1/')
tail -c "$length" "$scratch/x.p7s" >"$scratch/value"
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
# A record's statements are sealed; their stamps lie by the digest of the signature.
expect_exit 0 "$vermilion" verify

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
