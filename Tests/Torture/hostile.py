"""Opens files that somebody made to do harm: what is not ours in the schema is refused for writing and named by check,
never run; values that no command writes end no command by a signal, hang none, and show no SQL."""
import json
import sqlite3
import subprocess

from damage import STATUSES, WORDS

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

# What the schema holds that no command has made, by the name that check tells.
OBJECTS = {
    "planted_trigger": "CREATE TRIGGER planted_trigger AFTER INSERT ON contact BEGIN DELETE FROM asset; END",
    "planted_update": "CREATE TRIGGER planted_update BEFORE UPDATE ON contact BEGIN DELETE FROM asset; END",
    "planted_history": "CREATE TRIGGER planted_history AFTER INSERT ON change_set BEGIN DELETE FROM change; END",
    "planted_view": "CREATE VIEW planted_view AS SELECT * FROM contact",
    "planted_endless": f"CREATE VIEW planted_endless AS {ENDLESS} SELECT i FROM n",
    "planted_index": "CREATE INDEX planted_index ON contact (title)",
    "planted_expression": "CREATE INDEX planted_expression ON contact (abs(id))",
    "planted_unique": "CREATE UNIQUE INDEX planted_unique ON contact (id, title)",
}

# Edits of the schema's own text: what is written there instead, in the statement of a table.
SCHEMA = {
    "a generated column": ("contact", '"title" TEXT', "\"title\" TEXT GENERATED ALWAYS AS ('x')"),
    "a check that fails": ("contact", '"title" TEXT', '"title" TEXT CHECK (title IS NULL)'),
    "a default that calls": ("contact", '"title" TEXT', "\"title\" TEXT DEFAULT (hex(zeroblob(100000)))"),
    "an unknown collation": ("contact", '"title" TEXT', '"title" TEXT COLLATE planted'),
    "another type": ("contact", '"title" TEXT', '"title" BLOB'),
    "a column less": ("contact", '"title" TEXT, ', ""),
    "a text without end": ("contact", '"title" TEXT', '"title TEXT'),
    "a reference elsewhere": ("contact", 'REFERENCES "organization"', 'REFERENCES "nowhere"'),
    "a table of another name": ("change", 'TABLE "change"', 'TABLE "chance"'),
}

# Rows that no command writes.
VALUES = {
    "a change set that undoes itself": "UPDATE change_set SET undoes = id",
    "two that undo each other": "UPDATE change_set SET undoes = 3 - id WHERE id < 3",
    "a change set of a far id": f"UPDATE change_set SET id = {2**63 - 1} WHERE id = (SELECT max(id) FROM change_set)",
    "a table that is none in the history": "UPDATE change SET table_name = 'sqlite_master'",
    "a record that never was in the history": f"UPDATE change SET record = {-2**63}",
    "an action that is none": "UPDATE change SET action = 'explode'",
    "what was before that is no JSON": "UPDATE change SET before = '{\"a\":'",
    "what was before, deep": "UPDATE change SET before = replace(hex(zeroblob(50000)), '0', '[')",
    "times that are none": "UPDATE change_set SET at = 'yesterday'",
    "a range that ends before it begins": "UPDATE created SET first_id = 5, last_id = 1",
    "a range of everything": f"UPDATE created SET first_id = {-2**63}, last_id = {2**63 - 1}",
    "a text that is not UTF-8": "UPDATE contact SET title = CAST(x'ff80c3' AS TEXT)",
    "a text with NUL": "UPDATE contact SET title = 'a' || char(0) || 'b'",
    "a text that speaks to the terminal": "UPDATE contact SET title = char(27) || ']0;x' || char(7) || char(8238) || 'y'",
    "a long text": "UPDATE contact SET title = hex(zeroblob(3000000)) WHERE id = 1",
    "a date that is none": "UPDATE contact SET birthdate = '2026-13-45'",
    "a moment that is none": "UPDATE contact SET created_at = ''",
    "tags that are none": "UPDATE contact SET tags = '{\"not\":'",
    "a boolean of seven": "UPDATE contact SET do_not_call = 7",
    "a choice that is none": "UPDATE contact SET lead_source = '; DROP TABLE contact'",
    "a contact that reports to itself": "UPDATE contact SET reports_to = id",
    "a record at the end of all ids": f"UPDATE OR IGNORE contact SET id = {2**63 - 1} WHERE id = 20",
    "a record below all ids": f"UPDATE OR IGNORE contact SET id = {-2**63} WHERE id = 20",
    "a reference to nobody": "UPDATE contact SET organization = 987654321",
    "a currency that is none": "INSERT OR REPLACE INTO setting VALUES ('currency', '\"ZZZZ\"')",
    "a time zone that is none": "INSERT OR REPLACE INTO setting VALUES ('timezone', '../../etc/passwd')",
    "a setting that is none": "INSERT OR REPLACE INTO setting VALUES ('country', '['), ('not.one', '')",
    "a name that leads to itself": "INSERT INTO former_id VALUES ('contact', 1, 1, '')",
    "merged into itself": "INSERT INTO contact_merged VALUES (1, 1, 1, 1, NULL, NULL)",
    "a counter below nothing": "INSERT INTO counter VALUES ('quote.number', 'COT-', '', -5)",
    "a format to come": "PRAGMA user_version = 999",
    "a format below all": "PRAGMA user_version = -1",
    "a file of another program": "PRAGMA application_id = 7",
    "two identities": "INSERT INTO identity VALUES ('another')",
    "a point of a contact that is none": "UPDATE contact_point SET contact = 4242",
    "points at one place": "UPDATE contact_point SET position = 1",
    "a place below nothing": f"UPDATE contact_point SET position = {-2**63}",
    "a table less": "DROP TABLE contact_asset",
    "ids begun anew": "DELETE FROM sqlite_sequence",
    "ids used up": f"UPDATE sqlite_sequence SET seq = {2**63 - 1}",
    "statistics that lie": "ANALYZE; UPDATE sqlite_stat1 SET stat = 'x y z'",
}

