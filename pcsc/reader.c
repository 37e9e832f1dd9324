#include "pcsc/reader.h"

#include "pcsc/deadline.h"
#include "pcsc/pcsclite.h"
#include "pcsc/scard.h"

void
mado_reader_free (MadoReader *reader)
{
  if (reader == NULL)
    return;
  g_free (reader->name);
  g_free (reader->atr);
  g_free (reader);
}

static void
reader_destroy (gpointer reader)
{
  mado_reader_free (reader);
}

/* --- list --- */

typedef struct {
  GPtrArray *readers;
  LONG       status;
} Listing;

static void
listing_clear (gpointer data)
{
  g_clear_pointer (&((Listing *)data)->readers, g_ptr_array_unref);
}

static LONG
look_into (SCARDCONTEXT context, GStrv names, GPtrArray *readers)
{
  guint                         count = g_strv_length (names);
  g_autofree SCARD_READERSTATE *states = g_new0 (SCARD_READERSTATE, count + 1);
  LONG                          status;

  for (guint i = 0; i < count; i++)
    states[i].szReader = names[i];
  status = count == 0 ? SCARD_S_SUCCESS : SCardGetStatusChange (context, 0, states, count);
  if (status == SCARD_S_SUCCESS)
    for (guint i = 0; i < count; i++)
      g_ptr_array_add (readers, mado_scard_reader (&states[i]));
  return status;
}

static LONG
list_in (SCARDCONTEXT context, GPtrArray *readers)
{
  g_auto (GStrv) names = NULL;
  LONG status = mado_scard_names (context, &names);

  return status == SCARD_S_SUCCESS ? look_into (context, names, readers) : status;
}

/* A reader unplugged between the two questions is unknown at the second: then both are asked
 * again. */
static void
list (gpointer data)
{
  Listing     *listing = data;
  SCARDCONTEXT context;

  listing->status = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);
  if (listing->status != SCARD_S_SUCCESS)
    return;
  for (int tries = 0; tries < 3; tries++) {
    listing->status = list_in (context, listing->readers);
    if (listing->status != SCARD_E_UNKNOWN_READER)
      break;
  }
  SCardReleaseContext (context);
}

GPtrArray *
mado_reader_list (GError **error)
{
  Listing   *listing = g_atomic_rc_box_new0 (Listing);
  GPtrArray *readers = NULL;

  listing->readers = g_ptr_array_new_with_free_func (reader_destroy);
  if (!mado_deadline_run (list, listing, listing_clear, MADO_DEADLINE_MS))
    mado_pcsc_raise (error, MADO_PCSC_ERROR_TIMEOUT, "the smart-card service does not answer");
  else if (listing->status != SCARD_S_SUCCESS)
    mado_scard_raise (error, listing->status, MADO_SCARD_OPENING, "asking for readers");
  else
    readers = g_steal_pointer (&listing->readers);
  g_atomic_rc_box_release_full (listing, listing_clear);
  return readers;
}

MadoTransport *
mado_reader_connect (const char *name, GError **error)
{
  return mado_pcsclite_open (name, MADO_DEADLINE_MS, error);
}

/* --- the only usable card --- */

/* A card was seen a moment ago; when it or its reader is not there now, it was taken away under our
 * hands. */
static MadoTransport *
connect_seen (const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  MadoTransport *transport = mado_reader_connect (name, &cause);

  if (g_error_matches (cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_CARD)
      || g_error_matches (cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_READER))
    mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "%s", cause->message);
  else if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return transport;
}

/* The card in reader @name when it is a My Number Card. */
static MadoCard *
open_one (const char *name, MadoTrace *trace, MadoCardKind *ret_kind, GError **error)
{
  MadoTransport *transport = connect_seen (name, error);
  g_autoptr (MadoCard) card = NULL;

  *ret_kind = MADO_CARD_UNKNOWN;
  if (transport == NULL)
    return NULL;
  card = mado_card_new (transport, trace);
  if (!mado_card_recognise (card, ret_kind, error))
    return NULL;
  if (*ret_kind == MADO_CARD_MY_NUMBER)
    return g_steal_pointer (&card);
  mado_pcsc_raise (error, MADO_PCSC_ERROR_WRONG_CARD, "the card is of kind %s, expected %s",
                   mado_card_kind_name (*ret_kind), mado_card_kind_name (MADO_CARD_MY_NUMBER));
  return NULL;
}

