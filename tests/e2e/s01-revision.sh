#!/bin/bash
# Story S1: the regulation goes from 3.5 to 3.6. Everything that must be refused on the way is refused, and each
# refusal stands in the log.
. "$(dirname "$0")/lib.sh"
require_tool git jq pdftotext pdfinfo faketime
demo_store
id=EPA-01-001
if [ -z "$seed" ]; then
  echo "../shared absent: the starter regulation stands in for the seed"
  as huang05 document import "$root/docs-src/isms/ISMS-01-002.md" --id $id --title 資訊安全管理規範 --version 3.5 \
    --effective 104.8.28 >/dev/null
fi
today=$(TZ=Asia/Taipei date +%F)
before=$(date -d "$today +4 days" +%F)
day=$(date -d "$today +5 days" +%F)
say() { echo "== $*"; }
step() { as "$1" --json document "$2" $id --version "${3:-3.6}" "${@:4}" >/dev/null; }
document() { "$vermilion" --json "$@"; }
as wu06 role grant chen01 approver >/dev/null
as zhang04 delegation add chen01 --right document.approve --to "$day" >/dev/null

say "the owner drafts the two changes; the diff shows exactly these"
document document show $id --text | jq -r .text >"$scratch/3.5.md"
sed -e 's/12 個字元/14 個字元/' -e 's/組織全景確認表/組織全景策略表/' "$scratch/3.5.md" >"$scratch/3.6.md"
as chen01 document draft $id "$scratch/3.6.md" --version 3.6 --summary '通行碼 14 個字元；附件更名' >/dev/null
as chen01 --json document diff $id --to 3.6 >"$scratch/diff"
as chen01 document diff $id 3.5 3.6 --pdf "$scratch/sheet.pdf" >/dev/null
pdftotext -raw "$scratch/sheet.pdf" - | grep -q '修正前（3.5 版）'
[ "$(jq -c '[.changes[] | [.clause, .kind]] | sort' "$scratch/diff")" = \
  '[["肆/八/(三)/6/(5)","changed"],["附件1","changed"]]' ] || fail "diff: $(cat "$scratch/diff")"
[ "$(jq -c '[.changes[].parts[] | select(.kind != "kept") | .kind, .text]' "$scratch/diff")" = \
  '["removed","12","added","14","removed","確認","added","策略"]' ] ||
  fail "diff within the clauses: $(cat "$scratch/diff")"

say "refused: nothing is submitted; the author approves, also for another; no countersignature; no review; no approval"
refused 4 not-submitted approval zhang04 document approve $id --version 3.6
step chen01 submit
refused 6 author-approves approval chen01 document approve $id --version 3.6
refused 6 author-approves approval chen01 document approve $id --version 3.6 --on-behalf-of zhang04
refused 6 no-delegation approval chen01 document approve $id --version 3.6 --on-behalf-of lin02
refused 6 no-right approval tsai08 document approve $id --version 3.6
refused 4 countersignature-missing approval zhang04 document approve $id --version 3.6
step wang03 countersign
refused 4 review-missing approval zhang04 document approve $id --version 3.6
refused 4 review-missing publication huang05 document publish $id --version 3.6
step lin02 review
refused 4 not-approved publication huang05 document publish $id --version 3.6

say "refused: the draft changed after its review; the round begins again"
as chen01 document draft $id "$scratch/3.5.md" --version 3.6 >/dev/null
refused 4 draft-changed approval zhang04 document approve $id --version 3.6
as chen01 document draft $id "$scratch/3.6.md" --version 3.6 >/dev/null
refused 4 draft-changed approval zhang04 document approve $id --version 3.6
step chen01 submit && step lin02 review && step wang03 countersign

