"""Reports, beside the same in SQL."""

from measuring import Work
from programs import Program, Shell, rows_of_csv
from sample import STAGES, TIME

IS_OPEN = "stage NOT IN ('closed_won', 'closed_lost')"
WEIGHTED = "printf('%.2f', sum((amount * probability + 500000) / 1000000) / 100.0) AS weighted"
AMOUNT = "printf('%.2f', sum(amount) / 100.0) AS amount"

PIPELINE = f"""
SELECT stage, currency, count(*) AS count, {AMOUNT}, {WEIGHTED},
  printf('%.2f', (2 * sum(amount) + count(amount)) / (2 * count(amount)) / 100.0) AS average,
  sum(close_date < date('now', 'localtime')) AS overdue,
  CAST(round(avg(julianday(date('now', 'localtime')) - julianday(date(created_at, 'localtime')))) AS INTEGER) AS age
FROM opportunity WHERE {IS_OPEN} GROUP BY 1, 2 ORDER BY CASE stage {{places}} END, 2
"""
FORECAST = f"""
SELECT substr(close_date, 1, 7) AS "month(close_date)", currency, count(*) AS count, {AMOUNT}, {WEIGHTED}
FROM opportunity WHERE {IS_OPEN} GROUP BY 1, 2 ORDER BY 1, 2
"""
EFFECTIVENESS = f"""
SELECT contact, currency, count(*) AS count, sum({IS_OPEN}) AS open, sum(stage = 'closed_won') AS won,
  sum(stage = 'closed_lost') AS lost,
  CASE WHEN sum(NOT {IS_OPEN}) THEN
    rtrim(rtrim(printf('%.5f', 1.0 * sum(stage = 'closed_won') / sum(NOT {IS_OPEN})), '0'), '.') END AS win_rate,
  printf('%.2f', sum(CASE WHEN stage = 'closed_won' THEN amount ELSE 0 END) / 100.0) AS won_amount
FROM opportunity GROUP BY 1, 2
ORDER BY 2, sum(CASE WHEN stage = 'closed_won' THEN amount ELSE 0 END) DESC, 3 DESC,
  (SELECT name_match FROM contact c WHERE c.id = contact), 1
"""
HOLDINGS = """
SELECT a.id AS asset, serial, status, contact, role, since, until
FROM asset a JOIN contact_asset l ON l.asset = a.id AND (until IS NULL OR until > date('now', 'localtime'))
  AND (since IS NULL OR since <= date('now', 'localtime')) JOIN contact c ON c.id = l.contact
ORDER BY a.name_match, a.id, c.name_match, c.id
"""

# Opened over three years, two of three closed within days, every hundredth of them after it was reopened.
CASES = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
INSERT INTO "case" (title, title_match, status, priority, category, opened_at, closed_at, assigned_to, assigned_to_match,
  created_at, updated_at)
SELECT 'Case ' || n, 'case ' || n, CASE WHEN n % 3 THEN 'closed' WHEN n % 2 THEN 'open' ELSE 'wait_for_response' END,
  CASE n % 4 WHEN 0 THEN 'urgent' WHEN 1 THEN 'low' END,
  CASE n % 3 WHEN 0 THEN 'big_problem' WHEN 1 THEN 'small_problem' END, opened,
  CASE WHEN n % 3 THEN strftime('%Y-%m-%dT%H:%M:%SZ', opened, (n * 31 % 20000) || ' minutes') END,
  'person ' || n % 20, 'person ' || n % 20, opened, '{time}'
