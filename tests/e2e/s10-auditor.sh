#!/bin/bash
# Story S10: an external auditor reads for three days what the responsible manager approved: who approved a clause, which records prove
# it, each with what stock openssl verifies. Any write, anything outside the scope, and everything after the window is refused, and both
# sides can read his trail. Rows SC-50, SC-51, SC-54.
. "$(dirname "$0")/lib.sh"
require_tool jq openssl faketime
demo_store

as wu06 --json person add ext21 --name 何立人 --unit 驗證公司 --title 主導稽核員 >/dev/null
as wu06 --json role grant ext21 external-auditor >/dev/null
printf '稽核員的簽章通行短語-何立人\n' >"$keys/ext21.passphrase"
as wu06 --json certificate issue ext21 --new-passphrase-file "$keys/ext21.passphrase" >/dev/null
as zhang04 person authorise ext21 >/dev/null
ext() { as ext21 --json --purpose audit "$@"; }

# Nothing was approved: not a title, not a count.
[ "$(ext document list)" = '[]' ] || fail "he sees documents without an audit"
[ "$(ext search 管理 | jq .count)" = 0 ] || fail "a count tells of what he may not see"
refused 6 no-right audit lin02 audit approve ext21 --to 2026-12-31 --document ISMS-01-002
refused 6 approves-own-audit audit fang12 audit approve fang12 --to 2099-12-31 --document ISMS-01-002

day() { date -d "$1 days" +%F; }
audit=$(as fang12 --json audit approve ext21 --to "$(day 2)" --document ISMS-01-002 --form room-daily-log --form nda-employee \
  --records-from 2026-01-01 --log-kind approval | jq -r .id)

# Who approved it, with the signatures; which records; each verified by stock openssl.
[ "$(ext document list | jq -r '.[].id')" = ISMS-01-002 ] || fail "the list is not the scope: $(ext document list)"
ext document history ISMS-01-002 | jq -e '.events[] | select(.kind == "approval") | .account == "zhang04"' >/dev/null || fail "who approved it?"
as ext21 --purpose audit document export ISMS-01-002 --approvals "$scratch/approvals" >/dev/null
(cd "$scratch/approvals" && sh recipe.txt) >/dev/null 2>&1 || fail "stock openssl refuses the approvals"
record=$(ext record list --form room-daily-log | jq -r '.[0].id')
ext record export "$record" --files "$scratch/record" >/dev/null
(cd "$scratch/record" && sh recipe.txt) >/dev/null 2>&1 || fail "stock openssl refuses the record"
expect_text 目的：稽核 "$(cat "$scratch/record/export.txt")"
ext register export nda-employee | jq -e '.rows[] | select(.account == "chen01") | .current' >/dev/null || fail "the register lacks chen01"
ext log list | jq -e 'length > 0 and all(.[]; .kind == "approval" and (.subject | startswith("document ISMS-01-002")))' >/dev/null ||
  fail "the log he reads is not the scope: $(ext log list)"

# Outside of it: no title, no hit, no count; and no write at all.
expect_exit 3 ext document show ISMS-01-001
! grep -q 政策 <<<"$out$err" || fail "the refusal tells the title"
ext search 資訊安全 --limit 1000 | jq -e '.count == (.hits | length) and all(.hits[]; .id == "ISMS-01-002")' >/dev/null || fail "a hit outside the scope"
[ "$(ext record list | jq '[.[] | select(.form != "room-daily-log" and .form != "nda-employee")] | length')" = 0 ] || fail "records outside the scope"
expect_exit 6 ext person list
expect_exit 6 ext status
expect_exit 6 ext verify
head=$(git -C "$VERMILION_STORE/evidence.git" rev-parse main)
refused 6 read-only hold ext21 hold place "$record" --ground 肆 --reason 查核
refused 6 no-right role ext21 role grant tsai08 approver
refused 6 read-only approval ext21 document approve ISMS-01-002
[ "$(git -C "$VERMILION_STORE/evidence.git" rev-parse main)" = "$head" ] || fail "a refused write moved main"

# His trail, the same for both sides; nobody else's business.
ext audit trail "$audit" | jq -e 'any(.[]; .kind == "export" and .outcome == "done")' >/dev/null || fail "no trail for the auditor"
as fang12 --json audit trail "$audit" | jq -e 'any(.[]; .outcome == "refused:read-only")' >/dev/null || fail "no trail for the auditee"
expect_exit 3 as tsai08 --json audit trail "$audit"

# After the window: nothing.
clock=+4d
[ "$(ext document list)" = '[]' ] || fail "he sees documents after the window"
expect_exit 3 ext record show "$record"
unset clock
expect_exit 0 "$vermilion" --json verify
echo "ok: within scope and window he reads and verifies, outside not even titles, no write, trail for both"
