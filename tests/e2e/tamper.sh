#!/bin/bash
# One flipped bit in any file that counts, one changed value in any database row that counts, a log whose end is
# cut off: verify tells (exit 1 or 8) and names the place. Works on copies; the store itself is not touched.
# tamper.sh N: also one bit at N random places of what counts, and at a fifth as many of what does not (SEED=n repeats them).
. "$(dirname "$0")/lib.sh"
require_tool git jq sqlite3
given_store
copy_store "$scratch/whole"
export VERMILION_STORE=$scratch/whole
"$vermilion" --json verify >"$scratch/verified" || fail "the store is not sound to begin with: $(cat "$scratch/verified")"

# verify_names PLACE: verifying the damaged copy fails and says PLACE.
found=0
verify_names() {
  local code=0
  "$vermilion" -C "$scratch/damaged" --json verify >"$scratch/.out" 2>"$scratch/.err" || code=$?
  [ $code = 1 ] || [ $code = 8 ] || fail "$1: verify exits $code"
  cat "$scratch/.out" "$scratch/.err" | grep -qF -- "$1" || fail "$1 is not named: $(cat "$scratch/.out" "$scratch/.err")"
  found=$((found + 1))
}
damage() { rm -rf "$scratch/damaged" && cp -a "$VERMILION_STORE" "$scratch/damaged"; }
flip() { flip_bit "$scratch/damaged/$1" "${@:2}"; }
# one_of PATTERN: the largest such file, as a path in the store.
one_of() { (cd "$VERMILION_STORE" && find . -path "./$1" -type f -printf '%s %P\n' | sort -n | tail -n 1 | cut -d' ' -f2-); }

for pattern in 'evidence.git/objects/pack/*.pack' 'evidence.git/objects/pack/*.idx' 'drafts.git/objects/pack/*.pack' \
  'drafts.git/objects/pack/*.idx' 'log/tile/entries/*' 'log/tile/0/*' log/checkpoint 'payloads/segment-*' \
  'vault/kek/*.kek' 'store-keys/sealing.key' 'store-keys/issuer.key' 'store-keys/log.key' allowed_signers; do
  file=$(one_of "$pattern")
  [ -n "$file" ] || fail "the store has no $pattern"
  damage
  chmod u+w "$scratch/damaged/$file"
  flip "$file"
  verify_names "$file"
done

# A value in a row, changed as a database administrator would: its last character, by one bit.
while read -r database table column; do
  damage
  row=$(sqlite3 "$scratch/damaged/$database" "SELECT max(rowid) FROM $table WHERE length($column) > 0")
  [ -n "$row" ] || fail "$database: $table has no row"
  value=$(sqlite3 "$scratch/damaged/$database" "SELECT $column FROM $table WHERE rowid = $row")
  last=$(printf '%d' "'${value: -1}")
  changed=${value%?}$(printf "\\x$(printf %02x $((last ^ 1)))")
  sqlite3 "$scratch/damaged/$database" "UPDATE $table SET $column = '$changed' WHERE rowid = $row"
  verify_names "$database: $table"
done <<'ROWS'
vault/vault.db wrapped_keys wrapped
vault/vault.db person_keys encrypted
vault/vault.db person_keys certificate
vault/vault.db frames digest
accounts.db passwords phc
index/catalogue.db acts subject
index/catalogue.db paths path
index/catalogue.db entries outcome
index/catalogue.db payloads sha256
ROWS

# A publication whose tag is gone, or set on another commit.
damage
tag=$(git -C "$scratch/damaged/evidence.git" tag | head -n 1)
git -C "$scratch/damaged/evidence.git" update-ref -d "refs/tags/$tag"
verify_names "documents/${tag%/*}/revisions/${tag#*/}/publication.json"
damage
other=$(git -C "$scratch/damaged/evidence.git" tag | tail -n 1)
git -C "$scratch/damaged/evidence.git" update-ref "refs/tags/$tag" "refs/tags/$other"
verify_names "tag $tag"

# An acknowledged act that waits in the journal: its refs cannot move, so it is not folded yet.
damage
touch "$scratch/damaged/evidence.git/refs/heads/main.lock"
VERMILION_STORE=$scratch/damaged expect_exit 0 as wu06 --json role grant tsai08 auditor
expect_text fold-pending "$err"
rm "$scratch/damaged/evidence.git/refs/heads/main.lock"
mv "$scratch/damaged" "$scratch/pending"
VERMILION_STORE=$scratch/pending damage
VERMILION_STORE=$scratch/damaged as wu06 --json person show tsai08 >"$scratch/shown"
[ "$(jq '[.roles[] | select(.role == "auditor")] | length' "$scratch/shown")" = 1 ] || fail "the pending act is lost"
for at in 20 200 700; do  # in the header, in the body, in the second block
  VERMILION_STORE=$scratch/pending damage
  flip journal/frames-1 $at
  verify_names journal/frames
done

