"""Several processes write at once: each write is there once, numbers have no gaps, and the file is sound."""
import json
from concurrent.futures import ThreadPoolExecutor


def run(part):
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
    part.expect(numbers == list(range(1, writers * each + 1)), "numbers have gaps")
    part.expect(part.is_sound(database), "the file is not sound")
