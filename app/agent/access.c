#include "app/agent/access.h"

#include "app/base/log.h"

#include <pwd.h>

static GStrv
names_in (const char *list)
{
  return g_strsplit_set (list, " \t,;", -1);
}

static gboolean
is_listed (const char *user, const char *list)
{
  g_auto (GStrv) names = names_in (list);

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

void
mado_access_warn (const char *users)
{
  g_auto (GStrv) names = names_in (users);

  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0' && getpwnam (names[i]) == NULL)
      mado_log (G_LOG_LEVEL_WARNING, "[access] names a user this machine does not know", "USER",
                names[i], NULL);
}
