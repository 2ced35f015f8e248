# For the stories in which people sign in with their agency's account; after lib.sh and web.bash:  . "$(dirname "$0")/agency.bash"

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

# read_mark: the digest of the text on the page of an agreement, which comes back with the signature.
read_mark() { sed -n 's/.*name="read_digest" value="\([^"]*\)".*/\1/p' <<<"$page" | head -n 1; }

# own_authority NAME: $scratch/NAME.key and a certificate for this machine that vouches for itself, $scratch/NAME.pem.
own_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout "$scratch/$1.key" -out "$scratch/$1.pem" \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
}

# background COMMAND...: it ends with the story.
background() {
  "$@" &
  helpers="${helpers:-} $!"
  trap 'kill $helpers ${server:-} 2>/dev/null || true; clean_up' EXIT
}

# last_login: outcome of the newest entry of a sign-in.
last_login() { as liu07 --json log list --kind login | jq -r "[.[] | select(.actor == \"$1\")] | last | .outcome"; }

# local_off: sign-in by the passwords kept here is switched off.
local_off() { sed -i 's/^  local: true$/  local: false/' "$VERMILION_STORE/vermilion.yaml"; }
