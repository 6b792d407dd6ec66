"""A part of the torture: the program in a world of its own, and a count of what was tried."""
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time

SUFFIXES = ("", "-wal", "-shm")
INSTANT = re.compile(rb'"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ"')
OTHERS = """\
organization add --name Customer
product add --name Part --code P1 --price 10 --stock 50
opportunity add --contact 1 --organization 1 --name Sale --amount 100 --close-date 2030-01-01 --stage prospecting
quote add --subject Offer --contact 1 --opportunity 1 --stage created --line product=code:P1,quantity=2
sales-order add --subject Order --contact 1 --line product=code:P1,quantity=2
purchase-order add --subject Supply --line product=code:P1,quantity=2
case add --title Broken --contact 1
event add --subject Weekly --contact 1 --kind call --starts-at 2030-01-01T10:00:00Z --repeat 'every week'
campaign add --name Spring
"""

VCARD = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Card\r\nEMAIL:p1@example.org\r\nEND:VCARD\r\n"
ICALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:u@example.org\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART:20260102T000000Z\r\nSUMMARY:e\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CHAT = b'{"_id":"m1","rid":"R","msg":"x","u":{"username":"ana"},"ts":"2026-01-01T00:00:00.000Z"}\n'



class Part:
    def __init__(self, name, crm, rounds, seed):
        self.name, self.crm, self.rounds = name, crm, rounds
        self.random = random.Random(f"{name}-{seed}")
        self.tried = self.failed = 0
        self.folder = tempfile.mkdtemp(prefix=f"crm-torture-{name}-")
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self.folder, "TZ": "UTC", "LC_ALL": "C", "CRM_USER": "torture",
        }

    def close(self):
        if not self.failed:
            shutil.rmtree(self.folder)
        else:
            print(f"{self.name}: what was tried is in {self.folder}")

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, database, *words, stdin=b"", timeout=120, prefix=(), home=None):
        """Runs the program in the folder, or in another one; the status is negative where a signal ended it."""
        home = home or self.folder
        return subprocess.run(
            [*prefix, self.crm, "--db", database, *words], input=stdin, capture_output=True, cwd=home, timeout=timeout,
            env=self.environment | {"HOME": home},
        )

    def must(self, database, *words, stdin=b""):
        result = self.call(database, *words, stdin=stdin)
        if result.returncode:
            raise RuntimeError(f"{words}: {result.returncode}: {result.stderr.decode(errors='replace')}")
        return result.stdout

    def seconds(self, database, *words, stdin=b""):
        """How long a command takes that is not killed."""
        start = time.monotonic()
        self.must(database, *words, stdin=stdin)
        return time.monotonic() - start

    def kill(self, within, database, *words, stdin=b""):
        """Kills a command at any moment of so many seconds; the status, negative where it was killed."""
        process = subprocess.Popen(
            [self.crm, "--db", database, *words], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=self.environment, cwd=self.folder,
        )
        try:
            process.stdin.write(stdin)
            process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            process.wait(timeout=self.random.random() * within)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.wait()

    def expect(self, holds, what):
        """Counts a trial."""
        self.tried += 1
        if not holds:
            self.failed += 1
            print(f"{self.name}: failed: {what}", flush=True)

    def is_sound(self, database):
        """Whether the program finds nothing wrong with a database."""
        return self.call(database, "check").returncode == 0

    def state(self, database):
        """All that a database holds, but for when it was written; None where it cannot be read."""
        result = self.call(database, "export")
        return INSTANT.sub(b'"T"', result.stdout) if result.returncode == 0 else None

    def free(self, name):
        """A path at which there is no database, with what SQLite keeps beside one."""
        database = self.path(name)
        for suffix in SUFFIXES:
            if os.path.exists(database + suffix):
                os.unlink(database + suffix)
        return database

    def make(self, name, contacts=20):
        """A database of some contacts, assets and links, and of one record of the kinds that writes change."""
        database = self.free(name)
        self.must(database, "init")
        rows = "last_name,email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(contacts))
        self.must(database, "contact", "import", stdin=rows.encode())
        rows = "name,serial\n" + "".join(f"Asset {n},S{n}\n" for n in range(contacts))
        self.must(database, "asset", "import", stdin=rows.encode())
        links = "contact,asset,role\n" + "".join(f"{n},{n},user\n" for n in range(1, contacts + 1))
        self.must(database, "contact", "link", "asset", "--input", "-", stdin=links.encode())
        self.must(database, "batch", stdin=OTHERS.encode())
        return database

    def copy(self, database, name):
        """A copy of a database that nobody uses, with what SQLite keeps beside it."""
        target = self.free(name)
        for suffix in SUFFIXES:
            if os.path.exists(database + suffix):
                shutil.copyfile(database + suffix, target + suffix)
        return target


