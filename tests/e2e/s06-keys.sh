#!/bin/bash
# One document, approved with a key in the server's vault, with a key file on its holder's own machine, and with a key on a token: stock
# openssl verifies each. Certificates are renewed and revoked on the way; the revocation list is checked by stock openssl.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool git jq openssl python3
demo_store
id=ISMS-02-001
say() { echo "== $*"; }
round() { # VERSION: everything up to the approval
  as chen01 document draft $id --version "$1" --summary "第 $1 版" >/dev/null
  as chen01 document submit $id --version "$1" >/dev/null
  as lin02 document review $id --version "$1" >/dev/null
  for unit in $(as chen01 --json document show $id | jq -r '.countersign[]'); do as wang03 document countersign $id --version "$1" --unit "$unit" >/dev/null; done
}
certificates() { as wu06 --json certificate list "$1"; }
"$vermilion" certificate chain -o "$scratch/chain.pem"
openssl_verifies() { # VERSION: the approval of that version, by the recipe
  local folder=documents/$id/revisions/$1 name at
  name=$(git -C "$VERMILION_STORE/evidence.git" ls-tree --name-only "main:$folder" | grep 'approval.statement.json$')
  git -C "$VERMILION_STORE/evidence.git" show "main:$folder/$name" >"$scratch/x.json"
  git -C "$VERMILION_STORE/evidence.git" show "main:$folder/$name.p7s" >"$scratch/x.p7s"
  at=$(date -ud "$(jq -r .at "$scratch/x.json")" +%s)
  openssl cms -verify -cades -binary -inform DER -in "$scratch/x.p7s" -content "$scratch/x.json" -CAfile "$scratch/chain.pem" \
    -attime "$at" -signer "$scratch/signer.pem" -out /dev/null 2>"$scratch/said" || fail "$1: $(cat "$scratch/said")"
}
label() { as chen01 --json document show $id | jq -r --arg v "$1" '.versions[] | select(.version == $v) | .signatures[] | select(.kind == "approval") | .label'; }

say "server: the key is in the vault under its holder's passphrase"
as wu06 role grant huang05 approver >/dev/null
round 9.1
as huang05 document approve $id --version 9.1 >/dev/null
openssl_verifies 9.1
[ "$(label 9.1)" = '電子簽章（伺服器保管金鑰）' ] || fail "label: $(label 9.1)"

say "file: key and request are made where there is no store; what --prepare wrote is signed there and brought back"
home() { env -u VERMILION_STORE "$vermilion" "$@"; }
echo 自己電腦上的通行短語二〇二六 >"$scratch/own.passphrase"
home certificate request zhang04 --new-passphrase-file "$scratch/own.passphrase" --key-out "$scratch/own.pem" -o "$scratch/own.p10"
openssl req -verify -noout -inform DER -in "$scratch/own.p10" >/dev/null 2>&1 || fail "the request does not prove its key"
expect_exit 5 as wu06 certificate issue tsai08 --request "$scratch/own.p10"
expect_text request-of-another "$err"
as wu06 --json certificate issue zhang04 --request "$scratch/own.p10" --certificate-out "$scratch/own.crt" >/dev/null
round 9.2
by_password() { "$vermilion" --as zhang04 --password-file "$keys/zhang04.password" "$@"; }
by_password document approve $id --version 9.2 --prepare "$scratch/approval.json"
[ "$(jq -r .meaning "$scratch/approval.json")" = 核准 ] || fail "prepared: $(cat "$scratch/approval.json")"
home sign "$scratch/approval.json" --key "$scratch/own.pem" --cert "$scratch/own.crt" --passphrase-file "$scratch/own.passphrase" -o "$scratch/approval.p7s"
expect_exit 6 by_password --json document approve $id --version 9.2
[ "$(jq -r .code <<<"$err")" = passphrase-needed ] || fail "a login password signs: $err"
expect_exit 4 by_password document return $id --version 9.2 --reason 換個決定 --prepared "$scratch/approval.json" --signature "$scratch/approval.p7s"
expect_text prepared-differs "$err"
by_password document approve $id --version 9.2 --prepared "$scratch/approval.json" --signature "$scratch/approval.p7s" >/dev/null
openssl_verifies 9.2
[ "$(label 9.2)" = '電子簽章（自持金鑰）' ] || fail "label: $(label 9.2)"

