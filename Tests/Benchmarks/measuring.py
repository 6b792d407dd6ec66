"""Runs two programs in turn and measures both."""

import hashlib
import os
import resource
import statistics
import time
from dataclasses import dataclass


@dataclass
class Command:
    """A program as it is run.

    `before` puts the files it changes into place and is not measured. `normalized` makes its output comparable where
    that is not the same byte for byte: it gives pieces of bytes from a file.
    """

    words: list
    input: str = os.devnull
    before: object = None
    normalized: object = None


@dataclass
class Work:
    """The same work done by crm and by its peer.

    `target` is the most that crm's time may be of the peer's; `rows` how many rows are worked on; `repeats` how often
    a short command runs within one measurement. `outcome` gives what must be the same after both: None for what they
    print, else a function that looks at what they have left behind.
    """

    name: str
    crm: Command
    peer: Command
    target: float
    rows: int = 0
    rounds: int = 7
    repeats: int = 1
    outcome: object = None


class Failure(Exception):
    """A run that failed, or two that do not come to the same."""


def same():
    """The outcome of work of which nothing is left to compare."""


@dataclass
class Run:
    """Seconds by the clock and on the processor, the peak of memory in bytes."""

    clock: float
    processor: float
    peak: int


@dataclass
class Comparison:
    """Times in seconds, memory in bytes; nothing below `floor` can be told.

    `ratio` is by the clock. Other work on the machine disturbs it more than it does that of the processor's time.
    """

    crm: float
    peer: float
    ratio: float
    processor_ratio: float
    crm_peak: int
    peer_peak: int
    floor: int


def compare(work, rounds):
    """Warms both up, comparing their output, then measures them in turn.

    The ratio is the median of the ratios of neighbouring runs: what slows the machine for a while slows both.
    """
    check_output(work)
    crm, peer = [], []
    for number in range(rounds):
        # Whoever goes second finds what the first has left in the caches.
        pair = [(work.crm, crm), (work.peer, peer)]
        for command, runs in pair if number % 2 == 0 else reversed(pair):
            runs.append(measure(command, work.repeats))
    return Comparison(
        crm=statistics.median(run.clock for run in crm),
        peer=statistics.median(run.clock for run in peer),
        ratio=statistics.median(a.clock / b.clock for a, b in zip(crm, peer)),
        processor_ratio=statistics.median(a.processor / b.processor for a, b in zip(crm, peer)),
        crm_peak=max(run.peak for run in crm),
        peer_peak=max(run.peak for run in peer),
        floor=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


def measure(command, repeats):
    """What one run takes.

    Linux counts what this program holds when it starts another towards that one's peak, so that nothing smaller than
    this program can be told.
    """
    if command.before:
        command.before()
    processor, peak = 0, 0
    begin = time.perf_counter()
    for _ in range(repeats):
        usage = run(command, os.devnull)
        processor += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
    return Run((time.perf_counter() - begin) / repeats, processor / repeats, peak)


def run(command, output):
    """Runs a command to its end, output into a file, and gives what it has used."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, command.input, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    process = os.posix_spawnp(command.words[0], command.words, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise Failure(f"{' '.join(command.words)}: status {os.waitstatus_to_exitcode(status)}")
    return usage


def check_output(work):
    outcomes = []
    for command in (work.crm, work.peer):
        if command.before:
            command.before()
        if work.outcome:
            run(command, os.devnull)
            outcomes.append(work.outcome())
        else:
            outcomes.append(digest(command))
    if outcomes[0] != outcomes[1]:
        raise Failure(f"{work.name}: crm and the shell do not come to the same")


def digest(command):
    """The hash of a command's output, which may be larger than memory: line by line through a pipe."""
    reading, writing = os.pipe()
    with open(reading, "rb") as output:
        process = os.posix_spawnp(
            command.words[0],
            command.words,
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, command.input, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, writing, 1),
            ],
        )
        os.close(writing)
        content = hashlib.sha256()
        if command.normalized:
            for part in command.normalized(output):
                content.update(part)
        else:
            while part := output.read(1 << 20):
                content.update(part)
    _, status = os.waitpid(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise Failure(f"{' '.join(command.words)}: status {os.waitstatus_to_exitcode(status)}")
    return content.hexdigest()
