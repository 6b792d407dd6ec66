"""The works that take files in and give them out, whole."""

import os

from exchanges import Place
from measuring import Command, Work, same
from programs import Program


def files(sample, sizes):
    file = random_file(sample, sizes.file_bytes)
    place = Place(sample, sample.empty())
    size = f"{sizes.file_bytes >> 20:,} MiB"
    copy = sample.path("copy.bin")
    yield Work(
        f"take in a file of {size}, beside cp and sha256sum",
        place.crm("document", "add", file, "--format", "id"),
        Command(["sh", "-c", 'cp "$1" "$2" && sha256sum "$1"', "sh", file, copy]),
        2,
        rounds=3,
        outcome=same,
    )
    filled = sample.after(sample.empty(), "filed", ("document", "add", file))
    yield Work(
        f"give out a file of {size}, beside cp and sha256sum",
        Program(sample, filled)("document", "cat", "1"),
        Command(["sh", "-c", 'sha256sum "$1" >"$2" && cat "$1"', "sh", file, copy]),
        2,
        rounds=3,
    )


def random_file(sample, size):
    """The path of a file that nothing makes smaller."""
    path = sample.path(f"random-{size}.bin")
    if not os.path.exists(path):
        with open(path, "wb") as file:
            for _ in range(size >> 20):
                file.write(os.urandom(1 << 20))
    return path
