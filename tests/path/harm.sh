#!/bin/bash
# kill -9 at any moment, a full disk, a disk that cannot be written: nothing acknowledged is lost.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
mounted=
trap 'stack_stop_one STACK_AGENT_PID; [ -z "$mounted" ] || umount "$mounted"; stack_stop' EXIT

new_id() { python3 -c 'import os,time; h=("%012x" % int(time.time()*1000))+"7"+os.urandom(2).hex()[:3]+"8"+os.urandom(8).hex()[:15]; print("-".join((h[:8],h[8:12],h[12:16],h[16:20],h[20:])))'; } # a UUIDv7
is_stored() { stack_ctl show "$1" --json >/dev/null 2>&1; }

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_agent || bail 'the stack did not start'
check 'a registration' register ABC123

# Each round the agent dies 20 ms later; the application's id is the caller's.
for round in $(seq 12); do
  id=$(new_id)
  register ABC123 --application "$id" &
  call=$!
  sleep ".$(printf %03d $((round * 20)))"
  stack_stop_one STACK_AGENT_PID KILL
  wait $call
  status=$?
  stack_start_agent || bail 'the agent did not come back'
  stack_until "$STACK_AGENT_PID" reader_is card
  if [ $status = 0 ]; then
    check "round $round: acknowledged, and there" is_stored "$id"
  else
    check "round $round: not acknowledged, and again" register ABC123 --application "$id"
  fi
done
stack_ctl journal verify --json >"$STACK_DIR/said"
check 'the journal verifies' json 'a["ok"] is True'

# A store that was damaged is kept aside, and nobody can overlook it.
stack_stop_one STACK_AGENT_PID
store=$(find "$STACK_STATE" -name '*.db' | head -1)
rm -f "$store-wal" "$store-shm"
dd if=/dev/urandom of="$store" bs=1 seek=100 count=4000 conv=notrunc 2>/dev/null
stack_start_agent || bail 'the agent did not start on a damaged store'
check 'a damaged store: the log says so' grep -q 'was damaged.*FILE=' "$STACK_DIR/agent.log"
stack_ctl status --json >"$STACK_DIR/said"
check 'so does the status' json '[x["code"] for x in a["alarms"]] == ["damaged"] and a["alarms"][0]["detail"]'
check 'the file is kept' test -e "$STACK_STATE/$(basename "$(field 'a["alarms"][0]["detail"]')")"
stack_ctl doctor --json >"$STACK_DIR/said"
check 'and doctor, with the next step' json '[x["next"] for x in a["findings"] if x["code"] == "MADO_STORE"]'
stack_ctl status --seen >"$STACK_DIR/said"
check 'people read it, too' grep -q 'code: damaged' "$STACK_DIR/said"
stack_ctl status --json >"$STACK_DIR/said"
check 'once seen it is silent' json 'a["alarms"] == []'

if [ "$(id -u)" = 0 ]; then
  stack_stop_one STACK_AGENT_PID
  mount -t tmpfs -o size=3m tmpfs "$STACK_STATE" && mounted=$STACK_STATE
  stack_start_agent || bail 'no agent on the small disk'
  stack_until "$STACK_AGENT_PID" reader_is card
  check 'a registration on a small disk' register ABC123
  head -c 4m /dev/zero >"$STACK_STATE/filler" 2>/dev/null
  check 'full: 1, before a PIN' fails 1 MADO_DISK_FULL register WRONG1
  check 'so no try was spent' tries_left 5
  rm "$STACK_STATE/filler"
  check 'room again, and fine' register ABC123
  # The disk fills up behind the PIN, while the responder takes its time.
  echo slow >"$STACK_DIR/ocsp.mode"
  : >"$STACK_DIR/trace"
  is_read() { [ "$(wc -l <"$STACK_DIR/trace")" -ge 16 ]; }
  id=$(new_id)
  register ABC123 --application "$id" &
  call=$!
  stack_until $call is_read
  head -c 4m /dev/zero >"$STACK_STATE/filler" 2>/dev/null
  wait $call
  check 'full at the last moment: 1' test $? = 1
  check 'said so' json 'a["error"]["code"] == "MADO_DISK_FULL"'
  rm "$STACK_STATE/filler" "$STACK_DIR/ocsp.mode"
  check 'and not stored' sh -c '! "$0" show "$1" --socket "$2" >/dev/null 2>&1' "$STACK_BIN/madoguchictl" "$id" "$STACK_SOCKET"
  check 'the same application with room again' register ABC123 --application "$id"
  stack_stop_one STACK_AGENT_PID
  mount -o remount,ro "$STACK_STATE"
  stack_start_agent
  check 'read-only: the agent says so and ends' sh -c 'grep -q MADO_STORE: "$1"' - "$STACK_DIR/agent.log"
  mount -o remount,rw "$STACK_STATE"
  stack_start_agent
  stack_ctl journal verify --json >"$STACK_DIR/said"
  check 'writable again, and the journal verifies' json 'a["ok"] is True and a["lines"] == 3'
else
  for i in $(seq 10); do ok 0 "a full disk # SKIP needs root"; done
fi
plan
