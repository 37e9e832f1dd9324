#include "pcsc/verify.h"

#include "pcsc/error.h"

static const guint8 header[] = { 0x00, 0x20, 0x00, 0x80 };

/* The tries a status word speaks of, or -1. */
static int
tries_in (guint16 status)
{
  if (status == 0x6983 || status == 0x6984)
    return 0;
  return (status & 0xFFF0) == 0x63C0 ? status & 0x0F : -1;
}

static gboolean
ask_tries (MadoLink *link, GError **error)
{
  MadoReply reply;

  if (!mado_apdu_send (link, header, sizeof header, &reply, error))
    return FALSE;
  link->tries_left = tries_in (reply.status);
  return link->tries_left >= 0 || mado_apdu_raise (error, reply.status, "question for tries");
}

gboolean
mado_verify_tries (MadoLink *link, const MadoFile *file, int *ret_left, GError **error)
{
  gboolean found;

  if (!mado_apdu_select (link, file, &found, error))
    return FALSE;
  if (found && !ask_tries (link, error))
    return FALSE;
  *ret_left = found ? link->tries_left : -1;
  return TRUE;
}

/* The command with the PIN in it lives in a locked page of its own. */
static MadoSecret *
command_with (const MadoSecret *pin, GError **error)
{
  MadoSecret *command = mado_secret_new (error);

  if (command == NULL)
    return NULL;
  for (gsize i = 0; i < sizeof header; i++)
    mado_secret_push (command, header[i]);
  mado_secret_push (command, (guint8)mado_secret_len (pin));
  for (gsize i = 0; i < mado_secret_len (pin); i++)
    mado_secret_push (command, mado_secret_data (pin)[i]);
  return command;
}

static gboolean
raise_refusal (GError **error, guint16 status)
{
  int left = tries_in (status);

  if (left == 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PIN_LOCKED, "VERIFY: no try is left (%04X)",
                            status);
  if (left > 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PIN_WRONG, "VERIFY: refused, %d left", left);
  return mado_apdu_raise (error, status, "VERIFY");
}

static gboolean
spend_try (MadoLink *link, const MadoSecret *pin, GError **error)
{
  g_autoptr (MadoSecret) command = command_with (pin, error);
  MadoReply reply;

  if (command == NULL)
    return FALSE;
  link->tries_left = -1;
  if (!mado_apdu_send (link, mado_secret_data (command), mado_secret_len (command), &reply, error))
    return FALSE;
  if (reply.status == MADO_SW_OK)
    return TRUE;
  link->tries_left = tries_in (reply.status);
  return raise_refusal (error, reply.status);
}

static gboolean
may_try (int left, gboolean spend_last_try, GError **error)
{
  if (left == 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PIN_LOCKED, "no try is left");
  if (left == 1 && !spend_last_try)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_LAST_TRY,
                            "one try is left, and nobody agreed to spend it");
  return TRUE;
}

static gboolean
select_pin (MadoLink *link, const MadoFile *file, GError **error)
{
  gboolean found;

  if (!mado_apdu_select (link, file, &found, error))
    return FALSE;
  return found
         || mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CERTIFICATE, "the card has no such PIN");
}

static gboolean
verify (MadoLink *link, const MadoFile *file, MadoSecret *pin, gboolean spend_last, GError **error)
{
  if (!mado_pin_fits (file->pin, MADO_OCTETS (mado_secret_data (pin), mado_secret_len (pin))))
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PIN_MALFORMED, "expected %s",
                            file->pin == MADO_PIN_PASSWORD ? "6 to 16 of A-Z and 0-9" : "4 digits");
  /* While the PIN file stays selected nothing else can have been sent: what it said still holds. */
  return select_pin (link, file, error) && (link->tries_left >= 0 || ask_tries (link, error))
         && may_try (link->tries_left, spend_last, error) && spend_try (link, pin, error);
}

gboolean
mado_verify_pin (MadoLink       *link,
                 const MadoFile *file,
                 MadoSecret     *pin,
                 gboolean        spend_last_try,
                 int            *reterr_tries,
                 GError        **error)
{
  GError *cause = NULL;

  if (verify (link, file, pin, spend_last_try, &cause))
    return TRUE;
  if (reterr_tries != NULL)
    *reterr_tries = -1;
  if (reterr_tries != NULL
      && (g_error_matches (cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PIN_WRONG)
          || g_error_matches (cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PIN_LOCKED)
          || g_error_matches (cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_LAST_TRY)))
    *reterr_tries = link->tries_left;
  g_propagate_error (error, cause);
  return FALSE;
}
