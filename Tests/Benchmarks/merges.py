"""What finds records that may be one, and what makes them one."""

import csv

from bulk import BEGIN, change_set, kept
from exchanges import Place
from measuring import Work, same
from programs import Program, Shell, written
from sample import FIRST_NAMES, LAST_NAMES

# The peer writes the history of the links, too.
HUB = "\n".join(
    [
        BEGIN,
        change_set("merge"),
        kept("contact_asset", ["contact"], "contact = 2"),
        "UPDATE contact_asset SET contact = 1 WHERE contact = 2;",
        "DELETE FROM contact WHERE id = 2;",
        "COMMIT;",
    ]
)
# The least that has to be found: equal addresses and numbers, equal names in one organization.
EQUAL = """
SELECT a.id, b.id FROM contact a JOIN contact b ON b.email_match = a.email_match AND b.id > a.id
UNION SELECT a.id, b.id FROM contact a JOIN contact b ON b.mobile_match = a.mobile_match AND b.id > a.id
UNION SELECT a.id, b.id FROM contact a JOIN contact b ON b.name_match = a.name_match
AND b.organization = a.organization AND b.id > a.id
"""


def merges(sample, sizes):
    yield hub(sample, sizes.hub)
    yield duplicates(sample, sizes.doubles)


def hub(sample, links):
    file = written(sample.path("hub.csv"), "contact,asset\n", (f"2,{asset}\n" for asset in range(1, links + 1)))
    made = sample.after(sample.linking(links), "hub", ["contact", "link", "asset", "--input", file])
    place = Place(sample, made)
    return Work(
        f"merge of a contact with {links:,} links",
        place.crm("--quiet", "contact", "merge", "1", "2", "--format", "id"),
        place.sql(HUB),
        1.5,
        rows=links,
        rounds=5,
        outcome=place.outcome("SELECT contact, asset FROM contact_asset ORDER BY 1, 2"),
    )


def duplicates(sample, count):
    path = sample.imported(people(sample, count), "--create-missing", "organization")
    return Work(
        f"duplicates among {count:,} contacts, beside equal values alone",
        Program(sample, path)("--quiet", "contact", "duplicates", "--format", "csv"),
        Shell(sample, path)(EQUAL, "-csv"),
        20.0,
        rows=count,
        rounds=1,
        outcome=same,
    )


def people(sample, count):
    """A file of contacts of which one in ten is entered twice, in another way."""
    path = sample.path(f"people-{count}.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["first_name", "last_name", "organization.name", "email", "mobile"])
        for n in range(count * 10 // 11):
            person = entered(n)
            writer.writerow(person)
            if n % 10 == 0:
                writer.writerow(again(person, n // 10))
    return path


def entered(n):
    # Most family names are rare, and some are frequent.
    family = LAST_NAMES[n * 11 % len(LAST_NAMES)][0] if n % 3 == 0 else syllables(n * 7919 % 40_009)
    return [
        FIRST_NAMES[n * 7 % len(FIRST_NAMES)][0],
        f"{family} {syllables(n * 104_729 % 9_001)}",
        f"Company {n % 50_000}" if n % 10 else "",
        f"p{n}@example.org" if n % 4 else f"info@c{n % 50_000}.example",
        f"55 {n // 10_000:04} {n % 10_000:04}" if n % 2 else "",
    ]


def syllables(number):
    name = ""
    while number or not name:
        name += "bcdfglmnprstvz"[number % 14] + "aeio"[number // 14 % 4]
        number //= 56
    return name.capitalize() + "ez"


def again(person, n):
    first, last, organization, email, mobile = person
    match n % 4:
        case 0:
            last = last[:3] + last[4:]
        case 1:
            first, last = last, first
        case 2:
            first = f"{first[0]}."
        case 3:
            email = email.upper()
    return [first, last, organization, email if n % 3 else "", f"+52{mobile.replace(' ', '')}" if mobile else ""]
