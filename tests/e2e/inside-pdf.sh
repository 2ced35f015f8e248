#!/bin/bash
# What a published PDF holds: its text and the statements about it come out with stock pdfdetach, and stock openssl checks them without
# the store; an opinion stays behind, and a marked copy holds nothing.
. "$(dirname "$0")/lib.sh"
require_tool pdfdetach openssl jq git qpdf
demo_store
id=ISMS-01-001
git -C "$VERMILION_STORE/evidence.git" show main:people/root.pem >"$scratch/root.pem"

# take_out NAME ARGUMENTS...: exports a PDF and takes what is inside to $scratch/NAME/.
take_out() {
  "$vermilion" --json document export $id --pdf "$scratch/$1.pdf" "${@:2}" >/dev/null
  mkdir "$scratch/$1"
  pdfdetach -saveall -o "$scratch/$1" "$scratch/$1.pdf"
}
names() { ls "$scratch/$1" | sed 's/^[0-9]*-//' | sort -u | xargs; }
meant="approval.statement.json approval.statement.json.p7s"
written="document.md review.statement.json review.statement.json.p7s submission.statement.json submission.statement.json.p7s"

take_out first
[ "$(names first)" = "$meant countersignature.statement.json countersignature.statement.json.p7s $written" ] || fail "inside: $(names first)"
expect_text "$(ls "$scratch/first" | wc -l) embedded files" "$(pdfdetach -list "$scratch/first.pdf")"
expect_text /Source "$(qpdf --json --json-key=qpdf "$scratch/first.pdf")"
digest=sha256:$(sha256sum <"$scratch/first/document.md" | cut -d' ' -f1)
count=0
for statement in "$scratch"/first/*.statement.json; do
  [ "$(jq -r .subject.content "$statement")" = "$digest" ] || fail "$statement is about another text"
  openssl cms -verify -binary -inform DER -in "$statement.p7s" -content "$statement" -CAfile "$scratch/root.pem" \
    -attime "$(date -ud "$(jq -r .at "$statement")" +%s)" -out /dev/null 2>/dev/null || fail "$statement does not verify"
  count=$((count + 1))
done
[ "$count" -ge 4 ] || fail "only $count statements"
expect_exit 0 "$vermilion" verify "$scratch/first.pdf"

# A next version; the approver writes what he thinks of it, and that stays in the store.
to_approval $id 1.1
as zhang04 document approve $id --version 1.1 --comment "同意，惟請於明年檢討附件" >/dev/null
as huang05 document publish $id --version 1.1 >/dev/null
take_out second
[ "$(names second)" = "countersignature.statement.json countersignature.statement.json.p7s $written" ] || fail "inside: $(names second)"
! grep -rq 明年檢討 "$scratch/second" || fail "an opinion left with the PDF"
"$vermilion" document export $id --approvals "$scratch/approvals" >/dev/null
grep -q 明年檢討 "$scratch"/approvals/*-approval.statement.json || fail "the opinion is not where it belongs"

take_out marked --version 1.0
[ -z "$(ls "$scratch/marked")" ] || fail "the marked copy holds $(names marked)"
expect_exit 0 "$vermilion" verify
echo "ok: $count statements out of a PDF"
