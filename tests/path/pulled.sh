#!/bin/bash
# The card is pulled at every APDU of a registration: each time a clear end, nothing stored, the PIN
# never sent a second time, and the next try with the same card is fine.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_agent || bail 'the stack did not start'

: >"$STACK_DIR/trace"
check 'a registration' register ABC123
n_apdus=$(wc -l <"$STACK_DIR/trace")
for at in $(seq "$n_apdus"); do
  stack_card "cut $at"
  check "pulled at APDU $at: 9" fails 9 MADO_CARD_REMOVED register ABC123
  lift
  lay
done

# Another person's card lies there when the responder has answered at last: it signs nothing.
is_read() { [ "$(wc -l <"$STACK_DIR/trace")" -ge 16 ]; }
swapped() {
  register ABC123 &
  local call=$!
  stack_until $call is_read
  stack_card remove
  stack_card "profile $PWD/tests/card/profiles/neighbour.card"
  stack_card insert
  wait $call
}
echo slow >"$STACK_DIR/ocsp.mode"
: >"$STACK_DIR/trace"
check 'swapped before the signature: 9' fails 9 MADO_CARD_REMOVED swapped
check 'and the other one was asked nothing' test "$(wc -l <"$STACK_DIR/trace")" -lt 20
rm "$STACK_DIR/ocsp.mode"
lift
lay adult
check 'no try was spent' tries_left 5
check 'and a registration is fine' register ABC123
stack_ctl journal verify --json >"$STACK_DIR/said" 2>&1
check 'the journal verifies' json 'a["ok"] is True and a["lines"] == 2'
plan
