#!/bin/bash
# The manual pages name every option and every key there is, and nothing that is not there.
set -u
n=0
ok() { # STATUS NAME
  n=$((n + 1))
  [ "$1" = 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
}
bin=${MADO_BUILD:-build}/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a page has, and what the program's own help has.
in_page() { grep -oE 'Fl -[a-z][a-z-]*' "packaging/man/$1" | sed 's/^Fl -/--/' | sort -u; }
in_help() { grep -oE -- '--[a-z][a-z-]*' | sort -u; }
compare() { # PAGE NAME: the help is in $work/help
  in_page "$1" | grep -vx -e --help -e --version >"$work/page"
  in_help <"$work/help" | grep -vx -e --help -e --help-all -e --help-gtk -e --display -e --version >"$work/program"
  diff "$work/program" "$work/page" | sed 's/^/# /'
  cmp -s "$work/program" "$work/page"
  ok $? "$2"
}

for command in 'card list' 'card tries' 'card cert' 'card person' 'card sign' 'card doctor' 'verify cert' 'verify evidence' \
  eligibility 'number check' 'number barcode' qr register applications show status sync 'journal verify' enrol doctor setup; do
  # shellcheck disable=SC2086
  "$bin/madoguchictl" $command --help
done >"$work/help"
compare madoguchictl.1 'madoguchictl: the options'
"$bin/madoguchictl" --help | sed -n 's/^  \([a-z]*\( [a-z]*\)\?\) .*/\1/p' >"$work/commands"
while read -r command; do
  grep -qE "Cm ${command/ / }( |\$)" packaging/man/madoguchictl.1
  ok $? "madoguchictl: $command"
done <"$work/commands"
"$bin/madoguchid" --help >"$work/help"
compare madoguchid.8 'madoguchid: the options'
"$bin/madoguchi-central" --help >"$work/help"
compare madoguchi-central.8 'madoguchi-central: the options'
"$bin/madoguchi-cardsim" --help >"$work/help"
compare madoguchi-cardsim.1 'madoguchi-cardsim: the options'

keys() { # PAGE SOURCE NAME
  sed -n 's/^\.It Li \[\([a-z-]*\)\] \(.*\)/\1 \2/p' "packaging/man/$1" | tr -d , | awk '{ for (i = 2; i <= NF; i++) print $1, $i }' | sort >"$work/page"
  sed -n '/^static const MadoConfigKey/,/^};/s/^  { "\([a-z-]*\)", "\([a-z-]*\)".*/\1 \2/p' "$2" | sort >"$work/program"
  diff "$work/program" "$work/page" | sed 's/^/# /'
  [ -s "$work/program" ] && cmp -s "$work/program" "$work/page"
  ok $? "$3"
}
keys madoguchid.8 app/agent/settings.c 'madoguchid: the keys of its configuration'
keys madoguchi-central.8 app/central/settings.c 'madoguchi-central: the keys of its configuration'
echo "1..$n"