say "renewal: by the key one has, without a second person; then the old one is revoked"
file() { "$vermilion" --as zhang04 --key-file "$1" --passphrase-file "$scratch/own.passphrase" "${@:2}"; }
old=$(certificates zhang04 | jq -r 'last.certificate')
file "$scratch/own.pem" --json certificate renew --new-passphrase-file "$scratch/own.passphrase" --key-out "$scratch/new.pem" >"$scratch/renewed"
[ "$(jq -r .renews "$scratch/renewed")" = "$old" ] || fail "renewed: $(cat "$scratch/renewed")"
[ "$(jq -r .notice "$scratch/renewed")" = failed:no-mail ] || fail "the notice: $(cat "$scratch/renewed")"
echo "mail: {command: \"cat >>$scratch/mails\", from: \"isms@example.gov.tw\"}" >>"$VERMILION_STORE/vermilion.yaml"
expect_exit 5 file "$scratch/new.pem" certificate revoke zhang04 "$old" --reason 換新
expect_exit 6 as chen01 certificate revoke zhang04 "$old" --reason superseded
expect_text no-right "$err"
file "$scratch/new.pem" certificate revoke zhang04 "$old" --reason superseded >/dev/null
expect_exit 6 file "$scratch/own.pem" document list
expect_exit 4 as wu06 certificate revoke zhang04 "$old" --reason superseded
"$vermilion" certificate crl -o "$scratch/crl.pem"
openssl crl -in "$scratch/crl.pem" -noout -verify -CAfile "$scratch/chain.pem" 2>"$scratch/said" || fail "crl: $(cat "$scratch/said")"
openssl_verifies 9.2  # made before the revocation: still good
! openssl verify -crl_check -CRLfile "$scratch/crl.pem" -CAfile "$scratch/chain.pem" "$scratch/own.crt" >"$scratch/said" 2>&1 || fail "openssl accepts a revoked certificate"
expect_text "certificate revoked" "$(cat "$scratch/said")"

if command -v softhsm2-util pkcs11-tool >/dev/null && [ -e /usr/lib/softhsm/libsofthsm2.so ]; then
  say "token: the key is made on it and never leaves it"
  mkdir "$scratch/tokens"
  printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$scratch/tokens" >"$scratch/softhsm2.conf"
  export SOFTHSM2_CONF=$scratch/softhsm2.conf
  softhsm2-util --init-token --free --label isms --pin 1234 --so-pin 5678 >/dev/null
  pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --login --pin 1234 --token-label isms --keypairgen --key-type EC:prime256v1 --label tsai08 --id 01 >/dev/null 2>&1
  echo 1234 >"$scratch/pin"
  token=(--token 'pkcs11:token=isms;object=tsai08;type=private?module-path=/usr/lib/softhsm/libsofthsm2.so' --pin-file "$scratch/pin")
  home certificate request tsai08 "${token[@]}" -o "$scratch/token.p10"
  as wu06 role grant tsai08 approver >/dev/null
  as wu06 certificate issue tsai08 --request "$scratch/token.p10" --custody token --certificate-out "$scratch/token.crt" >/dev/null
  round 9.3
  "$vermilion" --as tsai08 "${token[@]}" document approve $id --version 9.3 >/dev/null
  openssl_verifies 9.3
  openssl x509 -in "$scratch/signer.pem" -noout -pubkey | cmp - <(openssl x509 -in "$scratch/token.crt" -noout -pubkey) || fail "another key signed"
  [ "$(label 9.3)" = '電子簽章（憑證載具）' ] || fail "label: $(label 9.3)"
