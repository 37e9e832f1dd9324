#include "app/domain/fold.h"

#include "app/base/json.h"
#include "app/domain/line.h"

#include <string.h>

/* --- the vocabulary of the table ------------------------------------------------------------- */

enum {
  APPLICANT = 1 << 0,
  AGENT = 1 << 1,
  SERVER = 1 << 2,
  STAFF = 1 << 3, /* managers are staff, too */
  MANAGER = 1 << 4,
  RULE = 1 << 5,
};

#define NOTHING (1u << MADO_STATE_NONE)
#define DRAFT (1u << MADO_STATE_DRAFT)
#define MAIL_WAIT (1u << MADO_STATE_MAIL_WAIT)
#define RECEIVED (1u << MADO_STATE_RECEIVED)
#define REVIEWING (1u << MADO_STATE_REVIEWING)
#define RETURNED (1u << MADO_STATE_RETURNED)
#define PROVISIONAL (1u << MADO_STATE_PROVISIONAL)
#define ACCEPTED (1u << MADO_STATE_ACCEPTED)
#define NUMBERED (1u << MADO_STATE_NUMBERED)
#define COMPLETED (1u << MADO_STATE_COMPLETED)
#define REJECTED (1u << MADO_STATE_REJECTED)
#define WITHDRAWN (1u << MADO_STATE_WITHDRAWN)
#define OPEN                                                                                       \
  (DRAFT | MAIL_WAIT | RECEIVED | REVIEWING | RETURNED | PROVISIONAL | ACCEPTED | NUMBERED)
#define ANY (OPEN | COMPLETED | REJECTED | WITHDRAWN)

typedef enum {
  TO_SAME,
  TO_RECEIVED_OR_PROVISIONAL, /* provisional if the body says so */
  TO_ACCEPTED_OR_NUMBERED,    /* numbered if it has a number */
  TO_TOLD,                    /* what the body's `kind` says; withdrawn stays */
  TO_SAME_OR_RECEIVED,        /* received if the flag is `identity` */
  TO_STATE,                   /* TO_STATE + state */
} Target;
#define TO(state) (TO_STATE + MADO_STATE_##state)

/* Conditions on the application and on the body. */
enum {
  OWN_CLAIM = 1 << 0,
  NO_FLAG = 1 << 1,
  HAS_NUMBER = 1 << 2,
  NEW_NUMBER = 1 << 3,  /* has none, and the body brings one */
  TOLD_NUMBER = 1 << 4, /* a body of kind `completed` brings one */
  KIND_COMPLETED = 1 << 5,
  KIND_REJECTED = 1 << 6,
  KIND_RETURNED = 1 << 7,
  ON_PAPER = 1 << 8,
  REASON = 1 << 9,
  SETS_FLAG = 1 << 10,
  CLEARS_FLAGS = 1 << 11,
  MARKS = 1 << 12, /* `marked` names typed fields */
};

/* Fields a body may have. */
typedef enum {
  NO_FIELDS,
  CARD = 1 << 0,
  TYPED = 1 << 1,
  CONTACT = 1 << 2,        /* phone, email */
  MARKED = 1 << 3,         /* those the application has marked */
  CARD_IF_READ = 1 << 4,   /* card fields, unless the method is `none` */
  ONLY_ASKED_FOR = 1 << 5, /* a wish: the application's fields do not change */
} Fields;

typedef struct {
  const char *type;
  guint       actors;
  guint       from;
  guint       to; /* Target, or TO (state) */
  guint       fields;
  guint       conditions;
} Row;

/* --- the table: the first row of a type that has the state and the actor decides ------------ */

