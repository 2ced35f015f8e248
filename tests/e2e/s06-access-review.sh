#!/bin/bash
# Story S6: after a half-year the list of all access writes itself; reviewers decide row by row, never their own; the control unit
# proposes, the head approves, what was revoked ends and names the review. Stock tools check list, decisions and approval.
. "$(dirname "$0")/lib.sh"
require_tool jq git openssl faketime pdftotext
demo_store
as wu06 role grant chen01 unit-head --unit 監資處 >/dev/null # reviews for the unit; huang05 is the system owner
review() { as "$1" --json access-review "${@:2}"; }
row() { review lee09 show | jq -r --arg k "$1" --arg a "$2" --arg w "${3:-}" '.list[] | select(.kind == $k and .account == $a and ($w == "" or .what == $w)) | .row'; }
keep_the_rest() {
  review "$1" show | jq '[.list[] | select(.mine and .decision == null) | {row, decision: "keep", reason: "業務需要"}]' >"$scratch/rest.json"
  review "$1" decide --values "$scratch/rest.json" >/dev/null
}
expect_exit 4 review lee09 open # no half-year is over since the store was made
expect_text access-review-not-due "$err"
next=$(date +%Y)-07-03
[ "$(date +%-m)" -lt 7 ] || next=$(($(date +%Y) + 1))-01-03
clock=+$((($(date -d "$next" +%s) - $(date +%s)) / 86400))d
as wu06 document list >/dev/null
[ "$("$vermilion" --json status | jq .clock_step)" = null ] || acknowledge_clock
status() { faketime -f "$clock" "$vermilion" --json access-review status; }
[ "$(status | jq -r .stage)" = unopened ] || fail "not asked for: $(status)"
id=$(review lee09 open | jq -r .id)
refused 4 access-review-exists access-review lee09 access-review open

staff=$(row role tsai08 staff) vendor=$(row account kao13) admin=$(row role wu06 administrator)
review lee09 show | jq -e --argjson r "$admin" '.list[] | select(.row == $r) | .flags == ["privileged"] and .reviewers == ["huang05"]' >/dev/null || fail "the administrator's row"
refused 6 reviews-own-access review chen01 access-review decide --row "$(row account chen01)" --decision keep
refused 6 not-the-reviewer review chen01 access-review decide --row "$admin" --decision keep --reason 需要
refused 5 reason-missing review huang05 access-review decide --row "$vendor" --decision revoke
review huang05 decide --row "$vendor" --decision revoke --reason 委外契約已屆滿 >/dev/null
review huang05 decide --row "$staff" --decision revoke --reason 已調離水保處 >/dev/null
keep_the_rest chen01
refused 4 access-review-stage submission lee09 access-review propose --text 清查委外帳號
keep_the_rest huang05
refused 4 access-review-stage approval fang12 access-review approve # before the proposals
review lee09 propose --text 委外契約屆滿當日停用帳號 --text 每月清查久未使用帳號 >/dev/null
refused 6 no-right approval chen01 access-review approve
review fang12 approve >/dev/null
as liu07 --json person show tsai08 | jq -e 'any(.roles[]; .role == "staff" and .to == null)' >/dev/null || fail "it ended before it was carried out"
review wu06 execute | jq -e --argjson r "[$staff, $vendor]" '.stage == "done" and (.ended | sort) == ($r | sort)' >/dev/null || fail "not carried out"
as liu07 --json person show tsai08 | jq -e 'all(.roles[]; .role != "staff" or .to != null)' >/dev/null || fail "the role stands"
expect_exit 6 as kao13 document list
for kind in role person; do
  as liu07 --json log list --kind $kind | jq -e --arg id "access-review $id row" 'any(.[]; .subject | contains($id))' >/dev/null || fail "no $kind entry names the review"
done
[ "$(status)" = null ] || fail "still open: $(status)"

# Without this program: the digests are those of the files, and the approval is the head's.
mkdir "$scratch/review"
git -C "$VERMILION_STORE/evidence.git" archive main "access-reviews/$id" | tar -xm -C "$scratch/review" --strip-components 2
cd "$scratch/review"
approval=$(echo ./*-approval.statement.json)
for file in list decided; do
  [ "$(jq -r .subject.$file "$approval")" = "sha256:$(sha256sum <$file.json | cut -d ' ' -f 1)" ] || fail "$file.json is not what was approved"
done
[ "$(jq -r .subject.proposal "$approval")" = "sha256:$(sha256sum <"$(echo ./*-submission.statement.json)" | cut -d ' ' -f 1)" ] || fail "not the proposals that were approved"
"$vermilion" certificate chain -o chain.pem
openssl cms -verify -binary -inform DER -in "$approval.p7s" -content "$approval" -CAfile chain.pem -attime "$(date -ud "$(jq -r .at "$approval")" +%s)" -signer signer.pem -out /dev/null 2>said || fail "openssl: $(cat said)"
expect_text fang12 "$(openssl x509 -in signer.pem -noout -subject)"
as lee09 access-review show --csv list.csv >/dev/null
grep -q "撤銷,委外契約已屆滿" list.csv || fail "the CSV lacks the decision"
as lee09 access-review show --pdf review.pdf >/dev/null
paper=$(pdftotext -raw review.pdf - | tr -d ' \n\f')
for words in 使用者存取權限檢討表 限閱 委外契約已屆滿 每月清查久未使用帳號 已結束 方志遠 "sha256:$(sha256sum <decided.json | cut -d ' ' -f 1)"; do
  expect_text "$words" "$paper"
done
as liu07 --json log list --kind export --actor lee09 | jq -e --arg s "access-review $id pdf" 'last.subject == $s' >/dev/null || fail "the paper is not in the log"
[ -z "${SCREENSHOTS:-}" ] || cp review.pdf "$SCREENSHOTS/access-review.pdf"
expect_exit 0 "$vermilion" --json verify
echo "ok: $(jq '.rows | length' list.json) rows decided by others than their holders, approved, carried out, linked"
