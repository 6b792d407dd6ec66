"""Files of records to take in, the same every time."""

import csv
import json

from programs import written
from sample import FIRST_NAMES, LAST_NAMES, TITLES

COLUMNS = ["first_name", "last_name", "title", "email", "phone", "mobile", "birthdate", "lead_source"]


def contacts(count, changed_every=None):
    """The cells of contacts, none with another's e-mail; every so many of them with another title."""
    for n in range(1, count + 1):
        title = n * 13 % 8
        is_changed = changed_every and n % changed_every == 0
        yield [
            FIRST_NAMES[n * 7 % len(FIRST_NAMES)][0],
            LAST_NAMES[n * 11 % len(LAST_NAMES)][0],
            "Changed" if is_changed else TITLES[title][0] if title < len(TITLES) else "",
            f"Contact.{n}@example.org",
            f"+52 55 {n // 10_000:04} {n % 10_000:04}",
            f"+52 33 {n // 10_000:04} {n % 10_000:04}" if n % 2 else "",
            f"{1950 + n * 31 % 50}-{1 + n % 12:02}-{1 + n % 28:02}" if n % 3 == 0 else "",
            ["web_site", "trade_show", "", ""][n % 4],
        ]


def csv_contacts(sample, count, changed_every=None):
    path = sample.path(f"contacts-{count}-{changed_every}.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(contacts(count, changed_every))
    return path


def csv_national(sample, count):
    """Contacts with telephones that are no whole ones without a country."""
    rows = (f"Ruiz {n},55 {n // 10_000:04} {n % 10_000:04}\n" for n in range(1, count + 1))
    return written(sample.path(f"national-{count}.csv"), "last_name,phone\n", rows)


def jsonl_contacts(sample, count):
    return written(
        sample.path(f"contacts-{count}.jsonl"),
        "",
        (
            json.dumps({name: cell or None for name, cell in zip(COLUMNS, cells)}, ensure_ascii=False) + "\n"
            for cells in contacts(count)
        ),
    )


EVENT_COLUMNS = ["uid", "subject", "starts_at", "ends_at", "time_zone", "location", "recurrence"]


def events(count):
    """The cells of events, one in five of them coming again every week."""
    for n in range(1, count + 1):
        day = f"2026-{1 + n % 12:02}-{1 + n % 28:02}"
        hour = 6 + n % 12
        yield [
            f"event-{n}@example.org",
            f"Event {n}",
            f"{day}T{hour:02}:00:00Z",
            f"{day}T{hour:02}:30:00Z",
            "UTC",
            f"Room {n % 50}",
            "FREQ=WEEKLY;BYDAY=TU" if n % 5 == 0 else "",
        ]


def csv_events(sample, count):
    path = sample.path(f"events-{count}.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(EVENT_COLUMNS)
        writer.writerows(events(count))
    return path


def calendar_events(sample, count):
    """The same events as one calendar."""

    def basic(moment):
        return moment.replace("-", "").replace(":", "")

    def components():
        for uid, subject, start, end, _, location, rule in events(count):
            rule = f"RRULE:{rule}\r\n" if rule else ""
            yield (
                f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
                f"DTSTART;X-CRM-ZONE=UTC:{basic(start)}\r\nDTEND:{basic(end)}\r\n"
                f"SUMMARY:{subject}\r\nLOCATION:{location}\r\n{rule}END:VEVENT\r\n"
            )
        yield "END:VCALENDAR\r\n"

    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n"
    return written(sample.path(f"events-{count}.ics"), head, components())


def mixed_lines(sample, count):
    """Organizations, contacts of them, assets and links, one in twenty, ten, four and five of them."""
    return written(
        sample.path(f"mixed-{count}.jsonl"),
        "",
        (json.dumps(line, ensure_ascii=False) + "\n" for line in lines(count // 20)),
    )


def lines(groups):
    people = contacts(groups * 10)
    for group in range(1, groups + 1):
        organization = f"O-{group}"
        yield named("organization", organization, name=f"Compañía {group}, S.A.")
        for n in range(group * 10 - 9, group * 10 + 1):
            first_name, last_name, _, email, phone, *_ = next(people)
            yield named(
                "contact",
                f"C-{n}",
                first_name=first_name,
                last_name=last_name,
                organization=f"ref:{organization}",
                email=email,
                phone=phone,
            )
        for n in range(group * 4 - 3, group * 4 + 1):
            yield named("asset", f"A-{n}", name=f"Laptop {n}", serial=f"SN-{n:08}", status="in_service")
        for n in range(group * 5 - 4, group * 5 + 1):
            # Two contacts of the group share its first asset.
            contact, asset = group * 10 - (group * 5 - n), max(group * 4 - (group * 5 - n), group * 4 - 3)
            yield {"link": "asset", "contact": f"ref:C-{contact}", "record": f"ref:A-{asset}", "role": "custodian"}


def named(module, key, **members):
    return {"module": module, "ref": key, "external_id": key, **members}


def scattered_pairs(records, count):
    """Pairs of ids in no order, none of them twice."""
    each = count // records
    for number in range(count):
        # Prime to the count, so that every number comes once.
        place = number * 7_368_787 % count
        contact = place // each
        yield contact + 1, (contact * 31 + place % each * 7919) % records + 1


def csv_pairs(sample, records, count):
    """Links of contacts and assets, none of them twice, told from others by their note."""
    return written(
        sample.path(f"pairs-{count}.csv"),
        "contact,asset,role,note\n",
        (f"{contact},{asset},user,bench\n" for contact, asset in scattered_pairs(records, count)),
    )


def csv_opportunities(sample, count):
    return written(
        sample.path(f"opportunities-{count}.csv"),
        "name,contact,organization.name,amount,close_date,stage\n",
        (f"Sale {n},{n},Org {n % 50},{n}.50,2026-12-{1 + n % 28:02},prospecting\n" for n in range(1, count + 1)),
    )


def csv_assets(sample, count):
    return written(
        sample.path(f"assets-{count}.csv"),
        "name,contact,organization.name,role,value,warranty_until,serial\n",
        (f"Asset {n},{n},Org {n % 50},user,{n}.50,2026-12-{1 + n % 28:02},S{n}\n" for n in range(1, count + 1)),
    )
