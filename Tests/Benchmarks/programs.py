"""The programs that do the works."""

import csv
import io
import os
import subprocess
import sys

from measuring import Command


class Program:
    """crm on a database."""

    def __init__(self, sample, path):
        self.words = [sample.crm, "--db", path]

    def __call__(self, *arguments, **others):
        return Command(self.words + list(arguments), **others)


class Shell:
    """The sqlite3 shell on a database, under the settings that crm gives its connections."""

    def __init__(self, sample, path):
        self.start = [sample.shell, "-bail"]
        self.path = path

    def __call__(self, sql, *options, **others):
        return Command([*self.start, *options, self.path, *([sql] if isinstance(sql, str) else sql)], **others)


def rows_of_csv(lines):
    """The values of a CSV text without what two writers may do each in its own way: quotes and line ends."""
    for row in csv.reader(io.TextIOWrapper(lines, encoding="utf-8", newline="")):
        yield ("\x1f".join(row) + "\n").encode()


def written(path, head, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(lines)
    return path


class Utils:
    """sqlite-utils from PyPI, in an environment of its own in the sample's folder."""

    def __init__(self, sample):
        self.environment = sample.path("sqlite-utils")
        self.program = os.path.join(self.environment, "bin", "sqlite-utils")

    def is_there(self):
        """Whether it could be had; says so on standard error where not."""
        if os.path.exists(self.program):
            return True
        pip = [os.path.join(self.environment, "bin", "pip"), "install", "--quiet", "sqlite-utils"]
        try:
            subprocess.run([sys.executable, "-m", "venv", self.environment], check=True, stdout=sys.stderr)
            subprocess.run(pip, check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"bench: nothing is measured beside sqlite-utils, which is not to be had: {error}", file=sys.stderr)
            return False
        return True

    def insert(self, path, file, option, **others):
        """Inserts rows of contacts, filling the columns that crm fills."""
        words = [self.program, "insert", path, "contact", file, option, "--convert", ROW_OF_CONTACT]
        return Command(words, **others)


ROW_OF_CONTACT = """
for name in ("title", "mobile", "birthdate", "lead_source"):
    row[name] = row[name] or None
row["name"] = row["first_name"] + " " + row["last_name"]
for name in ("name", "first_name", "last_name", "title", "email", "phone", "mobile"):
    row[name + "_match"] = row[name] and row[name].lower()
row["do_not_call"] = row["email_opt_out"] = 0
row["created_at"] = row["updated_at"] = "2026-01-15T10:00:00Z"
return row
"""
