#include "app/store/line.h"

void
mado_given_event_free (MadoGivenEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->actor);
  g_free (event->type);
  g_clear_pointer (&event->sealed, g_bytes_unref);
  g_free (event);
}

void
mado_given_line_free (MadoGivenLine *line)
{
  if (line == NULL)
    return;
  g_free (line->application);
  g_free (line->unreadable);
  g_free (line->box_key);
  g_clear_pointer (&line->box_epk, g_bytes_unref);
  g_clear_pointer (&line->boxed, g_bytes_unref);
  g_clear_pointer (&line->events, g_ptr_array_unref);
  g_free (line);
}

void
mado_line_answer_free (MadoLineAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->application);
  g_free (answer->answer);
  g_free (answer->reason);
  g_free (answer->state);
  g_free (answer);
}

void
mado_line_change_free (MadoLineChange *change)
{
  if (change == NULL)
    return;
  g_free (change->application);
  g_free (change->state);
  g_free (change);
}

MadoSyncAnswer *
mado_sync_answer_new (void)
{
  MadoSyncAnswer *answer = g_new0 (MadoSyncAnswer, 1);

  answer->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_line_answer_free);
  answer->changed = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_line_change_free);
  return answer;
}

void
mado_sync_answer_free (MadoSyncAnswer *answer)
{
  if (answer == NULL)
    return;
  g_clear_pointer (&answer->answers, g_ptr_array_unref);
  g_clear_pointer (&answer->changed, g_ptr_array_unref);
  g_free (answer);
}
