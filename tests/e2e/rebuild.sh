#!/bin/bash
# Catalogue and search index are projections: thrown away and made anew, they answer as before.
. "$(dirname "$0")/lib.sh"
require_tool jq
demo_store

last=$(as liu07 --json log list --limit 100000 | jq 'last | .index')
# Every kind of answer that the index gives, in canonical form.
answers() {
  local id version
  as huang05 --json document list
  for id in $(as huang05 --json document list | jq -r '.[].id'); do
    as huang05 --json document show "$id" --text
    as huang05 --json document history "$id"
    as huang05 --json document diff "$id"
    for version in $(as huang05 --json document show "$id" | jq -r '.versions[].version'); do
      as huang05 --json document show "$id" --version "$version"
    done
  done
  as huang05 --json --at 104.9.1 document list
  for words in 資訊安全 'ISO 27001' 14個字元 紀錄 沒有這種字串; do
    as huang05 --json search "$words" --limit 1000
    as huang05 --json search "$words" --all-versions --limit 1000
  done
  as wu06 --json person list
  as liu07 --json log list --limit 100000 | jq --argjson last "$last" '[.[] | select(.index <= $last)]'
}
answers | jq -S . >"$scratch/before"
rm -r "$VERMILION_STORE/index"
as wu06 --json rebuild | jq -e .rebuilt >/dev/null
answers | jq -S . >"$scratch/after"
diff "$scratch/before" "$scratch/after" >"$scratch/difference" || fail "$(head -n 40 "$scratch/difference")"
"$vermilion" verify || fail "the store does not verify"
[ "$(jq -s length "$scratch/before")" -gt 20 ] || fail "too few answers to compare"
echo "ok: $(jq -s length "$scratch/before") answers are the same"
