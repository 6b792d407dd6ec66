"""Edits of many records at once, taken back and done again, beside SQL that does and keeps the same.

The peer writes the history too: it is what an edit of that size is made of.
"""

from exchanges import Place
from measuring import Work

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
"""

BEGIN = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; BEGIN IMMEDIATE;"


def change_set(command):
    return f"INSERT INTO change_set (at, who, command) VALUES ({NOW}, 'bench', '{command}');"


def kept(table, columns, condition):
    pairs = ", ".join(f"'{column}', {column}" for column in columns)
    return (
        "INSERT INTO change (change_set, table_name, record, action, before) "
        f"SELECT (SELECT max(id) FROM change_set), '{table}', id, 'update', json_object({pairs}) "
        f"FROM {table} WHERE {condition};"
    )


STAGE = [
    BEGIN,
    change_set("stage"),
    kept("opportunity", ["stage", "probability"], "stage <> 'negotiation'"),
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
    kept("opportunity", ["next_step"], "next_step IS NOT 'Call'"),
    f"UPDATE opportunity SET next_step = 'Call', next_step_match = 'call', updated_at = {NOW} WHERE next_step IS NOT 'Call';",
    "COMMIT;",
]

BACK = [
    BEGIN + " PRAGMA defer_foreign_keys = ON;",
    "DELETE FROM opportunity_stage_period WHERE position = 2;",
    "UPDATE opportunity_stage_period SET left_at = NULL;",
    "UPDATE opportunity SET stage = c.before ->> 'stage', probability = c.before ->> 'probability', "
    f"updated_at = {NOW} FROM change c WHERE c.record = opportunity.id AND c.table_name = 'opportunity';",
    "COMMIT;",
]


def bulk(sample, sizes):
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
        3.0,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE),
    )
    undone = sample.after(edited, "unedited", ["undo"])
    place = Place(sample, undone)
    yield Work(
        f"do an edit of {count:,} stages again",
        place.crm("--quiet", "undo", sample.newest_change_set(undone)),
        place.sql(" ".join(part for part in STAGE if "change" not in part)),
        3.0,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE),
    )
