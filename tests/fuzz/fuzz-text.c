/* A hostile card against everything we read from one: recognition, certificates, tries, signature,
 * the basic four. It must end, and what it gives must hold together.
 *
 * Input: the first octet chooses; then the basic four as they are, or answers one after another,
 * each with one octet of length before it (status word included). */
#include "pcsc/basicfour.h"
#include "pcsc/error.h"
#include "pcsc/jpki.h"
#include "pcsc/text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct {
  MadoTransport transport;
  MadoOctets    answers;
  guint         commands;
} Card;

/* FF stands for 258 octets, which one octet of length cannot say. */
static gboolean
transmit (MadoTransport *transport,
          const guint8  *command,
          gsize          command_len,
          guint8        *response,
          gsize         *response_len,
          GError       **error)
{
  Card      *card = (Card *)transport;
  MadoOctets answer;
  guint8     len;

  (void)command;
  (void)command_len;
  g_assert_cmpuint (++card->commands, <, 100000);
  if (!mado_octets_take_u8 (&card->answers, &len, NULL)
      || !mado_octets_take (&card->answers, len == 0xFF ? 258 : len, &answer, NULL))
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "no more answers");
  if (answer.len > 0)
    memcpy (response, answer.data, answer.len);
  *response_len = answer.len;
  return TRUE;
}

static void
close_nothing (MadoTransport *transport)
{
  (void)transport;
}

static const MadoTransportClass klass = { transmit, close_nothing };

static void
check_person (MadoPerson *person)
{
  if (person == NULL)
    return;
  g_assert_true (g_utf8_validate (person->name, -1, NULL));
  g_assert_true (g_utf8_validate (person->address, -1, NULL));
  g_assert_cmpuint (strlen (person->birth_date), ==, 10);
  mado_person_free (person);
}

static void
check_cert (GBytes *cert)
{
  if (cert == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (cert), <=, 8192);
  g_assert_cmphex (((const guint8 *)g_bytes_get_data (cert, NULL))[0], ==, 0x30);
  g_bytes_unref (cert);
}

static void
check_signature (GBytes *signature)
{
  if (signature == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (signature), ==, MADO_JPKI_SIGNATURE_LEN);
  g_bytes_unref (signature);
}

static void
use_pin (MadoCard *card)
{
  g_autoptr (MadoSecret) pin = mado_secret_new (NULL);
  int tries = 0;

  g_assert_nonnull (pin);
  for (int i = 0; i < 4; i++)
    mado_secret_push (pin, '1');
  if (!mado_jpki_verify_pin (card, MADO_JPKI_AUTH, pin, FALSE, &tries, NULL))
    g_assert_cmpint (tries, <=, 15);
}

static void
use_card (MadoOctets answers)
{
  const guint8 digest[32] = { 0 };
  Card         hostile = { { &klass }, answers, 0 };
  MadoCard    *card = mado_card_new (&hostile.transport, NULL);
  MadoCardKind kind;
  gboolean     has;
  int          left;

  if (mado_card_recognise (card, &kind, NULL)
      && mado_jpki_has_cert (card, MADO_JPKI_SIGN, &has, NULL)
      && mado_jpki_tries (card, MADO_JPKI_SIGN, &left, NULL))
    g_assert_cmpint (left, <=, 15);
  check_cert (mado_jpki_read_cert (card, MADO_JPKI_AUTH, NULL));
  use_pin (card);
  check_signature (mado_jpki_sign (card, MADO_JPKI_AUTH, digest, NULL));
  check_person (mado_text_read_basic_four (card, NULL));
  mado_card_free (card);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size == 0)
    return 0;
  if (data[0] % 2 == 0)
    check_person (mado_basicfour_parse (MADO_OCTETS (data + 1, size - 1), NULL));
  else
    use_card (MADO_OCTETS (data + 1, size - 1));
  return 0;
}
