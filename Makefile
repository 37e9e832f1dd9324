# Madoguchi. All output goes under $(O); `make help` lists the targets.
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

VERSION := 0.1.0
O       ?= build
PREFIX  ?= /usr
DESTDIR ?=
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))

.DEFAULT_GOAL := all

# --- rooms -----------------------------------------------------------------------------------
# One static archive a room. `pkg` is all its sources may use; `sees` are the rooms below it, in
# link order. ARCHITECTURE.md holds the same table for people; `make check-includes` compares.
ROOMS := base certs pcsc domain store authservice sync dbus agent print central cli ui card testlib

base.dir := app/base
base.pkg := glib-2.0 gio-2.0 gio-unix-2.0 json-glib-1.0
base.sees :=

certs.dir := certs
certs.pkg := $(base.pkg) libcrypto
certs.sees := base

pcsc.dir := pcsc
pcsc.pkg := $(base.pkg) libpcsclite
pcsc.sees := base

domain.dir := app/domain
domain.pkg := $(base.pkg)
domain.sees := base

store.dir := app/store
store.pkg := $(base.pkg) sqlite3 libcrypto zlib
store.sees := domain base

authservice.dir := app/authservice
authservice.pkg := $(base.pkg) libcurl
authservice.sees := domain certs base

sync.dir := app/sync
sync.pkg := $(base.pkg) libcurl zlib
sync.sees := store domain certs base

# What gdbus-codegen makes of app/agent/agent.xml: all that ui/ and app/cli/ know of the agent.
dbus.dir := app/agent/dbus
dbus.pkg := gio-2.0 gio-unix-2.0
dbus.sees :=

agent.dir := app/agent
agent.pkg := $(base.pkg)
agent.sees := sync authservice store domain pcsc certs dbus base

print.dir := app/print
print.pkg := $(base.pkg) libqrencode cairo
print.sees := domain base

central.dir := app/central
central.pkg := $(base.pkg) libmicrohttpd gnutls
central.sees := sync authservice store domain certs base

cli.dir := app/cli
cli.pkg := $(base.pkg) cairo
cli.sees := agent sync authservice print store domain pcsc certs dbus base

ui.dir := ui
ui.pkg := $(base.pkg) gtk+-3.0
ui.sees := print domain dbus base

# The virtual card and what tests share; neither is part of the product.
card.dir := tests/card
card.pkg := $(base.pkg) libcrypto
card.sees := pcsc base

testlib.dir := tests/lib
testlib.pkg := $(base.pkg)
testlib.sees := pcsc base

# --- programs --------------------------------------------------------------------------------
PROGRAMS := madoguchi madoguchid madoguchictl madoguchi-central madoguchi-cardsim
madoguchi.room         := ui
madoguchid.room        := agent
madoguchictl.room      := cli
madoguchi-central.room := central
madoguchi-cardsim.room := card

# --- compiler --------------------------------------------------------------------------------
takes     = $(shell echo 'int main(void){return 0;}' | $(CC) -Werror $(1) -x c - -o /dev/null 2>/dev/null && echo $(1))
# `return raise (error, …)` is always FALSE, which gcc cannot know: no -Wmaybe-uninitialized.
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
            -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wformat=2 -Wundef -Wvla \
            -Wno-missing-field-initializers $(call takes,-Wno-maybe-uninitialized) -Werror
HARDENING := $(call takes,-fstack-protector-strong) $(call takes,-fstack-clash-protection) \
             $(call takes,-fcf-protection)
OPTIMISE  ?= -O2
ifdef SANITIZE
  SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=undefined
  OPTIMISE   := -O1 -fno-omit-frame-pointer $(SANITIZERS)
else
  HARDENING += -D_FORTIFY_SOURCE=2
endif
MADO_CFLAGS  := -std=gnu11 -g $(OPTIMISE) $(WARNINGS) $(HARDENING) -fPIE -MMD -MP -I. -I$(O)/gen \
                -DMADO_VERSION='"$(VERSION)"' -DG_LOG_USE_STRUCTURED=1 \
                -DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 -DGLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74
MADO_LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SANITIZERS)
# A target that does its own set-up builds with every core, unless the caller chose already.
jobs          = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))
quiet         = $(if $(V),,@echo '  $(1)	$(patsubst $(O)/%,%,$@)';)

# --- rules for one room ----------------------------------------------------------------------
mains := $(foreach p,$(PROGRAMS),$($($(p).room).dir)/main.c)