typedef struct {
  GPtrArray   *cards; /* usable ones, still open */
  GString     *where; /* their readers */
  MadoCardKind kind;  /* of a card we cannot use */
  GError      *cause; /* why */
} Search;

static void
search_clear (Search *search)
{
  g_ptr_array_unref (search->cards);
  g_string_free (search->where, TRUE);
  g_clear_error (&search->cause);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
card_destroy (gpointer card)
{
  mado_card_free (card);
}

/* That a card is none of ours is the least we can say; what came after it says at least as much. */
static gboolean
tells_more (const Search *search)
{
  return search->cause == NULL
         || (search->kind == MADO_CARD_UNKNOWN
             && g_error_matches (search->cause, MADO_PCSC_ERROR, MADO_PCSC_ERROR_WRONG_CARD));
}

static void
try_reader (Search *search, const MadoReader *reader, MadoTrace *trace)
{
  g_autoptr (GError) cause = NULL;
  MadoCardKind kind;
  MadoCard    *card = open_one (reader->name, trace, &kind, &cause);

  if (card != NULL) {
    g_ptr_array_add (search->cards, card);
    g_string_append_printf (search->where, "%s%s", search->where->len > 0 ? ", " : "",
                            reader->name);
  } else if (tells_more (search)) {
    g_clear_error (&search->cause);
    search->cause = g_steal_pointer (&cause);
    search->kind = kind;
  }
}

static MadoCard *
finish (Search *search, MadoCardKind *ret_kind, GError **error)
{
  if (search->cards->len == 1) {
    *ret_kind = MADO_CARD_MY_NUMBER;
    return g_ptr_array_steal_index (search->cards, 0);
  }
  *ret_kind = search->kind;
  if (search->cards->len > 1)
    mado_pcsc_raise (error, MADO_PCSC_ERROR_SEVERAL_CARDS, "%u usable cards, in: %s",
                     search->cards->len, search->where->str);
  else if (search->cause != NULL)
    g_propagate_error (error, g_steal_pointer (&search->cause));
  else
    mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CARD, "no card in any reader");
  return NULL;
}

static MadoCard *
open_any (GPtrArray *readers, MadoTrace *trace, MadoCardKind *ret_kind, GError **error)
{
  g_auto (Search) search = { g_ptr_array_new_with_free_func (card_destroy), g_string_new (NULL) };

  if (readers->len == 0) {
    mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_READER, "the service knows no reader");
    return NULL;
  }
  for (guint i = 0; i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (reader->present)
      try_reader (&search, reader, trace);
  }
  return finish (&search, ret_kind, error);
}

static MadoCard *
open_named (
    GPtrArray *readers, const char *name, MadoTrace *trace, MadoCardKind *ret_kind, GError **error)
{
  for (guint i = 0; i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (!g_str_equal (reader->name, name))
      continue;
    if (reader->present)
      return open_one (name, trace, ret_kind, error);
    mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CARD, "no card in %s", name);
    return NULL;
  }
  mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_READER, "no reader is called %s", name);
  return NULL;
}

MadoCard *
mado_reader_open_card (const char *name, MadoTrace *trace, MadoCardKind *ret_kind, GError **error)
{
  g_autoptr (GPtrArray) readers = mado_reader_list (error);
  MadoCardKind kind = MADO_CARD_UNKNOWN;
  MadoCard    *card = NULL;

  if (readers != NULL)
    card = name != NULL ? open_named (readers, name, trace, &kind, error)
                        : open_any (readers, trace, &kind, error);
  if (ret_kind != NULL)
    *ret_kind = kind;
  return card;
}
