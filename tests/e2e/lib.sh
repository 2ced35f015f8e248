# For the stories of tests/e2e; a story begins with:  . "$(dirname "$0")/lib.sh"
#
# Gives  $vermilion  the program: $VERMILION, else build/release/vermilion, else build/dev/vermilion
#        $root       the source tree
#        $scratch    an empty directory, removed at exit; KEEP=1 keeps it and says where it is
#        $seed       the regulation that the demo imports, or "" when ../shared is absent
# A story is run by hand or by ctest, from any directory. It stops at the first command that fails;
# exit 77 means skipped. Stock git is shielded from the settings of whoever runs it. A store named in the
# environment (. DIR.env) is looked at by the stories that call given_store; only its log grows.
set -Eeuo pipefail
trap 'echo "FAIL ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND" >&2' ERR

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export TZ=Asia/Taipei # a day is the store's day: from 16:00 UTC on it is another one
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
given=${VERMILION_STORE:-}
unset VERMILION_STORE VERMILION_ACCOUNT VERMILION_PASSPHRASE_FILE
seed=$(find "${VERMILION_SHARED:-$root/../shared}/seed" -name '*.txt' 2>/dev/null | head -n 1) || true

# fail MESSAGE: ends the story as failed, naming the story's line.
fail() {
  echo "FAIL ${BASH_SOURCE[-1]##*/}:${BASH_LINENO[-2]:-0}: $*" >&2
  exit 1
}

# skip WHY: ends the story as skipped.
skip() {
  echo "skipped: $*"
  exit 77
}

# require_tool NAME...: skips the story when one of the programs is not installed.
require_tool() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (scripts/setup test)"
  done
}

# expect_exit CODE COMMAND...: runs it; any other exit code fails the story and shows what was said.
# What the command printed is left in $out and $err for further questions.
expect_exit() {
  local wanted=$1 code=0
  shift
  "$@" >"$scratch/.out" 2>"$scratch/.err" || code=$?
  out=$(cat "$scratch/.out")
  err=$(cat "$scratch/.err")
  [ "$code" -eq "$wanted" ] || fail "exit $code instead of $wanted: $*"$'\n'"$out"$'\n'"$err"
}

# expect_text TEXT WHERE: fails unless the string WHERE holds TEXT.
expect_text() {
  [[ $2 == *"$1"* ]] || fail "\"$1\" is not in: $2"
}

# demo_store: a fresh demo store, with the regulation when the seed is there, becomes $VERMILION_STORE. It is a copy: the first story
# after a build makes the original, beside the program.
demo_store() {
  local original
  original=$(dirname "$vermilion")/demo-original
  exec 9>"$original.lock"
  flock 9
  if ! [ "$original.txt" -nt "$vermilion" ] ||
    [ -n "$(find "$root/forms" "$root/docs-src/demo" "$root/docs-src/isms" -newer "$original.txt" -print -quit)" ]; then
    rm -rf "$original" "$original".{keys,key,env,txt}
    "$vermilion" demo "$original" ${seed:+--seed "$seed"} >"$scratch/demo.txt"
    mv "$scratch/demo.txt" "$original.txt"
  fi
  VERMILION_STORE=$original copy_store "$scratch/demo"
  cp -a "$original.keys" "$scratch/demo.keys"
  exec 9>&-
  use_store "$scratch/demo"
}

# given_store: the demo store of the environment, else a fresh one. Only for looking.
given_store() {
  if [ -n "$given" ]; then use_store "$given"; else demo_store; fi
}

# use_store DIR: what the program works on from now on; the demo's keys lie in $keys.
use_store() {
  export VERMILION_STORE=$1
  keys=$1.keys
}

# copy_store DIR: a copy of $VERMILION_STORE at DIR that reads a master key of its own, DIR.key.
copy_store() {
  cp -a "$VERMILION_STORE" "$1"
  cp -a "$(sed -n 's/^  file: "\(.*\)"$/\1/p' "$1/vermilion.yaml")" "$1.key"
  sed -i "s|^  file: .*|  file: \"$1.key\"|" "$1/vermilion.yaml"
}

# flip_bit FILE [OFFSET]: changes the lowest bit of one byte, of the middle one unless told (a byte written over another may equal it).
flip_bit() {
  local at=${2:-$(($(stat -c %s "$1") / 2))}
  printf "\\x$(printf %02x $((0x$(od -An -tx1 -j "$at" -N 1 "$1" | tr -d " ") ^ 1)))" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}

