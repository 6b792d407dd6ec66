"""The works that are measured, each beside the same work of a peer."""

import queries
from agendas import agendas
from bulk import bulk
from answers import answers
from chats import chats
from days import today
from exchanges import exchanges
from files import files
from growth import growth
from inputs import scattered_pairs
from mail import mail
from measuring import Work, same
from merges import merges
from programs import Program, Shell, rows_of_csv, written
from purchases import purchases
from reports import reports
from sales import sales
from summaries import summaries
from undos import undos


class FullSizes:
    lists = [10_000, 100_000, 1_000_000]
    linked = 100_000
    pairs = 1_000_000
    imports = [100_000, 500_000, 1_000_000]
    upserts = 1_000_000
    undone = 1_000_000
    upgraded = 500_000
    ruled = 100_000
    applied = 200_000
    cases = 300_000
    orders = 200_000
    added = 10_000
    edited = 1_000_000
    entries = 10_000
    hub = 10_000
    doubles = 1_000_000
    chat_messages = 200_000
    messages = 100_000
    file_bytes = 2 << 30
    short_rounds = 75


class QuickSizes:
    lists = [1_000, 10_000]
    linked = 5_000
    pairs = 25_000
    imports = [5_000]
    upserts = 5_000
    undone = 5_000
    upgraded = 5_000
    ruled = 5_000
    applied = 2_000
    cases = 3_000
    orders = 2_000
    added = 100
    edited = 5_000
    entries = 1_000
    hub = 1_000
    doubles = 10_000
    chat_messages = 5_000
    messages = 1_000
    file_bytes = 16 << 20
    short_rounds = 25


# Few, so that both programs are measured under the same conditions.
SHORT_REPEATS = 5


def works(sample, sizes, groups=()):
    """The works of the named groups, else of all; the databases of a group are made when its works are asked for."""
    for name, group in GROUPS.items():
        if not groups or name in groups:
            yield from group(sample, sizes)


# Start-up and one record


def starts(sample, sizes):
    path = sample.listing(sizes.lists[0])
    middle = sizes.lists[0] // 2
    shell = Shell(sample, path)
    crm = Program(sample, path)

    def short(name, crm, peer, target, outcome=None):
        return Work(name, crm, peer, target, rounds=sizes.short_rounds, repeats=SHORT_REPEATS, outcome=outcome)

    yield short("start-up: --version, select 1", crm("--version"), shell("select 1"), 1.0, outcome=same)
    yield short("open and count one table", crm("channel", "list", "--count"), shell(queries.COUNT), 1.5)
    yield short(
        "get by id, CSV",
        crm("contact", "list", "--where", f"id = {middle}", "--format", "csv", normalized=rows_of_csv),
        shell(queries.csv_list(f"WHERE t.id = {middle}"), "-csv", "-header", normalized=rows_of_csv),
        1.5,
    )
    yield short(
        "get by id with what is related, JSON",
        crm("contact", "show", str(middle), "--json"),
        shell(queries.json_show(middle)),
        1.5,
    )


# Lists


def lists(sample, sizes):
    for count in sizes.lists:
        yield from whole_lists(sample, count)
    yield from filtered_lists(sample, sizes)


def whole_lists(sample, count):
    path = sample.listing(count)
    shell = Shell(sample, path)
    crm = Program(sample, path)
    rounds = 7 if count < 1_000_000 else 5
    yield Work(
        f"list {count:,} as JSON Lines",
        crm("contact", "list", "--format", "jsonl"),
        shell(queries.json_list()),
        1.2,
        rows=count,
        rounds=rounds,
    )
    yield Work(
        f"list {count:,} as CSV",
        crm("contact", "list", "--format", "csv", normalized=rows_of_csv),
        shell(queries.csv_list(), "-csv", "-header", normalized=rows_of_csv),
        1.2,
        rows=count,
        rounds=rounds,
    )


def filtered_lists(sample, sizes):
    count = sizes.lists[-1]
    path = sample.listing(count)
    shell = Shell(sample, path)
    crm = Program(sample, path)
    by_index = [
        ("an organization", "organization = 7", "WHERE t.organization = 7"),
        ("an e-mail", "email = contact.77@example.org", "WHERE t.email_match = 'contact.77@example.org'"),
    ]
    by_scan = [
        ("a part of a name", "name ~ 'garcia'", "WHERE instr(t.name_match, 'garcia')"),
        ("has asset", "has asset(status = in_service)", queries.HAS_ASSET),
    ]
    for filters, rounds, repeats in [(by_index, sizes.short_rounds, SHORT_REPEATS), (by_scan, 7, 1)]:
        for name, text, condition in filters:
            yield Work(
                f"filter {count:,} by {name}",
                crm("contact", "list", "--where", text, "--format", "csv", normalized=rows_of_csv),
                shell(queries.csv_list(condition), "-csv", "-header", normalized=rows_of_csv),
                1.2,
                rounds=rounds,
                repeats=repeats,
            )


# Bulk links


def bulk_links(sample, sizes):
    made = sample.linking(sizes.linked)
    path = sample.path("work.db")
    program, shell = Program(sample, path), Shell(sample, path)
    ids = written(
        sample.path("ids.csv"),
        "contact,asset,role\n",
        (f"{contact},{asset},custodian\n" for contact, asset in scattered_pairs(sizes.linked, sizes.pairs)),
    )
    keys = written(
        sample.path("keys.csv"),
        "contact.email,asset.serial,role\n",
        (
            f"Contact.{contact}@example.org,SN-{asset:08},custodian\n"
            for contact, asset in scattered_pairs(sizes.linked, sizes.pairs)
        ),
    )
    contacts = written(sample.path("contacts.ids"), "", (f"{contact}\n" for contact in range(1, sizes.linked + 1)))

    def work(name, count, crm, peer):
        crm, peer = program(*crm, before=lambda: sample.copy(made, path)), shell(peer, before=lambda: sample.copy(made, path))
        return Work(name, crm, peer, 1.5, rows=count, rounds=5, outcome=lambda: sample.digest(path, queries.LINKS))

    for kind, file, script in [("of ids", ids, queries.link_ids), ("by keys", keys, queries.link_keys)]:
        name = f"link {sizes.pairs:,} pairs {kind}"
        yield work(name, sizes.pairs, ["contact", "link", "asset", "--input", file], script(file))
    yield work(
        f"link {sizes.linked:,} ids with one asset",
        sizes.linked,
        ["asset", "link", "contact", "7", "--input", contacts],
        queries.link_list(contacts, 7),
    )


# By the names that `run --group` takes, in the order in which they run.
GROUPS = {
    "starts": starts,
    "lists": lists,
    "links": bulk_links,
    "exchanges": exchanges,
    "undos": undos,
    "growth": growth,
    "summaries": summaries,
    "reports": reports,
    "purchases": purchases,
    "sales": sales,
    "bulk": bulk,
    "answers": answers,
    "agendas": agendas,
    "today": today,
    "merges": merges,
    "chats": chats,
    "mail": mail,
    "files": files,
}
