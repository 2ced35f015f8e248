#!/bin/bash
# What a hostile client sends to the web server is refused, and others are served meanwhile: abuse.py does it, over TLS.
. "$(dirname "$0")/lib.sh"
require_tool python3 openssl
given_store

"$vermilion" serve --listen 127.0.0.1:0 >"$scratch/url" 2>"$scratch/serve.err" &
server=$!
trap 'kill $server 2>/dev/null || true; clean_up' EXIT
for _ in {1..100}; do [ -s "$scratch/url" ] && break || sleep 0.1; done
url=$(head -n 1 "$scratch/url")
[[ $url == https://127.0.0.1:* ]] || fail "no URL: $url $(cat "$scratch/serve.err")"

python3 "$root/tests/e2e/abuse.py" "$url"

before=$(date +%s%N)
kill -TERM $server
wait $server || fail "the server ended with exit $?"
took=$((($(date +%s%N) - before) / 1000000))
[ $took -lt 1500 ] || fail "stopping took $took ms"
[ ! -s "$scratch/serve.err" ] || fail "the server complained: $(cat "$scratch/serve.err")"
echo ok
