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
    "asset", "project", "address", "service", "contract", "sales_order", "quote", "purchase_order", "product", "event",
    "opportunity", "comment", "case", "email", "document", "campaign", "channel",
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
    return f"SELECT json_object({json_members()}) FROM {JSON_TABLES} ORDER BY t.id"


def json_show(number):
    related = ", ".join(f"'{module}', {related_count(module, number)}" for module in RELATED)
    members = f"{json_members()}, 'related', json_object({related})"
    return f"SELECT json_object({members}) FROM {JSON_TABLES} WHERE t.id = {number}"


# References bring the names of their records.
JSON_TABLES = "contact t LEFT JOIN organization o ON o.id = t.organization LEFT JOIN contact r ON r.id = t.reports_to"

def json_members():
    return ", ".join(f"'{name}', {json_value(name)}" for name in FIELDS)


def json_value(name):
    if name in ("do_not_call", "email_opt_out"):
        return f"json(CASE t.{name} WHEN 0 THEN 'false' WHEN 1 THEN 'true' END)"
    if name == "tags":
        return "json(coalesce(t.tags, '[]'))"
    if name in ("organization", "reports_to"):
        alias = name[0]
        return f"CASE WHEN t.{name} IS NOT NULL THEN json_object('id', t.{name}, 'name', {alias}.name) END"
    return f"t.{name}"


def related_count(module, number):
    if module in OWNED:
        return f'(SELECT count(*) FROM "{module}" WHERE contact = {number})'
    isopen = " AND (until IS NULL OR until > date())" if module in WITH_PERIOD else ""
    return f'(SELECT count(*) FROM "contact_{module}" WHERE contact = {number}{isopen})'


# Links

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
