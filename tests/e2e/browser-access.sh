#!/bin/bash
# Story S6 in a real browser: in the new year the server has made the list by itself; rows are decided on a phone, proposed, approved and
# carried out. Each page passes axe-core and fits 390 px. The people are in browser-access.mjs; SCREENSHOTS names a folder for pictures.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
need_browser
require_tool faketime
clock='@2026-12-20 09:00:00'
faketime -f "$clock" "$vermilion" demo "$scratch/demo" >"$scratch/out"
use_store "$scratch/demo"
clock='@2026-12-21 09:00:00'
as wu06 role grant chen01 unit-head --unit 監資處 >"$scratch/out"
clock='@2027-01-04 09:00:00'
serve
node "$root/tests/e2e/browser-access.mjs" "$url" "$keys" "${SCREENSHOTS:-}"
stop_serving
"$vermilion" verify >"$scratch/out" || fail "the store does not verify: $(cat "$scratch/out")"
echo ok
