/* app/base/locale.h - our text is UTF-8, whatever the machine is set to. */
#pragma once

/**
 * mado_locale_init:
 *
 * Takes the environment's locale; where its character set is another than UTF-8 (none is set in a
 * timer's or a service's environment), characters are those of C.UTF-8. First thing in main().
 */
void mado_locale_init (void);
