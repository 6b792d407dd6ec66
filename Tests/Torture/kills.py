"""Kills commands that write at any moment: what they did is whole or not there, and the file is sound."""
import signal
import subprocess
import time

from trial import writes


def run(part):
    origin = part.make("origin.db")
    before, old = part.must(origin, "export"), part.contacts(origin)
    for number in range(part.rounds):
        words, stdin = part.random.choice(writes())
        database = part.copy(origin, "killed.db")
        after_database = part.copy(origin, "whole.db")
        part.call(after_database, *words, stdin=stdin)
        process = subprocess.Popen(
            [part.crm, "--db", database, *words], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=part.environment, cwd=part.folder,
        )
        try:
            process.stdin.write(stdin)
            process.stdin.close()
        except BrokenPipeError:
            pass
        time.sleep(part.random.random() * 0.06)
        process.send_signal(signal.SIGKILL)
        process.wait()
        names = part.contacts(database)
        part.expect(names in (part.contacts(after_database), old) and part.is_sound(database), f"kill {number} of {' '.join(words)}")
    assert part.must(origin, "export") == before
