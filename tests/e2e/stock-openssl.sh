#!/bin/bash
# Stock openssl verifies every statement on main at its signing time, today and in five years; a flipped byte
# fails, and so does a check that names no time once the certificate has expired.
. "$(dirname "$0")/lib.sh"
require_tool git openssl jq faketime
given_store

git -C "$VERMILION_STORE/evidence.git" archive main | tar -x -C "$scratch" --one-top-level=main
cp "$scratch/main/people/root.pem" "$scratch/root.pem"

# recipe STATEMENT [-attime T]: as architecture invariant 3 prints it.
recipe() {
  openssl cms -verify -binary -inform DER -in "$1.p7s" -content "${content:-$1}" -CAfile "$scratch/root.pem" \
    "${@:2}" -out /dev/null 2>"$scratch/said"
}
later() { export -f recipe && export scratch && faketime -f +5y bash -c 'recipe "$@"' recipe "$@"; }

count=0
while IFS= read -r statement; do
  at=$(date -ud "$(jq -r .at "$statement")" +%s)
  name=${statement#"$scratch/main/"}
  recipe "$statement" -attime "$at" || fail "$name: $(cat "$scratch/said")"
  later "$statement" -attime "$at" || fail "$name in five years: $(cat "$scratch/said")"
  ! later "$statement" || fail "$name verifies in five years without a time"
  grep -qi expired "$scratch/said" || fail "$name fails in five years, but not as expired: $(cat "$scratch/said")"
  sed '0,/"meaning"/s//"Meaning"/' "$statement" >"$scratch/flipped"
  ! cmp -s "$statement" "$scratch/flipped" || fail "$name has no meaning"
  ! content=$scratch/flipped recipe "$statement" -attime "$at" || fail "$name verifies with a flipped byte"
  count=$((count + 1))
done < <(find "$scratch/main" -name '*.statement.json' | sort)
[ "$count" -gt 0 ] || fail "no statements"

# What a person takes away checks itself, and notices a changed byte.
"$vermilion" document export ISMS-01-002 --approvals "$scratch/approvals" >/dev/null
[ "$(find "$scratch/approvals" -name '*-approval.statement.json' | wc -l)" = 1 ] || fail "one approval is expected"
(cd "$scratch/approvals" && sh recipe.txt >"$scratch/said" 2>&1) || fail "recipe.txt: $(cat "$scratch/said")"
signed=$(find "$scratch/approvals" -name '*.p7s' | wc -l)
[ "$(grep -c 'Verification successful' "$scratch/said")" = "$signed" ] || fail "recipe.txt: $(cat "$scratch/said")"
for file in document.md published.pdf 01-submission.statement.json; do
  cp -a "$scratch/approvals" "$scratch/changed"
  printf x >>"$scratch/changed/$file"
  ! (cd "$scratch/changed" && sh recipe.txt >/dev/null 2>&1) || fail "recipe.txt accepts a changed $file"
  rm -r "$scratch/changed"
done
echo "ok: $count statements"
