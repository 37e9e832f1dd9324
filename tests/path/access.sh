#!/bin/bash
# Who may speak to the agent, and that it ends when it must.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

as() { # USER COMMAND...: with nothing of ours but the programs
  local user=$1
  shift
  setpriv --reuid "$user" --clear-groups "$@" >"$STACK_DIR/said" 2>/dev/null
}
# madoguchictl where anybody may run it.
ctl_as() { as "$1" "$STACK_DIR/ctl" "${@:2}" --socket "$STACK_SOCKET" --json; }
begin_as() { ctl_as "$1" register --method document --consent 2026-11 --name '見本　次郎' --address 埼玉県熊谷市見本町 --birth-date 1990-01-02 --kana ミホンジロウ --phone 09012345678 "${@:2}"; }
sign_as() { ctl_as "$1" register --method sign --consent 2026-11 --kana ミホンハナコ --phone 09012345678 --pin-fd 3 3<<<ABC123; }
has_status() { # STATUS COMMAND...
  local wanted=$1
  shift
  "$@"
  [ $? = "$wanted" ]
}

STACK_STAFF="daemon nobody-of-that-name" STACK_KIOSK=bin
stack_begin && stack_start_card adult && stack_start_agent || bail 'the stack did not start'
chmod 711 "$STACK_DIR"
cp "$STACK_BIN/madoguchictl" "$STACK_DIR/ctl"

check 'a user nobody knows is told, and no reason to stop' grep -q 'USER=nobody-of-that-name' "$STACK_DIR/agent.log"
check 'of those there are nothing is said' sh -c '! grep -q -e USER=daemon -e USER=bin "$1"' - "$STACK_DIR/agent.log"
if [ "$(id -u)" = 0 ]; then
  check 'staff may list' has_status 0 ctl_as daemon applications
  check 'a stranger may not: 14' has_status 14 ctl_as nobody applications
  check 'and hears why' json 'a["error"]["code"] == "MADO_NOT_ALLOWED"'
  check 'nor register: 14' has_status 14 begin_as nobody
  check 'a kiosk may not list: 14' has_status 14 ctl_as bin applications
  check 'nor ask the status: 14' has_status 14 ctl_as bin status
  check 'but register' has_status 0 begin_as bin
  check 'unattended: nobody else is hinted at' json 'a["duplicate_hints"] == []'
  check 'again' has_status 0 begin_as bin
  check 'and still not' json 'a["duplicate_hints"] == []'
  check 'nor give a number: 14' has_status 14 begin_as bin --number 00012345
  check 'nor go on where nobody can say whether the certificate is valid: 12' has_status 12 sign_as bin
  check 'which for staff is provisional' has_status 0 sign_as daemon
  check 'and says so' json 'a["state"] == "provisional"'
  check 'a number, which staff may' has_status 0 begin_as daemon --number 00012345
  check 'to whom the others are told' json 'a["state"] == "numbered" and len(a["duplicate_hints"]) == 3'
else
  for i in $(seq 16); do ok 0 "users # SKIP needs root"; done
fi

# A hung card: the virtual one stands still in the middle of a registration.
stack_stop_one STACK_AGENT_PID
stack_start_agent || bail 'no agent'
stack_until "$STACK_AGENT_PID" reader_is card
sim=$(pgrep -f "madoguchi-cardsim.*$STACK_DIR/card/control-0")
kill -STOP $sim
begun() { fails 15 MADO_BUSY register ABC123; }
hang() {
  "$STACK_BIN/madoguchictl" register --method sign --consent 2026-11 --kana ミホン --phone 09012345678 --json --pin-fd 3 --socket "$STACK_SOCKET" \
    3<<<ABC123 >"$STACK_DIR/waited" 2>&1 &
  waiting=$!
}
papers() { stack_ctl register --method document --consent 2026-11 --name '見本　次郎' --address 埼玉県熊谷市見本町 --birth-date 1990-01-02 --kana ミホンジロウ --phone 09012345678 --json >"$STACK_DIR/said" 2>&1; }
hang
check 'a second sitting is refused while one runs: 15' stack_until "$STACK_AGENT_PID" begun
kill -KILL $waiting
{ wait $waiting; } 2>/dev/null
check 'a sitting ends with its connection; papers go on while the card hangs' stack_until "$STACK_AGENT_PID" papers
hang
check 'another waits for the card' stack_until "$STACK_AGENT_PID" begun
kill "$STACK_AGENT_PID"
gone() { ! kill -0 "$STACK_AGENT_PID" 2>/dev/null; }
for i in $(seq 100); do gone && break; sleep .02; done
check 'SIGTERM ends it with a hung card' gone
kill -CONT $sim
wait "$STACK_AGENT_PID"
check 'and well' test $? = 0
STACK_AGENT_PID=
wait $waiting
check 'whoever waited hears that it went: 13' test $? = 13

# The smart-card service itself hangs, while nobody is at the counter.
service_pid() { # PID of pcscd-run
  local child
  for child in $(pgrep -P "$1"); do
    [ "$(cat "/proc/$child/comm")" != pcscd ] || echo "$child"
    service_pid "$child"
  done
}
stack_start_agent || bail 'no agent'
stack_until "$STACK_AGENT_PID" reader_is card
service=$(service_pid "$STACK_CARD_PID")
kill -STOP "$service"
kill "$STACK_AGENT_PID"
for i in $(seq 95); do gone && break; sleep .02; done
check 'SIGTERM ends it with a hung service' gone
kill -CONT "$service"
wait "$STACK_AGENT_PID"
check 'and well, too' test $? = 0
STACK_AGENT_PID=

# --- what keeps it from starting
starts_not() { # STATUS WORD OPTIONS...
  "$STACK_BIN/madoguchid" --config "$STACK_DIR/madoguchi.conf" --state-dir "$STACK_STATE" --socket "$STACK_SOCKET" "${@:3}" >/dev/null 2>"$STACK_DIR/said"
  [ $? = "$1" ] && grep -q "$2" "$STACK_DIR/said"
}
"$STACK_BIN/madoguchid" --config "$STACK_DIR/madoguchi.conf" --check-config
check '--check-config finds nothing' test $? = 0
"$STACK_BIN/madoguchid" --config "$STACK_DIR/madoguchi.conf" --check-config 2>&1 | grep -q USER=nobody-of-that-name
check 'but the user nobody knows' test $? = 0
echo colour=red >>"$STACK_DIR/madoguchi.conf"
check 'an unknown key names file and line' starts_not 2 'madoguchi.conf:[0-9]*:.*colour' --check-config
stack_write_config
printf short >"$STACK_DIR/kek.short"
check 'a key of another length is refused' starts_not 2 'expected 32 octets' --config <(sed "s,^kek=.*,kek=$STACK_DIR/kek.short," "$STACK_DIR/madoguchi.conf")
check 'no anchors are refused' starts_not 2 MADO_FILE --config <(sed "s,^anchors=.*,anchors=$STACK_DIR/card," "$STACK_DIR/madoguchi.conf")
check 'a plain file is no socket' starts_not 2 'is no socket' --socket "$STACK_DIR/kek"

# READY=1 for a service manager.
python3 - "$STACK_DIR/notify" >"$STACK_DIR/heard" <<'PYTHON' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); s.settimeout(20); print(s.recv(64).decode())
PYTHON
listener=$!
stack_until $listener test -S "$STACK_DIR/notify"
NOTIFY_SOCKET=$STACK_DIR/notify stack_start_agent
wait $listener
check 'tells the service manager' grep -qx READY=1 "$STACK_DIR/heard"
plan
