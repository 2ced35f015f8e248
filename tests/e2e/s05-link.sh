#!/bin/bash
# Story S5: a one-time link hands over a credential. Shown or mailed, opened any number of times, used once, alone, in time and by an open
# account; the receipt is in the log, the link is nowhere. By curl, as a browser would.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool jq curl
demo_store
keep_mails
serve
path_of() { sed "s|^$url||" <<<"$1"; }
choose() { browse "$1" "$2" && browse "$1" "$2" "new_password=$3" "new_password_again=$3"; } # JAR PATH PASSWORD
refused_alike() {
  choose "$1" "$2" Tree7-lampKite
  [ "$status" = 403 ] || fail "$2 was taken: $status $page"
  expect_text link-refused "$page"
  page=$(sed 's/name="form_token" value="[0-9a-f]*"//' "$scratch/page")
  [ "$page" = "${alike:=$page}" ] || fail "told apart: $2"
}

# A new account with a link instead of a password; it opens only once the account does.
expect_exit 5 as wu06 --json person add chen21 --name 陳二一 --unit 水保處 --link http://isms
as wu06 --json person add chen21 --name 陳二一 --unit 水保處 --email chen21@example.gov.tw --link "$url" >"$scratch/new.json"
jq -e 'has("password") | not' "$scratch/new.json" >/dev/null || fail "a password was printed"
link=$(path_of "$(jq -r .link "$scratch/new.json")")
browse chen "$link"
expect_text 自訂密碼 "$page"
expect_text 'Referrer-Policy: strict-origin' "$(cat "$scratch/head")"
refused_alike chen "$link"
refused_alike chen /login/link/nobody99/AAAA
as zhang04 person authorise chen21 >/dev/null
for _ in 1 2 3; do browse scanner "$link"; done # uses nothing up
choose chen "$link" Password1234
expect_text password-weak "$page"
choose chen "$link" Tree7-lampKite
[ "$to" = '/login?chosen=1' ] || fail "not chosen: $status $page"
browse chen "$to"
browse chen /login account=chen21 password=Tree7-lampKite
[[ $status == 303 && $to == / ]] || fail "no sign-in with the password chosen: $status $to"
as liu07 --json log list --kind password --actor chen21 |
  jq -e 'last | .subject == "account chen21 by-link" and .outcome == "done" and (.from | startswith("web:127.0.0.1"))' >/dev/null || fail "no receipt in the log"
expect_text 'To: chen21@example.gov.tw' "$(cat "$scratch/mail.txt")" # the owner was told
rm "$scratch/mail.txt"
refused_alike again "$link"

# By mail, a newer one in its place, then a temporary password: each makes what was before void.
as wu06 --json person reset-password chen21 --link "$url" --mail >"$scratch/mailed.json"
jq -e '.mail == "done" and (has("link") | not)' "$scratch/mailed.json" >/dev/null || fail "the link was printed: $(cat "$scratch/mailed.json")"
mailed=$(path_of "$(grep -o "$url/login/link/chen21/.*" "$scratch/mail.txt")")
browse chen /documents
[ "$to" = '/login?next=%2Fdocuments' ] || fail "a session outlives a reset: $to"
newer=$(path_of "$(as wu06 --json person reset-password chen21 --link "$url" | jq -r .link)")
refused_alike again "$mailed"
as wu06 person reset-password chen21 >/dev/null
refused_alike again "$newer"
stop_serving
for token in "${link##*/}" "${mailed##*/}" "${newer##*/}"; do
  ! grep -raqF -e "$token" "$VERMILION_STORE" || fail "a link stands in the store"
done
expect_exit 0 "$vermilion" verify
echo "ok: one-time links: opened freely, used once, refused alike, receipt logged"
