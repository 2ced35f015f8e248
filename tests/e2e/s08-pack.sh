#!/bin/bash
# Story S8, thin: the secretary's pack in its order, with what changed since last year, last year's decisions, sources pinned and the
# gap named; supplying the missing input closes the gap and changes the content hash; the same evidence gives the same hash.
. "$(dirname "$0")/lib.sh"
require_tool jq pdftotext
demo_store
build() { as lee09 --json pack build --year 115 -o "$scratch/$1.pdf" --markdown "$scratch/$1.md" >"$scratch/$1.json"; }

build first
order=$(grep -oE '^#+ *(壹|貳|參|肆|伍|陸|柒|捌|玖|拾|拾壹|拾貳|拾參|拾肆|拾伍)、' "$scratch/first.md" | tr -d '# 、\n')
[ "$order" = 壹貳參肆伍陸柒捌玖拾拾壹拾貳拾參拾肆拾伍 ] || fail "the sections stand in the order $order"
text=$(pdftotext -layout "$scratch/first.pdf" -)
expect_text 資通安全管理法 "$text"         # what changed in the context table
expect_text 114-1-3 "$text"                # last year's decisions
expect_text MRM-114-0001 "$text"
expect_text 匯入 "$text"                   # what was imported says so
jq -e '.complete == false and (.gaps | length) == 1 and (.gaps[0].item | startswith("9.3.2 f"))' "$scratch/first.json" >/dev/null ||
  fail "not exactly the seeded gap: $(jq -c .gaps "$scratch/first.json")"
jq -e '.sources | length > 10 and all(.[]; .digest | test("^sha256:[0-9a-f]{64}$"))' "$scratch/first.json" >/dev/null ||
  fail "a source is not pinned"

# The missing input comes in.
printf '{"year":115,"item":"risk-treatment","summary":"115 年度風險評鑑完成，高風險 2 項，處理計畫執行中。","source":"115 年度風險評鑑報告"}' >"$scratch/risk.json"
as lee09 --json record create management-review-input --values "$scratch/risk.json" >/dev/null
build second
jq -e '.complete and .gaps == []' "$scratch/second.json" >/dev/null || fail "still gaps: $(jq -c .gaps "$scratch/second.json")"
[ "$(jq -r .digest "$scratch/first.json")" != "$(jq -r .digest "$scratch/second.json")" ] || fail "the hash did not change"
build third
cmp -s "$scratch/second.pdf" "$scratch/third.pdf" || fail "the same evidence gave another pack"

# A draft version is no source, nor what staff may not do.
expect_exit 6 as chen01 --json pack build --year 115 -o "$scratch/no.pdf"
expect_exit 5 as lee09 --json pack build --year 2026 -o "$scratch/no.pdf"
echo "ok: order, changes, decisions, one gap, closed by its input"
