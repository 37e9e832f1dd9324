#!/bin/bash
# The rehearsal authorities and their OCSP responder, looked at with openssl.
set -u
export LC_ALL=C # as on a machine nobody has set a locale on
work=$(mktemp -d)
pki=$work/pki
responder=
n=0
trap '[ -z "$responder" ] || kill "$responder" 2>/dev/null; wait; rm -rf "$work"' EXIT

check() { # NAME COMMAND...
  local name=$1 status=0
  shift
  n=$((n + 1))
  "$@" >"$work/said" 2>&1 || status=$?
  [ $status = 0 ] && { echo "ok $n - $name"; return; }
  sed 's/^/# /' "$work/said"
  echo "not ok $n - $name"
}
not() { ! "$@"; }

# --- the authorities ---
two_at_once() {
  tests/card/rehearsal-ca "$pki" & local first=$!
  tests/card/rehearsal-ca "$pki" & local second=$!
  wait $first && wait $second
}
stays() {
  local before
  before=$(cd "$pki" && find . -type f | sort | xargs sha256sum | sha256sum)
  tests/card/rehearsal-ca "$pki" && [ "$before" = "$(cd "$pki" && find . -type f | sort | xargs sha256sum | sha256sum)" ]
}
keeps_keys() {
  local before
  before=$(sha256sum <"$pki/cards/adult/sign.key")
  rm "$pki/made"
  tests/card/rehearsal-ca "$pki" && [ "$before" = "$(sha256sum <"$pki/cards/adult/sign.key")" ]
}
check 'two callers at once are fine' two_at_once
check 'what is fresh stays as it is' stays
check 'what is made anew keeps its keys' keeps_keys
check 'nothing half made is left' sh -c "! ls -d '$pki'/making.* 2>/dev/null"
check 'no key may be read by others' sh -c "[ -z \"\$(find '$pki' -name '*.key' -perm /077)\" ]"

positions() { openssl x509 -inform DER -in "$pki/cards/adult/sign.der" -noout -ext subjectAltName; }
check 'positions are counted in characters' sh -c "$(declare -f positions); pki=$pki; positions | grep -q '8.5.5.2::00000,'"

cat "$pki"/anchors/*.pem >"$work/anchors"
verify() { openssl verify -CAfile "$work/anchors" "$pki/cards/$1"; }
check 'the adult is trusted' verify adult/sign.der
check 'the neighbour is, by the older root' verify neighbour/sign.der
check 'authentication is' verify child/auth.der
check 'the stranger is not' not verify stranger/sign.der
check 'the expired one is not' not verify expired/sign.der
with_lists() {
  for list in sign sign1 auth; do openssl crl -inform DER -in "$pki/$list/ca.crl"; done >"$work/lists" 2>/dev/null
  openssl verify -crl_check -CAfile "$work/anchors" -CRLfile "$work/lists" "$pki/cards/$1"
}
revoked_by_list() { with_lists revoked/sign.der 2>&1 | tee /dev/stderr | grep -q 'certificate revoked'; }
check 'the lists have the revoked one' revoked_by_list
check 'and not the adult' with_lists adult/sign.der

# --- the responder ---
/usr/bin/python3 tests/card/ocspd.py 0 "$pki" "$work/mode" >"$work/ready" 2>"$work/errors" &
responder=$!
until grep -q ready "$work/ready" || ! kill -0 $responder 2>/dev/null; do sleep .02; done
port=$(cut -d' ' -f2 "$work/ready")
ask() { # MODE PROFILE sign|auth AUTHORITY
  echo "$1" >"$work/mode"
  openssl ocsp -sha256 -issuer "$pki/$4/ca.crt" -cert "$pki/cards/$2/$3.der" -CAfile "$pki/$4/ca.crt" \
    -url "http://127.0.0.1:$port/ocsp/$3" -timeout 5 2>&1
}
says() { # WORDS MODE [PROFILE sign|auth AUTHORITY]
  ask "$2" "${3-adult}" "${4-sign}" "${5-sign}" | tee /dev/stderr | grep -q "$1"
}
check 'good' says 'adult/sign.der: good' ok
check 'revoked' says ': revoked' ok revoked
check 'good, from the older root' says ': good' ok neighbour sign sign1
check 'good, authentication' says ': good' ok child auth auth
check 'try later' says trylater try-later
check 'server error' says 'code=500' 500
check 'signed by a stranger' says 'Response Verify Failure' unsigned-by-stranger
check 'signed by a holder' says 'missing ocspsigning usage' signed-by-holder
check 'by one of the older root' says 'missing ocspsigning usage' signed-by-holder neighbour sign sign1
stale() { says 'status expired' stale && says 'Response verify OK' stale; }
check 'stale but rightly signed' stale
check 'without a nonce' says 'no nonce in response' no-nonce
check 'with another nonce' says 'Nonce Verify error' wrong-nonce
check 'for another certificate' says 'No Status found' other-certificate
ends() {
  kill $responder
  wait $responder && [ ! -s "$work/errors" ]
}
check 'SIGTERM ends it well' ends
echo "1..$n"
