#!/bin/bash
# Story S5: sign in with the password of the agency's directory (a real slapd, over TLS). Wrong, empty and locked alike to the byte, injected
# filters, groups that bound roles, the password once more before a signature, local sign-in off.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
. "$(dirname "$0")/agency.bash"
PATH=$PATH:/usr/sbin
require_tool jq curl openssl slapd slapadd
demo_store
serve

# People, one of them twice under one name; who may search, and cannot do more.
own_authority ldap
mkdir "$scratch/db"
cat >"$scratch/slapd.conf" <<CONF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile $scratch/ldap.pem
TLSCertificateKeyFile $scratch/ldap.key
security simple_bind=1
database mdb
suffix dc=epa
directory $scratch/db
access to attrs=userPassword by * auth
access to * by dn.exact="cn=reader,dc=epa" read by * auth
CONF
entry() { printf 'dn: %s\nobjectClass: inetOrgPerson\nuid: %s\ncn: %s\nsn: x\nuserPassword: %s\n\n' "$@"; }
group() { printf 'dn: cn=%s,ou=groups,dc=epa\nobjectClass: groupOfNames\ncn: %s\nmember: %s\n\n' "$1" "$1" "$2"; }
liu='cn=劉雅婷,ou=people,dc=epa' tsai='cn=蔡承恩\, 技士,ou=people,dc=epa' new='cn=王文廷,ou=people,dc=epa'
{
  printf 'dn: dc=epa\nobjectClass: dcObject\nobjectClass: organization\ndc: epa\no: epa\n\n'
  for ou in people groups others; do printf 'dn: ou=%s,dc=epa\nobjectClass: organizationalUnit\nou: %s\n\n' $ou $ou; done
  entry cn=reader,dc=epa reader reader reads-9876
  entry "$liu" liu.yt 劉雅婷 Lake4-windowPin
  entry "$tsai" tsai.ce '蔡承恩, 技士' Hill2-paperBoat
  entry "$new" wang.wt 王文廷 Ship8-greenDoor
  entry 'cn=甲,ou=people,dc=epa' twice 甲 Twice3-samePass
  entry 'cn=乙,ou=others,dc=epa' twice 乙 Twice3-samePass
  group audit "$liu"
  group all "$tsai"
} >"$scratch/people.ldif"
slapadd -q -f "$scratch/slapd.conf" -l "$scratch/people.ldif"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
background slapd -f "$scratch/slapd.conf" -h "ldap://127.0.0.1:$port/" -d stats 2>"$scratch/slapd.log"
for _ in {1..100}; do grep -q 'slapd starting' "$scratch/slapd.log" && break || sleep 0.1; done
echo reads-9876 >"$scratch/bind-password"
cat >>"$VERMILION_STORE/vermilion.yaml" <<YAML
sign_in:
  local: true
  directory:
    url: ldap://127.0.0.1:$port
    ca: $scratch/ldap.pem
    bind_dn: cn=reader,dc=epa
    bind_password_file: $scratch/bind-password
    base: dc=epa
    filter: "(uid={name})"
    groups:
      base: ou=groups,dc=epa
  roles:
    auditor: [audit]
    staff: [all]
YAML
as wu06 person link liu07 --directory "$liu" >/dev/null
as wu06 person link tsai08 --directory "cn=蔡承恩\\, 技士, ou=people, dc=epa" >/dev/null

# try JAR NAME PASSWORD: by the directory. failing NAME PASSWORD: that it fails, as every failure does.
try() { browse "$1" /login by=directory "account=$2" "password=$3"; }
failing() {
  try fail "$@"
  [ "$status" = 403 ] || fail "$1 came in with $2: $status"
  grep -v '^Date: ' "$scratch/head" | cat - "$scratch/page" | sha256sum
}
browse liu /login
expect_text 'value="directory"' "$page"
try liu liu.yt Lake4-windowPin
[ "$status" = 303 ] || fail "no sign-in: $status $page"
[ "$(last_login liu07)" = done ] || fail "the sign-in is not in the log"
browse liu /
expect_text 'href="/retention"' "$page" # the auditor's, opened by the group

browse fail /login
failing nobody.x Lake4-windowPin >"$scratch/expected"
alike() { [ "$(failing "$@")" = "$(cat "$scratch/expected")" ] || fail "told apart: $*"; }
alike tsai.ce wrong
[ "$(last_login tsai08)" = refused:login-failed ] || fail "a wrong password is not in the log"
alike tsai.ce ''
for name in '*' 'liu*' 'liu.yt)(uid=*' '*)(|(uid=liu.yt)' 'liu.yt)(objectClass=*))(&(uid=liu.yt' 'twice' "$(printf 'liu.yt\001')" "$(printf 'a%.0s' {1..9000})"; do
  for password in Lake4-windowPin Twice3-samePass; do alike "$name" "$password"; done
