"""Edits, actions and links of many records at once, taken back and done again, beside SQL that does and keeps the same.

The peer writes the history too: it is what an edit of that size is made of.
"""

from exchanges import Place
from measuring import Work
from sample import TIME

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ')"

# What the edit leaves: the records, their periods, and how much history there is.
OUTCOME = """
SELECT id, stage, probability, next_step FROM opportunity ORDER BY 1;
SELECT opportunity, position, value, left_at IS NULL FROM opportunity_stage_period ORDER BY 1, 2;
SELECT table_name, count(*), min(before), max(before) FROM change WHERE before NOT LIKE '%left_at%' GROUP BY 1;
"""
STATE = """
SELECT id, stage, probability, next_step FROM opportunity ORDER BY 1;
SELECT opportunity, position, value, left_at IS NULL FROM opportunity_stage_period ORDER BY 1, 2;
SELECT change_set, table_name, action, count(*) FROM change GROUP BY 1, 2, 3;
"""

BEGIN = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; BEGIN IMMEDIATE;"


def change_set(command):
    return f"INSERT INTO change_set (at, who, command) VALUES ({NOW}, 'bench', '{command}');"


def kept(table, columns, condition, action="update"):
    pairs = ", ".join(f"'{column}', {column}" for column in columns)
    return (
        "INSERT INTO change (change_set, table_name, record, action, before) "
        f"SELECT (SELECT max(id) FROM change_set), '{table}', id, '{action}', json_object({pairs}) "
        f'FROM "{table}" WHERE {condition};'
    )


STAGE = [
    BEGIN,
    change_set("stage"),
    kept("opportunity", ["stage", "probability", "updated_at"], "stage <> 'negotiation'"),
    "CREATE TEMP TABLE moved AS SELECT id FROM opportunity WHERE stage <> 'negotiation';",
    f"UPDATE opportunity SET stage = 'negotiation', probability = 800000, updated_at = {NOW} WHERE stage <> 'negotiation';",
    kept("opportunity_stage_period", ["left_at"], "left_at IS NULL"),
    f"UPDATE opportunity_stage_period SET left_at = {NOW} WHERE left_at IS NULL;",
    "INSERT INTO opportunity_stage_period (opportunity, position, value, entered_at) "
    f"SELECT id, 2, 'negotiation', {NOW} FROM moved;",
    "INSERT INTO created SELECT (SELECT max(id) FROM change_set), 'opportunity_stage_period', max(id) / 2 + 1, max(id) "
    "FROM opportunity_stage_period;",
    "COMMIT;",
]

STEP = [
    BEGIN,
    change_set("step"),
    kept("opportunity", ["next_step", "updated_at"], "next_step IS NOT 'Call'"),
    f"UPDATE opportunity SET next_step = 'Call', next_step_match = 'call', updated_at = {NOW} WHERE next_step IS NOT 'Call';",
    "COMMIT;",
]

PERIOD = ["id", "opportunity", "position", "value", "entered_at", "left_at"]
BACK = [
    BEGIN + " PRAGMA defer_foreign_keys = ON;",
    change_set("back"),
    kept("opportunity_stage_period", PERIOD, "position = 2", "delete"),
    "DELETE FROM opportunity_stage_period WHERE position = 2;",
    kept("opportunity_stage_period", ["left_at"], "left_at IS NOT NULL"),
    "UPDATE opportunity_stage_period SET left_at = NULL;",
    kept("opportunity", ["stage", "probability", "updated_at"], "stage = 'negotiation'"),
    "UPDATE opportunity SET stage = c.before ->> 'stage', probability = c.before ->> 'probability', "
    f"updated_at = {NOW} FROM change c WHERE c.record = opportunity.id AND c.table_name = 'opportunity' "
    "AND c.change_set = (SELECT max(id) - 1 FROM change_set);",
    "COMMIT;",
]

# Rows that come back under their ids are told of one by one.
AGAIN = [
    *(part for part in STAGE[:-1] if "INTO created" not in part),
    "INSERT INTO change (change_set, table_name, record, action) SELECT (SELECT max(id) FROM change_set), "
    "'opportunity_stage_period', id, 'restore' FROM opportunity_stage_period WHERE position = 2;",
    "COMMIT;",
]

OPEN_CASES = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
INSERT INTO "case" (title, title_match, status, opened_at, created_at, updated_at)
SELECT 'Case ' || n, 'case ' || n, CASE WHEN n % 2 THEN 'open' ELSE 'in_progress' END,
  strftime('%Y-%m-%dT%H:%M:%SZ', '2025-01-01', (n * 7919 % 500000) || ' minutes'), '{time}', '{time}' FROM numbers;