FROM (SELECT n, strftime('%Y-%m-%dT%H:%M:%SZ', '2023-01-01', (n * 7919 % 1576800) || ' minutes') AS opened FROM numbers);
INSERT INTO case_status_period ("case", position, value, entered_at, left_at)
SELECT id, 1, CASE status WHEN 'closed' THEN 'open' ELSE status END, opened_at, closed_at FROM "case";
INSERT INTO case_status_period ("case", position, value, entered_at, left_at)
SELECT id, 2, 'closed', closed_at, CASE WHEN id % 100 = 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', closed_at, '2 days') END
FROM "case" WHERE status = 'closed';
INSERT INTO case_status_period ("case", position, value, entered_at)
SELECT id, 3, 'open', strftime('%Y-%m-%dT%H:%M:%SZ', closed_at, '2 days') FROM "case" WHERE status = 'closed' AND id % 100 = 0;
INSERT INTO case_status_period ("case", position, value, entered_at)
SELECT id, 4, 'closed', strftime('%Y-%m-%dT%H:%M:%SZ', closed_at, '3 days') FROM "case"
WHERE status = 'closed' AND id % 100 = 0;
UPDATE case_status_period SET left_at = strftime('%Y-%m-%dT%H:%M:%SZ', entered_at, '1 day') WHERE position = 3;
UPDATE "case" SET closed_at = strftime('%Y-%m-%dT%H:%M:%SZ', closed_at, '3 days') WHERE status = 'closed' AND id % 100 = 0;
"""
LOAD = """
SELECT assigned_to, count(*) AS open, sum(priority IS 'urgent') AS urgent,
  sum(status = 'wait_for_response') AS waiting, min(date(opened_at, 'localtime')) AS oldest
FROM "case" WHERE status <> 'closed' GROUP BY assigned_to_match ORDER BY 2 DESC, assigned_to_match
"""
BACKLOG = """
WITH RECURSIVE months (month) AS (
  SELECT min(date(opened_at, 'localtime', 'start of month')) FROM "case"
  UNION ALL SELECT date(month, '1 month') FROM months WHERE month < date('now', 'localtime', 'start of month')),
opened AS (SELECT date(opened_at, 'localtime', 'start of month') AS month, count(*) AS n FROM "case" GROUP BY 1),
moves AS (SELECT date(entered_at, 'localtime', 'start of month') AS closed,
  date(left_at, 'localtime', 'start of month') AS reopened FROM case_status_period
  WHERE value = 'closed' AND left_at IS NOT NULL),
closed AS (SELECT month, sum(n) AS n FROM (
    SELECT date(closed_at, 'localtime', 'start of month') AS month, count(*) AS n FROM "case" WHERE status = 'closed' GROUP BY 1
    UNION ALL SELECT closed, count(*) FROM moves GROUP BY 1) GROUP BY 1),
reopened AS (SELECT reopened AS month, count(*) AS n FROM moves GROUP BY 1)
SELECT substr(month, 1, 7) AS month, coalesce(o.n, 0) AS opened, coalesce(c.n, 0) AS closed, coalesce(r.n, 0) AS reopened,
  0 AS undated,
  sum(coalesce(o.n, 0) + coalesce(r.n, 0) - coalesce(c.n, 0)) OVER (ORDER BY month) AS backlog
FROM months LEFT JOIN opened o USING (month) LEFT JOIN closed c USING (month) LEFT JOIN reopened r USING (month) ORDER BY 1
"""


def reports(sample, sizes):
    places = " ".join(f"WHEN '{stage}' THEN {place}" for place, stage in enumerate(STAGES))
    count = sizes.pairs
    deals = sample.dealing(count)
    for name, query in [("pipeline", PIPELINE), ("forecast", FORECAST), ("effectiveness", EFFECTIVENESS)]:
        yield work(sample, deals, name, query.format(places=places), count, "opportunities")
    count = sizes.lists[-1]
    yield work(sample, sample.listing(count), "asset-holdings", HOLDINGS, count // 10, "links")
    count = sizes.cases
    cases = sample.made(f"cases-{count}.db", CASES.format(count=count, time=TIME))
    for name, query in [("case-load", LOAD), ("case-backlog", BACKLOG)]:
        yield work(sample, cases, name, query, count, "cases")


def work(sample, path, name, query, count, rows):
    return Work(
        f"report {name} of {count:,} {rows}",
        Program(sample, path)("report", name, "--format", "csv", normalized=rows_of_csv),
        Shell(sample, path)(query, "-csv", "-header", normalized=rows_of_csv),
        1.2,
        rows=count,
        rounds=5,
    )