static const Row rows[] = {
  { "opened", APPLICANT | AGENT | STAFF, NOTHING, TO (DRAFT), TYPED, 0 },
  { "mail_code_sent", SERVER, DRAFT | MAIL_WAIT, TO (MAIL_WAIT), NO_FIELDS, 0 },
  { "mail_confirmed", APPLICANT, MAIL_WAIT, TO (DRAFT), NO_FIELDS, 0 },
  { "submitted", APPLICANT | AGENT | STAFF, NOTHING | DRAFT, TO_RECEIVED_OR_PROVISIONAL,
    TYPED | CARD_IF_READ, 0 },
  { "identity_checked", AGENT | SERVER | STAFF,
    DRAFT | PROVISIONAL | RECEIVED | REVIEWING | RETURNED | COMPLETED, TO_SAME, CARD, 0 },
  { "verified", SERVER, PROVISIONAL, TO (RECEIVED), NO_FIELDS, 0 },

  { "amended", APPLICANT, DRAFT | MAIL_WAIT | RECEIVED, TO_SAME, TYPED, 0 },
  { "amended", APPLICANT, PROVISIONAL, TO_SAME, CONTACT, 0 },
  { "amended", STAFF, PROVISIONAL | RECEIVED | REVIEWING, TO_SAME, TYPED, 0 },
  { "amended", STAFF, ACCEPTED | NUMBERED | COMPLETED, TO_SAME, TYPED, REASON },

  { "claimed", STAFF, RECEIVED, TO (REVIEWING), NO_FIELDS, 0 },
  { "released", SERVER | MANAGER, REVIEWING, TO (RECEIVED), NO_FIELDS, 0 },
  { "released", STAFF, REVIEWING, TO (RECEIVED), NO_FIELDS, OWN_CLAIM },
  { "returned", STAFF, REVIEWING, TO (RETURNED), NO_FIELDS, OWN_CLAIM | MARKS },
  { "returned", STAFF, RETURNED, TO (RETURNED), NO_FIELDS, MARKS },
  { "resubmitted", APPLICANT | STAFF, RETURNED, TO (RECEIVED), MARKED, 0 },

  { "accepted", STAFF | RULE, RECEIVED, TO_ACCEPTED_OR_NUMBERED, NO_FIELDS, NO_FLAG },
  { "accepted", STAFF, REVIEWING, TO_ACCEPTED_OR_NUMBERED, NO_FIELDS, OWN_CLAIM | NO_FLAG },
  { "rejected", STAFF, RECEIVED, TO (REJECTED), NO_FIELDS, REASON },
  { "rejected", STAFF, REVIEWING, TO (REJECTED), NO_FIELDS, OWN_CLAIM | REASON },
  { "withdrawn", APPLICANT | STAFF, OPEN, TO (WITHDRAWN), NO_FIELDS, 0 },

  { "number_bound", AGENT | SERVER | STAFF, ACCEPTED, TO (NUMBERED), NO_FIELDS, NEW_NUMBER },
  { "number_bound", AGENT | SERVER | STAFF, PROVISIONAL, TO_SAME, NO_FIELDS, NEW_NUMBER },
  { "number_retired", SERVER | STAFF, NUMBERED | COMPLETED, TO (ACCEPTED), NO_FIELDS, HAS_NUMBER },
  { "number_retired", SERVER | STAFF, ANY, TO_SAME, NO_FIELDS, HAS_NUMBER },

  { "notified", SERVER, NUMBERED, TO (COMPLETED), NO_FIELDS, NO_FLAG | KIND_COMPLETED },
  { "notified", STAFF, NUMBERED, TO (COMPLETED), NO_FIELDS, NO_FLAG | KIND_COMPLETED | ON_PAPER },
  { "notified", SERVER, REJECTED, TO_SAME, NO_FIELDS, KIND_REJECTED },
  { "notified", STAFF, REJECTED, TO_SAME, NO_FIELDS, KIND_REJECTED | ON_PAPER },
  { "notified", SERVER, RETURNED, TO_SAME, NO_FIELDS, KIND_RETURNED },
  { "notified", STAFF, RETURNED, TO_SAME, NO_FIELDS, KIND_RETURNED | ON_PAPER },
  { "printed", AGENT | STAFF, ANY & ~(DRAFT | MAIL_WAIT), TO_SAME, NO_FIELDS, 0 },

  { "flagged", SERVER, PROVISIONAL, TO_SAME_OR_RECEIVED, NO_FIELDS, SETS_FLAG },
  { "flagged", SERVER | MANAGER, ANY, TO_SAME, NO_FIELDS, SETS_FLAG },
  { "flagged", APPLICANT, COMPLETED, TO_SAME, CONTACT | ONLY_ASKED_FOR, SETS_FLAG },
  { "cleared", STAFF, ANY, TO_SAME, NO_FIELDS, CLEARS_FLAGS },
  { "reinstated", SERVER, ANY, TO_TOLD, NO_FIELDS, KIND_COMPLETED | KIND_REJECTED | TOLD_NUMBER },
  { "purged", SERVER, ANY, TO (PURGED), NO_FIELDS, 0 },
};

