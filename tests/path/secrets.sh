#!/bin/bash
# Where a PIN has been and where it may not be found: memory, files, logs; and no descriptor of the
# agent's is there for a program it might start.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

# Prints each readable area of the agent's memory that holds one of WORDS.
memory_with() { # WORD...
  python3 - "$STACK_AGENT_PID" "$@" <<'PYTHON'
import sys
words = [form for word in sys.argv[2:] for form in (word.encode(), word.encode("utf-16-le"), word.encode().hex().encode(), word.encode().hex().upper().encode())]
memory = open(f"/proc/{sys.argv[1]}/mem", "rb")
for line in open(f"/proc/{sys.argv[1]}/maps"):
    area, rights = line.split()[:2]
    begin, end = (int(x, 16) for x in area.split("-"))
    if "r" not in rights or end - begin > 1 << 30:
        continue  # the shadow of a sanitizer holds no octets of ours
    try:
        memory.seek(begin)
        octets = memory.read(end - begin)
    except (OSError, ValueError, OverflowError):
        continue  # [vvar] and its like
    for word in words:
        if word in octets:
            print(line.split()[-1], word)
PYTHON
}
holds() { memory_with "$1" >"$STACK_DIR/said" && [ -s "$STACK_DIR/said" ]; }
holds_none() { memory_with "$@" >"$STACK_DIR/said" && ! [ -s "$STACK_DIR/said" ]; }
# Descriptors that are open across exec(), beside those the agent was started with.
kept_open() {
  local fd
  for fd in /proc/"$STACK_AGENT_PID"/fdinfo/*; do
    [ "$(readlink "/proc/$STACK_AGENT_PID/fd/${fd##*/}")" = "$(readlink "/proc/$$/fd/${fd##*/}")" ] && continue
    (( 8#$(sed -n 's/^flags:[[:space:]]*//p' "$fd") & 8#2000000 )) ||
      readlink "/proc/$STACK_AGENT_PID/fd/${fd##*/}"
  done
}

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_agent || bail 'the stack did not start'
stack_until "$STACK_AGENT_PID" reader_is card
check 'a registration' register ABC123
check 'a wrong PIN' fails 6 MADO_PIN_WRONG register WRONG1
kept_open | grep -v -e "^$STACK_DIR/agent.log$" -e ^/dev/ -e ^pipe: >"$STACK_DIR/said"
check 'every descriptor is closed on exec' test ! -s "$STACK_DIR/said"
if [ "$(id -u)" = 0 ]; then
  check 'what the agent knows is found in its memory' holds K-0001
  check 'no PIN is' holds_none ABC123 WRONG1
else
  for i in 1 2; do ok 0 "memory # SKIP needs root"; done
fi
grep -rlaE 'ABC123|WRONG1|414243313233|57524F4E4731' "$STACK_STATE" "$STACK_DIR/trace" "$STACK_DIR/agent.log" >"$STACK_DIR/said"
check 'nor in store, trace and log' test ! -s "$STACK_DIR/said"
plan