done
as wu06 person link chen01 --directory 'cn=甲,ou=people,dc=epa' >/dev/null
alike twice Twice3-samePass # one name, two people: nobody
as wu06 person add wang23 --name 王文廷 --unit 水保處 --number 2301 >/dev/null
as wu06 person link wang23 --directory "$new" >/dev/null
alike wang.wt Ship8-greenDoor # nobody has authorised the account yet
as zhang04 person authorise wang23 >/dev/null
failing_token=$token
browse new /login
try new wang.wt Ship8-greenDoor
[ "$status" = 303 ] || fail "no sign-in once authorised: $status $page"
as wu06 person disable wang23 >/dev/null
token=$failing_token
alike wang.wt Ship8-greenDoor
browse new /documents
[ "$to" = "/login?next=%2Fdocuments" ] || fail "a disabled account's session goes on: $status $to"
as zhang04 person reopen wang23 >/dev/null
browse new /login
try new wang.wt Ship8-greenDoor
[ "$status" = 303 ] || fail "no sign-in once open again: $status"
as wu06 person leave wang23 --last-day "$(date -d yesterday +%F)" >/dev/null
token=$failing_token
alike wang.wt Ship8-greenDoor # a leaver
[ "$(last_login wang23)" = refused:login-failed ] || fail "the leaver's try is not in the log"
for _ in 3 4 5; do alike tsai.ce wrong; done
asked() { grep -c 'BIND dn="cn=蔡\|BIND dn="cn=\\E8\\94\\A1' "$scratch/slapd.log" || true; }
before=$(asked)
alike tsai.ce Hill2-paperBoat
[ "$(asked)" = "$before" ] || fail "the directory is asked about a locked account"
as liu07 --json log list --kind login-locked --actor tsai08 | jq -e 'length == 1' >/dev/null || fail "the lock is not in the log"
as wu06 person unlock tsai08 >/dev/null

# A signature: passphrase, and a bind of the last five minutes. Here it is fresh; once too old it is asked for again (s05-oidc.sh).
browse tsai /login
try tsai tsai.ce Hill2-paperBoat
[ "$status" = 303 ] || fail "no sign-in after the lock: $page"
browse tsai /login/again
browse tsai /login/again password=wrong next=/agreements/nda-employee
expect_text 'name="next" value="/agreements/nda-employee"' "$page" # a mistake does not lose the way
[ "$status" = 403 ] || fail "a wrong password proves: $status"
browse tsai /login/again password=Hill2-paperBoat next=/agreements/nda-employee
[ "$to" = /agreements/nda-employee ] || fail "the right one does not: $status $to"
browse tsai /agreements/nda-employee
browse tsai /agreements/nda-employee "f-name=蔡承恩" "f-position=技士" f-start_date=2020-03-02 f-unit=水保處 "passphrase=$(cat "$keys/tsai08.passphrase")" read=yes "read_digest=$(read_mark)"
[[ $status == 303 && $to == */receipt/* ]] || fail "not signed: $status $page"

# By a template, with a name that would be two; then the directory's password alone counts; then it is away.
sed -i 's|^    filter: .*|    template: "cn={name},ou=people,dc=epa"|' "$VERMILION_STORE/vermilion.yaml"
browse t /login
try t '蔡承恩, 技士' Hill2-paperBoat
[ "$status" = 303 ] || fail "not by the template: $page"
try fail '劉雅婷,ou=people,dc=epa+cn=x' Lake4-windowPin
[ "$status" = 403 ] || fail "a name became two"
local_off
browse off '/login?local=1'
browse off /login account=liu07 by=local "password=$(cat "$keys/liu07.password")"
[ "$status" = 403 ] || fail "the local password still opens: $status"
kill ${helpers##* } && wait ${helpers##* } || true
browse away /login
try away liu.yt Lake4-windowPin
[[ $status == 503 && $(last_login local) == failed:directory-unavailable ]] || fail "an absent directory: $status"
stop_serving
grep -q 'STARTTLS' "$scratch/slapd.log" || fail "no TLS"
! grep -raqF -e Lake4-windowPin -e Hill2-paperBoat -e reads-9876 -e liu.yt "$VERMILION_STORE" || fail "a password or a name stands in the store"
expect_exit 0 "$vermilion" verify
echo "ok: directory sign-in, equal failures, injection, groups, fresh proof, local sign-in off"
