"""The works that take files in and give them out, whole."""

import os

from exchanges import Place
from measuring import Command, Work, same
from programs import Program, Shell

# A value of SQLite's own is no longer than a billion bytes.
LONGEST_VALUE = 512 << 20


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
    yield written_out(sample, min(sizes.file_bytes, LONGEST_VALUE))


def written_out(sample, length):
    """A file written into a folder, beside the shell, which has it as one value."""
    file = random_file(sample, length)
    filled = sample.after(sample.empty(), "filed-value", ("document", "add", file, "--file-name", "value.bin"))
    folder, values = sample.path("extracted"), sample.path("values.db")
    shell = Shell(sample, values)
    sample.execute(values, f"CREATE TABLE IF NOT EXISTS file AS SELECT readfile('{file}') AS bytes")
    return Work(
        f"write a file of {length >> 20:,} MiB out, beside sqlite3's writefile",
        Program(sample, filled)("document", "extract", "1", "--output", folder, "--replace"),
        shell(f"SELECT writefile('{sample.path('written.bin')}', bytes) FROM file"),
        2,
        rounds=3,
        outcome=same,
    )


def random_file(sample, size):
    """The path of a file that nothing makes smaller."""
    path = sample.path(f"random-{size}.bin")
    if not os.path.exists(path):
        with open(path, "wb") as file:
            for _ in range(size >> 20):
                file.write(os.urandom(1 << 20))
    return path
