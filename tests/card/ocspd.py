#!/usr/bin/python3
"""ocspd.py PORT DIR [MODE-FILE] - the OCSP responder of the rehearsal authorities on 127.0.0.1.

Serves /ocsp/sign and /ocsp/auth (RFC 6960, POST and GET) for what rehearsal-ca made in DIR; PORT 0
takes a free one. Prints `ready PORT`. SIGTERM ends it. Each request runs `openssl ocsp` once, so a
revocation counts at once; as a server of its own that program hangs on a connection without data.

MODE-FILE (default: DIR/ocsp.mode), read for each request, switches to a fault:
  ok                    as a good responder (also without the file)
  slow                  answers after 3 seconds
  hang                  takes the request and never answers
  drop                  closes the connection without an answer
  500                   HTTP status 500
  try-later             OCSP status tryLater
  garbage               octets that are no OCSP response
  unsigned-by-stranger  signed by the responder of an authority nobody trusts
  signed-by-holder      signed by a certificate of the right authority that is no responder's
  stale                 thisUpdate and nextUpdate ten days back, rightly signed
  no-nonce              without the nonce that was asked for (RFC 6960 allows it)
  wrong-nonce           with another nonce
  other-certificate     a good answer for another certificate
"""
import base64
import datetime
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

AUTHORITIES = {"sign": ["sign", "sign1"], "auth": ["auth"]}
HOLDERS = {"sign": "adult/sign", "sign1": "neighbour/sign", "auth": "adult/auth"}
MALFORMED_REQUEST, TRY_LATER, UNAUTHORIZED = (bytes((0x30, 3, 0x0A, 1, n)) for n in (1, 3, 6))
NONCE_OID = bytes.fromhex("06092b0601050507300102")
SEQUENCE, INTEGER, BIT_STRING, OCTET_STRING, GENERALIZED_TIME = 0x30, 0x02, 0x03, 0x04, 0x18
SLOW_SECONDS, HANG_SECONDS = 3, 120


# --- DER, as much as the faults need ----------------------------------------------------------------
def split(octets):
    """The elements of a constructed value as (tag, value) pairs."""
    parts = []
    while octets:
        tag, first, head = octets[0], octets[1], 2
        size = first
        if first & 0x80:
            head += first & 0x7F
            size = int.from_bytes(octets[2:head], "big")
        if head + size > len(octets):
            raise ValueError("DER ends early")
        parts.append((tag, octets[head : head + size]))
        octets = octets[head + size :]
    return parts


def join(parts):
    return b"".join(wrap(tag, value) for tag, value in parts)


def wrap(tag, value):
    size = len(value)
    if size < 0x80:
        return bytes((tag, size)) + value
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + value


# --- requests and what is changed in them (RFC 6960 §4.1.1) ------------------------------------------
def request_parts(request):
    ((_, body),) = split(request)
    ((_, tbs),) = split(body)[:1]
    return split(tbs)


def request_of(parts):
    return wrap(SEQUENCE, wrap(SEQUENCE, join(parts)))


def cert_id(parts):
    """(algorithm, name hash, key hash, serial) of the first certificate asked for."""
    requests = next(value for tag, value in parts if tag == SEQUENCE)
    first = split(requests)[0][1]
    return split(split(first)[0][1])


def without_nonce(request):
    return request_of([part for part in request_parts(request) if part[0] != 0xA2])


def with_other_nonce(request):
    """The last octet of the extensions is one of the nonce, when there is one."""
    at = request.find(NONCE_OID)
    return request if at < 0 else request[:-1] + bytes((request[-1] ^ 1,))


def for_another(request, serial):
    parts = request_parts(request)
    identity = cert_id(parts)
    identity[3] = (INTEGER, serial)
    requests = wrap(SEQUENCE, wrap(SEQUENCE, join(identity)))
    return request_of([(tag, requests if tag == SEQUENCE else value) for tag, value in parts])


# --- responses ---------------------------------------------------------------------------------------
def days_back(match, days=10):
    then = datetime.datetime.strptime(match.group(1).decode(), "%Y%m%d%H%M%SZ")
    then -= datetime.timedelta(days=days)
    return bytes((GENERALIZED_TIME, 15)) + then.strftime("%Y%m%d%H%M%SZ").encode()


def made_stale(response, key):
    """The same response ten days ago, signed again (RFC 6960 §4.2.1)."""
    status, (_, response_bytes) = split(split(response)[0][1])
    kind, (_, basic) = split(split(response_bytes)[0][1])
    parts = split(split(basic)[0][1])
    tbs = re.sub(rb"\x18\x0f(\d{14}Z)", days_back, wrap(*parts[0]))
    signed = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", key], input=tbs, capture_output=True, check=True
    ).stdout
    basic = wrap(SEQUENCE, tbs + wrap(*parts[1]) + wrap(BIT_STRING, b"\0" + signed) + join(parts[3:]))
    response_bytes = wrap(SEQUENCE, wrap(*kind) + wrap(OCTET_STRING, basic))
    return wrap(SEQUENCE, wrap(*status) + wrap(0xA0, response_bytes))


