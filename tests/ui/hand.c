#include "tests/ui/hand.h"

#include <string.h>

#define TURN_US (50 * 1000)
#define TURNS 200 /* ten seconds */

typedef gboolean (*Wanted) (const char *name, gconstpointer data);
typedef gboolean (*Fits) (AtspiAccessible *node);

static gboolean
shows (AtspiAccessible *node)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_SHOWING);
}

static gboolean
can_be_pressed (AtspiAccessible *node)
{
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (node);

  return action != NULL && atspi_action_get_n_actions (action, NULL) > 0;
}

static gboolean
can_be_typed_into (AtspiAccessible *node)
{
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (node);

  return editable != NULL;
}

static gboolean
is_anything (AtspiAccessible *node G_GNUC_UNUSED)
{
  return TRUE;
}

/* @fits tells a control from the words on or beside it, which have the same name. */
static AtspiAccessible *
find (AtspiAccessible *node, Wanted wanted, gconstpointer data, Fits fits)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  if (name != NULL && *name != '\0' && wanted (name, data) && fits (node) && shows (node))
    return g_object_ref (node);
  int n = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
    AtspiAccessible *found = child != NULL ? find (child, wanted, data, fits) : NULL;
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* What libatspi remembers of other processes grows old without a word: forget, then look. */
static void
look_afresh (AtspiAccessible *root)
{
  atspi_accessible_clear_cache (root);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_named (const char *name, gconstpointer wanted)
{
  return g_str_equal (name, wanted);
}

static gboolean
holds (const char *name, gconstpointer part)
{
  return strstr (name, part) != NULL;
}

static gboolean
matches (const char *name, gconstpointer pattern)
{
  return g_regex_match_simple (pattern, name, 0, 0);
}

AtspiAccessible *
hand_application (void)
{
  for (int turn = 0; turn < TURNS; turn++) {
    g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
    look_afresh (desktop);
    int n = atspi_accessible_get_child_count (desktop, NULL);
    for (int i = 0; i < n; i++) {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
      g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;
      if (g_strcmp0 (name, "madoguchi") == 0)
        return g_steal_pointer (&child);
    }
    g_usleep (TURN_US);
  }
  return NULL;
}

int
hand_wait_any (AtspiAccessible *root, const char *const *names)
{
  for (int turn = 0; turn < TURNS; turn++) {
    look_afresh (root);
    for (int i = 0; names[i] != NULL; i++) {
      g_autoptr (AtspiAccessible) found = find (root, is_named, names[i], is_anything);
      if (found != NULL)
        return i;
    }
    g_usleep (TURN_US);
  }
  return -1;
}

AtspiAccessible *
hand_wait (AtspiAccessible *root, const char *name)
{
  for (int turn = 0; turn < TURNS; turn++) {
    look_afresh (root);
    AtspiAccessible *found = find (root, is_named, name, is_anything);
    if (found != NULL)
      return found;
    g_usleep (TURN_US);
  }
  return NULL;
}

gboolean
hand_sees (AtspiAccessible *root, const char *part)
{
  look_afresh (root);
  g_autoptr (AtspiAccessible) found = find (root, holds, part, is_anything);

  return found != NULL;
}

static gboolean
is_sensitive (AtspiAccessible *button)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (button);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_SENSITIVE);
}

gboolean
hand_press (AtspiAccessible *root, const char *name)
{
  for (int turn = 0; turn < TURNS; turn++) {
    look_afresh (root);
    g_autoptr (AtspiAccessible) button = find (root, is_named, name, can_be_pressed);
    if (button != NULL && is_sensitive (button)) {
      g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (button);
      return atspi_action_do_action (action, 0, NULL);
    }
    g_usleep (TURN_US);
  }
  return FALSE;
}

gboolean
hand_type (AtspiAccessible *root, const char *name, const char *text)
{
  for (int turn = 0; turn < TURNS; turn++) {
    look_afresh (root);
    g_autoptr (AtspiAccessible) entry = find (root, is_named, name, can_be_typed_into);
    if (entry != NULL) {
      g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (entry);
      return atspi_editable_text_set_text_contents (editable, text, NULL);
    }
    g_usleep (TURN_US);
  }
  return FALSE;
}

char *
hand_read (AtspiAccessible *root, const char *pattern)
{
  look_afresh (root);
  g_autoptr (AtspiAccessible) found = find (root, matches, pattern, is_anything);

  return found != NULL ? atspi_accessible_get_name (found, NULL) : NULL;
}
