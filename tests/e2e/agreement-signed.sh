#!/bin/bash
# An agreement that two persons sign within the PDF: a vendor's engineer, then who answers for him. Stock pdfsig finds both valid and
# trusted and the file covered by the last; it stays PDF/A and PDF/UA; what was done to a copy afterwards is named.
. "$(dirname "$0")/lib.sh"
require_tool git jq pdfsig certutil qpdf mutool gs openssl pdftotext pdfinfo python3
demo_store
mkdir "$scratch/out"
judge() { expect_exit "$1" "$vermilion" --json verify "$scratch/$2"; }
codes() { jq -r '[.problems[].code] | join(" ")' <<<"$out"; }
stored() { git -C "$VERMILION_STORE/evidence.git" show "main:$1"; }

# 高郁翔 reads and signs; 林志明 confirms.
as kao13 --json form show nda-vendor-person | jq -j .text >"$scratch/text.md"
cat >"$scratch/values.json" <<'JSON'
{"name": "高郁翔", "vendor": "鼎新系統公司", "contract_no": "C-114-07", "role": "系統維護", "access_scope": "空氣品質監測網、公文系統",
 "regulation_version": "3.5", "valid_from": "2026-01-01", "valid_to": "2027-12-31"}
JSON
id=$(as kao13 --json record create nda-vendor-person --values "$scratch/values.json" --read "$scratch/text.md" | jq -r .id)
as kao13 record export "$id" --pdf "$scratch/one-signature-agreement.pdf" >/dev/null
as lin02 --json record sign "$id" >"$scratch/signed.json"
[ "$(jq -r .state "$scratch/signed.json")" = complete ] || fail "not complete: $(cat "$scratch/signed.json")"
as kao13 record export "$id" --pdf "$scratch/two-signature-agreement.pdf" >/dev/null
cmp -n "$(stat -c %s "$scratch/one-signature-agreement.pdf")" "$scratch/one-signature-agreement.pdf" "$scratch/two-signature-agreement.pdf" ||
  fail "the second signature altered what the first had covered"

# Stock programs.
stored people/root.pem >"$scratch/root.pem"
mkdir "$scratch/nss"
certutil -N -d "sql:$scratch/nss" --empty-password
certutil -A -d "sql:$scratch/nss" -n root -t CT,C,C -i "$scratch/root.pem"
said=$(pdfsig -nssdir "sql:$scratch/nss" "$scratch/two-signature-agreement.pdf" 2>"$scratch/err")
for line in "Signature is Valid" "Certificate is Trusted" "ETSI.CAdES.detached"; do
  [ "$(grep -c "$line" <<<"$said")" = 2 ] || fail "not twice \"$line\": $said"
done
grep -q '^  - Total document signed' <<<"$(sed -n '/^Signature #2/,$p' <<<"$said")" || fail "the last does not cover the file: $said"
expect_text 高郁翔 "$said"
for file in one two; do
  pdf=$scratch/$file-signature-agreement.pdf
  expect_text "No syntax or stream encoding errors found" "$(qpdf --check "$pdf" 2>&1)"
  ! qpdf --check "$pdf" 2>&1 | grep -i warning || fail "qpdf warns"
  said=$(mutool draw -q -o "$scratch/out/%d.png" "$pdf" 2>&1 | grep -v 'ICC support is not available') && fail "mutool: $said"
  [ -z "$(gs -q -dNOPAUSE -dBATCH -sDEVICE=nullpage "$pdf" 2>&1)" ] || fail "gs complains of $file"
  expect_text "Tagged:          yes" "$(pdfinfo "$pdf")"
  grep -aq '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>' "$pdf" || fail "$file is no PDF/A-2a"
done
[ -z "${SCREENSHOTS:-}" ] || cp "$scratch"/*-agreement.pdf "$SCREENSHOTS"

# Who, when, in which role: by the program, and on the paper.
judge 0 two-signature-agreement.pdf
[ "$(jq -r '[.signatures[] | .account, .role, .trusted] | join(" ")' <<<"$out")" = "kao13 person true lin02 person true" ] || fail "$out"
# Who may not open the record learns that the signatures hold, and not whose file it is.
expect_text "簽章成立，但沒有本機關的印章" "$("$vermilion" verify "$scratch/two-signature-agreement.pdf")"
words=$(as kao13 verify "$scratch/two-signature-agreement.pdf")
for word in 高郁翔 林志明 同意並簽署 委外人員管理者確認 "$id" "完好 sound"; do expect_text "$word" "$words"; done
expect_exit 0 "$vermilion" verify

# The copies of a liar: a line appended, one signature in the place of the other, a level that it does not have.
{ cat "$scratch/two-signature-agreement.pdf" && echo '% 契約已延長'; } >"$scratch/appended.pdf"
judge 1 appended.pdf && [ "$(codes)" = bytes-appended ] || fail "appended: $out"
python3 - "$scratch" <<'PY'
import re, sys
folder = sys.argv[1]
pdf = open(f"{folder}/two-signature-agreement.pdf", "rb").read()
first, second = re.finditer(rb"/Contents <([0-9a-f]{32768})>", pdf)
swapped = bytearray(pdf)
swapped[slice(*first.span(1))], swapped[slice(*second.span(1))] = second[1], first[1]
open(f"{folder}/swapped.pdf", "wb").write(swapped)
open(f"{folder}/altered.pdf", "wb").write(pdf.replace(b"<pdfaid:part>2", b"<pdfaid:part>3"))
PY
judge 1 swapped.pdf && [ "$(codes)" = "content-changed content-changed" ] || fail "swapped: $out"
judge 1 altered.pdf && [[ $(codes) == content-changed* ]] || fail "altered: $out"
echo "signed twice, checked by stock programs, tampering named"
