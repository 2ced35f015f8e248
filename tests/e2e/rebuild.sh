#!/bin/bash
# Catalogue and search index are projections: thrown away and made anew, they answer as before.
. "$(dirname "$0")/lib.sh"
require_tool jq
demo_store

day=$(date +%F)
before=$(date -u +%Y-%m-%dT%H:%M:%SZ)
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
  for date in 104.9.1 2026-01-01 2099-12-31; do as huang05 --json --at $date document list; done
  as huang05 --json --known-at "$before" document list
  as huang05 --json --known-at 2000-01-01T00:00:00Z document list
  for filter in '' '--state signing' '--form room-daily-log' '--account tsai08' '--from 2022-01-01 --to 2022-12-31'; do
    # shellcheck disable=SC2086
    as huang05 --json record list $filter
    as huang05 --json --known-at "$before" record list $filter
  done
  for id in $(as huang05 --json record list | jq -r '.[].id'); do as huang05 --json --purpose duty record show "$id"; done
  as huang05 --json --at 2060-01-01 retention due
  as liu07 --json log report --from 2020-01-01 --to "$day" --limit 1000000 |
    jq --argjson last "$last" '.subjects[] | {number, entries: [.entries[] | select(.index <= $last)]}'
  for filter in '--kind person' '--actor wu06' '--subject document' "--from $day --to $day --limit 100000"; do
    # shellcheck disable=SC2086
    as liu07 --json log list $filter | jq --argjson last "$last" '[.[] | select(.index <= $last)]'
  done
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
