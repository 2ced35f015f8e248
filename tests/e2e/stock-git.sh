#!/bin/bash
# Stock git reads the evidence: fsck, clone, and every commit and tag signed by the store, none of them
# with a person's name in it.
. "$(dirname "$0")/lib.sh"
require_tool git jq
given_store
evidence=$VERMILION_STORE/evidence.git

said=$(git -C "$evidence" fsck --strict --full 2>&1) || fail "fsck: $said"
[ -z "$said" ] || fail "fsck is not silent: $said"
git clone --quiet "$evidence" "$scratch/clone"
[ "$(git -C "$scratch/clone" rev-parse HEAD)" = "$(git -C "$evidence" rev-parse main)" ] || fail "the clone is elsewhere"

signed() { git -C "$1" -c gpg.ssh.allowedSignersFile="$VERMILION_STORE/allowed_signers" "${@:2}"; }
for repository in "$evidence" "$VERMILION_STORE/drafts.git" "$scratch/clone"; do
  verdicts=$(signed "$repository" log --all --format=%G? | sort -u)
  [ "$verdicts" = G ] || fail "signatures of $repository: $verdicts"
done
tags=$(git -C "$evidence" tag)
[ -n "$tags" ] || fail "no publication has a tag"
for tag in $tags; do
  signed "$evidence" verify-tag "$tag" 2>"$scratch/tag" || fail "tag $tag: $(cat "$scratch/tag")"
done

# Every act names itself, once each, and its number in the log.
git -C "$evidence" log --format='%(trailers:key=Act,valueonly,separator=%x2C)|%(trailers:key=Actor,valueonly,separator=%x2C)|%(trailers:key=Subject,valueonly,separator=%x2C)|%(trailers:key=Log-Index,valueonly,separator=%x2C)' main >"$scratch/trailers"
odd=$(grep -Evn '^[0-9A-HJKMNP-TV-Z]{26}\|[a-z0-9_-]+\|[^|]+\|[0-9]+$' "$scratch/trailers") && fail "trailers: $odd"
git -C "$evidence" log --reverse --format='%(trailers:key=Log-Index,valueonly,separator=)' main | sort -nuc || fail "log indexes do not rise"

# Authors are account ids; names stand nowhere in history but inside what was signed.
as huang05 --json person list >"$scratch/people.json"
store=$(sed -n 's/^store: "\(.*\)"$/\1/p' "$VERMILION_STORE/vermilion.yaml")
{ jq -r '.[].account' "$scratch/people.json"; printf '%s\n' local system; } | sed "s/.*/& <&@$store>/" >"$scratch/authors"
jq -r '.[].name' "$scratch/people.json" >"$scratch/names"
[ -s "$scratch/names" ] || fail "no persons"
for repository in "$evidence" "$VERMILION_STORE/drafts.git"; do
  strangers=$(git -C "$repository" log --all --format='%an <%ae>' | grep -vxFf "$scratch/authors") && fail "authors: $strangers"
  history=$(git -C "$repository" -c core.quotePath=false log --all -m --root --name-only --format='%an %ae %cn %ce %B'
    git -C "$repository" for-each-ref --format='%(refname) %(taggername) %(contents)')
  named=$(grep -Ff "$scratch/names" <<<"$history") && fail "a person's name in the history: $named"
done
echo "ok: $(wc -l <"$scratch/trailers") commits, $(wc -w <<<"$tags") tags"