# as ACCOUNT COMMAND...: runs the program as that person of the demo; $clock (+5y) moves the clock.
as() {
  local key=$keys/$1.pem
  [ -e "$key" ] || key=
  ${clock:+faketime -f "$clock"} "$vermilion" --as "$1" --passphrase-file "$keys/$1.passphrase" \
    ${key:+--key-file "$key"} "${@:2}"
}

# stamp_authority: a time-stamping authority with its files in $scratch/tsa; its address becomes $stamps, its process $tsa.
stamp_authority() {
  python3 "$root/tests/e2e/tsa.py" "$scratch/tsa" >"$scratch/tsa.url" &
  tsa=$!
  trap 'kill $tsa 2>/dev/null || true; clean_up' EXIT
  for _ in {1..100}; do [ -s "$scratch/tsa.url" ] && break || sleep 0.1; done
  stamps=$(cat "$scratch/tsa.url")
}

# acknowledge_clock: after $clock moved the clock, and it came back: the administrator signs for it, so that others can sign again.
acknowledge_clock() {
  as wu06 document list >/dev/null
  as wu06 --json clock acknowledge "$("$vermilion" --json status | jq .clock_step)" --reason 測試另訂日期 >/dev/null
}

# refused EXIT CODE KIND ACCOUNT COMMAND...: the command is refused with that exit code and problem code, and the
# last log entry of that kind says who was refused and why.
refused() {
  local exit=$1 problem=$2 kind=$3 who=$4 row
  expect_exit "$exit" as "$who" --json "${@:5}"
  [ "$(jq -r .code <<<"$err")" = "$problem" ] || fail "not refused as $problem: $err"
  row=$(as liu07 --json log list --kind "$kind" --actor "$who" | jq -r 'last | .outcome')
  [ "$row" = "refused:$problem" ] || fail "the log says \"$row\" of $who's $kind, not refused:$problem"
}

# keep_mails: what the store mails from now on goes to $scratch/mail.txt.
keep_mails() {
  cat >>"$VERMILION_STORE/vermilion.yaml" <<YAML
mail:
  command: cat >>$scratch/mail.txt
  from: isms@example.gov.tw
YAML
}

# to_approval DOCUMENT VERSION: a new version of it by the demo's people, up to the approval.
to_approval() {
  as chen01 document draft "$1" --version "$2" --summary "第 $2 版" >/dev/null
  as chen01 document submit "$1" --version "$2" >/dev/null
  as lin02 document review "$1" --version "$2" >/dev/null
  local unit
  for unit in $(as chen01 --json document show "$1" | jq -r '.countersign[]'); do as wang03 document countersign "$1" --version "$2" --unit "$unit" >/dev/null; done
}

# use_soft_token LABEL: a token in software with a fresh key on it; $token are the options that name it. Needs softhsm2 and opensc.
use_soft_token() {
  mkdir "$scratch/tokens"
  printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$scratch/tokens" >"$scratch/softhsm2.conf"
  export SOFTHSM2_CONF=$scratch/softhsm2.conf
  softhsm2-util --init-token --free --label isms --pin 1234 --so-pin 5678 >/dev/null
  pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --login --pin 1234 --token-label isms --keypairgen --key-type EC:prime256v1 --label "$1" --id 01 >/dev/null 2>&1
  echo 1234 >"$scratch/pin"
  token=(--token 'pkcs11:token=isms;object='"$1"';type=private?module-path=/usr/lib/softhsm/libsofthsm2.so' --pin-file "$scratch/pin")
}

vermilion=${VERMILION:-$root/build/release/vermilion}
[ -n "${VERMILION:-}" ] || [ -x "$vermilion" ] || vermilion=$root/build/dev/vermilion
[ -x "$vermilion" ] || fail "no program at $vermilion; build one: cmake --workflow --preset dev"
vermilion=$(realpath "$vermilion")

scratch=$(mktemp -d "${TMPDIR:-/tmp}/vermilion-e2e.XXXXXX")
clean_up() {
  if [ -n "${KEEP:-}" ]; then echo "kept: $scratch"; else rm -rf "$scratch"; fi
}
trap clean_up EXIT
