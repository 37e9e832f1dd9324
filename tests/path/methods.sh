#!/bin/bash
# The other two ways to say who one is: the authentication key with the text application, and papers.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

auth() { # PIN TEXT-PIN OPTIONS...
  local pin=$1 text=$2
  shift 2
  stack_ctl register --method auth --consent 2026-11 --kana ミホンハナコ --phone 09012345678 --json --pin-fd 3 \
    --text-pin-fd 4 "$@" 3<<<"$pin" 4<<<"$text" >"$STACK_DIR/said" 2>>"$STACK_DIR/agent.log"
}
papers() {
  stack_ctl register --method document --consent 2026-11 --kana ミホンジロウ --phone 09087654321 --json "$@" \
    >"$STACK_DIR/said" 2>>"$STACK_DIR/agent.log"
}

stack_begin && stack_start_card adult && stack_start_ocsp && stack_start_agent || bail 'the stack did not start'

check 'registers with the authentication key' auth 1234 1234
check 'everything was checked' json 'a["checks"] == {"signature": "yes", "revocation": "good", "eligibility": "in-area"}'
check 'the person is the text application'"'"'s' json 'a["person"]["source"] == "text" and a["person"]["name"] == "見本　花子"'
check 'a wrong PIN: 6' fails 6 MADO_PIN_WRONG auth 9999 1234
check 'a wrong text PIN: 6' fails 6 MADO_PIN_WRONG auth 1234 9999
check 'tells the tries left' json 'a["error"]["tries_left"] == 2'
lift
lay android
check 'a phone: 5' fails 5 MADO_PHONE auth 1234 1234
lift
lay child
check 'a child has this key' auth 1234 1234
lift

person=(--name '見本　次郎' --address 埼玉県熊谷市見本町一丁目 --birth-date 平成2年1月2日)
check 'registers by papers without a card' papers "${person[@]}"
check 'nothing was pretended' json 'a["checks"] == {"signature": "not-checked", "revocation": "not-checked", "eligibility": "in-area"}'
check 'the era was understood' json 'a["person"]["birth_date"] == "1990-01-02" and a["state"] == "received"'
check 'out of the area: 11' fails 11 MADO_OUT_OF_AREA papers --name '見本　次郎' --address 東京都千代田区見本 --birth-date 1990-01-02
check 'no birth date: 2' fails 2 MADO_FIELD papers --name '見本　次郎' --address 埼玉県熊谷市見本町
check 'which names the field' json 'a["error"]["reason"] == "birth_date"'
check 'a phone that is none: 2' fails 2 MADO_FIELD papers "${person[@]}" --phone abc
check 'no such consent: 2' fails 2 MADO_CONSENT papers "${person[@]}" --consent 1999-01
stack_ctl applications --state received --since 2000-01-01 --json >"$STACK_DIR/said"
check 'the list knows all three' json 'len(a["applications"]) == 3'
since() { stack_ctl applications --since "$1" --json >"$STACK_DIR/said"; [ $? = "$2" ]; }
check 'no such day: 2' since 2026-02-30 2
check 'nothing yet from tomorrow on' since "$(date -d '+2 days' +%F)" 0
check 'an empty list' json 'a["applications"] == []'
plan
