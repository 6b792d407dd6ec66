"""Kills what works on whole files at any moment: restorations, rotations, imports with a journal, upgrades."""
import glob
import os
import sqlite3

FORMAT_1 = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../CRMKitTests/Store/Files/format-1.sql")


def restorations(part):
    """The database is what it was or what the backup is, and what it was is never lost."""
    origin, backup = part.make("origin.db"), part.free("backup.db")
    part.must(origin, "backup", backup)
    part.must(origin, "contact", "edit", "--where", "id > 0", "--title", "Boss", "--yes")
    present, former = part.state(origin), part.state(backup)
    within = part.seconds(part.copy(origin, "timed.db"), "restore", backup)
    for number in range(part.rounds):
        for path in glob.glob(part.path("killed.db*")):
            os.unlink(path)
        database = part.copy(origin, "killed.db")
        part.kill(within, database, "restore", backup)
        names, kept = part.state(database), glob.glob(database + ".before-restore-*[Z0-9]")
        isKept = names == present or any(part.state(path) == present for path in kept)
        part.expect(
            names in (present, former) and isKept and part.is_sound(database),
            f"kill {number} of restore: {kept} {names[:100]!r}",
        )
        part.must(database, "restore", backup)
        part.expect(
            part.state(database) == former and not drafts(part), f"restore after kill {number}: {drafts(part)}"
        )


def rotations(part):
    """Every copy with a name is whole, and the last good one stays until another is there."""
    origin, folder = part.make("origin.db"), part.path("copies")
    present = part.state(origin)
    os.mkdir(folder)
    words = ("backup", "--rotate", folder, "--keep", "1d")
    part.must(origin, *words)
    within = part.seconds(origin, *words)
    for number in range(part.rounds):
        part.kill(within, origin, *words)
        copies = glob.glob(os.path.join(folder, "*.backup"))
        whole = [path for path in copies if part.state(path) == present and part.is_sound(path)]
        part.expect(copies and whole == copies, f"kill {number} of rotate: {copies}")
        for path in glob.glob(os.path.join(folder, "*-wal")) + glob.glob(os.path.join(folder, "*-shm")):
            os.unlink(path)
    part.must(origin, *words)
    part.expect(len(os.listdir(folder)) == 1, f"after the kills: {os.listdir(folder)}")


def journals(part):
    """However often it is killed, the same command takes each row once."""
    rows, journal = 400, part.path("journal")
    with open(part.path("in.csv"), "w") as file:
        file.write("last_name\n" + "".join(f"Row {n}\n" for n in range(rows)))
    words = ("contact", "import", part.path("in.csv"), "--journal", journal, "--batch-size", "20")
    for number in range(max(1, part.rounds // 10)):
        database = part.free("killed.db")
        part.must(database, "init")
        within = part.seconds(part.copy(database, "timed.db"), *words)
        if os.path.exists(journal):
            os.unlink(journal)
        for _ in range(8):
            part.kill(within, database, *words)
            # Once all is taken the journal is gone, and the command would begin again.
            if rows_of(part, database) and not os.path.exists(journal):
                break
        else:
            part.must(database, *words)
        names = rows_of(part, database)
        part.expect(
            sorted(names) == sorted(f"Row {n}" for n in range(rows)) and part.is_sound(database),
            f"kills {number} of an import with a journal: {len(names)} rows",
        )


def upgrades(part):
    """The next command goes on with it, and what the file was is in the copy."""
    origin = part.free("origin.db")
    connection = sqlite3.connect(origin)
    with open(FORMAT_1) as file:
        connection.executescript(file.read())
    connection.close()
    whole = part.copy(origin, "whole.db")
    within = part.seconds(part.copy(origin, "timed.db"), "contact", "list")
    names = part.state(whole)
    for number in range(part.rounds):
        for path in glob.glob(part.path("killed.db*")):
            os.unlink(path)
        database = part.copy(origin, "killed.db")
        part.kill(within, database, "contact", "list")
        seen = part.call(database, "contact", "list")
        copies = glob.glob(database + ".format-1*.backup")
        isKept = len(copies) == 1 and sqlite3.connect(copies[0]).execute("PRAGMA user_version").fetchone() == (1,)
        part.expect(
            seen.returncode == 0 and part.state(database) == names and isKept and not drafts(part),
            f"kill {number} of an upgrade: {seen.returncode} {copies} {drafts(part)} {seen.stderr[-200:]!r}",
        )


def rows_of(part, database):
    listing = part.must(database, "contact", "list", "--columns", "name", "--no-header")
    return listing.decode().splitlines()


def drafts(part):
    return [name for name in os.listdir(part.folder) if name.endswith(".draft")]
