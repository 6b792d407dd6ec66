# make [build]     the program as it ships: one fully static, stripped executable
# make demo        the main job, end to end, on a throw-away database
# make test        everything the project promises, lint included
# make fuzz        the readers of foreign bytes under libFuzzer, FUZZ_SECONDS=60 each; Linux only
# make torture     kills, lost power, failing system calls, damage and the like, TORTURE_ROUNDS=50 of each, and
#                  RECURRENCE_RULES=10000 at random beside two other programs; not in CI
# make bench       speed and memory beside the sqlite3 shell
# make install     PREFIX=/usr/local DESTDIR= PROGRAM=crm
# make uninstall   removes exactly what install put there, given the same three
# make order       renews the order in which the linker lays out what every start runs
# make documents   renews man/ and completions/ from the program's own definitions
# make golden      renews those, README.md's output and the other expected output that tests compare with
# make lint        the style that every change is held to
# make clean       removes what was built

PREFIX  = /usr/local
DESTDIR =
PROGRAM = crm
FUZZ_SECONDS = 60
TORTURE_ROUNDS = 50
RECURRENCE_RULES = 10000

SHELL       = /bin/bash
.SHELLFLAGS = -euo pipefail -c
MAKEFLAGS  += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.PHONY: all build demo test fuzz torture bench install uninstall order documents golden lint clean

# The system packages each job needs beside Swift; what is missing is installed before it starts.
build_packages = libsqlite3-dev
demo_packages  = jq
order_packages = python3 sqlite3 valgrind
bench_packages = curl khal notmuch python3 sqlite3
torture_packages = libical-dev python3 python3-dateutil strace
test_packages  = bash-completion curl fish jq khal khard less mandoc mblaze miller mutt python3 python3-dateutil \
                 python3-icalendar python3-jsonschema python3-vobject sqlite3 strace todoman tzdata vdirsyncer zsh

release = .build-release
binary  = $(release)/release/crm
order   = Sources/start.order

swift = $(if $(shell command -v swift),swift,$(error Swift is not in PATH; get 6.2 or later from https://www.swift.org/install))

define require
@if ! command -v dpkg-query >/dev/null; then \
	echo "This is no Debian: what its packages $(strip $(1)) hold is taken to be there."; \
	exit 0; \
fi; \
missing=""; \
for package in $(1); do \
	dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=" $$package"; \
done; \
if [ -n "$$missing" ]; then \
	echo "Installing$$missing"; \
	root=""; if [ "$$(id -u)" != 0 ]; then root=sudo; fi; \
	$$root apt-get update -q; \
	$$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
fi
endef

all: build

build: $(binary)

# Folders are among the prerequisites, so that a removed source counts as a change.
# The linker notes twice that a static executable which calls dlopen needs the C library's files when it runs: of
# SQLite's loader of extensions and of the Swift runtime's search for debugging aids. Nothing here comes to either call.
# The notes stay visible, so that a third one is noticed.
$(binary): Package.swift $(shell find Sources)
	$(call require,$(build_packages))
	$(compile) -Xlinker -s
	touch $@

# Each function has a section of its own, so that those that run at every start stand side by side, and those that
# nothing calls are left out. Of the linkers only gold takes that order; without it starts are slower.
ordered = $(if $(shell command -v ld.gold),-Xswiftc -use-ld=gold -Xlinker --section-ordering-file=$(abspath $(order)))
compile = $(swift) build -c release --product crm --scratch-path $(release) \
	--static-swift-stdlib -Xswiftc -static-executable -Xswiftc -Xfrontend -Xswiftc -function-sections $(ordered)

demo: $(binary)
	$(call require,$(demo_packages))
	Tests/Demo/run $(abspath $(binary))

# Tests of the command run the executable that ships, not a debug build.
test: lint $(binary)
	$(call require,$(build_packages) $(test_packages))
	CRM_UNDER_TEST=$(abspath $(binary)) $(swift) test --disable-xctest

# What is found stays in Tests/Fuzz/Corpus, where the tests replay it.
fuzz:
	Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS)

torture: $(binary)
	$(call require,$(torture_packages))
	Tests/Torture/run --crm $(abspath $(binary)) --rounds $(TORTURE_ROUNDS)
	RECURRENCE_RULES=$(RECURRENCE_RULES) $(swift) test --disable-xctest --filter RecurrencePeerTests

bench: $(binary)
	$(call require,$(bench_packages))
	Tests/Benchmarks/run --crm $(abspath $(binary))

lint:
	$(swift) format lint --strict --recursive --parallel Package.swift Sources Tests

# Names of functions are only in a program that is not stripped.
order:
	$(call require,$(build_packages) $(order_packages))
	$(compile)
	Tests/Benchmarks/order --crm $(binary) > $(release)/start.order
	mv $(release)/start.order $(order)

documents: $(binary)
	rm -rf man completions
	mkdir -p man/es/man1 completions
	$(binary) generate man man
	$(binary) generate man man/es/man1 --lang es
	$(binary) generate completions completions

golden: documents
	$(call require,$(build_packages) $(test_packages))
	RENEW_GOLDEN=1 CRM_UNDER_TEST=$(abspath $(binary)) $(swift) test --disable-xctest

clean:
	rm -rf .build $(release)

# Where things go. The documents of an installation speak of the program by the name it is installed under.
bin  = $(DESTDIR)$(PREFIX)/bin
man1 = $(DESTDIR)$(PREFIX)/share/man/man1
es1  = $(DESTDIR)$(PREFIX)/share/man/es/man1
bash = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zsh  = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fish = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

installed = $(bin)/$(PROGRAM) \
	$(patsubst man/crm%,$(man1)/$(PROGRAM)%,$(wildcard man/*.1)) \
	$(patsubst man/es/man1/crm%,$(es1)/$(PROGRAM)%,$(wildcard man/es/man1/*.1)) \
	$(bash)/$(PROGRAM) $(zsh)/_$(PROGRAM) $(fish)/$(PROGRAM).fish

install: $(binary)
	install -d $(bin) $(man1) $(es1) $(bash) $(zsh) $(fish)
	install -m 755 $(binary) $(bin)/$(PROGRAM)
	$(binary) generate man $(man1) --program $(PROGRAM)
	$(binary) generate man $(es1) --program $(PROGRAM) --lang es
	made=$$(mktemp -d); trap 'rm -r "$$made"' EXIT; \
	$(binary) generate completions "$$made" --program $(PROGRAM); \
	install -m 644 "$$made"/$(PROGRAM).bash $(bash)/$(PROGRAM); \
	install -m 644 "$$made"/_$(PROGRAM) $(zsh); \
	install -m 644 "$$made"/$(PROGRAM).fish $(fish)

# The pages of the installed program may be others than this checkout's.
uninstall:
	made=$$(mktemp -d); trap 'rm -r "$$made"' EXIT; \
	if [ -x $(bin)/$(PROGRAM) ]; then $(bin)/$(PROGRAM) generate man "$$made" --program $(PROGRAM); fi; \
	for page in "$$made"/*.1; do rm -f $(man1)/"$${page##*/}" $(es1)/"$${page##*/}"; done
	rm -f $(installed)