class Responder:
    """The authorities in one folder."""

    def __init__(self, folder, mode_file):
        self.folder = os.path.abspath(folder)
        self.mode_file = mode_file or os.path.join(self.folder, "ocsp.mode")

    def mode(self):
        try:
            with open(self.mode_file, encoding="ascii") as file:
                return file.read().strip() or "ok"
        except FileNotFoundError:
            return "ok"

    def authority_of(self, use, request):
        """The generation whose key the request names; None when it is none of ours."""
        key_hash = cert_id(request_parts(request))[2][1].hex()
        for name in AUTHORITIES[use]:
            folder = os.path.join(self.folder, name)
            with open(os.path.join(folder, "keyhash"), encoding="ascii") as file:
                if key_hash in file.read().split():
                    return folder
        return None

    def signer(self, folder, mode):
        stranger = os.path.join(self.folder, "stranger")
        if mode == "unsigned-by-stranger":
            return os.path.join(stranger, "ocsp.crt"), os.path.join(stranger, "ocsp.key")
        if mode == "signed-by-holder":
            holder = os.path.join(self.folder, "cards", HOLDERS[os.path.basename(folder)])
            return holder + ".der", holder + ".key"
        return os.path.join(folder, "ocsp.crt"), os.path.join(folder, "ocsp.key")

    def other_serial(self, folder, request):
        """A serial the authority gave to somebody else and stands by."""
        asked = int.from_bytes(cert_id(request_parts(request))[3][1], "big")
        with open(os.path.join(folder, "index.txt"), encoding="utf-8") as file:
            good = [int(line.split("\t")[3], 16) for line in file if line.startswith("V")]
        other = next(serial for serial in reversed(good) if serial != asked)
        return other.to_bytes(other.bit_length() // 8 + 1, "big")

    def changed(self, request, folder, mode):
        if mode == "no-nonce":
            return without_nonce(request)
        if mode == "wrong-nonce":
            return with_other_nonce(request)
        if mode == "other-certificate":
            return for_another(request, self.other_serial(folder, request))
        return request

    def answer(self, use, request, mode):
        """The DER OCSPResponse."""
        if mode == "try-later":
            return TRY_LATER
        if mode == "garbage":
            return b"\x30\x82 this is no OCSP response"
        try:
            folder = self.authority_of(use, request)
            if folder is None:
                return UNAUTHORIZED
            response = self.ask_openssl(folder, self.changed(request, folder, mode), mode)
        except (ValueError, IndexError, StopIteration):
            return MALFORMED_REQUEST
        return made_stale(response, os.path.join(folder, "ocsp.key")) if mode == "stale" else response

    def ask_openssl(self, folder, request, mode):
        certificate, key = self.signer(folder, mode)
        with tempfile.TemporaryDirectory() as work:
            asked, answered = os.path.join(work, "request"), os.path.join(work, "response")
            with open(asked, "wb") as file:
                file.write(request)
            command = ["openssl", "ocsp", "-index", "index.txt", "-CA", "ca.crt", "-ndays", "1"]
            command += ["-rsigner", certificate, "-rkey", key, "-reqin", asked, "-respout", answered]
            subprocess.run(command, cwd=folder, capture_output=True, check=False)
            if not os.path.exists(answered):
                return MALFORMED_REQUEST
            with open(answered, "rb") as file:
                return file.read()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_POST(self):
        self.respond(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_GET(self):
        path, _, encoded = self.path.lstrip("/").partition("/")[2].partition("/")
        try:
            request = base64.b64decode(urllib.parse.unquote(encoded), validate=True)
        except ValueError:
            request = b""
        self.respond("/ocsp/" + path, request)

    def respond(self, path, request):
        use = path[len("/ocsp/") :] if path.startswith("/ocsp/") else ""
        if use not in AUTHORITIES:
            self.send_error(404)
            return
        mode = self.server.responder.mode()
        if mode in ("hang", "drop"):
            self.close_connection = True
            self.server.stopping.wait(HANG_SECONDS if mode == "hang" else 0)
            return
        if mode == "slow":
            self.server.stopping.wait(SLOW_SECONDS)
        body = self.server.responder.answer(use, request, mode)
        self.send_response(500 if mode == "500" else 200)
        self.send_header("Content-Type", "application/ocsp-response")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main():
    if len(sys.argv) not in (3, 4) or not sys.argv[1].isdigit() or not os.path.isdir(sys.argv[2]):
        asked = sys.argv[1:] == ["--help"]
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
    server.responder = Responder(sys.argv[2], sys.argv[3] if sys.argv[3:] else None)
    server.stopping = threading.Event()

    def stop(*_):
        server.stopping.set()
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("ready", server.server_address[1], flush=True)
    server.serve_forever(poll_interval=0.1)
    return 0


sys.exit(main())
