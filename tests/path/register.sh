#!/bin/bash
# A person is registered: window side by madoguchictl, everything else real, and each way it fails.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_agent || bail 'the stack did not start'

# --- the main job
: >"$STACK_DIR/trace"
check 'registers by signature' register ABC123 --email hanako@example.jp
check 'everything was checked' json 'a["checks"] == {"signature": "yes", "revocation": "good", "eligibility": "in-area"}'
check 'received, and not yet synced' json 'a["state"] == "received" and a["synced"] is False and a["duplicate_hints"] == []'
check 'with at most twenty APDUs' test "$(wc -l <"$STACK_DIR/trace")" -le 20
check 'the authentication certificate was not read' sh -c '! grep -q "00A4020C02000A" "$1"' - "$STACK_DIR/trace"
check 'no PIN in the trace' sh -c '! grep -q 414243313233 "$1"' - "$STACK_DIR/trace"
id=$(field 'a["application"]')
stack_stop_one STACK_AGENT_PID KILL
check 'the socket of a killed agent is replaced' stack_start_agent
stack_ctl show "$id" --json >"$STACK_DIR/said" 2>&1
check 'kill -9 right after OK lost nothing' json 'a["state"] == "received" and a["content"]["fields"]["name"] == "見本　花子"'
check 'the sex is nowhere' sh -c '! grep -q female "$1"' - "$STACK_DIR/said"
stack_ctl journal verify --json >"$STACK_DIR/said" 2>&1
check 'the journal verifies' json 'a["ok"] is True and a["lines"] == 1'
register ABC123
check 'the same person again is hinted at' json 'a["duplicate_hints"][0]["same"] == ["person", "phone"]'
check 'a number is accepted and bound at once' register ABC123 --number 00012345
check 'numbered' json 'a["state"] == "numbered" and a["number"] == "00012345"'

# --- PINs
check 'a wrong PIN: 6' fails 6 MADO_PIN_WRONG register WRONG1
check 'tells the tries left' json 'a["error"]["tries_left"] == 4'
check 'a malformed PIN: 8' fails 8 MADO_PIN_MALFORMED register abc
check 'which spends no try' tries_left 4
lift; lay one-try-left
check 'the last try: 8' fails 8 MADO_LAST_TRY register ABC123
check 'is not spent' tries_left 1
check 'the last try, wanted' register ABC123 --spend-last-try
lift; lay blocked
check 'a blocked PIN: 7' fails 7 MADO_PIN_BLOCKED register ABC123

lift; lay adult
: >"$STACK_DIR/trace"
check 'a field that is wrong: 2' fails 2 MADO_FIELD register ABC123 --phone abc
check 'before the card is touched' test ! -s "$STACK_DIR/trace"

# --- cards
lift; lay child
check 'no signing certificate: 5' fails 5 MADO_NO_CERTIFICATE register ABC123
check 'the kind is told' json 'a["error"]["kind"] == "my-number-card"'
lift; lay juki
check 'an old card: 5' fails 5 MADO_WRONG_CARD register ABC123
lift; lay android
check 'a phone: 5' fails 5 MADO_PHONE register ABC123
lift
check 'no card: 4' fails 4 MADO_NO_CARD register ABC123

# --- certificates
lay expired
check 'expired: 11' fails 11 MADO_EXPIRED register ABC123
lift; lay revoked
check 'revoked: 11' fails 11 MADO_REVOKED register ABC123
lift; lay stranger
check 'of a stranger: 11' fails 11 MADO_UNTRUSTED register ABC123
lift; lay out-of-area
check 'out of the area: 11' fails 11 MADO_OUT_OF_AREA register ABC123

# --- the responder
lift; lay adult
echo drop >"$STACK_DIR/ocsp.mode"
check 'the responder gives no answer: stored' register ABC123
check 'as provisional' json 'a["state"] == "provisional" and a["checks"]["revocation"] == "not-checked"'
echo wrong-nonce >"$STACK_DIR/ocsp.mode"
register ABC123
check 'a lying responder is no answer' json 'a["state"] == "provisional" and a["checks"]["revocation"] == "not-checked"'
rm "$STACK_DIR/ocsp.mode"

# --- the end
second() { "$STACK_BIN/madoguchid" --config "$STACK_DIR/madoguchi.conf" --state-dir "$STACK_STATE" --socket "$STACK_DIR/other.sock" 2>"$STACK_DIR/said"; }
second
check 'a second agent on the state directory is refused' sh -c 'grep -q MADO_STORE_HELD "$1" && ! [ -e "$2" ]' - "$STACK_DIR/said" "$STACK_DIR/other.sock"
kill "$STACK_AGENT_PID"
wait "$STACK_AGENT_PID"
check 'SIGTERM ends it well' test $? = 0
STACK_AGENT_PID=
register ABC123
check 'no agent: 13' test $? = 13
plan
