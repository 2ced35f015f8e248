#!/bin/bash
# Copies that leave: a draft, a version in force and a void one say so on every page; an encrypted one opens with its password alone,
# which stands on no command line; a printed blank form is found again by its number.
. "$(dirname "$0")/lib.sh"
require_tool jq pdftotext pdfinfo qpdf pdfdetach python3
demo_store
words() { pdftotext -raw "${@:2}" "$scratch/$1.pdf" - | tr -d ' \n\f'; }
pages() { pdfinfo "$scratch/$1.pdf" | sed -n 's/^Pages: *//p'; }
# on_each_page WORDS NAME: as often as there are pages, or more.
on_each_page() {
  local count
  count=$(words "$2" | grep -o "$1" | wc -l)
  [ "$count" -ge "$(pages "$2")" ] || fail "$2.pdf says $1 $count times on $(pages "$2") pages"
}

as chen01 document draft ISMS-01-001 --version 1.1 --summary '第 1.1 版' >/dev/null
as chen01 document export ISMS-01-001 --version 1.1 --review "$scratch/draft.pdf" >/dev/null
on_each_page 草案 draft
"$vermilion" document export ISMS-01-001 --pdf "$scratch/stored.pdf" >/dev/null
"$vermilion" document export ISMS-01-001 --marked --pdf "$scratch/marked.pdf" >/dev/null
on_each_page 現行，民國 marked
expect_text "$(TZ=Asia/Taipei date +%F)）查詢加註副本，非正本" "$(words marked)"
"$vermilion" document export ISMS-01-002 --version 1.0 --pdf "$scratch/void.pdf" >/dev/null
on_each_page 作廢加註副本 void

password='Wu-ran-fang-zhi 115'
echo "$password" >"$scratch/password"
"$vermilion" document export ISMS-01-001 --pdf "$scratch/secret.pdf" --password-file "$scratch/password" >/dev/null
expect_exit 2 qpdf --check "$scratch/secret.pdf"
said=$(qpdf --show-encryption --password-file=<(cat "$scratch/password") "$scratch/secret.pdf")
for line in "R = 6" "file encryption method: AESv3" "extract for accessibility: allowed" "modify anything: not allowed"; do
  expect_text "$line" "$said"
done
expect_text 加密副本，無機關印章，非典藏格式 "$(words secret -upw "$password")"
! pdfinfo -meta -upw "$password" "$scratch/secret.pdf" | grep -q pdfaid || fail "the encrypted copy claims PDF/A"
expect_text "0 embedded files" "$(pdfdetach -list -upw "$password" "$scratch/secret.pdf")"
expect_exit 5 "$vermilion" --json document export ISMS-01-001 --pdf "$scratch/no.pdf" --password-file /dev/null
expect_exit 5 "$vermilion" --json document export ISMS-01-001 --original --pdf "$scratch/no.pdf" --password-file "$scratch/password"
[ ! -e "$scratch/no.pdf" ] || fail "a PDF was written without a password"
cmp -s <("$vermilion" document export ISMS-01-001 --pdf -) "$scratch/stored.pdf" || fail "the stored file is not the same any more"

# Seven kilobytes that unfold to four gigabytes.
python3 - "$scratch/bomb.pdf" <<'PY'
import sys, zlib
packer = zlib.compressobj(9)
table = zlib.compress(b"".join(packer.compress(bytes(1 << 24)) for _ in range(256)) + packer.flush(), 9)
pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
at = len(pdf)
pdf += b"3 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(table)
open(sys.argv[1], "wb").write(pdf + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
PY
[ "$(stat -c %s "$scratch/bomb.pdf")" -lt 32768 ] || fail "no bomb"
expect_exit 5 "$vermilion" --json verify "$scratch/bomb.pdf"
[ "$(jq -r .code <<<"$err")" = pdf-reader-failed ] || fail "$err"

as huang05 form blank room-daily-log --pdf "$scratch/blank.pdf" >/dev/null
sheet=$(pdftotext -raw "$scratch/blank.pdf" - | grep -o 'room-daily-log 1\.0 [A-Z2-7]\{4\}-[A-Z2-7]\{4\}-[A-Z2-7]\{4\}')
answer=$("$vermilion" --json verify --paper "$sheet")
[ "$(jq -r '.kind, .state' <<<"$answer" | xargs)" = "form in_force" ] || fail "$answer"
serial=$(cut -d' ' -f3 <<<"$sheet" | tr -d -)
[ "$(as wu06 --json log list --kind print | jq -r 'last | .actor, .subject' | xargs)" = "huang05 form room-daily-log 1.0 $serial" ] ||
  fail "the log does not know $serial"
expect_exit 1 "$vermilion" --json verify --paper "room-daily-log 1.0 AAAA-AAAA-AAAA"
expect_exit 0 "$vermilion" verify
echo "ok: copies say what they are"
