/* ui/view-contact.h - what the card does not know: reading of the name, post, phone, mail, branch.
 */
#pragma once
#include "ui/view.h"

MadoView *mado_view_contact_new (const MadoMoment *moment);
