"""Lets each system call of commands fail in turn (strace -e inject): an error, and nothing done; or all done."""
import os
import re
import shutil

from trial import writes

FAILING = {
    "pwrite64": ["ENOSPC", "EIO"], "write": ["ENOSPC", "EIO"], "fsync": ["EIO"], "fdatasync": ["EIO"],
    "openat": ["EMFILE", "EACCES"], "pread64": ["EIO"], "read": ["EIO"], "ftruncate": ["EIO"], "rename": ["EIO"],
    "mmap": ["ENOMEM"], "fcntl": ["ENOLCK"], "unlink": ["EIO"],
}

# What reads folders or makes files, by what is counted afterwards.
OF_FILES = [
    (("document", "add", "--recursive", "files"), ("document", "list", "--count")),
    (("email", "import", "files"), ("email", "list", "--count")),
    (("contact", "import", "cards"), ("contact", "list", "--count")),
    (("event", "sync", "events"), ("event", "list", "--count")),
    (("backup", "made.db"), ("contact", "list", "--count")),
    (("backup", "--rotate", "copies"), ("contact", "list", "--count")),
    (("contact", "export", "-o", "made.csv"), ("contact", "list", "--count")),
    (("config", "set", "mail.from", "a@example.org"), ("contact", "list", "--count")),
    (("restore", "backup.db"), ("contact", "list", "--count")),
    (("salvage", "backup.db", "-o", "made.db"), ("contact", "list", "--count")),
    (("contact", "report-personal", "1", "-o", "made.html"), ("contact", "list", "--count")),
    (("contact", "import", "good.csv", "--journal", "journal"), ("contact", "list", "--count")),
    (("contact", "import", "mixed.csv", "--continue-on-error", "--rejects", "made.csv"), ("contact", "list", "--count")),
    (("contact", "export", "--format", "vcard", "-o", "made.vcf"), ("contact", "list", "--count")),
    (("event", "export", "-o", "made.ics"), ("event", "list", "--count")),
    (("quote", "print", "1", "-o", "made.html"), ("quote", "list", "--count")),
    (("email", "draft", "--to", "p1@example.org", "--subject", "s", "--body", "b", "-o", "made.eml"), ("email", "list", "--count")),
]
# The status of an import that took the rows it could.
REJECTED = 6
FAILING_OF_FILES = {"flock": ["ENOLCK", "EOPNOTSUPP"], "getdents64": ["EIO"], "link": ["EPERM", "EIO"], "fsync": ["EIO"]}


def run(part):
    if not shutil.which("strace"):
        print("calls: strace is not there")
        return
    files(part)
    origin = part.make("origin.db")
    old = part.state(origin)
    for words, stdin in writes():
        whole = part.copy(origin, "whole.db")
        part.call(whole, *words, stdin=stdin)
        outcomes = (old, part.state(whole))
        for call, errors in FAILING.items():
            count = number_of(part, call, origin, words, stdin)
            nths = range(1, count + 1)
            if count > part.rounds:
                nths = sorted(part.random.sample(nths, part.rounds))
            for nth in nths:
                error = part.random.choice(errors)
                database = part.copy(origin, "failed.db")
                result = part.call(
                    database, *words, stdin=stdin,
                    prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:error={error}:when={nth}"),
                )
                # Before the program itself runs, and where a thread cannot be made, there is nobody to say it well.
                isTold = result.returncode >= 0 or call == "mmap"
                part.expect(
                    isTold and part.state(database) in outcomes and part.is_sound(database),
                    f"{call} {nth} {error} in {' '.join(words)}: {result.returncode} {result.stderr[-200:]!r}",
                )


def files(part):
    """Commands that read folders or make files: what fails is told, and a folder that cannot be read is no short one."""
    origin = part.make("origin.db")
    part.must(origin, "backup", part.free("backup.db"))
    for words, counting in OF_FILES:
        for call, errors in FAILING_OF_FILES.items():
            make_files(part)
            whole = part.copy(origin, "whole.db")
            part.call(whole, *words)
            outcomes = (part.must(origin, *counting), part.must(whole, *counting))
            make_files(part)
            for nth in range(1, min(part.rounds, number_of(part, call, origin, words, b"")) + 1):
                make_files(part)
                error = part.random.choice(errors)
                database = part.copy(origin, "failed.db")
                result = part.call(
                    database, *words,
                    prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}:error={error}:when={nth}"),
                )
                # What fails behind the commit says what is saved, if the outcome was not told already.
                isTold = b"saved before that" in result.stderr or b" created" in result.stdout
                isSaved = isTold or result.returncode in (0, REJECTED)
                isWhole = part.must(database, *counting) == outcomes[isSaved]
                drafts = [name for _, _, names in os.walk(part.folder) for name in names if name.endswith(".draft")]
                part.expect(
                    result.returncode >= 0 and isWhole and not drafts and part.is_sound(database),
                    f"{call} {nth} {error} in {' '.join(words)}: {result.returncode} {drafts} {result.stderr[-200:]!r}",
                )


def make_files(part):
    """The folders that the commands read, and no file that they have made."""
    for name in ("files", "cards", "events", "copies", ".config", ".local"):
        shutil.rmtree(part.path(name), ignore_errors=True)
    former = [name for name in os.listdir(part.folder) if ".before-restore-" in name]
    for name in ["made.db", "made.csv", "made.html", "made.vcf", "made.ics", "made.eml", "journal", *former]:
        if os.path.exists(part.path(name)):
            os.unlink(part.path(name))
    with open(part.path("good.csv"), "w") as file:
        file.write("last_name\nGood\n")
    with open(part.path("mixed.csv"), "w") as file:
        file.write("last_name,email\nGood,\nBad,no\n")
    for name in ("files", "cards", "events", "copies"):
        os.mkdir(part.path(name))
    # More than one call gives.
    for n in range(700):
        with open(part.path(f"files/{n:060}.eml"), "w") as file:
            file.write(f"Subject: s{n}\nFrom: a@example.org\nMessage-ID: <{n}@example.org>\n\nx\n")
    for n in range(3):
        with open(part.path(f"cards/{n}.vcf"), "w") as file:
            file.write(f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Card {n}\r\nEND:VCARD\r\n")
        with open(part.path(f"events/{n}.ics"), "w") as file:
            file.write(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\n"
                f"UID:{n}@example.org\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260102T000000Z\r\nSUMMARY:e{n}\r\n"
                "END:VEVENT\r\nEND:VCALENDAR\r\n"
            )


def number_of(part, call, origin, words, stdin):
    """How often a command makes a call."""
    database, log = part.copy(origin, "counted.db"), part.path("counts")
    part.call(database, *words, stdin=stdin, prefix=("strace", "-f", "-c", "-o", log, "-e", f"trace={call}"))
    match = re.search(rf"\s(\d+)\s+(?:\d+\s+)?{call}$", open(log).read(), re.M)
    return int(match[1]) if match else 0
