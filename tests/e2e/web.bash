# For the stories in which a browser or a hostile client meets the web server; after lib.sh:  . "$(dirname "$0")/web.bash"

# serve: the web server on $VERMILION_STORE becomes $url; it ends with the story. $clock moves its clock, as in lib.sh.
serve() {
  # By the library itself: faketime would stand between the server and the signal that ends it.
  env ${clock:+LD_PRELOAD="$(faketime -f "$clock" printenv LD_PRELOAD)" FAKETIME="$clock"} \
    "$vermilion" serve --listen 127.0.0.1:0 >"$scratch/url" 2>"$scratch/serve.err" &
  server=$!
  trap 'kill $server 2>/dev/null || true; clean_up' EXIT
  for _ in {1..100}; do [ -s "$scratch/url" ] && break || sleep 0.1; done
  url=$(head -n 1 "$scratch/url")
  [[ $url == https://127.0.0.1:* ]] || fail "no URL: $url $(cat "$scratch/serve.err")"
}

# stop_serving: as an operator does it. It must be quick and have had nothing to complain of.
stop_serving() {
  local before took
  before=$(date +%s%N)
  kill -TERM $server
  wait $server || fail "the server ended with exit $?"
  took=$((($(date +%s%N) - before) / 1000000))
  [ $took -lt 1500 ] || fail "stopping took $took ms"
  [ ! -s "$scratch/serve.err" ] || fail "the server complained: $(cat "$scratch/serve.err")"
}

# far ACCOUNT COMMAND...: the program as on that person's own machine, which has no store, against the server; $key is another key of the demo, $ca
# another certificate to trust. Whether to sign is asked on standard input.
far() {
  env -u VERMILION_STORE "$vermilion" --server "$url" --ca "${ca:-$VERMILION_STORE.tls/server.pem}" --as "$1" \
    --password-file <(cat "$keys/$1.password") --key-file "$keys/${key:-$1}.pem" --passphrase-file "$keys/${key:-$1}.passphrase" "${@:2}"
}

# submit_revision: a revision of ISMS-02-001 by its owner, with one sentence more, submitted: what reviewer, approver and controller find.
submit_revision() {
  as chen01 document export ISMS-02-001 --markdown "$scratch/revised.md" >"$scratch/out"
  echo '
本程序每年至少檢視一次。' >>"$scratch/revised.md"
  as chen01 document draft ISMS-02-001 "$scratch/revised.md" --summary '增列每年檢視' >"$scratch/out"
  as chen01 document submit ISMS-02-001 >"$scratch/out"
}

# browse JAR PATH [FIELD=VALUE...]: GET, or POST with the token of the page seen last; the answer is $page, its code $status, its place $to
# (of a redirect, or of a page that leads on).
browse() {
  local jar=$scratch/$1.jar path=$2 fields=()
  shift 2
  [ $# -eq 0 ] || fields=(-H "Origin: $url" --data-urlencode "form_token=$token")
  for field; do fields+=(--data-urlencode "$field"); done
  curl -sk -b "$jar" -c "$jar" -D "$scratch/head" -o "$scratch/page" "${fields[@]}" "$url$path"
  page=$(tr -d '\0' <"$scratch/page")
  status=$(awk 'NR == 1 { print $2 }' "$scratch/head")
  to=$(sed -n 's/^Location: \(.*\)\r$/\1/p; s/^Refresh: 0; url=\(.*\)\r$/\1/p' "$scratch/head")
  [[ $page != *form_token* ]] || token=$(sed -n 's/.*name="form_token" value="\([0-9a-f]*\)".*/\1/p' "$scratch/page" | head -n 1)
}

# need_browser: skips without Chromium, node or playwright-core; pages are drawn with the fonts of the PDFs.
need_browser() {
  require_tool chromium node npm
  [ -d "$root/node_modules/playwright-core" ] || npm ci --prefix "$root" --loglevel=error --no-audit --no-fund >"$scratch/npm.out" 2>"$scratch/npm.err" ||
    skip "npm ci failed (no network?): $(head -n 1 "$scratch/npm.err")"
  cat >"$scratch/fonts.conf" <<CONF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$root/engine/render/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$scratch/fonts</cachedir></fontconfig>
CONF
  export FONTCONFIG_FILE=$scratch/fonts.conf
}
