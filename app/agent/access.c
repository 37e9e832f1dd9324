#include "app/agent/access.h"

static gboolean
is_listed (const char *user, const char *list)
{
  g_auto (GStrv) names = g_strsplit_set (list, " \t,;", -1);

  return *user != '\0' && g_strv_contains ((const char *const *)names, user);
}

MadoRole
mado_access_role (uid_t uid, uid_t own_uid, const char *user, const char *staff, const char *kiosk)
{
  if (uid == 0 || uid == own_uid)
    return MADO_ROLE_STAFF;
  if (user == NULL)
    return MADO_ROLE_NONE;
  if (is_listed (user, staff))
    return MADO_ROLE_STAFF;
  return is_listed (user, kiosk) ? MADO_ROLE_KIOSK : MADO_ROLE_NONE;
}
