# tests/lib/stack.sh - everything a terminal needs, started in a folder and stopped again. Sourced
# from the repository root by path tests and by the demo.
#
#   stack_begin [DIR]         a folder for this stack (default: a new temporary one)
#   stack_start_card PROFILE  private pcscd with a virtual card (tests/card/profiles/PROFILE.card)
#   stack_start_ocsp          responder of the rehearsal authorities
#   stack_start_central       central server; its port stays when it is started again
#   stack_start_agent [USER]  madoguchid with a configuration for what was started so far
#   stack_enrol               makes the terminal known to the central server
#   stack_stop                stops all of it, by process id, and removes a temporary folder
#
# Each start returns 0 once its part serves. Then: STACK_DIR, STACK_SOCKET, STACK_STATE,
# STACK_CENTRAL_URL, STACK_CENTRAL_CA, PCSCLITE_CSOCK_NAME (exported), and STACK_{CARD,OCSP,CENTRAL,
# AGENT}_PID. STACK_CONFIG_MORE holds further lines for the agent's configuration, STACK_AGENT_OPTIONS
# further options. Programs come from $MADO_BUILD/bin (default build/bin).

STACK_BUILD=${MADO_BUILD:-build}
STACK_BIN=$(realpath -m "$STACK_BUILD/bin")
STACK_PKI=${STACK_PKI:-$(realpath -m "$STACK_BUILD/rehearsal")}
STACK_TERMINAL=${STACK_TERMINAL:-K-0001}
STACK_OCSP_URL='http://127.0.0.1:9/ocsp/{profile}' # nobody listens there
STACK_CARD_PID='' STACK_OCSP_PID='' STACK_CENTRAL_PID='' STACK_AGENT_PID=''
STACK_CENTRAL_URL='' STACK_CENTRAL_CA='' STACK_TEMPORARY='' STACK_SHORT=''

# Waits up to twenty seconds for a command to succeed, as long as process PID lives.
stack_until() { # PID COMMAND...
  local pid=$1 i
  shift
  for i in $(seq 1000); do
    "$@" && return 0
    kill -0 "$pid" 2>/dev/null || return 1
    sleep .02
  done
  return 1
}

stack_stop_one() { # NAME-OF-VARIABLE [SIGNAL]
  local pid=${!1}
  [ -n "$pid" ] || return 0
  kill "-${2:-TERM}" "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  printf -v "$1" ''
}

# A socket's path has 107 octets at most: a folder deep in a tree is used by a short name.
stack_shorten() {
  STACK_SHORT=$(mktemp -d)
  ln -s "$STACK_DIR" "$STACK_SHORT/stack"
  STACK_DIR=$STACK_SHORT/stack
}

