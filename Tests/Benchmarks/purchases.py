"""Figures over orders with lines: by product, by customer, and what is bought together, beside the same in SQL."""

from measuring import Work
from programs import Program, Shell, rows_of_csv
from sales import GOODS, LINES, ORDERS, SETTING
from sample import NUMBERS, TIME

# Ten orders of each customer, added over three years.
CUSTOMERS = (
    NUMBERS
    + """
INSERT INTO contact (name, name_match, last_name, last_name_match, do_not_call, email_opt_out, created_at, updated_at)
SELECT 'Ruiz ' || n, 'ruiz ' || n, 'Ruiz ' || n, 'ruiz ' || n, 0, 0, '{time}', '{time}' FROM numbers;
INSERT INTO contact_sales_order (contact, sales_order, role, created_at)
SELECT 1 + id * 7919 % {count}, id, 'primary', created_at FROM sales_order;
UPDATE sales_order SET created_at = strftime('%Y-%m-%dT%H:%M:%SZ', '2023-01-01', (id * 7907 % 1500000) || ' minutes');
"""
)

IS_ORDER = "t.status <> 'cancelled'"
TODAY = "date('now', 'localtime')"


def money(amount):
    return f"printf('%.2f', {amount} / 100.0)"


def decimal(value, digits=5):
    return f"rtrim(rtrim(printf('%.{digits}f', {value}), '0'), '.')"


def called(product):
    return f"(SELECT name_match FROM product WHERE product.id = {product})"


BY_PRODUCT = f"""
SELECT * FROM (
  SELECT n.product AS "lines.product", t.currency, count(DISTINCT t.id) AS count, {money("sum(n.net)")} AS "sum(lines.net)",
    'false' AS total
  FROM sales_order t LEFT JOIN sales_order_line n ON n.sales_order = t.id GROUP BY 1, 2
  ORDER BY {called("n.product")} NULLS LAST, 1, 2
)
UNION ALL
SELECT NULL, t.currency, count(DISTINCT t.id), {money("sum(n.net)")}, 'true'
FROM sales_order t LEFT JOIN sales_order_line n ON n.sales_order = t.id GROUP BY 2
"""
PATTERNS = f"""
SELECT contact, currency, orders, {money("x.total")} AS total, {money("average")} AS average, first, last, recency, cadence,
  date(last, cadence || ' days') AS expected,
  CASE date(last, cadence || ' days') < {TODAY} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END AS late
FROM (
  SELECT contact, currency, count(*) AS orders, sum(total) AS total,
    (2 * sum(total) + count(total)) / (2 * count(total)) AS average, min(day) AS first, max(day) AS last,
    CAST(julianday({TODAY}) - julianday(max(day)) AS INTEGER) AS recency,
    CAST(round((nullif(julianday(max(day)) - julianday(min(day)), 0)) / (count(*) - 1)) AS INTEGER) AS cadence
  FROM (
    SELECT DISTINCT l.contact, t.id, t.currency, t.total, date(t.created_at, 'localtime') AS day
    FROM sales_order t JOIN contact_sales_order l ON l.sales_order = t.id WHERE {IS_ORDER}
  ) GROUP BY 1, 2
) x ORDER BY currency, x.total DESC, (SELECT name_match FROM contact WHERE contact.id = x.contact), contact
"""
INTEREST = f"""
SELECT product, 0 AS interested, purchased, 0 AS assigned, 1 AS conversion FROM (
  SELECT n.product, count(DISTINCT l.contact) AS purchased
  FROM sales_order_line n JOIN sales_order t ON t.id = n.sales_order AND {IS_ORDER}
  JOIN contact_sales_order l ON l.sales_order = t.id WHERE n.product IS NOT NULL GROUP BY 1
) ORDER BY purchased DESC, {called("product")}, product
"""
TOGETHER = f"""
WITH bought AS (
  SELECT DISTINCT t.id AS sale, n.product FROM sales_order t JOIN sales_order_line n ON n.sales_order = t.id
  WHERE {IS_ORDER} AND n.product IS NOT NULL),
counts AS (SELECT product, count(*) AS orders FROM bought GROUP BY 1),
whole AS (SELECT count(DISTINCT sale) AS orders FROM bought)
SELECT x.product, x.other, together, a.orders, {decimal("1.0 * together / w.orders")} AS support,
  {decimal("1.0 * together / a.orders")} AS confidence,
  {decimal("1.0 * together * w.orders / (a.orders * b.orders)", 2)} AS lift
FROM (
  SELECT p.product, q.product AS other, count(*) AS together
  FROM bought p JOIN bought q ON q.sale = p.sale AND q.product <> p.product GROUP BY 1, 2 HAVING count(*) >= 2
) x JOIN counts a ON a.product = x.product JOIN counts b ON b.product = x.other JOIN whole w
ORDER BY together DESC, 1.0 * together * w.orders / (a.orders * b.orders) DESC, {called("x.product")}, x.product,
  {called("x.other")}, x.other
"""


def purchases(sample, sizes):
    count = sizes.orders
    script = SETTING + GOODS + ORDERS.format(count=count, time=TIME)
    script += CUSTOMERS.format(count=max(count // 10, 1), time=TIME)
    path = sample.made(f"purchases-{count}.db", script)
    summary = ["sales-order", "summarize", "--by", "lines.product", "--sum", "lines.net", "--count", "--total"]
    for name, words, query in [
        ("summarize by product", summary, BY_PRODUCT),
        ("report purchase-patterns", ["report", "purchase-patterns"], PATTERNS),
        ("report product-interest", ["report", "product-interest"], INTEREST),
        ("report bought-together", ["report", "bought-together"], TOGETHER),
    ]:
        yield Work(
            f"{name} of {count:,} orders of {LINES} lines",
            Program(sample, path)(*words, "--format", "csv", normalized=rows_of_csv),
            Shell(sample, path)(query, "-csv", "-header", normalized=rows_of_csv),
            1.2,
            rows=count * LINES,
            rounds=5,
        )
