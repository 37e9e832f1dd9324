/* tests/card/status.h - status words the card answers (ISO/IEC 7816-4 §5.6; blocked as JICSAP). */
#pragma once

enum {
  SW_OK = 0x9000,
  SW_TRIES_LEFT = 0x63C0, /* low digit: how many */
  SW_LENGTH = 0x6700,
  SW_CHANNEL = 0x6881,
  SW_SECURE_MESSAGING = 0x6882,
  SW_FILE_TYPE = 0x6981,
  SW_NOT_AUTHENTICATED = 0x6982,
  SW_BLOCKED = 0x6984,
  SW_CONDITIONS = 0x6985,
  SW_NO_CURRENT_FILE = 0x6986,
  SW_NOT_FOUND = 0x6A82,
  SW_PARAMETERS = 0x6A86,
  SW_PAST_THE_END = 0x6B00,
  SW_INSTRUCTION = 0x6D00,
  SW_CLASS = 0x6E00,
  SW_NO_DIAGNOSIS = 0x6F00,
  SW_UNHEARD_OF = 0x6F42, /* no card says this */
};