/* Who may set which flag. */
static const struct {
  const char *flag;
  guint       actors;
} flag_setters[] = {
  { "same_person", SERVER }, { "number_taken", SERVER }, { "challenge", SERVER },
  { "fork", SERVER },        { "identity", SERVER },     { "notice", SERVER },
  { "restored", SERVER },    { "refused", SERVER },      { "change", APPLICANT },
  { "legal_hold", MANAGER },
};

static const char *const typed_fields[]
    = { "kana", "phone", "email", "postcode", "category", "branch", "guardian", NULL };
static const char *const card_fields[] = { "name", "address", "birth_date", NULL };
static const char *const contact_fields[] = { "phone", "email", NULL };

/* --- reading an event ------------------------------------------------------------------------ */

static guint
actor_bits (const char *actor)
{
  static const struct {
    const char *prefix;
    guint       bits;
  } coded[] = { { "staff:", STAFF }, { "manager:", STAFF | MANAGER }, { "rule:", RULE } };

  if (g_str_equal (actor, "applicant"))
    return APPLICANT;
  if (g_str_equal (actor, "agent"))
    return AGENT;
  if (g_str_equal (actor, "server"))
    return SERVER;
  for (gsize i = 0; i < G_N_ELEMENTS (coded); i++)
    if (g_str_has_prefix (actor, coded[i].prefix) && actor[strlen (coded[i].prefix)] != '\0')
      return coded[i].bits;
  return 0;
}

static const char *
body_text (const MadoEvent *event, const char *member)
{
  return event->body != NULL ? mado_json_string (event->body, member) : NULL;
}

static gboolean
body_says (const MadoEvent *event, const char *member, const char *value)
{
  return g_strcmp0 (body_text (event, member), value) == 0;
}

static gboolean
body_has (const MadoEvent *event, const char *member)
{
  const char *text = body_text (event, member);

  return text != NULL && *text != '\0';
}

/* "flag" or "flag ref": how an open flag is written. */
static char *
flag_of (const MadoEvent *event)
{
  const char *flag = body_text (event, "flag");
  const char *ref = body_text (event, "ref");

  return ref != NULL && *ref != '\0' ? g_strdup_printf ("%s %s", flag, ref) : g_strdup (flag);
}

/* --- finding the row ------------------------------------------------------------------------- */

static MadoFoldFault
find_row (const MadoApplication *application, const MadoEvent *event, const Row **ret_row)
{
  MadoFoldFault fault = MADO_FOLD_TYPE;
  guint         actor = actor_bits (event->actor);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (!g_str_equal (rows[i].type, event->type))
      continue;
    if ((rows[i].from & (1u << application->state)) == 0) {
      fault = MAX (fault, MADO_FOLD_STATE);
      continue;
    }
    fault = MADO_FOLD_ACTOR;
    if ((rows[i].actors & actor) != 0) {
      *ret_row = &rows[i];
      return MADO_FOLD_NONE;
    }
  }
  return fault;
}

/* --- conditions ------------------------------------------------------------------------------ */

static gboolean
is_home (const MadoApplication *application, const MadoEvent *event)
{
  return application->seq == 0 || g_str_equal (event->holder, "S")
         || g_str_equal (event->holder, application->home);
}

static gboolean
number_fits (const MadoApplication *application, const MadoEvent *event, guint conditions)
{
  if ((conditions & HAS_NUMBER) != 0 && application->number == NULL)
    return FALSE;
  if ((conditions & NEW_NUMBER) != 0 && application->number != NULL)
    return FALSE;
  if ((conditions & TOLD_NUMBER) != 0 && !body_says (event, "kind", "completed"))
    return TRUE;
  return (conditions & (NEW_NUMBER | TOLD_NUMBER)) == 0 || body_has (event, "number");
}

