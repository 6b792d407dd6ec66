"""The SQL that does what crm does, as a person would write it who knows the tables."""

COUNT = "SELECT count(*) FROM channel"

FIELDS = [
    "id", "name", "salutation", "first_name", "last_name", "organization", "title", "department", "email",
    "email_secondary", "phone", "mobile", "home_phone", "other_phone", "fax", "birthdate", "reports_to", "assistant",
    "assistant_phone", "lead_source", "do_not_call", "email_opt_out", "support_start", "support_end", "external_id",
    "assigned_to", "tags", "description", "created_at", "updated_at",
]  # fmt: skip

HAS_ASSET = """
WHERE EXISTS (
  SELECT 1 FROM contact_asset l JOIN asset a ON a.id = l.asset
  WHERE l.contact = t.id AND (l.until IS NULL OR l.until > date()) AND a.status = 'in_service'
)
"""

# What hangs on a contact, in the order of the modules.
RELATED = [
    "contact", "asset", "project", "address", "service", "contract", "sales_order", "quote", "purchase_order", "product",
    "event", "opportunity", "comment", "case", "email", "document", "campaign", "channel",
]  # fmt: skip
# The modules whose records belong to a contact, and those whose links have a period.
OWNED = ["address", "comment"]
WITH_PERIOD = ["asset", "project", "service", "product"]


def csv_list(condition=""):
    return f"SELECT {', '.join(csv_column(name) for name in FIELDS)} FROM contact t {condition} ORDER BY t.id"


def csv_column(name):
    if name in ("do_not_call", "email_opt_out"):
        return f"CASE t.{name} WHEN 0 THEN 'false' WHEN 1 THEN 'true' END AS {name}"
    if name == "tags":
        return "(SELECT group_concat(value, ',') FROM json_each(t.tags)) AS tags"
    return f"t.{name}"


def json_list():
    return f"SELECT json_object({json_members()}) FROM {NAMED_CONTACTS} ORDER BY t.id"


def json_show(number):
    related = ", ".join(f"'{module}', {related_count(module, number)}" for module in RELATED)
    members = (
        f"{json_members()}, 'points', {JSON_POINTS}, 'bounces', {JSON_BOUNCES}, 'related', json_object({related}), "
        f"'merged_from', {JSON_MERGED}"
    )
    return f"SELECT json_object({members}) FROM {NAMED_CONTACTS} WHERE t.id = {number}"


# References bring the names of their records.
REFERENCES = ("organization", "reports_to")
NAMED_CONTACTS = "contact t LEFT JOIN organization o ON o.id = t.organization LEFT JOIN contact r ON r.id = t.reports_to"


def json_members(names=FIELDS):
    return ", ".join(f"'{name}', {json_value(name)}" for name in names)


def json_value(name):
    if name in ("do_not_call", "email_opt_out"):
        return f"json(CASE t.{name} WHEN 0 THEN 'false' WHEN 1 THEN 'true' END)"
    if name == "tags":
        return "json(coalesce(t.tags, '[]'))"
    if name in REFERENCES:
        alias = name[0]
        return f"CASE WHEN t.{name} IS NOT NULL THEN json_object('id', t.{name}, 'name', {alias}.name) END"
    return f"t.{name}"


def related_count(module, number):
    if module == "contact":
        return f"(SELECT count(*) FROM contact WHERE reports_to = {number})"
    if module in OWNED:
        return f'(SELECT count(*) FROM "{module}" WHERE contact = {number})'
    isopen = " AND (until IS NULL OR until > date())" if module in WITH_PERIOD else ""
    return f'(SELECT count(*) FROM "contact_{module}" WHERE contact = {number}{isopen})'


# Writing, under the settings that crm gives its connections

SETTINGS = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;"
# The clause without which SQLite takes ON for a join's.
IDEMPOTENT = "WHERE true ON CONFLICT DO NOTHING"
INSERT = "INSERT INTO contact_asset (contact, asset, role, created_at)"
NOW = "strftime('%Y-%m-%dT%H:%M:%SZ')"


def imported(path, skipped=1):
    return [f"{SETTINGS} CREATE TEMP TABLE pair (contact, asset, role);", f".import --csv --skip {skipped} {path} pair"]


def link_ids(path):
    return [*imported(path), f"{INSERT} SELECT contact, asset, role, {NOW} FROM pair {IDEMPOTENT}"]


