#!/bin/bash
# Story S2: the regulation searched as an auditor would. Hits are clauses with their version; what a person may
# not see is neither found nor counted nor suggested.
. "$(dirname "$0")/lib.sh"
require_tool jq
[ -n "$seed" ] || skip "../shared absent: the regulation is not there to be searched"
given_store
id=EPA-01-001
"$vermilion" --json document list | jq -e --arg id $id 'any(.id == $id)' >"$scratch/there" || skip "the store lacks $id"

search() { "$vermilion" --json search "$1" --limit 1000; }
# finds WORDS CLAUSE...: exactly these clauses of the regulation.
finds() {
  local words=$1 clauses
  clauses=$(search "$words" | jq -r --arg id $id '.hits[] | select(.id == $id) | .clause' | sort)
  [ "$clauses" = "$(printf '%s\n' "${@:2}" | sort)" ] || fail "「$words」 finds: $clauses"
}
same() {
  [ "$(search "$1" | jq -S '.count, .hits')" = "$(search "$2" | jq -S '.count, .hits')" ] || fail "「$1」 and 「$2」 differ"
  [ "$(search "$1" | jq .count)" -gt 0 ] || fail "「$1」 finds nothing"
}

finds 資訊安全執行秘書 附件2
[ "$(git -C "$VERMILION_STORE/evidence.git" show "main:documents/$id/document.md" | grep -c '資訊安全執行秘書')" = 4 ] ||
  fail "the annex does not name the secretary in four rows"
finds 資訊安全事件管理流程 '肆/八/(六)/4'
finds '15 分鐘' '肆/八/(五)/2'
finds '12 個字元' '肆/八/(三)/6/(5)'
finds 12個字元 '肆/八/(三)/6/(5)'
same 'ISO 27001' ISO27001
same 機密／敏感 機密/敏感
same 記錄 紀錄
[ "$(search 記錄 | jq -c .also)" = '["紀錄"]' ] || fail "the other spelling is not told: $(search 記錄)"
search '12 個字元' | jq -e '.hits[0] | .version and .title and (.excerpt | contains("12 個字元")) and (.marks | length > 0)' \
  >"$scratch/hit" || fail "a hit lacks version, title, excerpt or marks: $(search '12 個字元')"

# ISMS-02-001 is 內部使用: a colleague finds it, the console without an account learns nothing of it.
hidden_hits() { jq '[.hits[] | select(.id == "ISMS-02-001")] | length'; }
for words in 制修廢 次版次 文件與紀錄管制程序; do
  [ "$(as tsai08 --json search "$words" | hidden_hits)" -gt 0 ] || fail "a colleague does not find 「$words」"
  [ "$(search "$words" | hidden_hits)" = 0 ] || fail "the console finds 「$words」"
done
for words in 制修廢 次版次; do  # they stand nowhere else
  [ "$(search "$words")" = "$(search 沒有這個詞)" ] || fail "the console can tell the hidden 「$words」 from an unknown word"
done
expect_exit 3 "$vermilion" --json document show ISMS-02-001
hidden=$err
expect_exit 3 "$vermilion" --json document show ISMS-09-001
[ "${hidden//ISMS-02-001/ID}" = "${err//ISMS-09-001/ID}" ] || fail "a hidden document is told from a missing one: $hidden $err"
for command in 'history ISMS-02-001' 'diff ISMS-02-001' "export ISMS-02-001 --pdf $scratch/x.pdf" \
  "export ISMS-02-001 --approvals $scratch/x"; do
  # shellcheck disable=SC2086
  expect_exit 3 "$vermilion" document $command
done

# No input is an error.
for words in '' ' ' '"' '*' 'AND OR NOT' '(((' '﷽' "$(printf 'x%.0s' {1..5000})" '%_' '「」' '-資訊' 'a:b' "$(printf '\xff\xfe')"; do
  code=0
  "$vermilion" --json search -- "$words" >"$scratch/.out" 2>"$scratch/.err" || code=$?
  [ $code = 0 ] || [ $code = 5 ] || fail "「${words:0:40}」: exit $code $(cat "$scratch/.err")"
done
echo ok
