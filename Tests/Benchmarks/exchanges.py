"""The works that bring records in and take them away."""

import queries
from inputs import calendar_events, csv_contacts, csv_events, jsonl_contacts, mixed_lines
from measuring import Work
from programs import Program, Shell, Utils, rows_of_csv


def exchanges(sample, sizes):
    for count in sizes.imports:
        yield from imports(sample, count)
    yield calendars(sample, sizes.imports[0])
    yield from beside_utils(sample, sizes.upserts)
    yield from upserts(sample, sizes.upserts)
    yield from exports(sample, sizes.lists[-1])
    yield from applied_lines(sample, sizes.applied)


class Place:
    """Where works write: every run finds the same database there."""

    def __init__(self, sample, made):
        self.sample = sample
        self.made = made
        self.path = sample.path("work.db")
        self.program = Program(sample, self.path)
        self.shell = Shell(sample, self.path)

    def crm(self, *arguments):
        return self.program(*arguments, before=self.prepare)

    def sql(self, script):
        return self.shell(script, before=self.prepare)

    def prepare(self):
        self.sample.copy(self.made, self.path)

    def outcome(self, query):
        return lambda: self.sample.digest(self.path, query)


def imports(sample, count):
    place = Place(sample, sample.empty())
    for kind, file, script in [
        ("CSV", csv_contacts(sample, count), queries.import_csv),
        ("JSON Lines", jsonl_contacts(sample, count), queries.import_jsonl),
    ]:
        yield Work(
            f"import {count:,} from {kind}",
            place.crm("contact", "import", file),
            place.sql(script(file)),
            1.5,
            rows=count,
            rounds=3,
            outcome=place.outcome(queries.IMPORTED),
        )


def calendars(sample, count):
    """Events of a calendar beside the same as CSV: what a calendar says is kept besides."""
    place = Place(sample, sample.empty())
    return Work(
        f"import {count:,} events of a calendar, beside CSV",
        place.crm("event", "import", calendar_events(sample, count)),
        place.crm("event", "import", csv_events(sample, count)),
        4.0,
        rows=count,
        rounds=1,
        outcome=place.outcome(queries.IMPORTED_EVENTS),
    )


def beside_utils(sample, count):
    utils = Utils(sample)
    if not utils.is_there():
        return
    place = Place(sample, sample.empty())
    for kind, file, option in [
        ("CSV", csv_contacts(sample, count), "--csv"),
        ("JSON Lines", jsonl_contacts(sample, count), "--nl"),
    ]:
        yield Work(
            f"import {count:,} from {kind}, beside sqlite-utils",
            place.crm("contact", "import", file),
            utils.insert(place.path, file, option, before=place.prepare),
            0.1,
            rows=count,
            rounds=1,
            outcome=place.outcome(queries.IMPORTED),
        )


def upserts(sample, count):
    file = csv_contacts(sample, count)
    imported = sample.imported(file)
    first, again = Place(sample, sample.empty()), Place(sample, imported)
    changed = csv_contacts(sample, count, changed_every=10)

    def work(name, file, peer, target):
        crm = again.crm("contact", "import", file, "--match", "email")
        outcome = again.outcome(queries.IMPORTED)
        return Work(f"upsert {count:,} {name}", crm, peer, target, rows=count, rounds=3, outcome=outcome)

    yield work("unchanged, beside their import", file, first.crm("contact", "import", file), 1.0)
    yield work("unchanged", file, again.sql(queries.upsert_csv(file)), 1.5)
    yield work("of which a tenth changed", changed, again.sql(queries.upsert_csv(changed)), 1.5)


def exports(sample, count):
    path = sample.listing(count)
    shell, crm = Shell(sample, path), Program(sample, path)
    yield Work(
        f"export {count:,} as CSV",
        crm("contact", "export", normalized=rows_of_csv),
        shell(queries.csv_export(), "-csv", "-header", normalized=rows_of_csv),
        1.5,
        rows=count,
        rounds=3,
    )
    yield Work(
        f"export {count:,} as JSON Lines",
        crm("contact", "export", "--format", "jsonl"),
        shell(queries.json_export()),
        1.5,
        rows=count,
        rounds=3,
    )


def applied_lines(sample, count):
    place = Place(sample, sample.empty())
    file = mixed_lines(sample, count)
    yield Work(
        f"apply {count:,} mixed lines",
        place.crm("apply", file),
        place.sql(queries.apply_lines(file)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(queries.APPLIED),
    )
