/* app/agent/typed.h - what people type, as it comes in as JSON. */
#pragma once
#include "app/base/person.h"
#include "app/domain/applicant.h"

/**
 * mado_typed_person:
 * @text: {"name","address","birth_date"}, from papers
 *
 * The birth date may be written in an era. Returns: (transfer full): or %NULL with @ret_fault
 */
MadoPerson *mado_typed_person (const char *text, MadoFieldFault *ret_fault);

/**
 * mado_typed_contact:
 * @text: the typed fields of an application, and `number`: a library card's, or absent
 * @ret_number: (transfer full) (nullable):
 *
 * Returns: (transfer full): the fields in one form, or %NULL with @ret_fault
 */
JsonObject *mado_typed_contact (const char *text, char **ret_number, MadoFieldFault *ret_fault);