static gboolean
kind_fits (const MadoEvent *event, guint conditions)
{
  guint kind = 0;

  if ((conditions & (KIND_COMPLETED | KIND_REJECTED | KIND_RETURNED)) == 0)
    return TRUE;
  if (body_says (event, "kind", "completed"))
    kind = KIND_COMPLETED;
  else if (body_says (event, "kind", "rejected"))
    kind = KIND_REJECTED;
  else if (body_says (event, "kind", "returned"))
    kind = KIND_RETURNED;
  return (conditions & kind) != 0
         && ((conditions & ON_PAPER) == 0 || body_says (event, "way", "paper"));
}

static gboolean
field_is_allowed (const MadoApplication *application,
                  const MadoEvent       *event,
                  guint                  allowed,
                  const char            *field)
{
  if ((allowed & TYPED) != 0 && g_strv_contains (typed_fields, field))
    return TRUE;
  if ((allowed & CONTACT) != 0 && g_strv_contains (contact_fields, field))
    return TRUE;
  if ((allowed & CARD) != 0 && g_strv_contains (card_fields, field))
    return TRUE;
  if ((allowed & CARD_IF_READ) != 0 && g_strv_contains (card_fields, field))
    return !body_says (event, "method", "none");
  return (allowed & MARKED) != 0
         && g_ptr_array_find_with_equal_func (application->marked, field, g_str_equal, NULL);
}

static gboolean
fields_fit (const MadoApplication *application, const MadoEvent *event, guint allowed)
{
  gboolean all = TRUE;

  if (event->body == NULL || !json_object_has_member (event->body, "fields"))
    return TRUE;
  JsonObject *fields = mado_json_object (event->body, "fields");
  if (allowed == NO_FIELDS || fields == NULL)
    return FALSE;
  for (GList *names = json_object_get_members (fields); names != NULL;
       names = g_list_delete_link (names, names))
    all = all && field_is_allowed (application, event, allowed, names->data);
  return all;
}

static const char *
text_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
marks_fit (const MadoEvent *event)
{
  JsonArray *marked;

  if (event->body == NULL || !json_object_has_member (event->body, "marked"))
    return TRUE;
  marked = mado_json_array (event->body, "marked");
  if (marked == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (marked); i++) {
    const char *field = text_at (marked, i);
    if (field == NULL || !g_strv_contains (typed_fields, field))
      return FALSE;
  }
  return TRUE;
}

static gboolean
may_set_flag (const MadoEvent *event)
{
  guint actor = actor_bits (event->actor);

  for (gsize i = 0; i < G_N_ELEMENTS (flag_setters); i++)
    if (body_says (event, "flag", flag_setters[i].flag))
      return (flag_setters[i].actors & actor) != 0;
  return FALSE;
}

static gboolean
may_clear (const MadoApplication *application, const MadoEvent *event)
{
  JsonArray *flags = event->body != NULL ? mado_json_array (event->body, "flags") : NULL;
  gboolean   manager = (actor_bits (event->actor) & MANAGER) != 0;

  if (flags == NULL || json_array_get_length (flags) == 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (flags); i++) {
    const char *flag = text_at (flags, i);
    if (flag == NULL || !mado_application_has_flag (application, flag))
      return FALSE;
    gboolean hold = g_str_equal (flag, "legal_hold") || g_str_has_prefix (flag, "legal_hold ");
    if (hold && !manager)
      return FALSE;
  }
  return TRUE;
}

static MadoFoldFault
check_conditions (const MadoApplication *application, const MadoEvent *event, const Row *row)
{
  guint conditions = row->conditions;

  if ((conditions & OWN_CLAIM) != 0 && g_strcmp0 (application->claim, event->actor) != 0)
    return MADO_FOLD_CLAIM;
  if ((conditions & NO_FLAG) != 0 && application->flags->len > 0)
    return MADO_FOLD_FLAGGED;
  if (!number_fits (application, event, conditions))
    return MADO_FOLD_NUMBER;
  if (!kind_fits (event, conditions))
    return MADO_FOLD_KIND;
  if (!fields_fit (application, event, row->fields)
      || ((conditions & MARKS) != 0 && !marks_fit (event)))
    return MADO_FOLD_FIELD;
  if ((conditions & REASON) != 0 && !body_has (event, "reason"))
    return MADO_FOLD_REASON;
  if ((conditions & SETS_FLAG) != 0 && !may_set_flag (event))
    return MADO_FOLD_REFERENCE;
  if ((conditions & CLEARS_FLAGS) != 0 && !may_clear (application, event))
    return MADO_FOLD_REFERENCE;
  return MADO_FOLD_NONE;
}

