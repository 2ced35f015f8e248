#!/bin/bash
# What a hostile client sends to the web server is refused, and others are served meanwhile: abuse.py does it, over TLS.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/web.bash"
require_tool python3 openssl
given_store
serve
python3 "$root/tests/e2e/abuse.py" "$url"
stop_serving
echo ok
