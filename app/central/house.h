/* app/central/house.h - what all faces of the server share. */
#pragma once
#include "app/base/clock.h"
#include "app/central/attempts.h"
#include "app/central/counters.h"
#include "app/store/centre.h"
#include "certs/authority.h"

/* Made once at start; only attempts and counters change, each under a lock of its own. */
typedef struct {
  MadoCentre    *centre;
  MadoAuthority *authority; /* for terminals */
  MadoClock     *clock;
  MadoAttempts  *attempts;
  MadoCounters   counters;
} MadoHouse;