/* --- moving on ------------------------------------------------------------------------------- */

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_text (GPtrArray *texts, const char *text)
{
  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    return;
  g_ptr_array_add (texts, g_strdup (text));
  g_ptr_array_sort (texts, compare_texts);
}

static void
remove_text (GPtrArray *texts, const char *text)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (texts, text, g_str_equal, &index))
    g_ptr_array_remove_index (texts, index);
}

static MadoState
next_state (const MadoApplication *application, const MadoEvent *event, const Row *row)
{
  MadoState state = application->state;

  switch ((Target)row->to) {
  case TO_SAME:
    return state;
  case TO_RECEIVED_OR_PROVISIONAL:
    return mado_json_flag (event->body, "provisional") ? MADO_STATE_PROVISIONAL
                                                       : MADO_STATE_RECEIVED;
  case TO_ACCEPTED_OR_NUMBERED:
    return application->number != NULL ? MADO_STATE_NUMBERED : MADO_STATE_ACCEPTED;
  case TO_TOLD:
    return state == MADO_STATE_WITHDRAWN ? state : mado_state_from_name (body_text (event, "kind"));
  case TO_SAME_OR_RECEIVED:
    return body_says (event, "flag", "identity") ? MADO_STATE_RECEIVED : state;
  case TO_STATE:
  default:
    return (MadoState)(row->to - TO_STATE);
  }
}

static void
overwrite_fields (MadoApplication *application, const MadoEvent *event)
{
  JsonObject *fields = mado_json_object (event->body, "fields");

  if (fields == NULL)
    return;
  for (GList *names = json_object_get_members (fields); names != NULL;
       names = g_list_delete_link (names, names))
    json_object_set_member (application->fields, names->data,
                            json_object_dup_member (fields, names->data));
}

static void
set_marks (MadoApplication *application, const MadoEvent *event)
{
  JsonArray *marked = mado_json_array (event->body, "marked");

  g_ptr_array_set_size (application->marked, 0);
  for (guint i = 0; marked != NULL && i < json_array_get_length (marked); i++)
    add_text (application->marked, text_at (marked, i));
}

static void
change_number (MadoApplication *application, const MadoEvent *event, guint conditions)
{
  if ((conditions & HAS_NUMBER) != 0)
    g_clear_pointer (&application->number, g_free);
  if ((conditions & (NEW_NUMBER | TOLD_NUMBER)) != 0 && body_has (event, "number")) {
    g_free (application->number);
    application->number = g_strdup (body_text (event, "number"));
  }
}

static void
change_flags (MadoApplication *application, const MadoEvent *event, const Row *row)
{
  if ((row->conditions & SETS_FLAG) != 0) {
    g_autofree char *flag = flag_of (event);
    add_text (application->flags, flag);
  }
  if (row->to == TO_TOLD)
    add_text (application->flags, "restored");
  if ((row->conditions & CLEARS_FLAGS) != 0) {
    JsonArray *flags = mado_json_array (event->body, "flags");
    for (guint i = 0; i < json_array_get_length (flags); i++)
      remove_text (application->flags, text_at (flags, i));
  }
}

static void
tell (MadoApplication *application, const MadoEvent *event, guint conditions)
{
  const char *kind = body_text (event, "kind");

  if ((conditions & (KIND_COMPLETED | KIND_REJECTED | KIND_RETURNED)) == 0)
    return;
  if (g_str_equal (kind, "completed") && application->number != NULL) {
    g_autofree char *told = g_strdup_printf ("completed %s", application->number);
    add_text (application->told, told);
  } else {
    add_text (application->told, kind);
  }
}

static void
empty_all (MadoApplication *application)
{
  json_object_unref (application->fields);
  application->fields = json_object_new ();
  g_clear_pointer (&application->number, g_free);
  g_ptr_array_set_size (application->flags, 0);
  g_ptr_array_set_size (application->told, 0);
}

