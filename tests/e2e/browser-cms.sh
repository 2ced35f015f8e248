#!/bin/bash
# What the pages' script signs, looked at by stock openssl: the request, and detached signatures over statements of many sizes.
. "$(dirname "$0")/lib.sh"
require_tool node openssl

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$scratch/root.key" -out "$scratch/root.pem" \
  -days 2 -subj '/CN=環境保護署 根憑證' -utf8 -addext 'keyUsage=critical,keyCertSign' 2>"$scratch/out"
node "$root/tests/e2e/browser-cms.mjs" "$scratch" || fail "the script signs what openssl refuses"
openssl asn1parse -inform DER -in "$scratch/0.p7s" >"$scratch/parsed" || fail "the signature is no DER"
for name in contentType signingTime messageDigest id-smime-aa-signingCertificateV2 ecdsa-with-SHA256; do
  grep -q "OBJECT *:$name" "$scratch/parsed" || fail "no $name in the signature"
done
# Encoded anew by openssl, the bytes are the same: it is DER, and its sets stand in the one order that DER knows.
openssl cms -cmsout -inform DER -in "$scratch/0.p7s" -outform DER -out "$scratch/again.p7s"
cmp "$scratch/0.p7s" "$scratch/again.p7s" || fail "openssl encodes the signature in another way"
echo ok
