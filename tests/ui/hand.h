/* tests/ui/hand.h - a hand at the counter: finds controls by their accessible names, presses them,
 * types, takes pictures. Everything waits at most ten seconds for what it needs. */
#pragma once
#include <atspi/atspi.h>

/* libatspi 2.46 defines none of these */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)

/** The application called "madoguchi" on this desktop, or %NULL. */
AtspiAccessible *hand_application (void);

/** Waits until one of @names (%NULL-terminated) shows; its place in the list, or -1. */
int hand_wait_any (AtspiAccessible *root, const char *const *names);

/** Waits for the showing control @name; (transfer full) or %NULL. */
AtspiAccessible *hand_wait (AtspiAccessible *root, const char *name);

/** Whether a showing object's name holds @part now. */
gboolean hand_sees (AtspiAccessible *root, const char *part);

/** Presses the button called @name once it can be pressed. */
gboolean hand_press (AtspiAccessible *root, const char *name);

/** Puts @text into the entry called @name. */
gboolean hand_type (AtspiAccessible *root, const char *name, const char *text);

/** The first showing name that @pattern matches, or %NULL. */
char *hand_read (AtspiAccessible *root, const char *pattern);
