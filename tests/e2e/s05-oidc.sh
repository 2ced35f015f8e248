#!/bin/bash
# Story S5: sign in through the agency's own service (OpenID Connect, a real one). Code, PKCE, state and nonce; forged and replayed returns,
# a changed key, an unknown person, groups that bound roles, a fresh sign-in before a signature, local sign-in off and its glass broken.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
. "$(dirname "$0")/agency.bash"
require_tool jq curl openssl node npm
[ -d "$root/node_modules/oidc-provider" ] || npm install --no-save --prefix "$root" --loglevel=error --no-audit --no-fund >"$scratch/npm.out" 2>"$scratch/npm.err" ||
  skip "npm install failed (no network?): $(head -n 1 "$scratch/npm.err")"
demo_store
serve

own_authority idp
echo 'a-secret+with/special=characters' >"$scratch/client-secret"
echo '{"liu-0712":["稽核室"],"tsai-0809":["稽核室"]}' >"$scratch/groups.json"
background node "$root/tests/e2e/idp.mjs" "$scratch" "$url/login/agency/return" >"$scratch/idp" 2>"$scratch/idp.err"
for _ in {1..100}; do [ -s "$scratch/idp" ] && break || sleep 0.1; done
idp=$(head -n 1 "$scratch/idp")
cat >>"$VERMILION_STORE/vermilion.yaml" <<YAML
sign_in:
  local: true
  oidc:
    issuer: $idp
    client_id: vermilion
    client_secret_file: $scratch/client-secret
    redirect: $url/login/agency/return
    ca: $scratch/idp.pem
  roles:
    auditor: [稽核室]
YAML
"$vermilion" --json status | jq -e ".sign_in.oidc == \"$idp\" and .sign_in.roles.auditor == [\"稽核室\"]" >/dev/null || fail "status does not show it"
as wu06 person link liu07 --oidc liu-0712 >/dev/null
as wu06 person link tsai08 --oidc tsai-0809 >/dev/null
refused 6 links-own-account identity wu06 person link wu06 --oidc wu-0606

