#!/bin/bash
# A key in a real browser: made there and not to be taken out, certified by a second person who compares its code, signs an approval that stock
# openssl verifies, an agreement and a destruction; is lost with the data of the browser and replaced. The people are in browser-signing.mjs.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
demo_store

submit_revision
as lin02 document review ISMS-02-001 >"$scratch/out"
as wang03 document countersign ISMS-02-001 >"$scratch/out" 2>&1 || true # asked of some demos only

serve
node "$root/tests/e2e/browser-signing.mjs" "$url" "$keys" "${SCREENSHOTS:-}"
stop_serving
as huang05 document publish ISMS-02-001 >"$scratch/out"

# The approval made in the browser, by stock openssl alone.
as huang05 document export ISMS-02-001 --approvals "$scratch/approvals" >"$scratch/out"
approval=$(basename "$scratch"/approvals/*-approval.statement.json)
[ "$(jq -r .signer.account "$scratch/approvals/$approval")" = fang12 ] || fail "the approval is not fang12's"
(cd "$scratch/approvals" && openssl cms -verify -binary -cades -inform DER -in "$approval.p7s" -content "$approval" -CAfile root.pem \
  -attime "$(date -d "$(jq -r .at "$approval")" +%s)" -out "$scratch/out") 2>"$scratch/err" || fail "openssl refuses it: $(cat "$scratch/err")"
sh "$scratch/approvals/recipe.txt" >"$scratch/out" 2>&1 || fail "the recipe fails: $(cat "$scratch/out")"
# The agreement: its PDF is signed by the same key in the same act. Among the files it is the original, without a note.
agreement=$(as yang11 --json record list --form nda-employee | jq -r '[.[] | select(.account == "tsai08" and .medium == "electronic")] | last | .id')
as yang11 --purpose duty record export "$agreement" --files "$scratch/agreement" >"$scratch/out"
as yang11 --json verify "$scratch/agreement/record.pdf" | jq -e '.sound and .record.kept == "whole" and .signatures[0].account == "tsai08"' >"$scratch/out" ||
  fail "the agreement is not signed within its PDF: $("$vermilion" verify "$scratch/agreement/record.pdf")"
# The request that its key made, as it lies in the evidence.
for request in $(git -C "$VERMILION_STORE/evidence.git" ls-tree -r --name-only main | grep '^people/fang12/certificates/.*\.p10$'); do
  git -C "$VERMILION_STORE/evidence.git" show "main:$request" | openssl req -inform DER -verify -noout 2>"$scratch/err" ||
    fail "openssl refuses $request: $(cat "$scratch/err")"
done
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo ok
