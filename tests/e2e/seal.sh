#!/bin/bash
# Seals: what is published bears the organisation's seal, and stock pdfsig and qpdf find it valid; what was done to a copy afterwards is
# named; a store made before there were seals gets one.
. "$(dirname "$0")/lib.sh"
require_tool git jq pdfsig certutil qpdf openssl pdfinfo
demo_store
id=ISMS-01-002
pdf() { "$vermilion" --json document export "$1" --pdf "$scratch/$2" "${@:3}" >/dev/null; }
judge() { expect_exit "$1" "$vermilion" --json verify "$scratch/$2"; }

pdf $id published.pdf # 1.1, which took the place of 1.0
git -C "$VERMILION_STORE/evidence.git" show main:people/root.pem >"$scratch/root.pem"
mkdir "$scratch/nss"
certutil -N -d "sql:$scratch/nss" --empty-password
certutil -A -d "sql:$scratch/nss" -n root -t CT,C,C -i "$scratch/root.pem"
said=$(pdfsig -nssdir "sql:$scratch/nss" "$scratch/published.pdf")
for line in "Signature is Valid" "Certificate is Trusted" "- Total document signed" "ETSI.CAdES.detached" "示範環境保護機關 機關印章"; do
  expect_text "$line" "$said"
done
expect_text "No syntax or stream encoding errors found" "$(qpdf --check "$scratch/published.pdf" 2>&1)"
! qpdf --check "$scratch/published.pdf" 2>&1 | grep -i warning || fail "qpdf warns"
expect_text "Tagged:          yes" "$(pdfinfo "$scratch/published.pdf")"
grep -aq '<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>' "$scratch/published.pdf" || fail "the sealed file is no PDF/A-3a"

# The publication names its digest before and after the seal, in a statement that a person signed.
folder=documents/$id/revisions/1.1
statement=$(git -C "$VERMILION_STORE/evidence.git" show "main:$folder/$(jq -r .statement <<<"$(git -C "$VERMILION_STORE/evidence.git" show "main:$folder/publication.json")").statement.json")
[ "$(jq -r .subject.sealed_pdf <<<"$statement")" = "sha256:$(sha256sum <"$scratch/published.pdf" | cut -d' ' -f1)" ] ||
  fail "the statement names another file"
end=$(grep -abo -m1 '%%EOF' "$scratch/published.pdf" | head -1 | cut -d: -f1)
[ "$(jq -r .subject.pdf <<<"$statement")" = "sha256:$(head -c $((end + 6)) "$scratch/published.pdf" | sha256sum | cut -d' ' -f1)" ] ||
  fail "what lies before the seal is not the rendition that was signed"

judge 0 published.pdf
[ "$(jq -r '.signatures[0] | .role, .trusted' <<<"$out" | xargs)" = "seal true" ] || fail "$out"
[ "$(jq -r '.document | .id, .version, .state' <<<"$out" | xargs)" = "$id 1.1 in_force" ] || fail "$out"
expect_text "完好 sound" "$("$vermilion" verify "$scratch/published.pdf")"

# Four samples: appended bytes, a changed revision, a swapped signature, something in the room after it.
codes() { jq -r '[.problems[].code] | join(" ")' <<<"$out"; }
{ cat "$scratch/published.pdf" && echo '% 本版已作廢'; } >"$scratch/appended.pdf"
judge 1 appended.pdf && [ "$(codes)" = bytes-appended ] || fail "appended: $out"
page=$(qpdf --show-object=trailer "$scratch/published.pdf" | grep -o '/Root [0-9]* 0 R')
previous=$(tail -c 64 "$scratch/published.pdf" | grep -a -A1 startxref | tail -1)
number=$(qpdf --json "$scratch/published.pdf" | jq -r '.pages[0].object | split(" ")[0]')
{
  cat "$scratch/published.pdf"
  at=$(stat -c %s "$scratch/published.pdf")
  object="$number 0 obj"$'\n'"<< /Type /Page /MediaBox [0 0 9 9] /Parent 1 0 R >>"$'\n'"endobj"
  printf '%s\nxref\n%s 1\n%010d 00000 n \ntrailer\n<< /Size 9999 %s /Prev %s >>\nstartxref\n%s\n%%%%EOF\n' \
    "$object" "$number" "$at" "$page" "$previous" $((at + ${#object} + 1))
} >"$scratch/revised.pdf"
judge 1 revised.pdf && [ "$(codes)" = "changed-after-signing bytes-appended" ] || fail "revised: $out"
pdf ISMS-01-001 other.pdf
python3 - "$scratch" <<'PY'
import re, sys
folder = sys.argv[1]
one, other = (open(f"{folder}/{name}", "rb").read() for name in ("published.pdf", "other.pdf"))
hole = re.compile(rb"/Contents <([0-9a-f]{32768})>")
open(f"{folder}/swapped.pdf", "wb").write(one.replace(hole.search(one)[1], hole.search(other)[1]))
open(f"{folder}/filled.pdf", "wb").write(one.replace(hole.search(one)[1], hole.search(one)[1][:-1] + b"7"))
PY
judge 1 swapped.pdf && [ "$(codes)" = content-changed ] || fail "swapped: $out"
judge 1 filled.pdf && [ "$(codes) $(jq -r .document.version <<<"$out")" = "filling-not-zeros 1.1" ] || fail "filled: $out"

# An older version is sound still, and told to be replaced; a copy that is marked is written anew and bears no seal.
pdf $id old.pdf --version 1.0 --original
judge 0 old.pdf
[ "$(jq -r '.document | .state, .replaced_by' <<<"$out" | xargs)" = "superseded 1.1" ] || fail "not told that 1.1 took its place: $out"
pdf $id marked.pdf --version 1.0
judge 1 marked.pdf && [ "$(codes)" = not-signed ] || fail "marked: $out"

expect_exit 0 "$vermilion" verify
[ "$(as wu06 --json log list --kind seal | jq length)" = 1 ] || fail "the issue of the seal is not in the log"
expect_exit 4 as wu06 --json certificate seal
echo "sealed, checked by stock programs, tampering named"
