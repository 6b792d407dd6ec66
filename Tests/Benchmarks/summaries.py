"""Figures over groups of records, beside the same in SQL."""

from measuring import Work
from programs import Program, Shell, rows_of_csv

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


def summaries(sample, sizes):
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
