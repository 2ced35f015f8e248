#!/bin/bash
# Long-term validation: a sealed PDF carries the lists it will be checked by; before its stamp expires it is stamped again, and stock
# openssl and pdfsig confirm it; its seal's certificate is revoked and replaced, and what was sealed before stays good.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool git jq python3 openssl pdfsig certutil qpdf faketime
demo_store
id=ISMS-01-090
stamp_authority
certify() { (cd "$scratch/tsa" && openssl x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial -days "$1" -extfile tsa.cnf -extensions leaf -out tsa.pem 2>/dev/null); }
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=30\n' >"$scratch/tsa/crl.cnf"
touch "$scratch/tsa/index"
(cd "$scratch/tsa" && openssl ca -gencrl -config crl.cnf -keyfile ca.key -cert tsa-ca.pem -out tsa.crl 2>/dev/null)
certify 100
echo "timestamp: {url: \"$stamps\", ca: \"$scratch/tsa/tsa-ca.pem\", crl: \"$scratch/tsa/tsa.crl\", renew_days: 180}" >>"$VERMILION_STORE/vermilion.yaml"

as huang05 document import "$root/docs-src/isms/ISMS-01-002.md" --id $id --title 資訊安全管理規範 --version 3.5 --effective 104.8.28 >/dev/null
judge() { expect_exit "$1" "$vermilion" --json verify "$scratch/$2"; }
export_as() { "$vermilion" --json document export $id --pdf "$scratch/$1" >/dev/null; }
level() { jq -r '.signatures[0].level' <<<"$out"; }
export_as sealed.pdf
judge 0 sealed.pdf
[ "$(level)" = B-LT ] || fail "not B-LT: $out"

# Due: 100 days are less than 180. The server looks when it starts, and once a day.
certify 3000
serve
trap 'kill $server $tsa 2>/dev/null || true; clean_up' EXIT
for _ in {1..100}; do as liu07 --json log list --kind renewal | grep -q '"subject":"documents"' && break || sleep 0.2; done
stop_serving
[ "$("$vermilion" --json document renew | jq '.renewed | length')" = 0 ] || fail "renewed twice"
[ "$(as liu07 --json log list --kind renewal | jq -r '[.[] | .actor + " " + .subject] | join(", ")')" = "system document $id 3.5, local documents, local documents" ] ||
  fail "the log does not tell of it: $(as liu07 --json log list --kind renewal)"
export_as renewed.pdf
cmp -n "$(stat -c %s "$scratch/sealed.pdf")" "$scratch/sealed.pdf" "$scratch/renewed.pdf" || fail "the sealed bytes changed"
git -C "$VERMILION_STORE/evidence.git" show "main:documents/$id/renewals/3.5/01.update" | cat "$scratch/sealed.pdf" - | cmp - "$scratch/renewed.pdf" ||
  fail "the renewed file is not the published one and its update"
judge 0 renewed.pdf
[ "$(level) $(jq -r '.signatures[1].role' <<<"$out")" = "B-LTA timestamp" ] || fail "not B-LTA: $out"

# Stock programs: the seal, the stamp over the whole, the file's syntax.
git -C "$VERMILION_STORE/evidence.git" show main:people/root.pem >"$scratch/root.pem"
mkdir "$scratch/nss"
certutil -N -d "sql:$scratch/nss" --empty-password
certutil -A -d "sql:$scratch/nss" -n root -t CT,C,C -i "$scratch/root.pem"
for file in sealed renewed; do
  said=$(pdfsig -nssdir "sql:$scratch/nss" "$scratch/$file.pdf" 2>/dev/null)
  for line in "Signature is Valid" "Certificate is Trusted" "- Total document signed"; do expect_text "$line" "$said"; done
  expect_text "No syntax or stream encoding errors found" "$(qpdf --check "$scratch/$file.pdf" 2>&1)"