static void
change_state (MadoApplication *application, const MadoEvent *event, MadoState state)
{
  if (state != MADO_STATE_REVIEWING)
    g_clear_pointer (&application->claim, g_free);
  else if (application->state != MADO_STATE_REVIEWING)
    application->claim = g_strdup (event->actor);
  if (state != MADO_STATE_RETURNED)
    g_ptr_array_set_size (application->marked, 0);
  if (state == MADO_STATE_PURGED) {
    empty_all (application);
    application->tombstone = json_object_ref (event->body);
  }
  application->state = state;
}

static void
move_on (MadoApplication *application, const MadoEvent *event, const Row *row)
{
  MadoState state = next_state (application, event, row);

  if ((row->fields & ONLY_ASKED_FOR) == 0)
    overwrite_fields (application, event);
  if ((row->conditions & MARKS) != 0)
    set_marks (application, event);
  change_number (application, event, row->conditions);
  change_flags (application, event, row);
  tell (application, event, row->conditions);
  change_state (application, event, state);
  if (application->id == NULL)
    application->id = g_strdup (event->application);
  if (application->home == NULL || !g_str_equal (application->home, event->holder)) {
    g_free (application->home);
    application->home = g_strdup (event->holder);
  }
  application->seq = event->seq;
  mado_event_digest (event, application->head);
}

/* --- the face -------------------------------------------------------------------------------- */

static MadoFoldFault
step (MadoApplication *application, const MadoEvent *event)
{
  const Row    *row = NULL;
  MadoFoldFault fault;

  if (!mado_line_follows (event, application->id, application->seq, application->head))
    return MADO_FOLD_LINE;
  if (!is_home (application, event))
    return MADO_FOLD_HOME;
  fault = find_row (application, event, &row);
  if (fault != MADO_FOLD_NONE)
    return fault;
  fault = check_conditions (application, event, row);
  if (fault == MADO_FOLD_NONE)
    move_on (application, event, row);
  return fault;
}

gboolean
mado_fold_step (MadoApplication *application, const MadoEvent *event, MadoFoldFault *ret_fault)
{
  g_autoptr (MadoEvent) whole = mado_event_copy (event);
  MadoFoldFault fault;

  if (whole->body == NULL)
    whole->body = json_object_new ();
  fault = step (application, whole);
  if (ret_fault != NULL)
    *ret_fault = fault;
  return fault == MADO_FOLD_NONE;
}

MadoApplication *
mado_fold (GPtrArray *events, MadoFoldFault *ret_fault, gint64 *ret_seq)
{
  g_autoptr (MadoApplication) application = mado_application_new ();

  if (ret_seq != NULL)
    *ret_seq = 0;
  if (ret_fault != NULL)
    *ret_fault = MADO_FOLD_NONE;
  for (guint i = 0; i < events->len; i++)
    if (!mado_fold_step (application, events->pdata[i], ret_fault)) {
      if (ret_seq != NULL)
        *ret_seq = i + 1;
      return NULL;
    }
  return g_steal_pointer (&application);
}

gboolean
mado_fold_knows_type (const char *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].type, type))
      return TRUE;
  return FALSE;
}

const char *
mado_fold_fault_name (MadoFoldFault fault)
{
  static const char *const names[] = {
    [MADO_FOLD_LINE] = "line",       [MADO_FOLD_HOME] = "home",
    [MADO_FOLD_TYPE] = "type",       [MADO_FOLD_STATE] = "state",
    [MADO_FOLD_ACTOR] = "actor",     [MADO_FOLD_CLAIM] = "claim",
    [MADO_FOLD_FLAGGED] = "flagged", [MADO_FOLD_NUMBER] = "number",
    [MADO_FOLD_KIND] = "kind",       [MADO_FOLD_FIELD] = "field",
    [MADO_FOLD_REASON] = "reason",   [MADO_FOLD_REFERENCE] = "reference",
  };

  return names[fault];
}

const char *const *
mado_fold_typed_fields (void)
{
  return typed_fields;
}

const char *const *
mado_fold_card_fields (void)
{
  return card_fields;
}