def link_keys(path):
    tables = "pair p JOIN contact c ON c.email_match = lower(p.contact) JOIN asset a ON a.serial = p.asset"
    return [*imported(path), f"{INSERT} SELECT c.id, a.id, p.role, {NOW} FROM {tables} {IDEMPOTENT}"]


def link_list(path, asset):
    return [
        f"{SETTINGS} CREATE TEMP TABLE pair (contact);",
        f".import --csv {path} pair",
        f"{INSERT} SELECT contact, {asset}, NULL, {NOW} FROM pair {IDEMPOTENT}",
    ]


LINKS = "SELECT contact, asset, role, since, until, note FROM contact_asset ORDER BY contact, asset, role"


# Imports of contacts

CELLS = ["first_name", "last_name", "title", "email", "phone", "mobile", "birthdate", "lead_source"]
MATCHED = ["first_name", "last_name", "title", "email", "phone", "mobile"]
IMPORTED = f"SELECT id, name, {', '.join(CELLS)}, do_not_call, email_opt_out FROM contact ORDER BY id"
IMPORTED_EVENTS = (
    "SELECT uid, subject, starts_at, ends_at, time_zone, location, recurrence FROM event ORDER BY uid"
)
NAME = "first_name || ' ' || last_name"
INTO_CONTACT = (
    f"INSERT INTO contact (name, name_match, {', '.join(CELLS)}, {', '.join(f'{name}_match' for name in MATCHED)}, "
    "do_not_call, email_opt_out, created_at, updated_at)"
)
OF_INPUT = (
    f"SELECT {NAME}, lower({NAME}), {', '.join(CELLS)}, {', '.join(f'lower({name})' for name in MATCHED)}, "
    f"0, 0, {NOW}, {NOW}"
)
# Empty cells of CSV are text to the shell.
CELLS_OF_CSV = f"SELECT {', '.join(f'nullif({name}, {chr(39) * 2}) AS {name}' for name in CELLS)} FROM row"
CELLS_OF_JSON = f"SELECT {', '.join(f'json ->> {chr(39)}{name}{chr(39)} AS {name}' for name in CELLS)} FROM line"


def rows_of(path):
    return [f"{SETTINGS} CREATE TEMP TABLE row ({', '.join(CELLS)});", f".import --csv --skip 1 {path} row"]


def lines_of(path):
    # A unit separator is in no line, so that each is one cell.
    return [f"{SETTINGS} CREATE TEMP TABLE line (json);", '.separator "\\037" "\\n"', f".import {path} line"]


def import_csv(path):
    return [*rows_of(path), f"{INTO_CONTACT} {OF_INPUT} FROM ({CELLS_OF_CSV})"]


def import_jsonl(path):
    return [*lines_of(path), f"{INTO_CONTACT} {OF_INPUT} FROM ({CELLS_OF_JSON})"]


CHANGE_BACK = (
    "UPDATE contact SET title = s.title, title_match = s.title_match, updated_at = '2026-01-15T10:00:00Z' "
    "FROM source.contact AS s WHERE s.id = contact.id AND s.title IS NOT contact.title;"
)


PHONES_BACK = (
    "UPDATE contact SET phone_match = s.phone_match FROM source.contact AS s "
    "WHERE s.id = contact.id AND s.phone_match IS NOT contact.phone_match;"
)


def upsert_csv(path):
    changes = " OR ".join(f"contact.{name} IS NOT i.{name}" for name in CELLS)
    values = [f"{name} = i.{name}" for name in CELLS] + [f"{name}_match = lower(i.{name})" for name in MATCHED]
    name = "i.first_name || ' ' || i.last_name"
    return [
        *rows_of(path),
        f"BEGIN; UPDATE contact SET {', '.join(values)}, name = {name}, name_match = lower({name}), updated_at = {NOW} "
        f"FROM ({CELLS_OF_CSV}) i WHERE contact.email_match = lower(i.email) AND ({changes});",
        f"{INTO_CONTACT} {OF_INPUT} FROM ({CELLS_OF_CSV}) i "
        "WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.email_match = lower(i.email)); COMMIT;",
    ]


# Exports

