"""Lets each system call of commands that write fail in turn (strace -e inject): an error, and nothing done; or all done."""
import re
import shutil

from trial import LISTING, writes

FAILING = {
    "pwrite64": ["ENOSPC", "EIO"], "write": ["ENOSPC", "EIO"], "fsync": ["EIO"], "fdatasync": ["EIO"],
    "openat": ["EMFILE", "EACCES"], "pread64": ["EIO"], "read": ["EIO"], "ftruncate": ["EIO"], "rename": ["EIO"],
    "mmap": ["ENOMEM"], "fcntl": ["ENOLCK"], "unlink": ["EIO"],
}


def run(part):
    if not shutil.which("strace"):
        print("calls: strace is not there")
        return
    origin = part.make("origin.db")
    old = part.contacts(origin)
    for words, stdin in writes():
        whole = part.copy(origin, "whole.db")
        part.call(whole, *words, stdin=stdin)
        outcomes = (old, part.contacts(whole))
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
                seen = part.call(database, *LISTING)
                # Before the program itself runs, and where a thread cannot be made, there is nobody to say it well.
                isTold = result.returncode >= 0 or call == "mmap"
                part.expect(
                    isTold and seen.returncode == 0 and seen.stdout in outcomes and part.is_sound(database),
                    f"{call} {nth} {error} in {' '.join(words)}: {result.returncode} {result.stderr[-200:]!r}",
                )


def number_of(part, call, origin, words, stdin):
    """How often a command makes a call."""
    database, log = part.copy(origin, "counted.db"), part.path("counts")
    part.call(database, *words, stdin=stdin, prefix=("strace", "-f", "-c", "-o", log, "-e", f"trace={call}"))
    match = re.search(rf"\s(\d+)\s+(?:\d+\s+)?{call}$", open(log).read(), re.M)
    return int(match[1]) if match else 0
