#!/bin/bash
# The include rule, held against files that break it.
set -u
. tests/lib/tap.sh
STACK_DIR=$(mktemp -d)
trap 'rm -rf "$STACK_DIR"' EXIT

# What the check says of a file at PATH with these LINES.
judged() { # PATH LINES
  mkdir -p "$STACK_DIR/$(dirname "$1")"
  printf '%s\n' "$2" >"$STACK_DIR/$1"
  (cd "$STACK_DIR" && awk -f "$OLDPWD/tests/check-includes" "$OLDPWD/ARCHITECTURE.md" "$1") >"$STACK_DIR/said"
}
refused() { ! judged "$@" && [ -s "$STACK_DIR/said" ]; }

check 'its own room, one below, a library of its row' judged pcsc/card.c '#include "pcsc/card.h"
#include "app/base/json.h"
#include <winscard.h>
#include <string.h>'
check 'a room it may not see' refused pcsc/card.c '#include "certs/cert.h"'
check 'with blanks' refused pcsc/card.c '  #  include   "certs/cert.h"'
check 'in angle brackets' refused pcsc/card.c '#include <certs/cert.h>'
check 'by a way around' refused pcsc/card.c '#include "../certs/cert.h"'
check 'a library of another room' refused ui/page.c '#include <gtk/gtk.h>
#include <sqlite3.h>'
check 'no network and no GTK in a pure room' refused app/domain/era.c '#include <curl/curl.h>'
check 'a folder without a room' refused app/other/file.c '#include "app/base/json.h"'
check "a program's main.c wires rooms" judged ui/main.c '#include "app/agent/program.h"'
plan
