"""Damages bytes of a file anywhere: no command dies of it or runs for ever, none tells SQL, and salvage reads the rest."""
import subprocess

READING = [
    ("contact", "list"), ("contact", "show", "5"), ("check",), ("log",), ("export",), ("search", "person"),
    ("contact", "links", "3"), ("contact", "edit", "3", "--title", "x"), ("undo",), ("check", "--repair"),
]
STATUSES = {0, 1, 2, 3, 4, 5, 6, 74, 75, 78}
WORDS = (b"SELECT ", b"btree", b"INSERT ", b"malformed", b"sqlite3", b"database disk image")


def run(part):
    origin = part.make("origin.db", contacts=200)
    part.must(origin, "search", "person")
    whole = part.path("whole.db")
    part.must(origin, "backup", whole)
    data = open(whole, "rb").read()
    for number in range(part.rounds):
        damaged, kind = bytearray(data), part.random.choice(["bytes", "page", "cut", "zeros"])
        place = part.random.randrange(100, len(damaged))
        if kind == "bytes":
            for _ in range(part.random.randint(1, 40)):
                damaged[part.random.randrange(100, len(damaged))] = part.random.randrange(256)
        elif kind == "page":
            start = max(4096, place // 4096 * 4096)
            damaged[start:start + 4096] = part.random.randbytes(len(damaged[start:start + 4096]))
        elif kind == "zeros":
            damaged[place:place + 20000] = bytes(len(damaged[place:place + 20000]))
        else:
            del damaged[max(4096, place):]
        database = part.free("damaged.db")
        for words in part.random.sample(READING, 4):
            open(database, "wb").write(damaged)
            try:
                result = part.call(database, *words, timeout=60)
            except subprocess.TimeoutExpired:
                part.expect(False, f"{kind} {number}: {' '.join(words)} runs for ever")
                continue
            isTold = not any(word in result.stderr + result.stdout for word in WORDS)
            part.expect(
                result.returncode in STATUSES and isTold,
                f"{kind} {number} at {place}: {' '.join(words)}: {result.returncode} {result.stderr[-300:]!r}",
            )
        salvage(part, damaged, f"{kind} {number} at {place}")


def salvage(part, damaged, what):
    """What can be read comes out into a file that is sound."""
    database, place = part.free("damaged.db"), part.free("salvaged.db")
    open(database, "wb").write(damaged)
    result = part.call(database, "salvage", database, "-o", place)
    part.expect(
        result.returncode in (0, 6) and part.is_sound(place) and open(database, "rb").read() == damaged,
        f"{what}: salvage: {result.returncode} {result.stderr[-300:]!r}",
    )