define room_rules
$(1).src  := $$(filter-out $$(mains) $$(wildcard $($(1).dir)/test-*.c),$$(wildcard $($(1).dir)/*.c)) $$($(1).generated)
$(1).obj  := $$(patsubst %.c,$(O)/obj/%.o,$$(patsubst $(O)/gen/%,gen/%,$$($(1).src)))
$(1).lib  := $(O)/lib/libmado-$(1).a
$(1).cflags = $$(eval $(1).cflags := $$(patsubst -I%,-isystem %,$$(shell pkg-config --cflags $($(1).pkg))))$$($(1).cflags)
$$($(1).lib): $$($(1).obj)
	$$(call quiet,AR)rm -f $$@ && mkdir -p $$(@D) && $(AR) rcs $$@ $$($(1).obj)
$(O)/obj/$($(1).dir)/%.o: $($(1).dir)/%.c
	$$(call quiet,CC)mkdir -p $$(@D) && $(CC) $(MADO_CFLAGS) $$($(1).cflags) $$(CFLAGS) -c $$< -o $$@
$(O)/obj/gen/$($(1).dir)/%.o: $(O)/gen/$($(1).dir)/%.c
	$$(call quiet,CC)mkdir -p $$(@D) && $(CC) $(MADO_CFLAGS) $$($(1).cflags) $$(CFLAGS) -Wno-conversion -Wno-shadow -Wno-missing-prototypes -c $$< -o $$@
endef

dbus.generated := $(O)/gen/app/agent/dbus/agent-dbus.c
ui.generated   := $(O)/gen/ui/resources.c
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

# A room's archive with those below it, and all the libraries they need.
libs_of     = $($(1).lib) $(foreach r,$($(1).sees),$($(r).lib))
pkgs_of     = $(sort $($(1).pkg) $(foreach r,$($(1).sees),$($(r).pkg)))

# --- generated sources -----------------------------------------------------------------------
$(O)/gen/app/agent/dbus/agent-dbus.c: app/agent/agent.xml
	$(call quiet,GEN)mkdir -p $(@D) && gdbus-codegen --interface-prefix jp.madoguchi. --c-namespace MadoDBus \
	  --c-generate-autocleanup all --generate-c-code $(basename $@) $<
$(O)/gen/app/agent/dbus/agent-dbus.h: $(O)/gen/app/agent/dbus/agent-dbus.c ;

ui.assets := $(wildcard ui/*.css ui/icons/*.svg)
$(O)/gen/ui/resources.c: ui/madoguchi.gresource.xml $(ui.assets)
	$(call quiet,GEN)mkdir -p $(@D) && glib-compile-resources --sourcedir=ui --generate-source --c-name mado_ui --target=$@ $<

$(foreach r,agent cli ui,$(eval $$($(r).obj): | $(O)/gen/app/agent/dbus/agent-dbus.h))

# --- programs and tests ----------------------------------------------------------------------
define program_rules
$(O)/bin/$(1): $(O)/obj/$($($(1).room).dir)/main.o $(call libs_of,$($(1).room))
	$$(call quiet,LINK)mkdir -p $$(@D) && $(CC) $(MADO_LDFLAGS) $$(LDFLAGS) $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	  $$(shell pkg-config --libs $(call pkgs_of,$($(1).room))) -lm -o $$@
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rules,$(p))))

# tests/<room>/test-*.c links what <room> may see, the shared test code and the virtual card.
# `extra` names packages only a room's tests need, `beside` what they share.
agent.extra := libcrypto
ui.extra    := atspi-2
ui.beside   := tests/ui/fake-agent.c
# g_assert_cmpmem() of GLib 2.74 converts its lengths: tests do without -Wconversion.
define test_rules
$(1).tests := $$(patsubst %.c,$(O)/%,$$(wildcard tests/$(1)/test-*.c))
$(O)/tests/$(1)/test-%: tests/$(1)/test-%.c $($(1).beside) $(call libs_of,$(1)) $(testlib.lib) $(card.lib) $(pcsc.lib) $(base.lib)
	$$(call quiet,TEST)mkdir -p $$(@D) && $(CC) $(MADO_CFLAGS) $$($(1).cflags) $(if $($(1).extra),$$$$(pkg-config --cflags $($(1).extra))) $$(CFLAGS) \
	  -Wno-conversion -DMADO_TEST_DATA='"tests"' $(MADO_LDFLAGS) $$(LDFLAGS) $$< $($(1).beside) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	  $$(shell pkg-config --libs $(call pkgs_of,$(1)) $(card.pkg) $(pcsc.pkg) $($(1).extra)) -lm -MF $$@.d -MT $$@ -o $$@
endef
$(foreach r,$(ROOMS),$(eval $(call test_rules,$(r))))
TESTS := $(foreach r,$(ROOMS),$($(r).tests))

.PHONY: all help check check-includes
## all: the programs, in build/bin
all: programs

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

## check-room: build and run one room's tests: make check-room ROOM=certs
.PHONY: check-room
check-room: programs $($(ROOM).tests)
	@$(TEST_ENV) tests/run $($(ROOM).tests)

-include $(shell test -d $(O)/obj && find $(O)/obj -name '*.d') $(TESTS:%=%.d)

# --- what the tests run on -------------------------------------------------------------------
# A rehearsal authority is made once under $(O) by whoever needs it first; it is never packaged.
FUZZ      := $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c))
FUZZ_LIBS := $(call libs_of,agent)
FUZZ_PKGS := $(sort $(call pkgs_of,agent))
SCRIPTS   := $(sort $(wildcard tests/path/*.sh))
# No locale, as in a service's environment: what counts characters must not lean on one.
TEST_ENV  := LC_ALL=C MADO_BUILD=$(O) G_DEBUG=gc-friendly GSETTINGS_BACKEND=memory
ifdef SANITIZE
  TEST_ENV += ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1 \
              LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lib/lsan.supp:print_suppressions=0
endif

# The hand at the window, for `make demo` and the window's own test.
$(O)/tests/ui/drive: tests/ui/drive.c tests/ui/hand.c $(base.lib)
	$(call quiet,TEST)mkdir -p $(@D) && $(CC) $(MADO_CFLAGS) $(base.cflags) $$(pkg-config --cflags atspi-2 | sed 's/-I/-isystem /g') $(CFLAGS) \
	  $(MADO_LDFLAGS) $(LDFLAGS) $^ $$(pkg-config --libs $(base.pkg) atspi-2) -o $@
$(ui.tests): $(O)/tests/ui/drive $(O)/bin/madoguchi

# A fuzz target linked with replay.c runs its corpus as an ordinary test.
$(O)/tests/fuzz/replay-%: tests/fuzz/fuzz-%.c tests/fuzz/replay.c $(FUZZ_LIBS)
	$(call quiet,TEST)mkdir -p $(@D) && $(CC) $(MADO_CFLAGS) $(agent.cflags) $$(pkg-config --cflags libcrypto) $(CFLAGS) \
	  -Wno-missing-prototypes -DMADO_CORPUS='"tests/fuzz/corpus/$*"' $(MADO_LDFLAGS) $(LDFLAGS) $(filter %.c,$^) \
	  -Wl,--start-group $(FUZZ_LIBS) -Wl,--end-group $$(pkg-config --libs $(FUZZ_PKGS)) -MF $@.d -MT $@ -o $@
REPLAYS := $(FUZZ:%=$(O)/tests/fuzz/replay-%)

.PHONY: programs tests
programs: $(PROGRAMS:%=$(O)/bin/%)
tests: programs $(TESTS) $(REPLAYS)

## check: all tests; does its own set-up, ends with "N passed, N failed"
check:
	@tests/set-up
	@$(MAKE) $(jobs) --no-print-directory check-here

.PHONY: check-here
check-here: tests check-includes
	@$(TEST_ENV) tests/run $(TESTS) $(REPLAYS) $(SCRIPTS)

## asan: the same tests with everything built for the address and undefined sanitizers
.PHONY: asan
asan:
	@tests/set-up
	@$(MAKE) $(jobs) --no-print-directory SANITIZE=1 O=$(O)/asan check-here

## check-includes: every include against the room table of ARCHITECTURE.md
check-includes:
	@awk -f tests/check-includes ARCHITECTURE.md $$(find app pcsc ui certs -name '*.[ch]')

## deps: install the Debian packages of packaging/packages
.PHONY: deps
deps:
	@tests/set-up --all

## demo: a rehearsal person registers at the counter window; DEMO=auto does it by itself
.PHONY: demo
demo:
	@tests/set-up
	@$(MAKE) $(jobs) --no-print-directory programs $(O)/tests/ui/drive
	@MADO_BUILD=$(O) tests/demo/demo $(DEMO)

## run: the demo as it is built now, without any set-up; SOCKET=PATH: the window of an agent that is there
.PHONY: run
run: programs
	@$(if $(SOCKET),$(O)/bin/madoguchi --socket $(SOCKET),MADO_BUILD=$(O) tests/demo/demo)

## format: lay out every source file
.PHONY: format
format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

## bench: our figures beside a peer's, in one run
BENCHES := $(patsubst %.c,$(O)/%,$(wildcard tests/bench/bench-*.c))
$(O)/tests/bench/bench-%: tests/bench/bench-%.c $(call libs_of,agent) $(card.lib)
	$(call quiet,BENCH)mkdir -p $(@D) && $(CC) $(MADO_CFLAGS) $(agent.cflags) -Wno-conversion $(CFLAGS) $(MADO_LDFLAGS) $(LDFLAGS) $< \
	  -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $$(pkg-config --libs $(FUZZ_PKGS)) -MF $@.d -MT $@ -o $@
.PHONY: bench
bench: programs $(BENCHES)
	@for b in $(BENCHES) $(wildcard tests/bench/*.sh); do echo "# $$b"; MADO_BUILD=$(O) $$b || exit 1; done

# clang calls a lock that is held by its cleanup an unused variable: its warnings are no errors.
## fuzz: every target with libFuzzer for FUZZ_SECONDS (30) each
FUZZ_SECONDS ?= 30
.PHONY: fuzz
fuzz:
	@$(MAKE) $(jobs) --no-print-directory O=$(O)/fuzz CC=clang OPTIMISE='-O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' CFLAGS=-w fuzz-here
.PHONY: fuzz-here
fuzz-here: $(FUZZ:%=$(O)/fuzz-%)
	@for t in $(FUZZ); do mkdir -p $(O)/new/$$t; echo "# $$t"; \
	  $(O)/fuzz-$$t -max_total_time=$(FUZZ_SECONDS) -verbosity=0 -print_final_stats=1 $(O)/new/$$t tests/fuzz/corpus/$$t || exit 1; done
$(O)/fuzz-%: tests/fuzz/fuzz-%.c $(FUZZ_LIBS)
	$(call quiet,FUZZ)clang $(MADO_CFLAGS) $(agent.cflags) $$(pkg-config --cflags libcrypto) -Wno-missing-prototypes -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined $< \
	  -Wl,--start-group $(FUZZ_LIBS) -Wl,--end-group $$(pkg-config --libs $(FUZZ_PKGS)) -o $@

## clean: remove everything that was built
.PHONY: clean
clean:
	rm -rf $(O)

-include $(REPLAYS:%=%.d) $(BENCHES:%=%.d)

# --- installing ------------------------------------------------------------------------------
share   := $(DESTDIR)$(PREFIX)/share
sim     := $(share)/madoguchi-cardsim
UNITDIR ?= $(PREFIX)/lib/systemd/system
unitdir := $(DESTDIR)$(UNITDIR)

## install: programs, units and configuration below DESTDIR and PREFIX (/usr)
.PHONY: install
install: programs
	install -d $(DESTDIR)$(PREFIX)/bin $(unitdir)/pcscd.socket.d $(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d \
	  $(share)/applications $(share)/icons/hicolor/scalable/apps $(share)/polkit-1/rules.d $(share)/madoguchi $(share)/madoguchi-central $(share)/man/man1 $(share)/man/man8 $(sim)/profiles
	install -m 755 $(PROGRAMS:%=$(O)/bin/%) $(DESTDIR)$(PREFIX)/bin
	sed 's|/usr/bin/|$(PREFIX)/bin/|' systemd/madoguchid.service > $(unitdir)/madoguchid.service
	sed 's|/usr/bin/|$(PREFIX)/bin/|' systemd/madoguchi-central.service > $(unitdir)/madoguchi-central.service
	install -m 644 systemd/madoguchi-key@.service $(unitdir)
	install -m 644 systemd/pcscd.socket.d/madoguchi.conf $(unitdir)/pcscd.socket.d
	install -m 644 systemd/madoguchi.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/madoguchi.conf
	install -m 644 systemd/madoguchi-central.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/madoguchi-central.conf
	install -m 644 systemd/madoguchi.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/madoguchi.conf
	install -m 644 systemd/madoguchi-central.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/madoguchi-central.conf
	install -m 644 systemd/50-madoguchi.rules $(share)/polkit-1/rules.d
	install -m 644 packaging/madoguchi.desktop $(share)/applications
	install -m 644 packaging/madoguchi.svg $(share)/icons/hicolor/scalable/apps
	install -m 644 packaging/config/madoguchi.conf $(share)/madoguchi
	install -m 644 packaging/config/central.conf app/central/openapi.json $(share)/madoguchi-central
	install -m 644 packaging/man/*.1 $(share)/man/man1
	install -m 644 packaging/man/*.8 $(share)/man/man8
	install -m 755 tests/card/pcscd-run tests/card/reader-seen.py tests/card/rehearsal-ca tests/card/ocspd.py $(sim)
	install -m 644 tests/card/profiles/*.card $(sim)/profiles

## deb: the Debian packages, assembled and built under build/deb
.PHONY: deb
deb:
	@tests/set-up --all
	@packaging/build-deb $(VERSION) $(O)/deb
