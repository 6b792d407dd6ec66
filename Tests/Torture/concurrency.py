"""Several processes write at once: each write is there once, numbers have no gaps, and the file is sound. And while others
restore it: each write that was acknowledged is in one of the files."""
import glob
import json
from concurrent.futures import ThreadPoolExecutor


def run(part):
    numbers(part)
    restorations(part)


def numbers(part):
    # One of its quotes has the first number.
    database = part.make("shared.db")
    writers, each = 8, max(1, part.rounds // 8)

    def write(writer):
        failures = 0
        for number in range(each):
            result = part.call(
                database, "--timeout", "60", "quote", "add", "--subject", f"Q {writer} {number}", "--stage", "created"
            )
            failures += result.returncode != 0
        return failures

    with ThreadPoolExecutor(writers) as pool:
        failures = sum(pool.map(write, range(writers)))
    quotes = json.loads(part.must(database, "quote", "list", "--columns", "subject,number", "--json"))
    numbers = sorted(int(quote["number"].rsplit("-", 1)[1]) for quote in quotes)
    for writer in range(writers):
        for number in range(each):
            part.expect(sum(q["subject"] == f"Q {writer} {number}" for q in quotes) == 1, f"quote {writer} {number}")
    part.expect(failures == 0, f"{failures} writes were refused")
    part.expect(numbers == list(range(1, writers * each + 2)), "numbers have gaps")
    part.expect(part.is_sound(database), "the file is not sound")


def restorations(part):
    database, backup = part.make("restored.db"), part.free("backup.db")
    part.must(database, "backup", backup)

    def write(writer):
        saved = []
        for number in range(part.rounds):
            name = f"W {writer} {number}"
            result = part.call(database, "--timeout", "60", "contact", "add", "--last-name", name)
            part.expect(result.returncode in (0, 75), f"{name}: {result.returncode} {result.stderr[-200:]!r}")
            if result.returncode == 0:
                saved.append(name)
        return saved

    def restore(_):
        for number in range(part.rounds):
            result = part.call(database, "--timeout", "1", "restore", backup)
            part.expect(result.returncode in (0, 75), f"restore {number}: {result.returncode} {result.stderr[-200:]!r}")
        return []

    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(write, 1), pool.submit(write, 2), pool.submit(restore, 1), pool.submit(restore, 2)]
        saved = [name for task in tasks for name in task.result()]
    files = [database] + [
        path for path in glob.glob(database + ".before-restore-*") if not path.endswith(("-wal", "-shm"))
    ]
    found = set()
    for path in files:
        listing = part.must(path, "contact", "list", "--columns", "name", "--no-header")
        found.update(listing.decode().split("\n"))
        part.expect(part.is_sound(path), f"{path} is not sound")
    for name in saved:
        part.expect(name in found, f"{name} was saved, and is in none of {len(files)} files")
