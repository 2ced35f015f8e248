#!/bin/bash
# Nothing of a sealed record stands readable anywhere: WORD is typed into an agreement, CONTROL stands in a public policy, and the same
# code hunts both in every git object, database dump, index term, PDF and raw file. CONTROL must be found where it belongs, WORD
# nowhere: not after filing, not after export and opening, not after a destruction.
. "$(dirname "$0")/lib.sh"
require_tool jq git sqlite3 qpdf pdftotext xapian-delve python3
demo_store
WORD=龘靐齉爨
CONTROL=麤鱻犇猋

hunt() { python3 "$root/tests/e2e/hunt.py" "$VERMILION_STORE" "$1"; }
total() { awk '{ sum += $2 } END { print sum + 0 }'; }

# CONTROL into a public document, by the real round.
cat >"$scratch/policy.md" <<MD
---
id: ISMS-02-009
title: 對照文件
level: 2
classification: 公開
owner_unit: 監資處
---

# 對照文件

## 壹、對照

### 一、內容

本文件載有對照用詞${CONTROL}，可以公開檢索。
MD
as chen01 document create "$scratch/policy.md" >/dev/null
as chen01 document submit ISMS-02-009 >/dev/null
as lin02 document review ISMS-02-009 >/dev/null
as fang12 document approve ISMS-02-009 >/dev/null
as huang05 document publish ISMS-02-009 >/dev/null
"$vermilion" --json search "$CONTROL" | jq -e '.count >= 1' >/dev/null || fail "the control word is not found"

# WORD into an agreement.
as tsai08 --json form show nda-employee | jq -j .text >"$scratch/text.md"
printf '{"name":"蔡承恩","unit":"水保處","position":"技士","start_date":"2026-11-02","remark":"%s"}' "$WORD" >"$scratch/values.json"
id=$(as tsai08 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" | jq -r .id)
as tsai08 --json record show "$id" | jq -e --arg w "$WORD" '.values.remark == $w' >/dev/null || fail "the record does not open"
as tsai08 record export "$id" --pdf "$scratch/nda.pdf"
pdftotext "$scratch/nda.pdf" - | tr -d '\n' | grep -q "$WORD" || fail "the PDF lacks the word: the hunt would prove nothing"
as yang11 --json record list >/dev/null
expect_exit 0 as tsai08 --json search "$WORD"
jq -e '.count == 0' <<<"$out" >/dev/null || fail "search finds a sealed word"

seen=$(hunt "$CONTROL")
for holder in git index bigram pdf; do
  [ "$(awk -v h=$holder '$1 == h { print $2 }' <<<"$seen")" -ge 1 ] || fail "the control word is not found in $holder: the hunt is blind there"
done
[ "$(hunt "$WORD" | total)" -eq 0 ] || fail "the sealed word stands readable: $(hunt "$WORD" | tr '\n' ' ')"
expect_exit 0 "$vermilion" rebuild
[ "$(hunt "$WORD" | total)" -eq 0 ] || fail "after rebuild the sealed word stands readable: $(hunt "$WORD" | tr '\n' ' ')"
echo "ok: WORD 0, CONTROL $(hunt "$CONTROL" | tr '\n' ' ')"
