#!/bin/bash
# The refusals of story S6 about one's own rights, and the rights matrix an auditor takes away: nobody grants, revokes, disables,
# certifies or delegates for himself, administrators included, and each try is in the log. Rows SC-32, SC-33.
. "$(dirname "$0")/lib.sh"
require_tool jq
demo_store

refused 6 grants-to-self role wu06 role grant wu06 approver
refused 6 grants-to-self role wu06 role revoke wu06 administrator
refused 6 grants-to-self person wu06 person disable wu06
printf '另一個夠長的簽章通行短語\n' >"$scratch/new.passphrase"
refused 6 certifies-self certificate wu06 certificate issue wu06 --new-passphrase-file "$scratch/new.passphrase"
refused 5 bad-delegation delegation fang12 delegation add fang12 --right document.approve --to 2099-12-31
given=$(as fang12 --json delegation add lin02 --right document.approve --to 2099-12-31 --reason 公差 | jq -r .id)
refused 6 not-own-delegation delegation lin02 delegation end "$given"
as lin02 --json delegation list --principal fang12 | jq -e '.[0] | .state == "running" and .reason == "公差"' >/dev/null || fail "somebody else ended it"
refused 6 right-not-delegable delegation wu06 delegation add liu07 --right role.grant --to 2099-12-31
refused 6 no-right role liu07 role grant liu07 administrator
as wu06 --json role list --matrix | jq -e '.rights | map(select(.right == "role.grant"))[0].roles == ["administrator"]' >/dev/null ||
  fail "the matrix does not say who grants roles"
"$vermilion" role list --matrix --csv >"$scratch/rights.csv"
[ "$(wc -l <"$scratch/rights.csv")" -eq "$(($("$vermilion" --json role list --matrix | jq '.rights | length') + 1))" ] || fail "not a row a right"
expect_text 'document.approve,核准文件,approve a document' "$(cat "$scratch/rights.csv")"
# An export of many needs a reason; the copy names it.
refused 6 purpose-needed export lin02 record export --form room-daily-log --csv "$scratch/logs.csv"
[ ! -e "$scratch/logs.csv" ] || fail "refused, but written"
as lin02 --purpose review record export --form room-daily-log --csv "$scratch/logs.csv"
expect_text '匯出：lin02' "$(tail -n 1 "$scratch/logs.csv")"
echo "ok: own rights refused and logged, the matrix, exports with a reason"