stack_begin() {
  if [ -n "${1:-}" ]; then
    mkdir -p "$1"
    STACK_DIR=$(realpath "$1")
    [ ${#STACK_DIR} -le 80 ] || stack_shorten
  else
    STACK_DIR=$(mktemp -d)
    STACK_TEMPORARY=1
  fi
  STACK_SOCKET=$STACK_DIR/agent.sock
  STACK_STATE=$STACK_DIR/state
  mkdir -p "$STACK_STATE"
  tests/card/rehearsal-ca "$STACK_PKI" >"$STACK_DIR/rehearsal-ca.log" 2>&1 || return 1
  [ -s "$STACK_DIR/kek" ] || head -c 32 /dev/urandom >"$STACK_DIR/kek"
}

stack_start_card() { # PROFILE, or a path of one
  local profile=$1
  [ -f "$profile" ] || profile=tests/card/profiles/$1.card
  stack_stop_one STACK_CARD_PID
  : >"$STACK_DIR/card.out"
  tests/card/pcscd-run --cardsim "$STACK_BIN/madoguchi-cardsim" --pki "$STACK_PKI" \
    --dir "$STACK_DIR/card" --profile "$profile" >"$STACK_DIR/card.out" 2>"$STACK_DIR/card.log" &
  STACK_CARD_PID=$!
  stack_until "$STACK_CARD_PID" test -s "$STACK_DIR/card.out" || return 1
  PCSCLITE_CSOCK_NAME=$(cat "$STACK_DIR/card.out")
  export PCSCLITE_CSOCK_NAME
}

# What the card does next: remove, insert, "profile FILE", "cut N" (tests/card/pcscd-run --help).
stack_card() { echo "$*" >"$STACK_DIR/card/control-0"; }

stack_start_ocsp() {
  local port
  : >"$STACK_DIR/ocsp.out"
  # Its faults are switched by a file of this stack's own.
  /usr/bin/python3 tests/card/ocspd.py "${STACK_OCSP_PORT:-0}" "$STACK_PKI" "$STACK_DIR/ocsp.mode" \
    >"$STACK_DIR/ocsp.out" 2>"$STACK_DIR/ocsp.log" &
  STACK_OCSP_PID=$!
  stack_until "$STACK_OCSP_PID" grep -qs '^ready' "$STACK_DIR/ocsp.out" || return 1
  port=$(sed -n 's/^ready //p' "$STACK_DIR/ocsp.out")
  STACK_OCSP_PORT=$port
  STACK_OCSP_URL="http://127.0.0.1:$port/ocsp/{profile}"
}

stack_central() { "$STACK_BIN/madoguchi-central" --config "$STACK_DIR/central.conf" --state-dir "$STACK_DIR/central" "$@"; }

stack_start_central() {
  printf '[listen]\nsync=127.0.0.1:%s\n' "${STACK_CENTRAL_PORT:-0}" >"$STACK_DIR/central.conf"
  [ -n "$STACK_CENTRAL_CA" ] || STACK_CENTRAL_CA=$(stack_central init 2>"$STACK_DIR/central-init.log") || return 1
  "$STACK_BIN/madoguchi-central" --config "$STACK_DIR/central.conf" --state-dir "$STACK_DIR/central" \
    >"$STACK_DIR/central.out" 2>"$STACK_DIR/central.log" &
  STACK_CENTRAL_PID=$!
  stack_until "$STACK_CENTRAL_PID" grep -qs 'serving https' "$STACK_DIR/central.log" || return 1
  STACK_CENTRAL_URL=$(sed -n 's/.*serving \(https:[^ ]*\).*/\1/p' "$STACK_DIR/central.log" | head -1)
  STACK_CENTRAL_PORT=${STACK_CENTRAL_URL##*:}
}

stack_write_config() {
  cat >"$STACK_DIR/madoguchi.conf" <<TEXT
[terminal]
id=$STACK_TERMINAL
branch=kumagaya
rehearsal=true
[trust]
anchors=$STACK_PKI/anchors
[auth-service]
driver=ocsp
url=$STACK_OCSP_URL
[keys]
kek=$STACK_DIR/kek
${STACK_CENTRAL_URL:+[server]
url=$STACK_CENTRAL_URL
ca=$STACK_CENTRAL_CA}
[access]
staff=${STACK_STAFF:-}
kiosk=${STACK_KIOSK:-}
${STACK_CONFIG_MORE:-}
TEXT
}

stack_start_agent() {
  stack_write_config
  # shellcheck disable=SC2086
  "$STACK_BIN/madoguchid" --config "$STACK_DIR/madoguchi.conf" --state-dir "$STACK_STATE" \
    --socket "$STACK_SOCKET" --trace "$STACK_DIR/trace" ${STACK_AGENT_OPTIONS:-} 2>"$STACK_DIR/agent.log" &
  STACK_AGENT_PID=$!
  stack_until "$STACK_AGENT_PID" grep -qs 'serving on' "$STACK_DIR/agent.log"
}

# madoguchictl with this stack's agent.
stack_ctl() { "$STACK_BIN/madoguchictl" "$@" --socket "$STACK_SOCKET"; }

stack_enrol() {
  local password
  password=$(stack_central terminal add "$STACK_TERMINAL" --branch kumagaya 2>"$STACK_DIR/terminal-add.log") || return 1
  stack_ctl enrol --server "$STACK_CENTRAL_URL" --terminal "$STACK_TERMINAL" --password-fd 3 --json 3<<<"$password" \
    >"$STACK_DIR/enrol.out"
}

stack_stop() {
  stack_stop_one STACK_AGENT_PID
  stack_stop_one STACK_CENTRAL_PID
  stack_stop_one STACK_OCSP_PID
  stack_stop_one STACK_CARD_PID
  [ -z "$STACK_TEMPORARY" ] || rm -rf "$STACK_DIR"
  [ -z "$STACK_SHORT" ] || rm -rf "$STACK_SHORT"
}