READING = [
    ("contact", "list"), ("contact", "list", "--json"), ("contact", "show", "1"), ("contact", "links", "1"),
    ("contact", "timeline", "1"), ("log",), ("log", "contact", "1"), ("search", "person"), ("duplicates", "contact"),
    ("contact", "list", "--where", "title = x and has asset(serial = S1)"), ("contact", "export", "--format", "vcard"),
    ("export",), ("check",), ("contact", "summarize", "--by", "title"), ("contact", "report-personal", "1"), ("info",),
]
WRITING = [
    ("contact", "add", "--last-name", "Late"), ("contact", "edit", "1", "--title", "x"), ("contact", "delete", "2", "--yes"),
    ("undo",), ("contact", "merge", "3", "4", "--yes"), ("contact", "erase", "5", "--yes"), ("check", "--repair"),
    ("contact", "edit", "--where", "id > 3", "--title", "y", "--yes"), ("log", "prune", "--before", "2100-01-01", "--yes"),
]


def run(part):
    origin = part.make("origin.db")
    part.must(origin, "contact", "edit", "1", "--point", "phone:5512345678", "--point", "email:x@example.org")
    part.must(origin, "contact", "edit", "2", "--title", "Boss")
    # What stands in the log beside the file would not be there in a copy of the file alone.
    fold(origin)
    for name, statement in OBJECTS.items():
        objects(part, origin, name, statement)
    for name, (table, old, new) in SCHEMA.items():
        text = f"UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?"
        values(part, origin, name, lambda connection: connection.execute(text, (old, new, table)))
    for name, statement in VALUES.items():
        values(part, origin, name, lambda connection: connection.executescript(statement))


def objects(part, origin, name, statement):
    """What is not ours: named by check, and nothing is written beside it."""
    database = part.copy(origin, "hostile.db")
    change(database, lambda connection: connection.execute(statement))
    present = rows(database)
    told = part.call(database, "check")
    part.expect(told.returncode == 1 and name.encode() in told.stdout + told.stderr, f"{name} is not named by check")
    for words in WRITING:
        result = part.call(database, *words)
        part.expect(
            result.returncode == 78 and rows(database) == present,
            f"{name}: {' '.join(words)}: {result.returncode} {result.stderr[-200:]!r}",
        )
    for words in READING:
        tried(part, database, words, name)


def values(part, origin, name, edit):
    """What no command writes: nothing dies of it, and salvage makes a sound file, or tells of what it cannot mend."""
    for words in READING + WRITING:
        database = part.copy(origin, "hostile.db")
        change(database, edit)
        tried(part, database, words, name)
    database, place = part.copy(origin, "hostile.db"), part.free("salvaged.db")
    change(database, edit)
    result = part.call(database, "salvage", database, "-o", place)
    isWritten = result.returncode in (0, 6)
    part.expect(isWritten or result.returncode == 78, f"{name}: salvage: {result.returncode}")
    if isWritten:
        checked = part.call(place, "check", "--json")
        untold = [row["message"] for row in json.loads(checked.stdout or b"[]") if row["message"].encode() not in result.stderr]
        part.expect(not untold, f"{name}: salvage does not tell {untold}")


def tried(part, database, words, name):
    try:
        result = part.call(database, *words, timeout=30)
    except subprocess.TimeoutExpired:
        part.expect(False, f"{name}: {' '.join(words)} runs for ever")
        return
    isTold = not any(word in result.stderr for word in WORDS)
    part.expect(
        result.returncode in STATUSES and isTold,
        f"{name}: {' '.join(words)}: {result.returncode} {result.stderr[-300:]!r}",
    )


def change(database, edit):
    connection = sqlite3.connect(database)
    connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON;")
    edit(connection)
    connection.commit()
    connection.close()


def fold(database):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def rows(database):
    """What the tables of the records and of the history hold."""
    connection = sqlite3.connect(database)
    found = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("contact", "asset", "change_set", "change")]
    connection.close()
    return found
