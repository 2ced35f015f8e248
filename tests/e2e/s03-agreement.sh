#!/bin/bash
# Story S3, the agreement part: staff read and sign, in either custody; the register shows person x version; a withdrawn text,
# another person's key, an altered text and an expired certificate are refused and leave nothing signed; paper is recorded as such.
. "$(dirname "$0")/lib.sh"
require_tool jq openssl pdftotext faketime
demo_store

form() { "$vermilion" --json form show nda-employee "$@"; }
as tsai08 --json form show nda-employee | jq -r .text >"$scratch/read.raw"
as tsai08 --json form show nda-employee | jq -j .text >"$scratch/text.md"
cat >"$scratch/values.json" <<'JSON'
{"name": "蔡承恩", "unit": "水保處", "position": "技士", "start_date": "2026-11-02"}
JSON
count() { as yang11 --json record list --form nda-employee | jq length; }
before=$(count)

# An altered text, one not read, another person's signature, another person's key.
sed 's/保密/公開/' "$scratch/text.md" >"$scratch/altered.md"
! cmp -s "$scratch/text.md" "$scratch/altered.md" || fail "the text was not altered"
refused 4 text-changed record tsai08 record create nda-employee --values "$scratch/values.json" --read "$scratch/altered.md"
refused 5 text-not-read record tsai08 record create nda-employee --values "$scratch/values.json"
refused 6 not-the-subject record yang11 record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" --for tsai08
expect_exit 6 "$vermilion" --as tsai08 --passphrase-file "$keys/tsai08.passphrase" --key-file "$keys/zhang04.pem" --json \
  record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md"
clock=+5y refused 6 certificate-expired record tsai08 record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md"
acknowledge_clock
[ "$(count)" -eq "$before" ] || fail "a refused agreement left a record"

# The real one, and its PDF and files.
as tsai08 --json record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md" >"$scratch/signed.json"
id=$(jq -r .id "$scratch/signed.json")
[ "$(jq -r .state "$scratch/signed.json")" = complete ] || fail "not complete: $(cat "$scratch/signed.json")"
as tsai08 record export "$id" --pdf "$scratch/nda.pdf"
pdftotext -layout "$scratch/nda.pdf" "$scratch/nda.txt"
expect_text "$id" "$(cat "$scratch/nda.txt")" # signed before it had its number
expect_text 同意並簽署 "$("$vermilion" verify "$scratch/nda.pdf")"
expect_text 蔡承恩 "$(cat "$scratch/nda.txt")"
as tsai08 record export "$id" --files "$scratch/files"
(cd "$scratch/files" && sh recipe.txt) >/dev/null 2>&1 || fail "stock openssl refuses the exported signature"
printf x >>"$scratch/files/01-agreement.statement.json"
! (cd "$scratch/files" && sh recipe.txt) >/dev/null 2>&1 || fail "a changed statement passed"
refused 4 already-signed record tsai08 record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md"

# His own key file signs as well as a key on the server.
sed 's/蔡承恩/張建國/' "$scratch/values.json" >"$scratch/zhang.json"
as zhang04 --json record create nda-employee --values "$scratch/zhang.json" --read "$scratch/text.md" >/dev/null
as zhang04 --json record list --form nda-employee | jq -e 'length == 1' >/dev/null || fail "zhang04 sees others' agreements"

# Nobody else sees it; the register does, with the paper one marked.
expect_exit 3 as chen01 --json record show "$id"
as yang11 --json --purpose duty register export nda-employee >"$scratch/register.json"
jq -e '.rows[] | select(.account == "tsai08") | .version == "2.1" and .current' "$scratch/register.json" >/dev/null ||
  fail "the register lacks tsai08: $(cat "$scratch/register.json")"
jq -e '.rows[] | select(.account == "lin02") | .medium == "paper"' "$scratch/register.json" >/dev/null || fail "paper is not marked"
expect_exit 6 as tsai08 --json register export nda-employee

# A new version of the text: the old one can no longer be signed, and the register asks for the new one.
cp -r "$root/forms/nda-employee" "$scratch/nda-employee"
sed -i 's/^version: .*/version: 2.2/' "$scratch/nda-employee/form.yaml"
printf '\n本版自發布日起適用。\n' >>"$scratch/nda-employee/text.md"
as huang05 --json form publish "$scratch/nda-employee" >/dev/null
refused 4 form-superseded record wang03 record create nda-employee --version 2.1 --values "$scratch/values.json" --read "$scratch/text.md"
refused 4 text-changed record wang03 record create nda-employee --values "$scratch/values.json" --read "$scratch/text.md"
as yang11 --json --purpose duty register export nda-employee | jq -e '.rows[] | select(.account == "tsai08") | .current | not' >/dev/null ||
  fail "the register takes the old version for the current one"
as tsai08 --json record show "$id" | jq -e '.version == "2.1"' >/dev/null || fail "the record forgot its version"
expect_exit 0 "$vermilion" verify
echo "ok: signed in two custodies, every refusal, register, paper, new version"
