"""What grows with a file: fields of its own, columns of several values, and the upgrade of a file of the first format."""

import os

from exchanges import Place
from measuring import Work, same
from programs import Program, Shell, rows_of_csv

FIRST_FORMAT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../CRMKitTests/Store/Files/format-1.sql")
FIELDS = 50


def growth(sample, sizes):
    yield from own_fields(sample, sizes)
    yield several_values(sample, sizes.lists[-1])
    yield upgrade(sample, sizes.upgraded)


def own_fields(sample, sizes):
    """Commands on a file that adds fields, beside the same on one that adds none."""
    contact = ["contact", "add", "--first-name", "Ana", "--last-name", "Ruiz"]
    plain = sample.after(sample.empty(), "plain", contact)
    fields = [
        ["field", "add", "contact", f"own_{number}", "--type", "text", "--en", f"Own {number}", "--es", f"Propio {number}"]
        for number in range(FIELDS)
    ]
    grown = sample.after(sample.empty(), "grown", *fields, contact)
    for name, words in [("list", ["list", "--columns", "id,name"]), ("show", ["show", "1", "--columns", "id,name"])]:
        yield Work(
            f"contact {name} with {FIELDS} fields of the file, beside none",
            Program(sample, grown)("contact", *words),
            Program(sample, plain)("contact", *words),
            1.3,
            rounds=sizes.short_rounds,
            repeats=5,
        )


def several_values(sample, count):
    path = sample.listing(count)
    return Work(
        f"list {count:,} with a column of several values",
        Program(sample, path)(
            "contact", "list", "--columns", "id,asset.serial", "--format", "csv", normalized=rows_of_csv
        ),
        Shell(sample, path)(
            """
            SELECT t.id, (
                SELECT group_concat(serial, '; ') FROM (
                    SELECT a.serial FROM contact_asset l JOIN asset a ON a.id = l.asset
                    WHERE l.contact = t.id AND (l.until IS NULL OR l.until > date()) ORDER BY a.id
                )
            ) AS "asset.serial" FROM contact t ORDER BY t.id
            """,
            "-csv",
            "-header",
            normalized=rows_of_csv,
        ),
        1.2,
        rows=count,
        rounds=3,
    )


def upgrade(sample, count):
    """The first writing command on a file of the first format, beside copying and rebuilding the file, the least that an
    upgrade which can be taken back has to do."""
    place = Place(sample, first_format(sample, count))
    return Work(
        f"upgrade a file of the first format with {count:,} contacts",
        place.crm("contact", "edit", "1", "--title", "Owner"),
        place.sql([f".backup '{sample.path('kept.db')}'", "REINDEX;"]),
        1.5,
        rows=count,
        rounds=3,
        outcome=same,
    )


def first_format(sample, count):
    path = sample.path(f"first-format-{count}.db")
    if not os.path.exists(path):
        with open(FIRST_FORMAT, encoding="utf-8") as script:
            sample.execute(path, script.read())
        sample.execute(path, MORE_CONTACTS.format(count=count))
    return path


MORE_CONTACTS = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
INSERT INTO contact (
  name, name_match, first_name, first_name_match, last_name, last_name_match, email, email_match, do_not_call,
  email_opt_out, created_at, updated_at
)
SELECT 'Ana ' || n, 'ana ' || n, 'Ana', 'ana', n, n, 'more.' || n || '@example.org', 'more.' || n || '@example.org', 0,
  0, '2026-01-15T10:00:00Z', '2026-01-15T10:00:00Z' FROM numbers;
"""