POINTS = "(SELECT * FROM contact_point WHERE contact = t.id ORDER BY position)"
POINT_KINDS = ["email", "phone", "url", "profile", "chat"]
OPTED_OUT = "json(iif(opted_out, 'true', 'false'))"
JSON_POINT = f"'position', position, 'kind', kind, 'value', value, 'label', label, 'opted_out', {OPTED_OUT}"
JSON_POINTS = f"(SELECT json_group_array(json_object({JSON_POINT})) FROM {POINTS})"
BOUNCES = "(SELECT * FROM contact_bounce WHERE contact = t.id ORDER BY position)"
JSON_BOUNCE = "'address', address, 'bounced_on', bounced_on, 'reason', reason"
JSON_BOUNCES = f"(SELECT json_group_array(json_object({JSON_BOUNCE})) FROM {BOUNCES})"
MERGED = "(SELECT * FROM contact_merged WHERE contact = t.id ORDER BY position)"
JSON_MERGED = f"(SELECT json_group_array(former_id) FROM {MERGED})"
EXPORTED = [name for name in FIELDS if name not in ("name", "created_at", "updated_at")]


def csv_export():
    columns = [column for name in EXPORTED for column in csv_columns(name)]
    columns += [csv_points(kind) for kind in POINT_KINDS]
    columns.append(f"(SELECT group_concat(kind, '; ') FROM {POINTS}) AS \"points.kind\"")
    columns.append(f"(SELECT group_concat(address, '; ') FROM {BOUNCES}) AS bounces")
    return f"SELECT {', '.join(columns)} FROM {NAMED_CONTACTS} ORDER BY t.id"


def csv_columns(name):
    if name in REFERENCES:
        return [csv_column(name), f'{name[0]}.name AS "{name}.name"']
    return [csv_column(name)]


def csv_points(kind):
    return f"(SELECT group_concat(value, ',') FROM {POINTS} WHERE kind = '{kind}') AS \"point.{kind}\""


def json_export():
    members = f"{json_members(EXPORTED)}, 'points', {JSON_POINTS}, 'bounces', {JSON_BOUNCES}"
    return f"SELECT json_object({members}) FROM {NAMED_CONTACTS} ORDER BY t.id"


# Lines of several modules

APPLIED = """
SELECT o.external_id, o.name FROM organization o ORDER BY o.external_id;
SELECT c.external_id, c.name, c.first_name, c.last_name, c.email, c.phone, o.external_id
FROM contact c JOIN organization o ON o.id = c.organization ORDER BY c.external_id;
SELECT external_id, name, serial, status FROM asset ORDER BY external_id;
SELECT c.external_id, a.external_id, l.role
FROM contact_asset l JOIN contact c ON c.id = l.contact JOIN asset a ON a.id = l.asset
ORDER BY c.external_id, a.external_id;
"""


def member(name):
    # Beside || it would take the wrong operands.
    return f"(line.json ->> '{name}')"


def named_by(name):
    return f"substr({member(name)}, 5)"


def apply_lines(path):
    contact_name = f"{member('first_name')} || ' ' || {member('last_name')}"
    organization = f"(SELECT id FROM organization o WHERE o.external_id = {named_by('organization')})"
    cells = ["first_name", "last_name", "email", "phone"]
    records = [
        ("organization", ["name"], {}),
        ("asset", ["name"], {name: member(name) for name in ("serial", "status")}),
        ("contact", cells, {"name": contact_name, "name_match": f"lower({contact_name})", "organization": organization,
                            "do_not_call": "0", "email_opt_out": "0"}),
    ]  # fmt: skip
    return [
        *lines_of(path),
        "BEGIN;",
        *(inserted(module, matched, others) for module, matched, others in records),
        f"{INSERT} SELECT c.id, a.id, {member('role')}, {NOW} FROM line "
        f"JOIN contact c ON c.external_id = {named_by('contact')} JOIN asset a ON a.external_id = {named_by('record')} "
        f"WHERE {member('link')} = 'asset';",
        "COMMIT;",
    ]


def inserted(module, matched, others):
    values = {name: member(name) for name in matched} | {f"{name}_match": f"lower({member(name)})" for name in matched}
    values |= others | {"external_id": member("external_id"), "created_at": NOW, "updated_at": NOW}
    return (
        f"INSERT INTO {module} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM line "
        f"WHERE {member('module')} = '{module}';"
    )
