#!/bin/bash
# An attacker at the sign-in: naughty strings, forged forms, planted and mangled sessions, and the clock; login-abuse.py does it, over TLS. None of what
# was typed may stand in the log or in any file of the store afterwards.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool python3 zstd
demo_store
serve
suite=
for archive in "${VERMILION_SHARED:-$root/../shared}"/suites/suites.tar.zst; do
  [ -e "$archive" ] || continue
  tar -xf "$archive" --zstd -C "$scratch" --wildcards '*blns.json'
  suite=$(find "$scratch" -name blns.json | head -n 1)
done
python3 "$root/tests/e2e/login-abuse.py" "$url" "$keys" ${suite:+"$suite"}
stop_serving
as liu07 --json log list --kind login | jq -r '.[] | .subject, .actor' | sort -u >"$scratch/named"
! grep -vE '^(local|account( [a-z][a-z0-9-]+)?|[a-z]+[0-9]{2})$' "$scratch/named" || fail "the log holds what was typed"
! grep -raqF -e 'jndi:ldap' -e 'uid=*' "$VERMILION_STORE" "$scratch/serve.err" || fail "what was typed stands in a file"
expect_exit 0 "$vermilion" verify
echo ok
