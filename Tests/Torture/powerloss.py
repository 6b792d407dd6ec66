"""Replays the writes of commands up to any of them, as a disk that loses power leaves them: what was not yet synced may be
there, in part, or not. The system calls are told by strace(1)."""
import os
import re
import shutil
import subprocess

from trial import LISTING, writes

CALLS = "openat,open,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat"
CALL = re.compile(rb"^(?:\[pid\s+\d+\] )?(\w+)\((.*)\) += (-?\d+)")


def unquoted(text):
    return bytes(text.decode("ascii"), "ascii").decode("unicode_escape").encode("latin-1")


def traced(part, database, words, stdin):
    """The writes to the database and its log: (file, offset, bytes), (file, "truncate", size), (file, "sync")."""
    log = part.path("trace")
    subprocess.run(
        ["strace", "-f", "-o", log, "-xx", "-s", "100000000", "-e", f"trace={CALLS}", part.crm, "--db", database, *words],
        input=stdin, capture_output=True, env=part.environment, cwd=part.folder, timeout=300,
    )
    steps, names = [], {}
    for line in open(log, "rb"):
        match = CALL.match(re.sub(rb"^\d+\s+", b"", line.strip()))
        if not match or int(match[3]) < 0:
            continue
        name, arguments, result = match[1].decode(), match[2], int(match[3])
        strings = re.findall(rb'"((?:\\x[0-9a-f]{2})*)"', arguments)
        if name in ("open", "openat"):
            names[result] = os.path.join(part.folder, unquoted(strings[0]).decode())
            continue
        descriptor = re.match(rb"(\d+)", arguments)
        file = names.get(int(descriptor[1])) if descriptor else None
        suffix = file[len(database):] if file and file.startswith(database) else None
        if name == "close" and descriptor:
            names.pop(int(descriptor[1]), None)
        elif suffix not in ("", "-wal"):
            continue
        elif name == "pwrite64":
            steps.append((suffix, int(arguments.rsplit(b", ", 1)[1]), unquoted(strings[0])))
        elif name == "ftruncate":
            steps.append((suffix, "truncate", int(arguments.rsplit(b", ", 1)[1])))
        elif name in ("fsync", "fdatasync"):
            steps.append((suffix, "sync", None))
    return steps


def applied(part, origin, steps, last):
    """The files as they may be after a loss of power behind some of the steps."""
    target = part.free("lost.db")
    for suffix in ("", "-wal"):
        if os.path.exists(origin + suffix):
            shutil.copyfile(origin + suffix, target + suffix)
    synced = {suffix: max((i for i, s in enumerate(steps[:last]) if s[0] == suffix and s[1] == "sync"), default=-1)
              for suffix in ("", "-wal")}
    for number, (suffix, place, data) in enumerate(steps[:last]):
        if place == "sync":
            continue
        if number > synced[suffix]:
            fate = part.random.random()
            if fate < 0.4:
                continue
            if fate < 0.6 and isinstance(data, bytes):
                data = data[: part.random.randrange(0, len(data) + 1, 512) or 512]
        with open(target + suffix, "r+b" if os.path.exists(target + suffix) else "w+b") as file:
            if place == "truncate":
                file.truncate(data)
            else:
                file.seek(place)
                file.write(data)
    return target


def run(part):
    if not shutil.which("strace"):
        print("powerloss: strace is not there")
        return
    origin = part.make("origin.db")
    old = part.contacts(origin)
    commands = writes()
    for words, stdin in commands:
        database = part.copy(origin, "traced.db")
        steps = traced(part, database, words, stdin)
        outcomes = {old, part.contacts(database)}
        for _ in range(max(1, part.rounds // len(commands))):
            last = part.random.randint(0, len(steps))
            lost = applied(part, origin, steps, last)
            seen = part.call(lost, *LISTING)
            part.expect(
                seen.returncode == 0 and seen.stdout in outcomes and part.is_sound(lost),
                f"power lost after {last} of {len(steps)} writes of {' '.join(words)}",
            )
