"""What takes place in a week, of events of which many come again."""

import os
import subprocess

from measuring import Command, Work, same
from programs import Program, Shell, rows_of_csv, written

TIME = "2026-01-15T10:00:00Z"
# One event in five comes every week, half of those for a year; the shell reads the same, unrolled into rows.
EVENTS = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
INSERT INTO event (
  subject, subject_match, kind, status, starts_at, ends_at, all_day, time_zone, recurrence, created_at, updated_at
)
SELECT 'Event ' || n, 'event ' || n, 'meeting', 'planned', starts_at,
  strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '1 hour'), 0, CASE WHEN n % 5 = 0 THEN 'UTC' END,
  CASE WHEN n % 10 = 0 THEN 'FREQ=WEEKLY'
    WHEN n % 5 = 0 THEN 'FREQ=WEEKLY;COUNT=52' END, '{time}', '{time}'
FROM (SELECT n, strftime(
  '%Y-%m-%dT%H:%M:%SZ', '2020-01-01', (n * 7919 % 4000) || ' days', (n * 7907 % 1440) || ' minutes'
) AS starts_at FROM numbers);
INSERT INTO event_span (event, position, first, last)
SELECT id, 1, strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '-2 days'),
  CASE WHEN recurrence = 'FREQ=WEEKLY' THEN '9999-12-31T23:59:59Z'
    ELSE strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '368 days') END
FROM event WHERE recurrence IS NOT NULL;
CREATE TABLE unrolled (starts_at TEXT, event INTEGER);
WITH RECURSIVE weeks (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM weeks WHERE n < 520)
INSERT INTO unrolled
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, (n * 7) || ' days'), id FROM event, weeks
WHERE n = 0 OR recurrence = 'FREQ=WEEKLY' AND n < 520 OR recurrence = 'FREQ=WEEKLY;COUNT=52' AND n < 52;
CREATE INDEX unrolled_starts_at ON unrolled (starts_at);
"""
WEEK = """
SELECT u.starts_at, strftime('%Y-%m-%dT%H:%M:%SZ', u.starts_at, '1 hour') AS ends_at, e.subject, e.kind, e.status,
  NULL AS contacts, NULL AS location, NULL AS conflicts, CASE WHEN e.recurrence IS NOT NULL THEN substr(u.starts_at, 1, 10) END AS occurrence, e.id
FROM unrolled u JOIN event e ON e.id = u.event
WHERE u.starts_at > '2027-02-28T23:00:00Z' AND u.starts_at < '2027-03-08T00:00:00Z' ORDER BY 1, e.id
"""


def agendas(sample, sizes):
    count = sizes.linked
    path = sample.made(f"agenda-{count}.db", EVENTS.format(count=count, time=TIME))
    week = Program(sample, path)(
        "--allow-foreign-schema", "agenda", "--from", "2027-03-01", "--until", "2027-03-07", "--format", "csv",
        normalized=rows_of_csv,
    )  # fmt: skip
    yield Work(
        f"agenda of a week over {count:,} events",
        week,
        Shell(sample, path)(WEEK, "-csv", "-header", normalized=rows_of_csv),
        1.5,
        rounds=15,
    )
    yield Work(
        f"agenda of a week over {count:,} events, beside khal",
        week,
        khal(sample, path, f"khal-{count}"),
        0.1,
        rounds=15,
        outcome=same,
    )


def khal(sample, path, name):
    """What lists the same week from what khal keeps of a folder of calendars, which it has read by then."""
    calendar = sample.path(name)
    settings = written(f"{calendar}.conf", SETTINGS.format(calendar=calendar), [])
    command = Command(["khal", "-c", settings, "list", "2027-03-01", "7d"])
    if not os.path.exists(calendar):
        export = Program(sample, path)(
            "--allow-foreign-schema", "--quiet", "event", "export", "--format", "ics", "--output", f"{calendar}/"
        )
        for words in (export.words, command.words):
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return command


SETTINGS = """
[calendars]
[[events]]
path = {calendar}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {calendar}.cache
"""
