#!/bin/bash
# madoguchictl without an agent: card, certificates, evidence, rules.
set -u
. tests/lib/stack.sh
. tests/lib/tap.sh
trap stack_stop EXIT

ctl() { # COMMAND...: the answer is in said
  "$STACK_BIN/madoguchictl" "$@" --json >"$STACK_DIR/said" 2>"$STACK_DIR/agent.log"
}
status() { # STATUS COMMAND...
  local wanted=$1
  shift
  "$@"
  [ $? = "$wanted" ] && [ "$(wc -l <"$STACK_DIR/said")" = 1 ]
}
pin() { ctl "${@:2}" --pin-fd 3 3<<<"$1"; }

stack_begin && stack_start_card adult && stack_start_ocsp || bail 'the stack did not start'
cards=$STACK_PKI/cards
out=$STACK_DIR/out
anchors=(--anchors "$STACK_PKI/anchors")

# --- card
check 'card list' status 0 ctl card list
check 'knows kind and ATR' json 'a["readers"][0]["kind"] == "my-number-card" and a["readers"][0]["atr"].startswith("3B") and a["readers"][1]["kind"] is None'
check 'card list of one reader' status 0 ctl card list --reader 'Virtual PCD 00 00'
check 'is that one' json 'len(a["readers"]) == 1'
check 'of one that is not there: 3' status 3 ctl card list --reader nowhere
check 'card tries' status 0 ctl card tries
check 'of all three PINs' json 'a == {"auth": {"left": 3, "max": 3}, "sign": {"left": 5, "max": 5}, "text": {"left": 3, "max": 3}}'
check 'card cert auth' status 0 ctl card cert auth --out "$out"
check 'is exactly the certificate' cmp -s "$out" "$cards/adult/auth.der"
check 'card cert sign' status 0 pin ABC123 card cert sign --out "$out" --trace "$STACK_DIR/trace"
check 'is that one' cmp -s "$out" "$cards/adult/sign.der"
check 'the trace hides PIN and certificate' sh -c '! grep -qi -e 414243313233 -e 3082 "$1" && grep -q "\*\*" "$1" && [ "$(stat -c %a "$1")" = 600 ]' - "$STACK_DIR/trace"
check 'without a PIN: 2' status 2 ctl card cert sign --out "$out"
check 'card person --from sign' status 0 pin ABC123 card person --from sign
check 'has the person' json 'a["name"] == "見本　花子" and a["birth_date"] == "1990-01-02" and a["sex"] == "female" and a["source"] == "sign"'
check 'card person --from text' status 0 pin 1234 card person --from text
check 'is the same person' json 'a["name"] == "見本　花子" and a["source"] == "text"'
check 'a wrong PIN: 6' status 6 pin 9999 card person --from text
check 'and tries left' json 'a["error"]["tries_left"] == 2'
echo 'I agree' >"$STACK_DIR/content"
cat "$STACK_PKI"/anchors/*.pem >"$STACK_DIR/roots"
check 'card sign sign' status 0 pin ABC123 card sign sign --in "$STACK_DIR/content" --out "$out.p7s"
check 'openssl accepts it' openssl cms -verify -binary -inform DER -in "$out.p7s" -content "$STACK_DIR/content" -purpose any -out /dev/null -CAfile "$STACK_DIR/roots" 2>/dev/null
check 'card sign auth' status 0 pin 1234 card sign auth --in "$STACK_DIR/content" --out "$out.auth.p7s"
check 'card doctor finds nothing' status 0 ctl card doctor --trace "$STACK_DIR/trace"
check 'and its trace says how' grep -q '"n":1,' "$STACK_DIR/trace"
check 'no such reader: 3' status 3 ctl card tries --reader nowhere
check 'no service: 3' status 3 env PCSCLITE_CSOCK_NAME=/nowhere "$(command -v bash)" -c '"$1" card list --json >"$2" 2>&1' - "$STACK_BIN/madoguchictl" "$STACK_DIR/said"

# --- verify
check 'verify cert' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --profile sign
check 'says yes and not checked' json '(a["chain"], a["dates"], a["usage"], a["revocation"]) == ("yes", "yes", "yes", "not-checked")'
check 'by OCSP' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --ocsp-url "${STACK_OCSP_URL/\{profile\}/sign}"
check 'is good' json 'a["revocation"] == "good"'
check 'by a list' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --crl "$STACK_PKI/sign/ca.crl"
check 'a revoked one: 11' status 11 ctl verify cert "$cards/revoked/sign.der" "${anchors[@]}" --crl "$STACK_PKI/sign/ca.crl"
check 'which says so' json 'a["revocation"] == "revoked" and a["reason"]'
# Three lists: of before the revocation, of another authority, of a folder where time stood still.
lists() { # OPENSSL-CA-OPTIONS...: a further list of the signing authority, which lists nobody
  cp -r "$STACK_PKI/sign" "$STACK_DIR/then" && : >"$STACK_DIR/then/index.txt" &&
    (cd "$STACK_DIR/then" && openssl ca -gencrl -config ca.cnf -keyfile ca.key -cert ca.crt "$@" -out ../then.crl 2>../then.log)
  rm -rf "$STACK_DIR/then"
}
sign=$cards/revoked/sign.der
check 'a list of before' lists -crldays 1
check 'which says good' status 0 ctl verify cert "$sign" "${anchors[@]}" --crl "$STACK_DIR/then.crl"
check 'the worst of several lists counts: 11' status 11 ctl verify cert "$sign" "${anchors[@]}" --crl "$STACK_DIR/then.crl" --crl "$STACK_PKI/sign/ca.crl"
check 'in any order: 11' status 11 ctl verify cert "$sign" "${anchors[@]}" --crl "$STACK_PKI/sign/ca.crl" --crl "$STACK_DIR/then.crl"
check 'a list beside a responder counts: 11' status 11 ctl verify cert "$sign" "${anchors[@]}" --crl "$STACK_PKI/sign/ca.crl" --ocsp-url http://127.0.0.1:9/
check 'a list of another authority: 12' status 12 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --crl "$STACK_PKI/auth/ca.crl"
check 'beside the right one: fine' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --crl "$STACK_PKI/auth/ca.crl" --crl "$STACK_PKI/sign/ca.crl"
lists -crl_lastupdate 20200101000000Z -crl_nextupdate 20200102000000Z
check 'a stale list: 12' status 12 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --crl "$STACK_DIR/then.crl"
check 'says why' json 'a["revocation"] == "not-checked" and a["reason"]'
check 'a list that is not there: 2, also of no certificate' status 2 ctl verify cert "$STACK_DIR/content" "${anchors[@]}" --crl "$STACK_DIR/nowhere"
check 'a folder is no file: 2' status 2 ctl verify cert "$STACK_DIR" "${anchors[@]}"
openssl ocsp -issuer "$STACK_PKI/sign/ca.crt" -cert "$cards/adult/sign.der" -reqout "$STACK_DIR/ocsp.req" -no_nonce 2>/dev/null
openssl ocsp -index "$STACK_PKI/sign/index.txt" -CA "$STACK_PKI/sign/ca.crt" -rsigner "$STACK_PKI/sign/ocsp.crt" -rkey "$STACK_PKI/sign/ocsp.key" -ndays 1 -reqin "$STACK_DIR/ocsp.req" -respout "$STACK_DIR/ocsp.res" >/dev/null 2>&1
check 'a kept answer' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --ocsp-response "$STACK_DIR/ocsp.res"
check 'of another certificate: 12' status 12 ctl verify cert "$sign" "${anchors[@]}" --ocsp-response "$STACK_DIR/ocsp.res"
check 'not there: 2' status 2 ctl verify cert "$sign" "${anchors[@]}" --ocsp-response "$STACK_DIR/nowhere"
check 'two answers at once: 2' status 2 ctl verify cert "$sign" "${anchors[@]}" --ocsp-response "$STACK_DIR/ocsp.res" --ocsp-url http://127.0.0.1:9/
check 'a moment the responder was not asked at' status 0 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --at "$(date -d '+10 days' +%FT%TZ)" --ocsp-url "${STACK_OCSP_URL/\{profile\}/sign}"
check 'an expired one: 11' status 11 ctl verify cert "$cards/expired/sign.der" "${anchors[@]}"
check 'a stranger: 11' status 11 ctl verify cert "$cards/stranger/sign.der" "${anchors[@]}"
check 'another profile: 11' status 11 ctl verify cert "$cards/adult/auth.der" "${anchors[@]}" --profile sign
check 'nobody answers: 12' status 12 ctl verify cert "$cards/adult/sign.der" "${anchors[@]}" --ocsp-url http://127.0.0.1:9/
check 'no certificate: 11' status 11 ctl verify cert "$STACK_DIR/content" "${anchors[@]}"
check 'says why' json 'a["chain"] == "no" and a["reason"]'
check 'no such file: 2' status 2 ctl verify cert "$STACK_DIR/nowhere" "${anchors[@]}"
check 'no anchors: 2' status 2 ctl verify cert "$cards/adult/sign.der"
check 'verify evidence' status 0 ctl verify evidence "$out.p7s" --content "$STACK_DIR/content" "${anchors[@]}"
check 'signature and content' json 'a["signature"] == "yes" and a["content"] == "yes"'
check 'other content: 11' status 11 ctl verify evidence "$out.p7s" --content "$STACK_DIR/card.log" "${anchors[@]}"
check 'no evidence: 11' status 11 ctl verify evidence "$STACK_DIR/content" --content "$STACK_DIR/content" "${anchors[@]}"

# --- rules
check 'in the area' status 0 ctl eligibility --address 埼玉県熊谷市見本町 --on 2026-11-20
check 'by its code' json 'a["result"] == "in-area" and a["code"] == "112020" and a["municipality"] == "熊谷市"'
check 'out of the area: 11' status 11 ctl eligibility --address 東京都千代田区千代田
check 'nothing to go by: 12' status 12 ctl eligibility --address ''
check 'no date: 2' status 2 ctl eligibility --address 埼玉県熊谷市 --birth-date yesterday
check 'no such day: 2' status 2 ctl eligibility --address 埼玉県熊谷市 --on 2026-02-30
check 'no such birth date: 2' status 2 ctl eligibility --address 埼玉県熊谷市 --birth-date 1990-13-45
check 'a birth date in part' status 0 ctl eligibility --address 埼玉県熊谷市 --birth-date 1990-00-00
check 'a number' status 0 ctl number check --scheme mod10w31 --start A --stop A A00012348A
check 'a wrong check digit: 11' status 11 ctl number check --scheme mod10w31 00012349
check 'which is told' json 'a["reason"] == "check-digit"'
check 'no such scheme: 2' status 2 ctl number check --scheme mod97 1
check 'a barcode' status 0 ctl number barcode 00012348 --start B --stop C --out "$STACK_DIR/nw7.png"
check 'of that number' json 'a["text"] == "B00012348C" and a["number"] == "00012348"'
check 'letters of its own' status 0 ctl number barcode d12:4d --out "$STACK_DIR/own.png"
check 'are kept' json 'a["text"] == "D12:4D"'
check 'no number for bars: 11' status 11 ctl number barcode 12Z4 --out "$STACK_DIR/none.png"
check 'and no picture' test ! -e "$STACK_DIR/none.png"
if command -v zbarimg >/dev/null; then
  check 'the bars can be read' sh -c 'zbarimg --nodbus -q --raw "$1" 2>/dev/null | grep -qx B00012348C' - "$STACK_DIR/nw7.png"
fi
check 'a QR code' status 0 ctl qr GU4M3P --out "$STACK_DIR/qr.png"
if command -v zbarimg >/dev/null; then
  check 'that can be read' sh -c 'zbarimg -q --raw "$1" 2>/dev/null | grep -qx GU4M3P' - "$STACK_DIR/qr.png"
fi

# --- the rest
check 'a key for trials' status 0 ctl setup --kek "$STACK_DIR/new.kek"
check 'of 32 octets, for its owner' sh -c '[ "$(stat -c "%s %a" "$1")" = "32 600" ]' - "$STACK_DIR/new.kek"
check 'which is never replaced: 2' status 2 ctl setup --kek "$STACK_DIR/new.kek"
check 'no such command: 2' status 2 ctl dance
check 'no such option: 2' status 2 ctl card list --pin 1234
check 'a PIN is asked for before a card is: 2' status 2 ctl card person --from text --reader nowhere
check 'so is the file to write: 2' status 2 pin ABC123 card cert sign --reader nowhere
check 'an answer nobody can take: 1' sh -c '"$1" card list --json >/dev/full 2>&1; [ $? = 1 ]' - "$STACK_BIN/madoguchictl"
check 'a server without TLS: 2, before the password' status 2 ctl enrol --server http://localhost --terminal K-0001
typed() { # at a terminal: a password, and what the screen shows then
  python3 - "$STACK_BIN/madoguchictl" >"$STACK_DIR/screen" <<'PYTHON'
import os, pty, sys, termios, time
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "enrol", "--server", "https://localhost", "--terminal", "K-0001", "--password-fd", "0", "--socket", "/nowhere"])
for i in range(500):
    if not termios.tcgetattr(fd)[3] & termios.ECHO:
        break
    time.sleep(0.01)
os.write(fd, b"SECRET77\n")
shown = b""
try:
    while part := os.read(fd, 1000):
        shown += part
except OSError:
    pass
print(shown.decode())
PYTHON
  grep -q MADO_AGENT_UNREACHABLE "$STACK_DIR/screen" && ! grep -q SECRET "$STACK_DIR/screen"
}
check 'a secret that is typed is not shown' typed
check 'no agent: 13' status 13 ctl status --socket "$STACK_DIR/nowhere"
first() { "$STACK_BIN/madoguchictl" --json "$@" >"$STACK_DIR/said" 2>"$STACK_DIR/agent.log"; }
check 'options may stand before the command' status 11 first --address 東京都千代田区千代田 eligibility
check 'a wrong command behind them: 2' status 2 first dance
check 'nothing but options: 2' status 2 first
check 'help lists the commands' sh -c '"$1" --help | grep -q "journal verify"' - "$STACK_BIN/madoguchictl"
check 'each command has its own' sh -c '"$1" card sign --help | grep -q -- --spend-last-try' - "$STACK_BIN/madoguchictl"
check 'which begins with its name' sh -c '"$1" card sign --help | grep -q "^  madoguchictl .*card sign auth|sign"' - "$STACK_BIN/madoguchictl"
check 'for people, too' sh -c '"$1" card list | grep -q "kind: my-number-card"' - "$STACK_BIN/madoguchictl"

# --- two cards are never guessed between
stack_stop_one STACK_CARD_PID
tests/card/pcscd-run --cardsim "$STACK_BIN/madoguchi-cardsim" --pki "$STACK_PKI" --dir "$STACK_DIR/two" \
  --profile tests/card/profiles/adult.card --profile tests/card/profiles/child.card >"$STACK_DIR/two.out" 2>&1 &
STACK_CARD_PID=$!
stack_until "$STACK_CARD_PID" test -s "$STACK_DIR/two.out"
PCSCLITE_CSOCK_NAME=$(cat "$STACK_DIR/two.out")
check 'two cards: 5' status 5 ctl card tries
check 'and which readers hold them' json 'all(r in a["error"]["message"] for r in ("Virtual PCD 00 00", "Virtual PCD 00 01")) and a["error"]["kind"]'
check 'unless one is named' status 0 ctl card tries --reader 'Virtual PCD 00 01'
check 'a child has no PIN to sign' json 'a["sign"] is None'
check 'nor a certificate: 5, before a PIN' status 5 pin ABC123 card sign sign --in "$STACK_DIR/content" --out "$out" --reader 'Virtual PCD 00 01'
plan