INSERT INTO case_status_period ("case", position, value, entered_at) SELECT id, 1, status, '{time}' FROM "case";
"""
CLOSE = [
    BEGIN,
    change_set("close"),
    kept("case", ["status", "closed_at", "updated_at"], "status <> 'closed'"),
    "CREATE TEMP TABLE moved AS SELECT id FROM \"case\" WHERE status <> 'closed';",
    f"UPDATE \"case\" SET status = 'closed', closed_at = {NOW}, updated_at = {NOW} WHERE status <> 'closed';",
    kept("case_status_period", ["left_at"], "left_at IS NULL"),
    f"UPDATE case_status_period SET left_at = {NOW} WHERE left_at IS NULL;",
    "INSERT INTO case_status_period (\"case\", position, value, entered_at) "
    f"SELECT id, 2, 'closed', {NOW} FROM moved;",
    "INSERT INTO created SELECT (SELECT max(id) FROM change_set), 'case_status_period', max(id) / 2 + 1, max(id) "
    "FROM case_status_period;",
    "COMMIT;",
]
CLOSED = """
SELECT id, status, closed_at IS NULL FROM "case" ORDER BY 1;
SELECT "case", position, value, left_at IS NULL FROM case_status_period ORDER BY 1, 2;
SELECT table_name, count(*), min(before), max(before) FROM change WHERE before NOT LIKE '%left_at%' GROUP BY 1;
"""

LINK = [
    BEGIN,
    change_set("link"),
    "INSERT INTO contact_campaign (contact, campaign, response, created_at) "
    f"SELECT id, 1, 'responded', {NOW} FROM contact WHERE id > 0 ORDER BY id;",
    "INSERT INTO created SELECT (SELECT max(id) FROM change_set), 'contact_campaign', min(id), max(id) "
    "FROM contact_campaign;",
    "COMMIT;",
]
UNLINK = [
    BEGIN,
    change_set("unlink"),
    "INSERT INTO change (change_set, table_name, record, action, before) SELECT (SELECT max(id) FROM change_set), "
    "'contact_campaign', id, 'delete', json_object('id', id, 'contact', contact, 'campaign', campaign, 'response', "
    "response, 'responded_at', responded_at, 'note', note, 'created_at', created_at) FROM contact_campaign;",
    "DELETE FROM contact_campaign WHERE contact IN (SELECT id FROM contact WHERE id > 0);",
    "COMMIT;",
]
LINKED = """
SELECT contact, campaign, response FROM contact_campaign ORDER BY id;
SELECT count(*) FROM change;
SELECT table_name, first_id, last_id FROM created ORDER BY 1, 2;
"""


def bulk(sample, sizes):
    yield from edits(sample, sizes)
    yield from closings(sample, sizes)
    yield from links(sample, sizes)


def closings(sample, sizes):
    count = sizes.edited
    made = sample.made(f"open-cases-{count}.db", OPEN_CASES.format(count=count, time=TIME))
    place = Place(sample, made)
    yield Work(
        f"close {count:,} cases",
        place.crm("case", "close", "--where", "status != closed", "--yes"),
        place.sql(" ".join(CLOSE)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(CLOSED),
    )


def links(sample, sizes):
    count = sizes.edited
    campaign = ["campaign", "add", "--name", "Spring", "--format", "id"]
    made = sample.after(sample.linking(count), f"campaign-{count}", campaign)
    response = ["--response", "responded"]
    chosen = ["contact", "1", "--where", "id > 0", "--yes"]
    place = Place(sample, made)
    yield Work(
        f"link {count:,} contacts with one campaign",
        place.crm("campaign", "link", *chosen, *response),
        place.sql(" ".join(LINK)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(LINKED),
    )
    linked = sample.after(made, f"campaign-linked-{count}", ["campaign", "link", *chosen, *response])
    place = Place(sample, linked)
    yield Work(
        f"unlink {count:,} contacts from one campaign",
        place.crm("campaign", "unlink", *chosen),
        place.sql(" ".join(UNLINK)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(LINKED),
    )


def edits(sample, sizes):
    count = sizes.edited
    made = sample.selling(count)
    place = Place(sample, made)
    edit = ["opportunity", "edit", "--where", "id > 0", "--yes"]
    for name, words, script in [
        ("stage", ["--stage", "negotiation"], STAGE),
        ("next step", ["--next-step", "Call"], STEP),
    ]:
        yield Work(
            f"edit the {name} of {count:,} opportunities",
            place.crm(*edit, *words),
            place.sql(" ".join(script)),
            1.5,
            rows=count,
            rounds=3,
            outcome=place.outcome(OUTCOME),
        )
    edited = sample.after(made, "edited", [*edit, "--stage", "negotiation"])
    place = Place(sample, edited)
    yield Work(
        f"undo an edit of {count:,} stages",
        place.crm("--quiet", "undo", sample.newest_change_set(edited)),
        place.sql(" ".join(BACK)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE),
    )
    undone = sample.after(edited, "unedited", ["undo", sample.newest_change_set(edited)])
    place = Place(sample, undone)
    yield Work(
        f"do an edit of {count:,} stages again",
        place.crm("--quiet", "undo", sample.newest_change_set(undone)),
        place.sql(" ".join(AGAIN)),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE),
    )
