#!/bin/bash
# Signing from one's own machine against a running server: what waits, a review copy, an approval with a key file and one with a token, an
# agreement, a key confirmed by its spoken code; each checked by stock openssl. remote-refused.sh has what is refused.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool git jq openssl curl
demo_store
id=ISMS-02-001
say() { echo "== $*"; }
openssl_verifies() { # FOLDER WHO: the statements of an exported folder, by its recipe; WHO is among the signers
  (cd "$1" && sh recipe.txt) >"$scratch/said" 2>&1 || fail "stock openssl: $(cat "$scratch/said")"
  jq -r .signer.account "$1"/*.statement.json | grep -qx "$2" || fail "$2 has not signed"
}
to_approval $id 9.1
serve
far zhang04 --json waiting | jq -e --arg id $id '.[] | select(.what == "approval" and .id == $id)' >/dev/null || fail "the approval does not wait"

approve() { far zhang04 --json document approve $id --version 9.1 "$@"; }
say "a key file: the review copy first, then the approval"
approve --save-pdf "$scratch/review.pdf" <<<'是' >"$scratch/signed" 2>"$scratch/shown" || fail "$(cat "$scratch/shown")"
[ "$(jq -r .kind "$scratch/signed")" = approval ] || fail "answer: $(cat "$scratch/signed")"
[ "$(jq -r .subject.pdf "$scratch/signed")" = "sha256:$(sha256sum <"$scratch/review.pdf" | cut -d' ' -f1)" ] || fail "the PDF is not the one that was signed"
expect_text "$(jq -r .statement "$scratch/signed")" "$(cat "$scratch/shown")"
as huang05 document publish $id --version 9.1 >/dev/null
as huang05 document export $id --approvals "$scratch/9.1" >/dev/null
openssl_verifies "$scratch/9.1" zhang04
expect_exit 4 approve <<<'yes' # done already: the server's words

say "an agreement, over the text that was read"
"$vermilion" --json form show nda-employee | jq -j .text >"$scratch/text.md"
echo '{"name": "張建國", "unit": "署長室", "position": "副署長", "start_date": "2026-11-02"}' >"$scratch/values.json"
far zhang04 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" --save-pdf "$scratch/to-sign.pdf" <<<'yes' >"$scratch/nda" 2>"$scratch/shown" || fail "$(cat "$scratch/shown")"
as zhang04 record export "$(jq -r .subject.id "$scratch/nda")" --files "$scratch/nda.files"
openssl_verifies "$scratch/nda.files" zhang04
expect_text "within the PDF" "$(cat "$scratch/shown")"
differing=$({ cmp -l "$scratch/to-sign.pdf" "$scratch/nda.files/record.pdf" 2>"$scratch/err" || true; } | wc -l)
[ "$differing" -gt 0 ] && [ "$differing" -lt 32768 ] && ! [ -s "$scratch/err" ] || fail "what he looked at is not what he signed: $differing $(cat "$scratch/err")"
as zhang04 --json verify "$scratch/nda.files/record.pdf" | jq -e '.sound and .record.kept == "whole" and .signatures[0].account == "zhang04"' >/dev/null ||
  fail "his key file has not signed within the PDF"

say "a key made in a browser, confirmed by the code that its holder reads out"
env -u VERMILION_STORE "$vermilion" certificate request fang12 --new-passphrase-file "$keys/fang12.passphrase" --key-out "$scratch/fang12.pem" -o "$scratch/fang12.p10"
jar=(-s -o "$scratch/page" --cacert "$VERMILION_STORE.tls/server.pem" -b "$scratch/jar" -c "$scratch/jar" -H "Origin: $url" -H "Accept: application/json")
ask_for_key() { # as the page of the browser does
  curl "${jar[@]}" "$url/login"
  curl "${jar[@]}" "$url/login" --data-urlencode "form_token=$(awk '/vermilion-login/ {print $7}' "$scratch/jar")" -d account=fang12 --data-urlencode "password=$(cat "$keys/fang12.password")"
  curl "${jar[@]}" "$url/"
  curl "${jar[@]}" "$url/key" -d "form_token=$(jq -r .form_token "$scratch/page")" --data-urlencode "request=$(base64 -w0 "$scratch/fang12.p10")"
}
ask_for_key
as wu06 --json key list >"$scratch/requests"
spoken=$(jq -r '.[0].code' "$scratch/requests")
expect_exit 5 as wu06 --json key confirm fang12 --code '1234 5678 9012 3456 7890 1234'
[ "$(jq -r .code <<<"$err")" = code-differs ] || fail "another code: $err"
as wu06 key refuse fang12 >/dev/null
expect_exit 3 as wu06 --json key confirm fang12 --code "$spoken"
ask_for_key
as wu06 certificate renew --new-passphrase-file "$keys/wu06.passphrase" --key-out "$keys/wu06.pem" >/dev/null
[ "$(far wu06 --json key list | jq -r '.[0].code')" = "$spoken" ] || fail "another list from afar"
far wu06 --json key confirm fang12 --code "${spoken// /}" <<<'yes' >"$scratch/confirmed" 2>"$scratch/shown" || fail "$(cat "$scratch/shown")"
[ "$(jq -r .subject.custody "$scratch/confirmed")" = browser ] || fail "confirmed: $(cat "$scratch/confirmed")"

if command -v softhsm2-util pkcs11-tool >/dev/null && [ -e /usr/lib/softhsm/libsofthsm2.so ]; then
  say "a token"
  use_soft_token tsai08
  env -u VERMILION_STORE "$vermilion" certificate request tsai08 "${token[@]}" -o "$scratch/token.p10"
  as wu06 role grant tsai08 approver >/dev/null
  as wu06 certificate issue tsai08 --request "$scratch/token.p10" --custody token >/dev/null
  to_approval $id 9.2
  by_token() {
    env -u VERMILION_STORE "$vermilion" --server "$url" --ca "$VERMILION_STORE.tls/server.pem" --as tsai08 --password-file "$keys/tsai08.password" "${token[@]}" \
      --json "$@" <<<'yes' >"$scratch/signed" 2>"$scratch/shown" || fail "$(cat "$scratch/shown")"
  }
  by_token document approve $id --version 9.2
  as huang05 document publish $id --version 9.2 >/dev/null
  as huang05 document export $id --approvals "$scratch/9.2" >/dev/null
  openssl_verifies "$scratch/9.2" tsai08
  sed -i 's/張建國/蔡承恩/; s/署長室/水保處/; s/副署長/技士/' "$scratch/values.json"
  by_token record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md"
  as yang11 --purpose duty record export "$(jq -r .subject.id "$scratch/signed")" --files "$scratch/token.files" >/dev/null
  openssl_verifies "$scratch/token.files" tsai08
  "$vermilion" --json verify "$scratch/token.files/record.pdf" | jq -e '.sound and .signatures[0].account == "tsai08"' >/dev/null || fail "the token has not signed within the PDF"
else
  echo "skipped: the token part; softhsm2 and opensc are not installed (scripts/setup test)"
fi
stop_serving
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo "ok: signed from afar by file and token, verified by stock openssl"