# The end of the log is cut off: the former checkpoint and tiles are put back after one more act.
damage
VERMILION_STORE=$scratch/damaged as wu06 role grant tsai08 auditor >/dev/null
rm -rf "$scratch/damaged/log" && cp -a "$VERMILION_STORE/log" "$scratch/damaged/log"
verify_names log
"$vermilion" --json verify >/dev/null || fail "the untouched copy does not verify any more"
echo "ok: $found of $found damages found"
[ $# -eq 0 ] && exit

# At random.
RANDOM=${SEED:=$RANDOM}
roll() { echo $(((RANDOM * 32768 + RANDOM) % $1)); }
# pick REGEX: one of the files so named, the bigger the likelier.
pick() {
  local size name left
  find "$scratch/damaged" -type f -size +0 -printf '%s %P\n' | grep -E "^[0-9]+ ($1)" | sort -k 2 >"$scratch/files"
  left=$(roll "$(awk '{ sum += $1 } END { print sum }' "$scratch/files")")
  while read -r size name; do
    left=$((left - size))
    if [ $left -lt 0 ]; then echo "$name" && return; fi
  done <"$scratch/files"
}
# flip_within FILE [BYTES]: a random bit of it, or of its beginning.
flip_within() {
  local file=$scratch/damaged/$1
  chmod u+w "$file"
  flip "$1" "$(roll "${2:-$(stat -c %s "$file")}")"
}
# used FILE: how many bytes of it lie before the zeros at its end.
used() { LC_ALL=C grep -obUaP '[^\x00]' "$1" | tail -n 1 | cut -d: -f1 | grep . || echo 0; }
damage_row() {
  local database table column row value last
  read -r database table column <<<"$(shuf -n 1 --random-source=<(yes $RANDOM || true) "$scratch/rows")"
  row=$(sqlite3 "$scratch/damaged/$database" "SELECT rowid FROM $table WHERE length($column) > 0 ORDER BY rowid LIMIT 1 OFFSET $(roll "$(sqlite3 "$scratch/damaged/$database" "SELECT count(*) FROM $table WHERE length($column) > 0")")")
  value=$(sqlite3 "$scratch/damaged/$database" "SELECT $column FROM $table WHERE rowid = $row")
  last=$(printf '%d' "'${value: -1}")
  sqlite3 "$scratch/damaged/$database" "UPDATE $table SET $column = '${value%?}$(printf "\\x$(printf %02x $((last ^ 1)))")' WHERE rowid = $row"
  verify_names "$database: $table"
}
for database in vault/vault.db accounts.db index/catalogue.db; do
  sqlite3 "$VERMILION_STORE/$database" "SELECT '$database', m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'progress'" | tr '|' ' ' |
    while read -r database table column; do
      [ "$(sqlite3 "$VERMILION_STORE/$database" "SELECT count(*) FROM $table WHERE length($column) > 0")" -eq 0 ] || echo "$database $table $column"
    done
done >"$scratch/rows"

found=0
for ((trial = 1; trial <= $1; trial++)); do
  if [ $((trial % 5)) -eq 0 ]; then
    VERMILION_STORE=$scratch/pending damage
    frames=journal/frames-1
    [ "$(used "$scratch/damaged/$frames")" -gt 0 ] || frames=journal/frames-2
    flip_within $frames "$(used "$scratch/damaged/$frames")"
    verify_names journal/frames
    continue
  fi
  damage
  case $((trial % 5)) in
  1) file=$(pick '(evidence|drafts).git/objects/pack/.*\.pack$') ;;
  2) file=$(pick 'log/(tile|checkpoint)') ;;
  3) file=$(pick payloads/) ;;
  4) damage_row && continue ;;
  esac
  flip_within "$file"
  case $file in log/*) verify_names log ;; payloads/*) verify_names payloads/ ;; *) verify_names "$file" ;; esac
done
echo "ok: $found of $1 damages at random places found and located (SEED=$SEED)"

# Elsewhere no evidence lies: what can be made anew is, and the answers are the same.
answers() {
  "$vermilion" -C "$1" --json document list
  VERMILION_STORE=$1 as liu07 --json record list
}
answers "$VERMILION_STORE" >"$scratch/answers"
elsewhere=0
for ((trial = 1; trial <= ($1 + 4) / 5; trial++)); do
  damage
  case $((trial % 4)) in
  0) file=$(pick 'evidence.git/objects/pack/.*\.idx$') ;;
  1) file=$(pick index/search/) ;;
  2) file=index/catalogue.db ;;
  3) file=journal/frames-1 ;;
  esac
  flip_within "$file"
  "$vermilion" -C "$scratch/damaged" rebuild >"$scratch/.out" 2>&1 || fail "$file: rebuild fails: $(cat "$scratch/.out")"
  "$vermilion" -C "$scratch/damaged" --json verify >"$scratch/.out" 2>&1 || fail "$file: not sound after rebuild: $(cat "$scratch/.out")"
  answers "$scratch/damaged" | cmp -s - "$scratch/answers" || fail "$file: the answers differ after rebuild"
  elsewhere=$((elsewhere + 1))
done
echo "ok: $elsewhere of $elsewhere bits that are no evidence made anew, answers equal"
