"""Figures over groups of records, beside the same in SQL."""

from dataclasses import replace

from measuring import Work
from programs import Program, Shell, rows_of_csv
from sample import STAGES

BY_ORGANIZATION = """
SELECT min(o.name) AS "organization.name", count(*) AS "count", count(DISTINCT t.lead_source) AS "sources"
FROM contact t LEFT JOIN organization o ON o.id = t.organization
GROUP BY o.name_match ORDER BY o.name_match NULLS LAST
"""
BY_YEAR = """
SELECT CAST(substr(birthdate, 1, 4) AS INTEGER) AS "year(birthdate)", count(*) AS "count"
FROM contact GROUP BY 1 ORDER BY 1 NULLS LAST
"""
BY_LINKS = """
SELECT a.status AS "assets.status", count(DISTINCT t.id) AS "count"
FROM contact t LEFT JOIN contact_asset l ON l.contact = t.id AND (l.until IS NULL OR l.until > date())
LEFT JOIN asset a ON a.id = l.asset
GROUP BY a.status ORDER BY a.status NULLS LAST
"""


AMOUNT = """
SELECT stage, currency, printf('%.2f', sum(amount) / 100.0) AS "sum(amount)", count(*) AS "count"
FROM opportunity GROUP BY 1, 2 ORDER BY CASE stage {places} END, 2
"""
MEDIAN = """
SELECT stage, count(*) AS "count",
  round(avg(CASE WHEN r IN ((n + 1) / 2, (n + 2) / 2) THEN probability END)) / 10000 AS "median(probability)"
FROM (
  SELECT stage, probability, row_number() OVER (PARTITION BY stage ORDER BY probability) AS r,
    count(*) OVER (PARTITION BY stage) AS n FROM opportunity)
GROUP BY 1 ORDER BY CASE stage {places} END
"""
LOCAL = """
SELECT strftime('%Y-%m', created_at, 'localtime') AS "month(created_at)", count(*) AS "count"
FROM opportunity GROUP BY 1 ORDER BY 1
"""
CONVERTED = """
SELECT stage, 'USD' AS currency, printf('%.2f', sum(CASE currency WHEN 'USD' THEN amount ELSE round(amount * (
  SELECT rate FROM exchange_rate r WHERE r.currency = t.currency AND target = 'USD' AND date <= t.close_date
  ORDER BY date DESC LIMIT 1) / 1e10) END) / 100.0) AS "sum(amount)"
FROM opportunity t GROUP BY 1 ORDER BY CASE stage {places} END
"""
PIVOT = """
SELECT CAST(substr(close_date, 1, 4) AS INTEGER) AS "year(close_date)", {columns}
FROM opportunity GROUP BY 1 ORDER BY 1
"""


def summaries(sample, sizes):
    yield from over_contacts(sample, sizes)
    yield from over_opportunities(sample, sizes)


def over_contacts(sample, sizes):
    count = sizes.lists[-1]
    path = sample.listing(count)
    shell, crm = Shell(sample, path), Program(sample, path)
    measures = "count, count(distinct lead_source) as sources"
    for name, words, sql in [
        ("by a path of references", ["--by", "organization.name", "--measure", measures], BY_ORGANIZATION),
        ("by year", ["--by", "year(birthdate)"], BY_YEAR),
        ("by what is linked", ["--by", "assets.status", "--count"], BY_LINKS),
    ]:
        yield Work(
            f"summarize {count:,} {name}",
            crm("contact", "summarize", *words, "--format", "csv", normalized=rows_of_csv),
            shell(sql, "-csv", "-header", normalized=rows_of_csv),
            1.2,
            rows=count,
            rounds=5,
        )


def over_opportunities(sample, sizes):
    count = sizes.pairs
    path = sample.dealing(count)
    shell, crm = Shell(sample, path), Program(sample, path)
    places = " ".join(f"WHEN '{stage}' THEN {place}" for place, stage in enumerate(STAGES))
    columns = ", ".join(f"sum(stage = '{stage}') AS \"count.{stage}\"" for stage in STAGES)
    for name, words, sql, surroundings in [
        ("amounts by a choice", ["--by", "stage", "--sum", "amount", "--measure", "sum(amount), count"], AMOUNT, []),
        ("a median", ["--by", "stage", "--measure", "count, median(probability)"], MEDIAN, []),
        ("by month in a zone", ["--by", "month(created_at)"], LOCAL, ["env", "TZ=America/Mexico_City"]),
        ("amounts in one currency", ["--by", "stage", "--sum", "amount", "--in", "USD"], CONVERTED, []),
        ("by year and column", ["--by", "year(close_date)", "--pivot", "stage"], PIVOT, []),
    ]:
        query = sql.format(places=places, columns=columns)
        summary = crm("opportunity", "summarize", *words, "--format", "csv", normalized=rows_of_csv)
        peer = shell(query, "-csv", "-header", normalized=rows_of_csv)
        yield Work(
            f"summarize {count:,} {name}",
            replace(summary, words=surroundings + summary.words),
            replace(peer, words=surroundings + peer.words),
            1.2,
            rows=count,
            rounds=5,
        )
