"""What takes bulk writes back, does them again, and deletes in bulk, each beside the bare SQL that does it.

The peer keeps no history, which is the most that may be asked of anybody.
"""

import queries
from exchanges import Place
from inputs import csv_assets, csv_contacts, csv_national, csv_opportunities, csv_pairs, mixed_lines
from measuring import Work, same


def undos(sample, sizes):
    count = sizes.undone
    file = csv_contacts(sample, count)
    empty, imported = sample.empty(), sample.imported(file)
    yield undo(sample, f"undo an import of {count:,}", imported, count, ["DELETE FROM contact;"], queries.IMPORTED)
    yield undo(
        sample,
        f"do an import of {count:,} again",
        sample.after(imported, "undone", ["undo", sample.newest_change_set(imported)]),
        count,
        [f"ATTACH '{imported}' AS source; INSERT INTO contact SELECT * FROM source.contact;"],
        queries.IMPORTED,
        change_set="2",
    )
    changed = csv_contacts(sample, count, changed_every=10)
    yield undo(
        sample,
        f"undo an upsert of {count:,} that changed a tenth",
        sample.after(imported, "upserted", ["contact", "import", changed, "--match", "email"]),
        count,
        [f"ATTACH '{imported}' AS source; {queries.CHANGE_BACK}"],
        queries.IMPORTED,
    )
    made = sample.linking(sizes.linked)
    pairs = csv_pairs(sample, sizes.linked, sizes.undone)
    yield undo(
        sample,
        f"undo {sizes.undone:,} links",
        sample.after(made, "linked", ["contact", "link", "asset", "--input", pairs]),
        sizes.undone,
        ["DELETE FROM contact_asset WHERE note = 'bench';"],
        queries.LINKS,
    )
    yield undo(
        sample,
        f"undo a deletion of {count - 10:,}",
        sample.after(imported, "deleted", ["contact", "delete", "--where", "id > 10", "--force"]),
        count - 10,
        [f"ATTACH '{imported}' AS source; INSERT INTO contact SELECT * FROM source.contact WHERE id > 10;"],
        queries.IMPORTED,
    )
    national = sample.imported(csv_national(sample, count))
    yield undo(
        sample,
        f"undo another country of {count:,} telephones",
        sample.after(national, "elsewhere", ["config", "set", "country", "MX"]),
        count,
        [f"ATTACH '{national}' AS source; {queries.PHONES_BACK}"],
        "SELECT id, phone, phone_match FROM contact ORDER BY 1",
    )
    yield undo(
        sample,
        f"undo {sizes.applied:,} applied lines",
        sample.after(empty, "applied", ["apply", mixed_lines(sample, sizes.applied)]),
        sizes.applied,
        [f"DELETE FROM {table};" for table in ["contact_asset", "asset", "contact", "organization"]],
        queries.APPLIED,
    )
    yield from deletions(sample, imported, count)
    yield from rules(sample, empty, sizes)


def undo(sample, name, made, count, script, outcome, change_set=None):
    place = Place(sample, made)
    script = ["PRAGMA foreign_keys = ON; BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON;", *script, "COMMIT;"]
    # A number is asked about by nobody.
    number = change_set or sample.newest_change_set(made)
    return Work(
        name,
        place.crm("--quiet", "undo", number),
        place.sql(" ".join(script)),
        3.0,
        rows=count,
        rounds=3,
        outcome=place.outcome(outcome),
    )


def deletions(sample, imported, count):
    place = Place(sample, imported)
    kept = csv_contacts(sample, 10)
    yield Work(
        f"import 10 that delete {count - 10:,} missing",
        place.crm("contact", "import", kept, "--match", "email", "--delete-missing", "--force"),
        place.sql("PRAGMA foreign_keys = ON; DELETE FROM contact WHERE id > 10;"),
        3.0,
        rows=count - 10,
        rounds=3,
        outcome=place.outcome("SELECT id FROM contact ORDER BY 1"),
    )


def rules(sample, empty, sizes):
    """What the rules of opportunities cost, beside assets with a link, which have none."""
    place = Place(sample, sample.after(empty, "people", ["contact", "import", csv_contacts(sample, sizes.ruled)]))
    create = ["--create-missing", "organization"]
    yield Work(
        f"import {sizes.ruled:,} opportunities, beside as many assets with a link",
        place.crm("opportunity", "import", csv_opportunities(sample, sizes.ruled), *create),
        place.crm("asset", "import", csv_assets(sample, sizes.ruled), *create),
        1.3,
        rows=sizes.ruled,
        rounds=3,
        outcome=same,
    )