say "refused: wrong passphrase, of the key file and of the key in the vault; expired certificate"
mkdir "$scratch/wrong.keys"
cp "$keys"/* "$scratch/wrong.keys" && echo 不是這個通行短語 | tee "$scratch/wrong.keys/"{zhang04,huang05}.passphrase >/dev/null
for who in zhang04 huang05; do
  right=$keys keys=$scratch/wrong.keys
  expect_exit 6 as $who --json document approve $id --version 3.6
  keys=$right
  [ "$(jq -r .code <<<"$err")" = login-failed ] || fail "wrong passphrase: $err"
  [ "$(as liu07 --json log list --kind login --actor $who | jq -r 'last | .outcome')" = refused:login-failed ] ||
    fail "the failed sign-in of $who is not in the log"
done
original=$VERMILION_STORE
copy_store "$scratch/later" && export VERMILION_STORE=$scratch/later
clock=+5y refused 6 certificate-expired approval zhang04 document approve $id --version 3.6
export VERMILION_STORE=$original

say "a second revision on the same base is approved as well"
sed 's/14 個字元/16 個字元/' "$scratch/3.6.md" >"$scratch/3.7.md"
as chen01 document draft $id "$scratch/3.7.md" --version 3.7 >/dev/null
step chen01 submit 3.7 && step lin02 review 3.7 && step wang03 countersign 3.7 && step zhang04 approve 3.7

say "approved with the approver's own key file and published; refused: before the approval, on a stale base"
step zhang04 approve
refused 5 effective-before-approval publication huang05 document publish $id --version 3.6 --effective "$(date -d "$today -1 day" +%F)"
step huang05 publish 3.6 --effective "$day"
refused 4 stale-base publication huang05 document publish $id --version 3.7 --effective "$day"
refused 4 version-published draft chen01 document draft $id "$scratch/3.7.md" --version 3.6
in_force() { document --at "$1" document show $id | jq -r .in_force; }
[ "$(in_force "$before") $(in_force "$day")" = '3.5 3.6' ] || fail "in force: $(in_force "$before"), then $(in_force "$day")"

say "a search answers from the text in force on the day asked about"
found() { document --at "$1" search "$2" | jq -r --arg id $id '[.hits[] | select(.id == $id) | .version] | unique | join(" ")'; }
[ "$(found "$before" '12 個字元')|$(found "$before" '14 個字元')" = '3.5|' ] || fail "a search the day before finds other texts"
[ "$(found "$day" '12 個字元')|$(found "$day" '14 個字元')" = '|3.6' ] || fail "a search on the day finds other texts"

say "the PDF of 3.6 says so on every page; the one of 3.5 is void from that day, its stored bytes are not touched"
pdf() { document --at "$1" document export $id --version "$2" --pdf "$scratch/$3" "${@:4}" >/dev/null; }
pdf "$day" 3.6 new.pdf && pdf "$before" 3.5 old.pdf && pdf "$day" 3.5 void.pdf && pdf "$day" 3.5 original.pdf --original
pages=$(pdfinfo "$scratch/new.pdf" | sed -n 's/^Pages: *//p')
[ "$(pdftotext "$scratch/new.pdf" - | awk '/3\.6/' RS='\f' ORS='\f' | tr -cd '\f' | wc -c)" = "$pages" ] ||
  fail "3.6 does not stand on each of the $pages pages"
expect_text 14 "$(pdftotext "$scratch/new.pdf" - | grep 個字元)"
expect_text 作廢 "$(pdftotext "$scratch/void.pdf" -)"
[[ $(pdftotext "$scratch/old.pdf" -) != *作廢* ]] || fail "3.5 is marked void while it is in force"
git -C "$VERMILION_STORE/evidence.git" show "$id/3.5:documents/$id/revisions/3.5/published.pdf" |
  tee "$scratch/stored.pdf" | cmp - "$scratch/original.pdf"
cmp "$scratch/stored.pdf" "$scratch/old.pdf"

say "refused: a version below the newest, a version of what is withdrawn"
refused 4 version-not-newer draft chen01 document draft $id "$scratch/3.7.md" --version 3.4
as chen01 document draft ISMS-01-001 --version 1.1 >/dev/null
as chen01 document withdraw ISMS-01-001 --reason 併入資訊安全管理規範 >/dev/null
refused 4 document-withdrawn submission chen01 document submit ISMS-01-001 --version 1.1
"$vermilion" verify || fail "the store does not verify"
