#!/bin/bash
# Signing from one's own machine: a server that is not trusted, not reached, or asks for another signature than its visitor wanted, gets
# none; nor does one without a yes, the right key, the password and the code of a second factor.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool git jq openssl python3 oathtool faketime
demo_store
id=ISMS-02-001
say() { echo "== $*"; }
to_approval $id 9.1
serve
filed() { git -C "$VERMILION_STORE/evidence.git" ls-tree -r main documents/$id; }
lies() { # NAME: a server between, of that name, which asks for 'return' where its visitor said 'approve', becomes $lying
  rm -f "$scratch/lies.url"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$scratch/lies.key" -out "$scratch/lies.pem" -subj /CN=lies \
    -addext "subjectAltName=$1" 2>/dev/null
  python3 "$root/tests/e2e/tampering-proxy.py" "$url" "$scratch/lies.pem" "$scratch/lies.key" approve return >"$scratch/lies.url" 2>"$scratch/lies.err" &
  proxy=$!
  trap 'kill $server $proxy 2>/dev/null || true; clean_up' EXIT
  for _ in {1..100}; do [ -s "$scratch/lies.url" ] && break || sleep 0.1; done
  lying=$(cat "$scratch/lies.url")
}

say "a server that is not known, not reached, or not of that name gets nothing"
before=$(filed)
lies DNS:elsewhere
ca=$scratch/lies.pem expect_exit 6 far zhang04 --json waiting
[ "$(jq -r .code <<<"$err")" = server-untrusted ] || fail "a server of another certificate: $err"
url=http://${url#https://} expect_exit 5 far zhang04 --json waiting
[ "$(jq -r .code <<<"$err")" = bad-server-address ] || fail "a plain connection: $err"
url=https://127.0.0.1:1 expect_exit 7 far zhang04 --json waiting
[ "$(jq -r .code <<<"$err")" = server-unreachable ] || fail "no server: $err"
url=$lying ca=$scratch/lies.pem expect_exit 6 far zhang04 --json waiting
[ "$(jq -r .code <<<"$err")" = server-untrusted ] || fail "a certificate of another name: $err"

say "signing in: the password, once; every refusal in the server's own words"
expect_exit 6 env -u VERMILION_STORE "$vermilion" --server "$url" --ca "$VERMILION_STORE.tls/server.pem" --as zhang04 --password-file "$keys/wu06.password" --json waiting
[ "$(jq -r .code <<<"$err")" = sign-in-failed ] || fail "another's password: $err"
expect_text 通行金鑰 "$err" # told to everybody, as it would tell who has one
expect_exit 5 far zhang04 --json document list
[ "$(jq -r .code <<<"$err")" = not-remote ] || fail "a command for a store only: $err"
far zhang04 --json waiting | jq -e --arg id $id '.[] | select(.what == "approval" and .id == $id)' >/dev/null || fail "the approval does not wait"

say "nothing is signed without a yes, without one's own key, or when the server asks for something else"
approve() { far zhang04 --json document approve $id --version 9.1 "$@"; }
expect_exit 5 approve <<<'no'
expect_text 核准 "$err"
expect_text not-confirmed "$err"
cp "$keys/root-key.pem" "$keys/root.pem"
key=root expect_exit 5 approve <<<'yes'
expect_text key-certificate-mismatch "$err"
# The liar with a certificate that its visitor trusts.
kill $proxy
lies IP:127.0.0.1
url=$lying ca=$scratch/lies.pem expect_exit 4 far zhang04 --json document approve $id --version 9.1 --reason 同意 <<<'yes'
expect_text statement-differs "$err"
expect_exit 4 faketime -f +1h env -u VERMILION_STORE "$vermilion" --server "$url" --ca "$VERMILION_STORE.tls/server.pem" --as zhang04 --password-file "$keys/zhang04.password" \
  --key-file "$keys/zhang04.pem" --passphrase-file "$keys/zhang04.passphrase" --json document approve $id --version 9.1 <<<'yes'
expect_text time-differs "$err"
[ "$(filed)" = "$before" ] || fail "something was stored"

say "a second factor: its code is asked for with the password"
factor=(--as zhang04 --json person second-factor enrol --password-file "$keys/zhang04.password" --secret-file "$scratch/otp")
"$vermilion" "${factor[@]}" >/dev/null
code() { oathtool --totp -b "$(cat "$scratch/otp")" -N "$(date -ud "$1" '+%F %T UTC')"; }
"$vermilion" "${factor[@]}" --code "$(code now)" >/dev/null
expect_exit 6 far zhang04 --json waiting
[ "$(jq -r .code <<<"$err")" = sign-in-failed ] || fail "in without a code: $err"
far zhang04 --json --login-code "$(code '30 seconds')" waiting | jq -e 'type == "array"' >/dev/null || fail "the code is not taken"
as wu06 person second-factor reset zhang04 >/dev/null
kill $proxy
stop_serving
echo "ok: liars got nothing, nor did who could not prove himself"
