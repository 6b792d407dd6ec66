"""Answers that reach over all modules: timelines, and words that are looked for."""

import re

from measuring import Work, same
from programs import Program, Shell, rows_of_csv

TIME = "2026-01-15T10:00:00Z"
# One contact on which everything hangs: each half of the entries of a kind, at moments of their own.
ENTRIES = """
INSERT INTO contact (name, name_match, last_name, last_name_match, do_not_call, email_opt_out, created_at, updated_at)
VALUES ('Ruiz', 'ruiz', 'Ruiz', 'ruiz', 0, 0, '{time}', '{time}');
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {half})
INSERT INTO event (subject, subject_match, kind, starts_at, all_day, created_at, updated_at)
SELECT 'Call ' || n, 'call ' || n, 'call', strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-01', (n * 7919 % 100000) || ' minutes'),
  0, '{time}', '{time}'
FROM numbers;
INSERT INTO contact_event (contact, event, created_at) SELECT 1, id, '{time}' FROM event;
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {half})
INSERT INTO comment (contact, name, name_match, body, body_match, author, author_match, created_at, updated_at)
SELECT 1, 'Note ' || n, 'note ' || n, 'Note ' || n, 'note ' || n, 'ana', 'ana',
  strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-01', (n * 7907 % 100000) || ' minutes', '30 seconds'), '{time}'
FROM numbers;
"""
TIMELINE = """
SELECT starts_at AS date, 'start' AS moment, 'event' AS module, e.id AS id, e.subject AS name, NULL AS role,
  NULL AS field, NULL AS value, NULL AS author, e.status AS state, l.contact AS contact,
  e.kind || coalesce('; ' || e.status, '') AS details
FROM contact_event l JOIN event e ON e.id = l.event WHERE l.contact = 1
UNION ALL
SELECT created_at, 'created', 'comment', id, name, NULL, 'contact', NULL, NULL, NULL, contact, author FROM comment
WHERE contact = 1
UNION ALL
SELECT created_at, 'created', 'contact', id, name, NULL, NULL, NULL, NULL, NULL, id, NULL FROM contact WHERE id = 1
ORDER BY 1 DESC
"""

# What crm asks of its index, of names before bodies; the shell prints the numbers of the records as crm does.
FOUND = """
SELECT rowid >> 6 & (1 << 40) - 1 FROM search WHERE search MATCH '{called}' ORDER BY rowid DESC;
SELECT rowid >> 6 & (1 << 40) - 1 FROM search WHERE search MATCH '({words}) NOT ({called})' ORDER BY rowid DESC;
"""
# With the digits of telephones as they are dialled from abroad and at home.
NAMES = [
    "name", "email", "external_id", "phone", "phone_match", "substr(phone_match, -10)", "mobile", "mobile_match",
    "substr(mobile_match, -10)",
]


def texts(names):
    return " || ' | ' || ".join(f"coalesce({name}, '')" for name in names)


def in_names(query):
    """A query of words of ASCII as one of names, in which the index has other letters for the first ones of words."""
    return re.sub(r"\b[a-z0-9]", lambda letter: chr(0xE000 + ord(letter[0])), query)


INDEX = f"""
CREATE VIRTUAL TABLE words USING fts5(name, body, content='', columnsize=0, prefix='3',
  tokenize='unicode61 remove_diacritics 2');
INSERT INTO words (words, rank) VALUES ('hashsize', 8388608);
INSERT INTO words (rowid, name, body) SELECT id, {texts(NAMES)}, {texts(["title", "description", "tags"])} FROM contact;
"""


def answers(sample, sizes):
    yield from timelines(sample, sizes)
    yield from searches(sample, sizes)
    yield from following(sample, sizes)


def timelines(sample, sizes):
    half = sizes.entries // 2
    path = sample.made(f"timeline-{sizes.entries}.db", ENTRIES.format(half=half, time=TIME))
    yield Work(
        f"timeline of a contact with {sizes.entries:,} entries",
        Program(sample, path)("contact", "timeline", "1", "--format", "csv", normalized=rows_of_csv),
        Shell(sample, path)(TIMELINE, "-csv", "-header", normalized=rows_of_csv),
        1.5,
        rows=sizes.entries,
        rounds=15,
    )


def searches(sample, sizes):
    count = sizes.lists[-1]
    made = sample.listing(count)
    path = sample.after(made, f"search-{count}", ["search", "nobody"])
    crm, shell = Program(sample, path), Shell(sample, path)
    for name, words, query in [
        ("a rare word", "contact.77", '"contact 77"'),
        ("a common word", "garcia", '"garcia"'),
        ("a beginning", "gar*", '"gar" *'),
        ("a phrase", '"asked for a new quote"', '"asked for a new quote"'),
    ]:
        found = FOUND.format(words=query, called=in_names(query))
        yield Work(
            f"search {count:,} for {name}",
            crm("search", words, "--module", "contact", "--format", "id"),
            shell(found),
            1.5,
            rows=count,
            rounds=7,
        )
        yield Work(
            f"search {count:,} for {name}, the first row",
            crm("search", words, "--module", "contact", "--format", "id", "--limit", "1", "--quiet"),
            shell(found.split(";")[0 if name != "a phrase" else 1] + " LIMIT 1"),
            1.5,
            rounds=15,
        )


def following(sample, sizes):
    count = sizes.lists[-1] // 2
    made = sample.listing(count)
    path, peer = sample.path("following.db"), sample.path("following-peer.db")
    yield Work(
        f"catch up the search after {count:,} new records",
        Program(sample, path)("search", "nobody", before=lambda: sample.copy(made, path)),
        Shell(sample, peer)(
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; BEGIN;" + INDEX + "COMMIT;",
            before=lambda: sample.copy(made, peer),
        ),
        1.5,
        rows=count,
        rounds=3,
        outcome=same,
    )
