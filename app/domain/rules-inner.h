/* app/domain/rules-inner.h - what the shipped rules and a file's have in common. */
#pragma once
#include "app/domain/rules.h"

/** No rules and no municipalities. */
MadoRules *mado_rules_new_empty (void);

/** The shipped rows behind those that are there; one of the same code keeps a shipped one out. */
void mado_rules_add_shipped_municipalities (MadoRules *rules);
