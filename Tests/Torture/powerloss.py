"""Replays the calls of commands up to any of them, as a disk that loses power leaves them: the database is what it was or
what it became, and so is every file that a command writes; what a command has told as done stays."""
import os
import re
import shutil
import sqlite3

from disk import Disk
from killed import FORMAT_1
from trial import writes

DATABASE = "crm.db"


class Certain:
    """A disk that writes at once."""

    def random(self):
        return 1.0


class World:
    """A folder with a database, in which everything has the same path in each trial, since files name each other."""

    def __init__(self, part):
        self.part, self.folder = part, part.path("world")

    def begin(self, *prepare):
        """Makes the folder anew, with a database of some records, and whatever else it is to hold."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        shutil.copyfile(self.part.path("origin.db"), self.path(DATABASE))
        for words, stdin in prepare:
            self.must(*words, stdin=stdin)

    def path(self, name):
        return os.path.join(self.folder, name)

    def put(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w") as file:
            file.write(text)

    def bytes(self, name):
        return open(self.path(name), "rb").read() if os.path.exists(self.path(name)) else None

    def environment(self):
        return self.part.environment | {"HOME": self.folder}

    def command(self, *words):
        return [self.part.crm, "--db", self.path(DATABASE), *words]

    def call(self, *words, stdin=b""):
        return self.part.call(self.path(DATABASE), *words, stdin=stdin, home=self.folder)

    def must(self, *words, stdin=b""):
        result = self.call(*words, stdin=stdin)
        if result.returncode:
            raise RuntimeError(f"{words}: {result.returncode}: {result.stderr.decode(errors='replace')}")
        return result.stdout

    def state(self, database=DATABASE):
        """What a database holds, or None where it cannot be read or is not sound."""
        state = self.part.state(self.path(database))
        return state if self.part.is_sound(self.path(database)) else None

    def named(self, folder, ending):
        place = self.path(folder)
        return sorted(name for name in os.listdir(place) if name.endswith(ending)) if os.path.isdir(place) else []


def run(part):
    if not shutil.which("strace"):
        print("powerloss: strace is not there")
        return
    part.make("origin.db")
    world = World(part)
    trials = [(prepare_nothing, words, stdin, of_database) for words, stdin in writes()] + OF_FILES
    for prepare, words, stdin, judging in trials:
        lose(part, world, (prepare, words, stdin, judging), max(2, part.rounds // len(trials)))


def lose(part, world, trial, rounds):
    """Loses power behind any of the steps of a command, and once behind the last."""
    prepare, words, stdin, judging = trial
    prepare(world)
    judge = judging(world)
    disk = Disk(world.folder)
    status = disk.trace(world.command(*words), stdin, world.environment())
    present = files(world.folder)
    judge.become(status)
    restart(world)
    disk.lose_power(len(disk.steps), Certain())
    part.expect(files(world.folder) == present, f"the calls of {' '.join(words)} cannot be replayed")
    for number in range(rounds):
        last = len(disk.steps) if number == 0 else part.random.randint(0, len(disk.steps))
        restart(world)
        disk.lose_power(last, part.random)
        fault = judge.fault(isDone=last == len(disk.steps))
        part.expect(fault is None, f"power lost after {last} of {len(disk.steps)} steps of {' '.join(words)}: {fault}")


def files(folder):
    return {
        os.path.join(place, name): open(os.path.join(place, name), "rb").read()
        for place, _, names in os.walk(folder) for name in names if not name.endswith("-shm")
    }


def restart(world):
    """Takes every file away, and leaves the folders."""
    for place, _, names in os.walk(world.folder):
        for name in names:
            os.unlink(os.path.join(place, name))


class of_database:
    """The database is what it was, or what it became."""

    def __init__(self, world):
        self.world, self.former = world, world.state()

    def become(self, status):
        self.latter = self.world.state()

    def fault(self, isDone):
        seen = self.world.state()
        if seen is None:
            return "the database is not sound"
        if isDone and seen != self.latter:
            return "what was told as done is gone"
        return None if seen in (self.former, self.latter) else "the database is neither what it was nor what it became"


def of_file(name):
    """A file is what it was, or what it became, and the database sound."""

    class Judge(of_database):
        def __init__(self, world):
            super().__init__(world)
            self.old = world.bytes(name)

        def become(self, status):
            super().become(status)
            self.new = self.world.bytes(name)

        def fault(self, isDone):
            seen = self.world.bytes(name)
            if seen != self.new and (isDone or seen != self.old):
                return f"{name} is {'not there' if seen is None else f'{len(seen)} bytes of neither'}"
            return super().fault(isDone)

    return Judge


class of_rejects(of_database):
    """Where the good rows are in the database, the rejected ones are in their file, whole."""

    def become(self, status):
        super().become(status)
        self.rejects = self.world.bytes("rejects.csv")

    def fault(self, isDone):
        fault = super().fault(isDone)
        isSaved = fault is None and self.world.state() == self.latter
        return "rows are saved, and the rejects are gone" if isSaved and self.world.bytes("rejects.csv") != self.rejects else fault


class of_journal(of_database):
    """The same command once more takes each row once."""

    def fault(self, isDone):
        if isDone:
            return super().fault(isDone)
        again = self.world.call(*JOURNALED)
        if again.returncode:
            return f"it does not go on: {again.returncode} {again.stderr[-200:]!r}"
        seen = self.world.state()
        return None if seen is not None and named(seen) == named(self.latter) else "rows are missing or there twice"


class of_copies(of_database):
    """Every copy with a name is whole, and there is one."""

    def fault(self, isDone):
        copies = self.world.named("copies", ".backup")
        if not copies:
            return "there is no copy left"
        broken = [name for name in copies if self.world.state(os.path.join("copies", name)) != self.former]
        return f"copies that are not whole: {broken}" if broken else super().fault(isDone)


class of_restoration(of_database):
    """The database is what it was or the copy, and what it was is never lost."""

    def fault(self, isDone):
        fault = super().fault(isDone)
        if fault is not None or self.world.state() == self.former:
            return fault
        kept = [name for name in os.listdir(self.world.folder) if ".before-restore-" in name and name.endswith("Z")]
        return None if any(self.world.state(name) == self.former for name in kept) else "what it was is lost"


class of_upgrade(of_database):
    """The next command upgrades it."""

    def __init__(self, world):
        self.world = world

    def fault(self, isDone):
        return None if self.world.state() == self.latter else "the upgrade does not go on"


class of_sync(of_database):
    """Synchronizing once more ends as without the loss."""

    def become(self, status):
        self.latter = self.state()

    def state(self):
        events = self.world.call("event", "list", "--columns", "subject", "--sort", "subject", "--no-header").stdout
        return events, [self.world.bytes(os.path.join("events", name)) is not None
                        for name in self.world.named("events", ".ics")]

    def fault(self, isDone):
        again = self.world.call(*SYNCED)
        if again.returncode:
            return f"it does not go on: {again.returncode} {again.stderr[-200:]!r}"
        state = self.state()
        return None if state == self.latter else f"events and files are {state}, not {self.latter}"


def named(state):
    """The last names in a database; ids differ where some were given before the power was lost."""
    return sorted(re.findall(rb'"last_name":"[^"]*"', state))


JOURNALED = ("contact", "import", "rows.csv", "--journal", "journal", "--batch-size", "10")
SYNCED = ("event", "sync", "events")


def prepare_nothing(world):
    world.begin()


def prepare_old_file(world):
    world.begin()
    world.put("out.csv", "what stood here before\n")


def prepare_rows(world):
    world.begin()
    world.put("rows.csv", "last_name,email\n" + "".join(f"Row {n},{'no' if n % 9 == 4 else f'r{n}@example.org'}\n" for n in range(40)))


def prepare_good_rows(world):
    world.begin()
    world.put("rows.csv", "last_name\n" + "".join(f"Row {n}\n" for n in range(40)))


def prepare_copy(world):
    world.begin((("backup", "copy.db"), b""), (("contact", "edit", "--where", "id > 0", "--title", "Boss", "--yes"), b""))


def prepare_copies(world):
    world.begin()
    os.mkdir(world.path("copies"))
    world.must("backup", "--rotate", "copies", "--keep", "1d")


def prepare_configuration(world):
    world.begin()
    world.put(".config/crm/config", "# kept\nlanguage = es\n")


def prepare_files(world):
    world.begin()
    for number in range(3):
        world.put(f"files/{number}.txt", f"text {number}\n" * 1000)


def prepare_events(world):
    world.begin((("event", "add", "--subject", "Here", "--starts-at", "2026-01-02T10:00:00Z", "--kind", "call"), b""))
    world.put(
        "events/there.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:t\r\nBEGIN:VEVENT\r\nUID:there@example.org\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART:20260102T000000Z\r\nSUMMARY:There\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    )


def prepare_format_1(world):
    shutil.rmtree(world.folder, ignore_errors=True)
    os.mkdir(world.folder)
    connection = sqlite3.connect(world.path(DATABASE))
    with open(FORMAT_1) as file:
        connection.executescript(file.read())
    connection.close()


OF_FILES = [
    (prepare_old_file, ("contact", "export", "-o", "out.csv"), b"", of_file("out.csv")),
    (prepare_old_file, ("export", "-o", "new.jsonl"), b"", of_file("new.jsonl")),
    (prepare_old_file, ("contact", "report-personal", "1", "-o", "person.html"), b"", of_file("person.html")),
    (prepare_nothing, ("backup", "copy.db"), b"", of_file("copy.db")),
    (prepare_copies, ("backup", "--rotate", "copies", "--keep", "1d"), b"", of_copies),
    (prepare_copy, ("restore", "copy.db"), b"", of_restoration),
    (prepare_copy, ("salvage", "copy.db", "-o", "new.db"), b"", of_file("new.db")),
    (prepare_rows, ("contact", "import", "rows.csv", "--continue-on-error", "--rejects", "rejects.csv"), b"", of_rejects),
    (prepare_good_rows, JOURNALED, b"", of_journal),
    (prepare_configuration, ("config", "set", "language", "en"), b"", of_file(".config/crm/config")),
    (prepare_files, ("document", "add", "--recursive", "files"), b"", of_database),
    (prepare_events, SYNCED, b"", of_sync),
    (prepare_format_1, ("contact", "list"), b"", of_upgrade),
]
