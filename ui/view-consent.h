/* ui/view-consent.h - what we read and what we do not, in large words; agreed by touch or aloud. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_consent_new (const MadoMoment *moment);
