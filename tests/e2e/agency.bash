# For the stories in which people sign in with their agency's account; after lib.sh and web.bash:  . "$(dirname "$0")/agency.bash"

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