def writes():
    """Commands that write, each with what it reads: whole or not at all."""
    rows = "last_name\n" + "".join(f"New {n}\n" for n in range(300))
    return [
        (("contact", "add", "--last-name", "Zeta", "--email", "z@example.org"), b""),
        (("contact", "edit", "3", "--title", "Boss"), b""),
        (("contact", "edit", "--where", "id > 5", "--title", "All", "--yes"), b""),
        (("contact", "delete", "4", "--yes"), b""),
        (("contact", "merge", "5", "6", "--yes"), b""),
        (("contact", "import"), rows.encode()),
        (("contact", "link", "asset", "7", "8", "--role", "owner"), b""),
        (("contact", "erase", "9", "--yes"), b""),
        (("apply",), b'{"module":"contact","ref":"contact:900","id":900,"last_name":"Applied"}\n'),
        (("batch",), b"contact add --last-name One\ncontact add --last-name Two\n"),
        (("field", "add", "contact", "region", "--type", "text"), b""),
        (("config", "set", "currency", "MXN"), b""),
        (("log", "prune", "--before", "2100-01-01", "--yes"), b""),
        (("undo",), b""),
        (("check", "--repair"), b""),
        (("opportunity", "edit", "1", "--stage", "negotiation"), b""),
        (("opportunity", "link", "contact", "1", "2", "--role", "influencer"), b""),
        (("quote", "line", "add", "1", "text=x,price=5"), b""),
        (("quote", "order", "1"), b""),
        (("sales-order", "deliver", "1", "--yes"), b""),
        (("purchase-order", "receive", "1", "--yes"), b""),
        (("contact", "point", "add", "1", "phone:5512345678"), b""),
        (("contact", "edit", "1", "--organization", "1"), b""),
        (("event", "add", "--subject", "E", "--starts-at", "2026-01-01T10:00:00Z", "--kind", "call"), b""),
        (("case", "edit", "1", "--status", "closed"), b""),
        (("contact", "link", "campaign", "1", "1"), b""),
        (("choice", "add", "case.category", "warranty", "--en", "Warranty", "--es", "Garantía"), b""),
        (("view", "save", "contact", "v", "--where", "id > 1"), b""),
        (("rate", "set", "EUR", "20.05", "--on", "2026-11-01"), b""),
        (("email", "import", "-"), b"Message-ID: <m@x>\nFrom: p3@example.org\nTo: p4@example.org\nSubject: s\n\nb\n"),
        (("contact", "unlink", "asset", "7", "7"), b""),
        (("contact", "link", "asset", "7", "9", "--replace", "--yes"), b""),
        (("contact", "import", "--match", "email"), b"email,title\np1@example.org,Boss\nnew@example.org,New\n"),
        (("contact", "import", "--input-format", "vcard", "-"), VCARD),
        (("organization", "edit", "1", "--name", "Other"), b""),
        (("quote", "add", "--subject", "Q", "--stage", "created", "--line", "product=code:P1,quantity=2"), b""),
        (("quote", "line", "edit", "1", "1", "--quantity", "5"), b""),
        (("quote", "line", "remove", "1", "1"), b""),
        (("quote", "send", "1"), b""),
        (("sales-order", "invoice", "1", "--number", "F-1"), b""),
        (("purchase-order", "approve", "1", "--contact", "2"), b""),
        (("case", "close", "1", "--solution", "x"), b""),
        (("event", "edit", "1", "--occurrence", "2030-01-08", "--starts-at", "2030-01-08T12:00:00Z"), b""),
        (("event", "edit", "1", "--occurrence", "2030-01-15", "--following", "--location", "L"), b""),
        (("event", "hold", "1", "--occurrence", "2030-01-08"), b""),
        (("event", "import", "--input-format", "ics", "-"), ICALENDAR),
        (("channel", "import", "-", "--chat", "rocketchat"), CHAT),
        (("comment", "add", "--contact", "1", "--body", "b"), b""),
        (("document", "add", "-", "--title", "t", "--contact", "1"), b"text\n" * 2000),
        (("project", "add", "--name", "P", "--contact", "1"), b""),
        (("address", "add", "--contact", "1", "--street", "S"), b""),
        (("campaign", "edit", "1", "--status", "active"), b""),
    ]