done
python3 - "$scratch" <<'PY'
import re, sys
folder = sys.argv[1]
pdf = open(f"{folder}/renewed.pdf", "rb").read()
stamp = pdf[pdf.rindex(b"/DocTimeStamp"):]
_, hole, end, rest = (int(n) for n in re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", stamp).groups())
assert end + rest == len(pdf), "the stamp is not over the whole file"
token = bytes.fromhex(pdf[hole + 1:end - 1].decode())
open(f"{folder}/token.der", "wb").write(token[:4 + int.from_bytes(token[2:4], "big")])
open(f"{folder}/covered", "wb").write(pdf[:hole] + pdf[end:])
PY
openssl ts -verify -token_in -in "$scratch/token.der" -data "$scratch/covered" -CAfile "$scratch/tsa/tsa-ca.pem" >"$scratch/said" 2>&1 || fail "openssl ts: $(cat "$scratch/said")"

# The lists within are what stock openssl takes: the seal is not on the issuer's.
python3 - "$scratch" <<'PY'
import pathlib, subprocess, sys
folder = pathlib.Path(sys.argv[1])
raw = lambda number: subprocess.run(["qpdf", "--show-object=" + number, "--raw-stream-data", folder / "sealed.pdf"], check=True, capture_output=True).stdout
show = lambda *w: subprocess.run(["qpdf", *w, folder / "sealed.pdf"], check=True, capture_output=True, text=True).stdout
import re
root = re.search(r"/Root (\d+)", show("--show-object=trailer"))[1]
store = re.search(r"/DSS (\d+)", show("--show-object=" + root))[1]
text = show("--show-object=" + store)
entries = lambda key: re.findall(r"(\d+) 0 R", re.search(key + r" \[(.*?)\]", text)[1])
for name, key in (("cert", "/Certs"), ("crl", "/CRLs")):
    for i, number in enumerate(entries(key)):
        (folder / f"{name}{i}.der").write_bytes(raw(number))
PY
for i in 0 1 2; do openssl x509 -inform DER -in "$scratch/cert$i.der" -out "$scratch/cert$i.pem"; done
openssl crl -inform DER -in "$scratch/crl0.der" -out "$scratch/crl0.pem" 2>/dev/null
cat "$scratch/cert1.pem" "$scratch/cert2.pem" "$scratch/crl0.pem" >"$scratch/chain.pem"
expect_text ": OK" "$(openssl verify -crl_check -CAfile "$scratch/chain.pem" "$scratch/cert0.pem" 2>&1)"

# Years later, when the first stamp's certificate and every list have expired.
cp -a "$VERMILION_STORE" "$scratch/later"
expect_exit 0 faketime -f +400d "$vermilion" -C "$scratch/later" --json verify "$scratch/renewed.pdf"
[ "$(level)" = B-LTA ] || fail "years later: $out"

# Validation data removed, the stamp exchanged for one over the sealed file.
{ cat "$scratch/renewed.pdf" && echo '% 附註'; } >"$scratch/appended.pdf"
judge 1 appended.pdf && [ "$(jq -r '.problems[].code' <<<"$out")" = bytes-appended ] || fail "appended: $out"
python3 - "$scratch" <<'PY'
import sys
folder = sys.argv[1]
pdf = open(f"{folder}/renewed.pdf", "rb").read()
at = pdf.rindex(b"/CRLs")
open(f"{folder}/cut.pdf", "wb").write(pdf[:at] + b"/Crls" + pdf[at + 5:])
PY
judge 1 cut.pdf && expect_text timestamp-bad "$(jq -r '.problems[].code' <<<"$out")"

# Revoked and replaced: what was sealed before holds, by its stamp; the list tells; the next one is for another key.
expect_exit 0 as wu06 --json certificate revoke-seal --reason key-compromise
judge 0 renewed.pdf
[ "$(jq -r '.signatures[0].revoked' <<<"$out")" != null ] || fail "not told that it is revoked: $out"
"$vermilion" certificate crl -o "$scratch/crl.pem"
expect_text "Key Compromise" "$(openssl crl -in "$scratch/crl.pem" -noout -text)"
expect_exit 4 as wu06 --json certificate revoke-seal --reason key-compromise
sleep 1 # a certificate begins in the second after
expect_exit 0 as wu06 --json certificate seal
as huang05 document import "$root/docs-src/isms/ISMS-01-002.md" --id ISMS-01-091 --title 資訊安全管理規範 --version 3.5 --effective 104.8.28 >/dev/null
"$vermilion" --json document export ISMS-01-091 --pdf "$scratch/again.pdf" >/dev/null
judge 0 again.pdf
said=$(pdfsig -nssdir "sql:$scratch/nss" "$scratch/again.pdf")
for line in "Signature is Valid" "Certificate is Trusted" "- Total document signed"; do expect_text "$line" "$said"; done
expect_exit 0 "$vermilion" verify
echo "ok: kept, stamped again, checked by stock programs, revoked and replaced"
