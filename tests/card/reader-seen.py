#!/usr/bin/python3
"""reader-seen.py NAME [absent] - waits until the smart-card service shows that reader.

With a card in it, or without one when `absent` is given. Asks the service through libpcsclite, as
every program does, at the socket PCSCLITE_CSOCK_NAME names. Ends with 1 after ten seconds.
"""
import ctypes
import sys
import time

SCOPE_SYSTEM, INFINITE = 2, 0xFFFFFFFF
STATE_UNAWARE, STATE_EMPTY, STATE_PRESENT, STATE_MUTE = 0x0, 0x10, 0x20, 0x200


class ReaderState(ctypes.Structure):
    _fields_ = [
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current", ctypes.c_ulong),
        ("event", ctypes.c_ulong),
        ("atr_len", ctypes.c_ulong),
        ("atr", ctypes.c_ubyte * 33),
    ]


def state_of(library, name):
    """The reader's event bits; 0 while the service or the reader is not there."""
    context = ctypes.c_long()
    if library.SCardEstablishContext(SCOPE_SYSTEM, None, None, ctypes.byref(context)) != 0:
        return 0
    state = ReaderState(name.encode(), None, STATE_UNAWARE, 0, 0)
    answer = library.SCardGetStatusChange(context, ctypes.c_ulong(0), ctypes.byref(state), ctypes.c_ulong(1))
    library.SCardReleaseContext(context)
    return state.event if answer == 0 else 0


def main():
    wanted = STATE_EMPTY if sys.argv[2:] == ["absent"] else STATE_PRESENT
    library = ctypes.CDLL("libpcsclite.so.1")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        state = state_of(library, sys.argv[1])
        if state & wanted and not state & STATE_MUTE:
            return 0
        time.sleep(0.02)
    print(f"reader-seen: {sys.argv[1]}: not seen within ten seconds", file=sys.stderr)
    return 1


sys.exit(main())
