"""Kills commands that write at any moment: what they did is whole or not there, and the file is sound."""
from trial import writes


def run(part):
    origin = part.make("origin.db")
    before, old = part.must(origin, "export"), part.state(origin)
    for number in range(part.rounds):
        words, stdin = part.random.choice(writes())
        database, whole = part.copy(origin, "killed.db"), part.copy(origin, "whole.db")
        within = part.seconds(whole, *words, stdin=stdin)
        part.kill(within, database, *words, stdin=stdin)
        state = part.state(database)
        part.expect(
            state in (part.state(whole), old) and part.is_sound(database), f"kill {number} of {' '.join(words)}"
        )
    assert part.must(origin, "export") == before
