#!/bin/bash
# The virtual card in a virtual reader behind a real pcscd, looked at with OpenSC.
set -u
build=${MADO_BUILD:-build}
work=$(mktemp -d)
pki=$build/rehearsal
sim=$(realpath "$build/bin/madoguchi-cardsim")
run=
n=0
trap '[ -z "$run" ] || kill "$run" 2>/dev/null; wait; rm -rf "$work"' EXIT

ok() { # STATUS NAME
  n=$((n + 1))
  if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
check() { # NAME COMMAND...
  local name=$1
  shift
  "$@" >"$work/said" 2>&1
  local status=$?
  [ $status = 0 ] || sed 's/^/# /' "$work/said"
  ok $status "$name"
}
until_true() { # COMMAND... within ten seconds
  local i
  for i in $(seq 500); do
    "$@" && return 0
    sleep .02
  done
  return 1
}

# Starts pcscd-run in folder $1 with the rest of its options; `run` and PCSCLITE_CSOCK_NAME are set.
start() {
  local folder=$work/$1
  shift
  tests/card/pcscd-run --cardsim "$sim" --pki "$pki" --dir "$folder" "$@" >"$folder.out" 2>"$folder.err" &
  run=$!
  export PCSCLITE_CSOCK_NAME=$folder/run/pcscd.comm
  until_true sh -c "[ -s '$folder.out' ] || ! kill -0 $run 2>/dev/null"
  [ "$(cat "$folder.out")" = "$PCSCLITE_CSOCK_NAME" ] || { sed 's/^/# /' "$folder.err"; return 1; }
}
stop() {
  local status=0
  kill "$run"
  wait "$run" || status=$?
  run=
  return $status
}
is_deserted() { ! pgrep -f "$work/$1/" >/dev/null; }
apdu() { # ANSWER APDU... : the last one's status word
  local answer=$1 args=() one
  shift
  for one; do args+=(-s "$one"); done
  opensc-tool -r 0 "${args[@]}" 2>&1 | tail -3 | grep -q "$answer"
}
has_status() { # STATUS COMMAND...
  local wanted=$1 got=0
  shift
  "$@" || got=$?
  [ $got = "$wanted" ] || { echo "status $got"; return 1; }
}
order() { echo "$2" >"$work/$1/control-0"; }
seen() { tests/card/reader-seen.py 'Virtual PCD 00 00' "$@"; }

jpki=00A4040C0AD392F000260100000001
echo 1..17
tests/card/rehearsal-ca "$pki" >&2 || exit 1

check 'starts and says where the socket is' start one --profile tests/card/profiles/adult.card
check 'OpenSC lists the card' sh -c 'opensc-tool --list-readers | grep -q "^0 *Yes.*Virtual PCD 00 00"'
check 'OpenSC reads the authentication certificate' sh -c "pkcs15-tool --read-certificate 01 2>/dev/null |
  openssl x509 -outform DER | cmp - '$pki/cards/adult/auth.der'"

signs() {
  openssl rand 100 >"$work/data"
  openssl dgst -sha256 -binary "$work/data" >"$work/digest"
  pkcs15-crypt --sign --key 01 --pin 1234 --sha-256 --pkcs1 --raw -i "$work/digest" -o "$work/signature"
  openssl x509 -inform DER -in "$pki/cards/adult/auth.der" -pubkey -noout >"$work/public"
  openssl dgst -sha256 -verify "$work/public" -signature "$work/signature" "$work/data"
}
check 'a signature asked for by OpenSC verifies' signs
check 'a wrong PIN costs a try' apdu 'SW1=0x63, SW2=0xC4' $jpki 0020009B06585858585858

order one remove
check 'a card taken away is seen' seen absent
order one insert
check 'a card put back is seen' seen
check 'its counters are as they were' apdu 'SW1=0x63, SW2=0xC4' $jpki 0020009B
order one "profile $PWD/tests/card/profiles/child.card"
check 'another card can lie there' until_true apdu 'SW1=0x6A, SW2=0x82' $jpki 00A4020C020001
order one 'cut 1'
check 'a card can be cut off' sh -c '! opensc-tool -r 0 -s 00A4020C020006 && tests/card/reader-seen.py "Virtual PCD 00 00" absent'
check 'SIGTERM ends it well' stop
check 'and nothing remains' is_deserted one

start two --profile tests/card/profiles/adult.card --profile tests/card/profiles/child.card
check 'two cards in two readers' sh -c 'opensc-tool --list-readers | grep -c "Yes.*Virtual PCD" | grep -qx 2'
apdu 'SW1=0x90' 00A4040C0AD3921000310001010402
check 'touching the surface application gives status 70' has_status 70 stop
check 'and is written down' grep -qx 'surface AP' "$work/two/tripwire-0"

start three --profile tests/card/profiles/adult.card
kill -KILL "$run"
wait "$run" 2>/dev/null
run=
check 'whatever way it dies, nothing remains' until_true is_deserted three

# Root tries it as nobody, who must be able to read this folder; anyone else has done so all along.
can_nobody() { setpriv --reuid nobody --clear-groups sh -c 'test -r tests/card/pcscd-run && unshare --user true' 2>/dev/null; }
as_nobody() {
  mkdir "$work/four" && chmod 755 "$work" && chown nobody "$work/four"
  setpriv --reuid nobody --clear-groups tests/card/pcscd-run --empty --dir "$work/four" -- opensc-tool --list-readers |
    grep -q '^0 *No.*Virtual PCD 00 00'
}
if [ "$(id -u)" = 0 ] && ! can_nobody; then
  echo "ok 17 - an ordinary user may do it too # SKIP not from this folder, or no user namespaces"
elif [ "$(id -u)" = 0 ]; then
  check 'an ordinary user may do it too' as_nobody
else
  ok 0 'an ordinary user may do it too'
fi
