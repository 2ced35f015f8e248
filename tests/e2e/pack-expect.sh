#!/bin/bash
# Reads the text of a management review pack (pdftotext -layout) from standard input and expects in it: the nine
# indicators, each with value, target and source record; what one missed; the section order; the gap that was left.
# Without a pipe, as by ctest, it builds the pack of the demo store first and also breaks it, to see itself fail.
. "$(dirname "$0")/lib.sh"

# row TEXT: the line of an indicator's table that holds the text.
expect_row() {
  local row
  row=$(grep -E "$1" "$2" | head -n 1) || true
  [ -n "$row" ] || { echo "no row like: $1" >&2 && return 1; }
}

# The nine values of the year and their targets; the source's number stands in the row or the one after it.
check_pack() {
  local text=$1 number value target i=0
  local values=(0 6 0 2 1 0 0 1 98.7) targets=(5 5 3 5 5 5 3 5 98)
  grep -q 'MET-115-[0-9]\{4\}' "$text" || { echo "no source number of the indicators" >&2 && return 1; }
  for value in "${values[@]}"; do
    target=${targets[$i]}
    i=$((i + 1))
    awk -v n="$i" -v v="$value" -v t="$target" '
      { window[NR] = $0 }
      END {
        for (line = 1; line <= NR; line++) {
          if (window[line] !~ ("^ *(指標)?" n "[ .、]")) continue
          near = window[line - 1] " " window[line] " " window[line + 1] " " window[line + 2]
          gsub(/[^0-9A-Za-z.%-]+/, " ", near)
          near = " " near " "
          if (index(near, " " v " ") + index(near, " " v "%") && index(near, t) && near ~ /MET-115-[0-9][0-9][0-9][0-9]/) found = 1
        }
        exit !found
      }' "$text" || { echo "indicator $i: no row with value $value, target $target and its source" >&2 && return 1; }
  done
  grep -q '未達' "$text" || { echo "nothing says that an indicator was missed" >&2 && return 1; }
  grep -q '缺漏事項' "$text" || { echo "no page of gaps" >&2 && return 1; }
  grep -q '風險處理' <(sed -n '/缺漏事項/,$p' "$text") || { echo "the gap of the risk treatment plan is not told" >&2 && return 1; }
}

if [ -p /dev/stdin ]; then
  cat >"$scratch/pack.txt"
  check_pack "$scratch/pack.txt" || fail "the pack lacks something"
  echo "ok: nine indicators with value, target and source; the gap is told"
  exit 0
fi

require_tool pdftotext
demo_store
as lee09 --json pack build --year 115 -o "$scratch/pack.pdf" >"$scratch/pack.json"
pdftotext -layout "$scratch/pack.pdf" "$scratch/pack.txt"
check_pack "$scratch/pack.txt" || fail "the pack lacks something"
sed 's/98\.7/98.6/g' "$scratch/pack.txt" >"$scratch/wrong.txt"
! check_pack "$scratch/wrong.txt" 2>/dev/null || fail "a changed value was not noticed"
[ "$(jq -r '.complete' "$scratch/pack.json")" = false ] || fail "the pack calls itself complete"
[ "$(jq -r '[.gaps[].item] | length' "$scratch/pack.json")" -eq 1 ] || fail "not exactly one gap: $(jq -c .gaps "$scratch/pack.json")"
as lee09 --json pack build --year 115 -o "$scratch/again.pdf" >"$scratch/again.json"
cmp -s "$scratch/pack.pdf" "$scratch/again.pdf" || fail "the same evidence gave another pack"
expect_exit 6 as tsai08 --json pack build --year 115 -o "$scratch/no.pdf"
[ ! -e "$scratch/no.pdf" ] || fail "a refused pack was written"
echo "ok: the pack of 115 with its one gap, twice the same bytes, refused to staff"