# there JAR SUBJECT [PATH]: to the service, in by that name, and up to the address that leads back: $back.
there() {
  local jar=$scratch/$1.jar at prompt
  at=$(curl -sk -b "$jar" -c "$jar" -o "$scratch/page" -w '%{redirect_url}' "$url${3:-/login/agency}")
  [[ $at == "$idp"/* ]] || fail "not sent to the service: $at $(cat "$scratch/page")"
  sent=$at
  for _ in {1..8}; do
    case $at in "$url"/*) back=${at#"$url"} && return ;; */interaction/*)
      prompt=$(curl -s --cacert "$scratch/idp.pem" -b "$jar" -c "$jar" "$at" | sed -n 's/.*name="prompt" value="\([a-z]*\)".*/\1/p')
      at=$(curl -s --cacert "$scratch/idp.pem" -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' --data-urlencode "login=$2" -d "prompt=$prompt&password=x" "$at") ;;
    *) at=$(curl -s --cacert "$scratch/idp.pem" -b "$jar" -c "$jar" -o /dev/null -w '%{redirect_url}' "$at") ;; esac
  done
  fail "the service does not lead back: $at"
}
come_in() { there "$@" && browse "$1" "$back"; }

browse a /login
expect_text 以機關帳號登入 "$page"
expect_text 'href="/login/agency?next=%2F"' "$page"
come_in liu liu-0712
[[ $status == 200 && $to == / ]] || fail "no sign-in: $status $page"
expect_text code_challenge_method=S256 "$sent"
expect_text 'SameSite=Strict' "$(grep '__Host-vermilion=' "$scratch/head")"
browse liu /
expect_text 'href="/retention"' "$page" # the auditor's, opened by his group
[ "$(last_login liu07)" = done ] || fail "the sign-in is not in the log"

# The same return again, in the same and in another browser; another state; a forged code.
browse liu "$back"
[ "$status" = 403 ] || fail "a return counted twice"
there thief liu-0712
browse victim "$back"
[ "$status" = 403 ] || fail "a return counted in another browser"
there b liu-0712
browse b "${back/state=/state=x}"
[ "$status" = 403 ] || fail "another state counted"
there b liu-0712
browse b "${back/code=/code=x}"
[ "$status" = 403 ] || fail "a forged code counted"
[ "$(last_login local)" = refused:code-refused ] || fail "the forged code is not in the log: $(last_login local)"
there b liu-0712
browse b "$(sed "s|iss=[^&]*|iss=https%3A%2F%2Fevil.example|" <<<"$back")"
[ "$status" = 403 ] || fail "another issuer counted"

# In a browser, which sends no Strict cookie out of another site.
if command -v chromium >/dev/null; then node "$root/tests/e2e/agency-browser.mjs" "$url" "$keys" liu-0712; else echo "without chromium: the browser was left out"; fi

# Somebody of the agency who has no account here; a new signing key; a group that gives no role.
come_in nobody wang-9999
[[ $status == 403 && $(last_login local) == refused:login-failed ]] || fail "an unlinked person came in: $status"
grep -v '^Date: ' "$scratch/head" | cat - "$scratch/page" >"$scratch/unknown"
alike() { grep -v '^Date: ' "$scratch/head" | cat - "$scratch/page" | cmp - "$scratch/unknown"; }
as wu06 person add wang23 --name 王文廷 --unit 水保處 --number 2301 >/dev/null
as wu06 person link wang23 --oidc wang-9999 >/dev/null
come_in nobody wang-9999
[[ $status == 403 && $(last_login wang23) == refused:login-failed ]] || fail "an account that nobody authorised came in: $status"
alike || fail "an account that waits is told apart"
as zhang04 person authorise wang23 >/dev/null
come_in wang wang-9999
[ "$status" = 200 ] || fail "no sign-in once authorised: $status"
as wu06 person leave wang23 --last-day "$(date -d yesterday +%F)" >/dev/null
come_in nobody wang-9999
[[ $status == 403 && $(last_login wang23) == refused:login-failed ]] || fail "a leaver came in: $status"
alike || fail "a leaver is told apart"
browse wang /documents
[ "$to" = "/login?next=%2Fdocuments" ] || fail "a leaver's session goes on: $to"
curl -s --cacert "$scratch/idp.pem" -X POST "$idp/rotate" >/dev/null
come_in tsai tsai-0809
[ "$status" = 200 ] || fail "the new key is not taken: $page"
browse tsai /
[[ $page != *'href="/retention"'* ]] || fail "a group gave a role"
echo '{}' >"$scratch/groups.json"
come_in liu2 liu-0712
browse liu2 /
[[ $status == 200 && $page != *'href="/retention"'* ]] || fail "a role is open without its group"

# A signature: the passphrase, and before it once more the agency's account; what was typed is kept.
browse tsai /agreements/nda-employee
sign() { browse tsai /agreements/nda-employee "f-name=蔡承恩" "f-position=技士（代理）" f-start_date=2020-03-02 f-unit=水保處 "passphrase=$(cat "$keys/tsai08.passphrase")" read=yes "read_digest=$(read_mark)"; }
sign
[ "$to" = /login/again ] || fail "signed without a fresh sign-in: $status $to"
come_in tsai tsai-0809 /login/again
[ "$to" = /held ] || fail "not back to the form: $status $to $page"
expect_text prompt=login "$sent"
expect_text max_age=0 "$sent"
browse tsai /held
expect_text 'value="技士（代理）"' "$page"
sign
[[ $status == 303 && $to == */receipt/* ]] || fail "not signed: $status $page"
browse tsai /agreements/nda-employee # somebody else at the service proves nothing of him
sed -i '/^#HttpOnly_localhost\|^localhost/d' "$scratch/tsai.jar" # nobody is signed in at the service
there tsai liu-0712 /login/again
browse tsai "$back"
[ "$status" = 403 ] || fail "another person's proof counted"

# Local sign-in off: the right password is as wrong as any; the glass; a link that is gone ends its sessions.
local_off
as_local() { browse "$1" "/login?local=1" && browse "$1" /login account=wu06 by=local "password=$(cat "$keys/wu06.password")"; }
browse off /login
[[ $page != *'name="password"'* ]] || fail "the form is still there"
as_local off
[ "$status" = 403 ] || fail "the local password still opens: $status"
expect_exit 6 as wu06 login break-glass wu06
"$vermilion" login break-glass wu06 >/dev/null
as_local off
[ "$status" = 303 ] || fail "the broken glass opens nothing: $status"
as liu07 --json log list --kind break-glass | jq -e 'last | .actor == "local" and .subject == "account wu06" and .outcome == "done"' >/dev/null || fail "the broken glass is not in the log"
as wu06 person unlink tsai08 oidc >/dev/null
browse tsai /documents
[ "$to" = "/login?next=%2Fdocuments" ] || fail "without its link a session goes on: $to"
stop_serving
! grep -raqF -e a-secret+with -e liu-0712 -e tsai-0809 "$VERMILION_STORE" || fail "a secret or a subject stands in the store"
expect_exit 0 "$vermilion" verify
echo "ok: OIDC sign-in, forged and replayed returns, groups, fresh proof, local sign-in off"
