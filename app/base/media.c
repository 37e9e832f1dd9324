#include "app/base/media.h"

#include <string.h>

gboolean
mado_media_type_is (const char *content_type, const char *wanted)
{
  gsize len = strlen (wanted);

  return content_type != NULL && g_ascii_strncasecmp (content_type, wanted, len) == 0
         && (content_type[len] == '\0' || strchr ("; \t", content_type[len]) != NULL);
}
