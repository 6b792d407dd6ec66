"""The page of a day, beside the same in SQL."""

from dataclasses import replace

from measuring import Work
from programs import Program, Shell, rows_of_csv
from sample import NUMBERS, records

TIME = "2026-01-15T10:00:00Z"
DAY = "2026-03-02"

# Appointments and tasks over three years, one with each person in turn. Of a hundred tasks one is still to be done; of
# a thousand events one lasts for days, of a hundred opportunities one is open.
PAGE = (
    NUMBERS
    + """
INSERT INTO event (id, subject, subject_match, kind, status, starts_at, ends_at, all_day, created_at, updated_at)
SELECT n, 'Event ' || n, 'event ' || n, CASE WHEN n % 10 THEN 'meeting' ELSE 'task' END,
  CASE WHEN n % 10 THEN 'planned' WHEN n % 1000 THEN 'completed' ELSE 'not_started' END, starts_at,
  CASE WHEN n % 1000 = 1 THEN strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '5 days')
    WHEN n % 10 THEN strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, '1 hour') END, 0, '{time}', '{time}'
FROM (SELECT n, strftime('%Y-%m-%dT%H:%M:%SZ', '2025-01-01', (n * 7919 % 1576800) || ' minutes') AS starts_at FROM numbers);
INSERT INTO event_span (event, position, first, last)
SELECT id, 1, starts_at, ends_at FROM event WHERE id % 1000 = 1 AND id % 10;
INSERT INTO contact_event (contact, event, created_at) SELECT 1 + id * 7919 % {people}, id, '{time}' FROM event;
"""
    + NUMBERS
    + """
INSERT INTO opportunity (
  id, name, name_match, contact, organization, close_date, amount, currency, stage, probability, created_at, updated_at
)
SELECT n, 'Sale ' || n, 'sale ' || n, 1 + n * 7919 % {people}, 1, date('2025-01-01', (n * 31 % 1000) || ' days'),
  100 * (n % 9000), 'MXN', CASE WHEN n % 100 THEN 'closed_won' ELSE 'proposal' END, 650000, '{time}', '{time}' FROM numbers;
INSERT INTO contact_opportunity (contact, opportunity, role, created_at)
SELECT contact, id, 'primary', '{time}' FROM opportunity;
"""
)

TODAY = f"""
WITH item (rank, "group", moment, date, days, module, id, name, contacts, details) AS (
  SELECT 1, 'events', 'start', starts_at, julianday(date(starts_at)) - julianday('{DAY}'), 'event', e.id, subject,
    c.id, kind || '; ' || status
  FROM event e LEFT JOIN contact_event l ON l.event = e.id LEFT JOIN contact c ON c.id = l.contact
  WHERE starts_at >= date('{DAY}', '-2 days') AND starts_at < date('{DAY}', '1 day')
    AND (starts_at >= '{DAY}' OR ends_at > '{DAY}') AND status NOT IN ('not_held', 'completed', 'deferred')
    AND NOT EXISTS (SELECT 1 FROM event_span s WHERE s.event = e.id)
  UNION ALL
  SELECT 1, 'events', 'start', starts_at, julianday(date(starts_at)) - julianday('{DAY}'), 'event', e.id, subject,
    c.id, kind || '; ' || status
  FROM event_span s JOIN event e ON e.id = s.event LEFT JOIN contact_event l ON l.event = e.id
  LEFT JOIN contact c ON c.id = l.contact
  WHERE last >= '{DAY}' AND first < date('{DAY}', '1 day') AND starts_at < date('{DAY}', '1 day') AND ends_at > '{DAY}'
    AND status NOT IN ('not_held', 'completed', 'deferred')
  UNION ALL
  SELECT 2, 'overdue', 'overdue', starts_at, julianday(date(starts_at)) - julianday('{DAY}'), 'event', e.id, subject,
    c.id, kind || '; ' || status
  FROM event e LEFT JOIN contact_event l ON l.event = e.id LEFT JOIN contact c ON c.id = l.contact
  WHERE starts_at < '{DAY}' AND kind = 'task' AND status NOT IN ('completed', 'deferred')
  UNION ALL
  SELECT 4, 'closings', 'closing', close_date, julianday(close_date) - julianday('{DAY}'), 'opportunity', o.id, o.name,
    c.id, stage || '; ' || printf('%.2f', amount / 100.0) || '; ' || currency
  FROM opportunity o LEFT JOIN contact_opportunity l ON l.opportunity = o.id LEFT JOIN contact c ON c.id = l.contact
  WHERE stage NOT IN ('closed_won', 'closed_lost') AND close_date < date('{DAY}', '8 days')
  UNION ALL
  SELECT 10, 'birthdays', 'birthday', birthdate, 0, 'contact', id, name, NULL, coalesce(title || '; ', '') || email
  FROM contact WHERE substr(birthdate, 6) = substr('{DAY}', 6) AND birthdate <= '{DAY}'
)
SELECT "group", moment, date, CAST(days AS INTEGER) AS days, module, id, name, contacts, details FROM item
ORDER BY rank, date, id
"""


def today(sample, sizes):
    count = sizes.edited
    people = max(count // 5, 1)
    page = PAGE.format(count=count, people=people, time=TIME)
    path = sample.made(f"today-{count}.db", records(people, assets=1) + page)
    crm = Program(sample, path)("today", "--on", DAY, "--format", "csv", normalized=rows_of_csv)
    shell = Shell(sample, path)(TODAY, "-csv", "-header", normalized=rows_of_csv)
    surroundings = ["env", "TZ=UTC"]
    yield Work(
        f"the page of a day, of {count:,} events and as many opportunities",
        replace(crm, words=surroundings + crm.words),
        replace(shell, words=surroundings + shell.words),
        1.5,
        rounds=7,
    )