else
  echo "skipped: the token part; softhsm2 and opensc are not installed (scripts/setup test)"
fi
say "card: a certificate of another authority, below one that an administrator signed for"
(
  cd "$scratch" && key='-newkey ec -pkeyopt ec_paramgen_curve:P-256'
  openssl req -x509 $key -nodes -keyout ca.key -subj /CN=NCA -days 900 -out ca.pem
  openssl req -utf8 -new $key -passout file:own.passphrase -keyout card.key -subj /CN=王小明/serialNumber=0000000112345678 -out card.csr
  printf 'keyUsage=critical,digitalSignature\n' >card.cnf
  openssl x509 -req -in card.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 800 -extfile card.cnf -out card.pem
) 2>"$scratch/said" || fail "$(cat "$scratch/said")"
as wu06 person add wang09 --name 王小明 --unit 署長室 --title 主任秘書 --email wang09@example.gov.tw >/dev/null
as wu06 role grant wang09 approver >/dev/null
jq -n '{name: "王小明", unit: "署長室", position: "主任秘書", start_date: "2020-03-02"}' >"$scratch/wang.json"
as yang11 record create nda-employee --paper --scan "$root/docs-src/pictures/page.png" --for wang09 --values "$scratch/wang.json" >/dev/null
as zhang04 person authorise wang09 >/dev/null
import() { as wu06 --json certificate import "$1" "$scratch/card.pem" --proof "$scratch/proof.p7s" --custody file; }
"$vermilion" certificate challenge wang09 "$scratch/card.pem" -o "$scratch/proof.json"
home sign "$scratch/proof.json" --key "$scratch/card.key" --cert "$scratch/card.pem" --passphrase-file "$scratch/own.passphrase" -o "$scratch/proof.p7s"
expect_exit 5 import wang09
expect_text certificate-untrusted "$err"
as wu06 certificate trust add "$scratch/ca.pem" >/dev/null
expect_exit 5 import zhang04
expect_text name-differs "$err"
import wang09 >/dev/null
round 9.4
"$vermilion" --as wang09 --key-file "$scratch/card.key" --passphrase-file "$scratch/own.passphrase" document approve $id --version 9.4 >/dev/null
cp "$scratch/ca.pem" "$scratch/chain.pem"
openssl_verifies 9.4
[ "$(label 9.4)" = '數位簽章（自持金鑰，未查廢止狀態）' ] || fail "label: $(label 9.4)"

as wu06 certificate revoke wang09 "$(certificates wang09 | jq -r 'last.certificate')" --reason cessation >/dev/null
openssl_verifies 9.4
grep -q "您的憑證已廢止" "$scratch/mails" || fail "the owner was not told: $(cat "$scratch/mails")"
expect_exit 6 "$vermilion" --as wang09 --key-file "$scratch/card.key" --passphrase-file "$scratch/own.passphrase" document list
say "web: list and chain are there for anybody"
serve
python3 -c 'import ssl, sys, urllib.request
for name in "crl", "chain.pem":
    page = urllib.request.urlopen(sys.argv[1] + "/authority/" + name, context=ssl._create_unverified_context())
    open(sys.argv[2] + "/web." + name, "wb").write(page.read())' "$url" "$scratch" || fail "the pages do not answer"
stop_serving
openssl crl -inform DER -in "$scratch/web.crl" -noout -verify -CAfile "$scratch/web.chain.pem" 2>"$scratch/said" || fail "the list on the web: $(cat "$scratch/said")"

"$vermilion" verify || fail "the store does not verify"
grep -q "^From: isms@example.gov.tw" "$scratch/mails" || fail "the mail: $(cat "$scratch/mails")"
echo "ok: approvals by server, file and token verify with stock openssl; renewed, revoked, listed"
