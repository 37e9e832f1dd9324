# tests/lib/tap.sh - what path tests say and ask. Sourced after stack.sh.
TAP_N=0

ok() { # STATUS NAME
  TAP_N=$((TAP_N + 1))
  if [ "$1" = 0 ]; then
    echo "ok $TAP_N - $2"
  else
    echo "not ok $TAP_N - $2"
    sed 's/^/# /' "$STACK_DIR/said" "$STACK_DIR/agent.log" 2>/dev/null
  fi
}
check() { # NAME COMMAND...
  local name=$1
  shift
  "$@"
  ok $? "$name"
}
plan() { echo "1..$TAP_N"; }
bail() {
  echo "Bail out! $1"
  sed 's/^/# /' "$STACK_DIR"/*.log
  exit 1
}

# The last answer, as Python sees it: a condition, and a value.
json() { python3 -c 'import json,sys; a=json.load(open(sys.argv[2])); sys.exit(not eval(sys.argv[1]))' "$1" "$STACK_DIR/said"; }
field() { python3 -c 'import json,sys; a=json.load(open(sys.argv[2])); print(eval(sys.argv[1]))' "$1" "$STACK_DIR/said"; }

register() { # PIN OPTIONS...: by signature; the answer is in said
  local pin=$1
  shift
  stack_ctl register --method sign --consent 2026-11 --kana ミホンハナコ --phone 09012345678 --json --pin-fd 3 "$@" \
    3<<<"$pin" >"$STACK_DIR/said" 2>>"$STACK_DIR/agent.log"
}
# How many applications there are; the last answer stays.
applications() { stack_ctl applications --json | python3 -c 'import json,sys; print(len(json.load(sys.stdin)["applications"]))'; }
# fails STATUS CODE COMMAND...: that exit status, that code in one line, and nothing stored.
fails() {
  local status=$1 code=$2 before got
  shift 2
  before=$(applications)
  "$@"
  got=$?
  [ "$got" = "$status" ] && [ "$before" = "$(applications)" ] && [ "$(wc -l <"$STACK_DIR/said")" = 1 ] &&
    json "a['error']['code'] == '$code'"
}
reader_is() {
  stack_ctl status --json 2>/dev/null | grep -q "\"reader\":{[^}]*\"state\":\"$1\""
}
lift() { # the card is taken away, and the agent has seen it
  stack_card remove
  stack_until "$STACK_AGENT_PID" reader_is ready
}
lay() { # [PROFILE]: a card is put down, and the agent has seen it
  [ -z "${1:-}" ] || stack_card "profile $PWD/tests/card/profiles/$1.card"
  stack_card insert
  stack_until "$STACK_AGENT_PID" reader_is card
}
tries_left() { "$STACK_BIN/madoguchictl" card tries --json | grep -q "\"sign\":{\"left\":$1,"; }
