# For the stories of tests/e2e; a story begins with:  . "$(dirname "$0")/lib.sh"
#
# Gives  $vermilion  the program: $VERMILION, else build/release/vermilion, else build/dev/vermilion
#        $root       the source tree
#        $scratch    an empty directory, removed at exit; KEEP=1 keeps it and says where it is
# A story is run by hand or by ctest, from any directory. It stops at the first command that fails;
# exit 77 means skipped. Stock git is shielded from the settings of whoever runs it.
set -Eeuo pipefail
trap 'echo "FAIL ${BASH_SOURCE[0]##*/}:$LINENO: $BASH_COMMAND" >&2' ERR

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
unset VERMILION_STORE VERMILION_ACCOUNT VERMILION_PASSPHRASE_FILE

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

# demo_store: a fresh demo store at $scratch/demo, with its .env read in (store, account, passphrase file).
demo_store() {
  "$vermilion" demo "$scratch/demo" >"$scratch/demo.txt"
  . "$scratch/demo.env"
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
