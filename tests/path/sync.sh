#!/bin/bash
# From the counter to the central server: once, whatever stops in between.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

waits_for() { # N applications wait
  [ "$(stack_ctl status --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["sync"]["waiting"])')" = "$1" ]
}
# What the central server has of application $1, asked with the terminal's certificate.
central_has() {
  curl -sf --cacert "$STACK_STATE/server-ca.pem" --cert "$STACK_STATE/terminal.crt" --key "$STACK_STATE/terminal.key" \
    "$STACK_CENTRAL_URL/v1/applications/$1" >"$STACK_DIR/said"
}

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_central && stack_start_agent || bail 'the stack did not start'

stack_ctl sync --json >"$STACK_DIR/said" 2>&1
check 'not enrolled: 14' test $? = 14
check 'enrols' stack_enrol
register ABC123
first=$(field 'a["application"]')
check 'given at once' stack_until "$STACK_AGENT_PID" waits_for 0
check 'the centre has it' central_has "$first"

stack_stop_one STACK_CENTRAL_PID
check 'the server is down, a person registers' register ABC123 --number 00012345
second=$(field 'a["application"]')
check 'and waits' waits_for 1
stack_ctl sync --json >"$STACK_DIR/said" 2>&1
check 'sync says that nobody is there: 13' test $? = 13
stack_stop_one STACK_AGENT_PID KILL
stack_start_agent
check 'still waits after kill -9' waits_for 1
stack_start_central || bail 'the server did not come back'
stack_ctl sync --wait --json >"$STACK_DIR/said" 2>&1
check 'the server is back: given' test $? = 0
check 'nothing waits' waits_for 0
check 'the centre has it, too' central_has "$second"
check 'whole' grep -q numbered "$STACK_DIR/said"
stack_ctl sync --json >"$STACK_DIR/said" 2>&1
check 'once' json 'a["given"] == 0'
stack_ctl applications --json >"$STACK_DIR/said"
check 'the list says so' json 'all(x["synced"] for x in a["applications"])'
stack_central terminal revoke "$STACK_TERMINAL" >/dev/null 2>&1
stack_ctl sync --json >"$STACK_DIR/said" 2>&1
check 'a revoked terminal: 14' test $? = 14
stack_ctl doctor --json >"$STACK_DIR/said" 2>&1
check 'doctor says what to do then' json '[x for x in a["findings"] if not x["ok"] and "madoguchictl enrol" in x["next"]]'
plan
