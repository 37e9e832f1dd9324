#!/bin/bash
# One signature with the authentication key: our APDUs, octets and time beside OpenSC's pkcs11-tool
# with its defaults, on the same virtual card, A B A B. Counts need no clock; times are medians.
set -u
. tests/lib/stack.sh
trap stack_stop EXIT
rounds=${ROUNDS:-5}
stack_begin && stack_start_card adult || exit 1
echo 'the same octets for both' >"$STACK_DIR/in"

ours() {
  "$STACK_BIN/madoguchictl" card sign auth --in "$STACK_DIR/in" --out "$STACK_DIR/out.p7s" --pin-fd 3 \
    --trace "$STACK_DIR/ours.trace" 3<<<1234 >/dev/null
}
peer() {
  OPENSC_DEBUG=3 pkcs11-tool --login --pin 1234 --sign --mechanism SHA256-RSA-PKCS --id 01 \
    -i "$STACK_DIR/in" -o "$STACK_DIR/out.sig" >/dev/null 2>"$STACK_DIR/peer.log"
}
# Milliseconds of one run, appended to a file.
timed() { # NAME
  local from
  from=$(date +%s%N)
  "$1" || { echo "$1 did not sign" >&2; exit 1; }
  echo $((($(date +%s%N) - from) / 1000000)) >>"$STACK_DIR/$1.ms"
}
median() { sort -n "$STACK_DIR/$1.ms" | sed -n "$(((rounds + 1) / 2))p"; }
sum() { awk -F"\"$1\":" '{ split($2, part, /[,}]/); total += part[1] } END { print total }' "$STACK_DIR/ours.trace"; }
peer_octets() { sed -n "s/.*$1 APDU (\([0-9]*\) bytes).*/\1/p" "$STACK_DIR/peer.log" | awk '{ total += $1 } END { print total }'; }

for _ in $(seq "$rounds"); do
  rm -f "$STACK_DIR/ours.trace"
  timed ours
  timed peer
done
our_count=$(wc -l <"$STACK_DIR/ours.trace")
peer_count=$(grep -c 'Outgoing APDU' "$STACK_DIR/peer.log")
our_octets=$(($(sum command_len) + $(sum response_len)))
their_octets=$(($(peer_octets Outgoing) + $(peer_octets Incoming)))
row() { printf '%-14s %8s %8s %6.2f\n' "$1" "$2" "$3" "$(echo "$2 $3" | awk '{ print $1 / $2 }')"; }
printf '%-14s %8s %8s %6s\n' '' ours opensc ratio
row APDUs "$our_count" "$peer_count"
row octets "$our_octets" "$their_octets"
row 'ms (median)' "$(median ours)" "$(median peer)"
