"""Orders with lines: what adds, lists, counts anew and imports them, beside the same in SQL.

The peer counts as crm does, each tax by its rate and the discount split over the sets of taxes, and where stored orders
change it writes the history too.
"""

import json

from bulk import change_set, kept
from exchanges import Place
from measuring import Work
from programs import Program, Shell, rows_of_csv, written
from queries import NOW, SETTINGS, lines_of
from sample import NUMBERS, TIME

PRODUCTS = 1000
LINES = 5


def sales(sample, sizes):
    made = orders(sample, sizes.orders)
    yield applied(sample, made, sizes.added)
    yield by_total(sample, made, sizes.orders)
    yield recounted(sample, made, sizes.orders)
    yield imported(sample, sizes.orders)


def applied(sample, made, count):
    file = written(
        sample.path(f"orders-{count}.jsonl"),
        "",
        (
            json.dumps(
                {
                    "module": "sales_order",
                    "external_id": f"N-{n}",
                    "subject": f"New order {n}",
                    "lines": [
                        {"product": product_of(n, place), "quantity": quantity_of(n, place)} for place in range(LINES)
                    ],
                }
            )
            + "\n"
            for n in range(1, count + 1)
        ),
    )
    place = Place(sample, made)
    return Work(
        f"apply {count:,} orders of {LINES} lines",
        place.crm("apply", file),
        place.sql(
            [
                *lines_of(file),
                "BEGIN IMMEDIATE;",
                stored(
                    "SELECT json ->> 'external_id' AS external_id, json ->> 'subject' AS subject FROM line",
                    """
                    SELECT line.json ->> 'external_id' AS external_id, j.key + 1 AS position, j.value ->> 'product' AS product,
                      (j.value ->> 'quantity') * 1000000 AS quantity FROM line, json_each(line.json, '$.lines') j
                    """,
                ),
            ]
        ),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE),
    )


def by_total(sample, made, count):
    return Work(
        f"list {count:,} orders by total",
        Program(sample, made)(
            "sales-order", "list", "--sort", "-total", "--columns", "number,subject,total,currency", "--format", "csv",
            normalized=rows_of_csv,
        ),
        Shell(sample, made)(
            """
            SELECT number, subject, printf('%d.%02d', total / 100, total % 100) AS total, currency FROM sales_order
            ORDER BY sales_order.total DESC, id
            """,
            "-csv",
            "-header",
            normalized=rows_of_csv,
        ),
        1.5,
        rows=count,
        rounds=5,
    )  # fmt: skip


def recounted(sample, made, count):
    file = written(
        sample.path(f"discounts-{count}.csv"), "id,discount_percent\n", (f"{n},{1 + n % 9}\n" for n in range(1, count + 1))
    )
    place = Place(sample, made)
    return Work(
        f"count the totals of {count:,} orders anew",
        place.crm("sales-order", "import", file, "--match", "id"),
        place.sql(
            [
                f"{SETTINGS} CREATE TEMP TABLE discount (id INTEGER PRIMARY KEY, percent INTEGER);",
                f".import --csv --skip 1 {file} discount",
                RECOUNTED,
            ]
        ),
        1.5,
        rows=count,
        rounds=3,
        outcome=place.outcome(STATE + HISTORY),
    )


def imported(sample, count):
    rows = (
        f"K-{n},Order {n},SKU-{product_of(n, place)},{quantity_of(n, place)}\n"
        for n in range(1, count + 1)
        for place in range(LINES)
    )
    file = written(sample.path(f"lines-{count}.csv"), "external_id,subject,line.product.code,line.quantity\n", rows)
    place = Place(sample, sample.made("products.db", SETTING + GOODS))
    return Work(
        f"import {count * LINES:,} lines of orders",
        place.crm("sales-order", "import", file),
        place.sql(
            [
                f"{SETTINGS} CREATE TEMP TABLE cell (external_id, subject, code, quantity);",
                f".import --csv --skip 1 {file} cell",
                "BEGIN IMMEDIATE;",
                stored(
                    "SELECT external_id, min(subject) AS subject FROM cell GROUP BY external_id ORDER BY min(rowid)",
                    """
                    SELECT cell.external_id, row_number() OVER (PARTITION BY cell.external_id ORDER BY cell.rowid) AS position,
                      product.id AS product, cell.quantity * 1000000 AS quantity
                    FROM cell JOIN product ON product.code = cell.code ORDER BY cell.rowid
                    """,
                ),
            ]
        ),
        1.5,
        rows=count * LINES,
        rounds=3,
        outcome=place.outcome(STATE),
    )


def product_of(order, place):
    """The product of a line; the factor is a prime, so that neighbours differ."""
    return 1 + (order * LINES + place) * 7919 % PRODUCTS


def quantity_of(order, place):
    return 1 + (order + place) % 9


def orders(sample, count):
    """The path of a database with that many orders of products, five lines each, all in one currency."""
    return sample.made(f"orders-{count}.db", SETTING + GOODS + ORDERS.format(count=count, time=TIME))


SETTING = "INSERT OR REPLACE INTO setting VALUES ('currency', 'MXN');"

GOODS = (
    NUMBERS.format(count=PRODUCTS)
    + f"""
INSERT INTO product (id, name, name_match, code, price, currency, tax_rate, active, created_at, updated_at)
SELECT n, 'Cable ' || n, 'cable ' || n, 'SKU-' || n, 1000 + n * 7919 % 99000, 'MXN', 160000, 1, '{TIME}', '{TIME}'
FROM numbers;
"""
)

# What follows from the lines of orders: half a cent is rounded up.
SUBTOTAL = "(SELECT sum(net) FROM sales_order_line WHERE sales_order = sales_order.id)"
LINE_COLUMNS = "(sales_order, position, product, quantity, unit_price, taxes, net, open)"
TAX_COLUMNS = "(sales_order, position, kind, rate, base, amount)"
TAXED = "SELECT id, 1, 'vat', 160000, subtotal - discount_total, tax_total FROM sales_order"
PERIOD_COLUMNS = "(sales_order, position, value, entered_at)"

ORDERS = (
    NUMBERS
    + f"""
INSERT INTO sales_order (id, subject, subject_match, number, status, currency, external_id, created_at, updated_at)
SELECT n, 'Order ' || n, 'order ' || n, printf('OLD-%06d', n), 'created', 'MXN', 'O-' || n, '{{time}}', '{{time}}'
FROM numbers;
INSERT INTO sales_order_line {LINE_COLUMNS}
SELECT o.id, j.value + 1, p.id, (1 + (o.id + j.value) % 9) * 1000000, p.price, '["vat:16"]',
  (1 + (o.id + j.value) % 9) * p.price, (1 + (o.id + j.value) % 9) * 1000000
FROM sales_order o, json_each('{list(range(LINES))}') j
JOIN product p ON p.id = 1 + (o.id * {LINES} + j.value) * 7919 % {PRODUCTS} ORDER BY o.id, j.value;
INSERT INTO sales_order_status_period {PERIOD_COLUMNS} SELECT id, 1, status, created_at FROM sales_order;
UPDATE sales_order SET subtotal = {SUBTOTAL}, discount_total = 0, shipping_tax = 0, withheld_total = 0;
UPDATE sales_order SET tax_total = (subtotal * 16 + 50) / 100, total = subtotal + (subtotal * 16 + 50) / 100;
INSERT INTO sales_order_tax {TAX_COLUMNS} {TAXED};
"""
)


def stored(given, lines):
    """Adds orders and their lines, with what follows from them.

    `given` selects external_id and subject of each order, `lines` external_id, position, product and quantity of each.
    """
    last = "(SELECT coalesce(max(last), 0) FROM counter WHERE field = 'sales_order.number')"
    lead = "strftime('VTA-%Y-')"
    return f"""
    CREATE TEMP TABLE first AS SELECT coalesce(max(id), 0) + 1 AS id FROM sales_order;
    INSERT INTO sales_order (subject, subject_match, number, status, currency, external_id, created_at, updated_at)
    SELECT subject, lower(subject), {lead} || printf('%04d', {last} + row_number() OVER ()), 'created', 'MXN', external_id,
      {NOW}, {NOW} FROM ({given});
    INSERT INTO sales_order_line {LINE_COLUMNS}
    SELECT o.id, l.position, p.id, l.quantity, p.price, json_array('vat:' || (p.tax_rate / 10000)),
      (l.quantity * p.price + 500000) / 1000000, l.quantity
    FROM ({lines}) l JOIN sales_order o ON o.external_id = l.external_id JOIN product p ON p.id = l.product;
    {counted("SELECT id FROM sales_order WHERE id >= (SELECT id FROM first)")}
    INSERT INTO sales_order_tax {TAX_COLUMNS}
    SELECT sales_order, row_number() OVER (PARTITION BY sales_order ORDER BY kind, rate), kind, rate, base, amount FROM due;
    INSERT INTO sales_order_status_period {PERIOD_COLUMNS} SELECT id, 1, status, created_at FROM sales_order
    WHERE id >= (SELECT id FROM first);
    INSERT INTO counter VALUES ('sales_order.number', {lead}, '', (SELECT count(*) FROM ({given})))
    ON CONFLICT DO UPDATE SET last = last + excluded.last;
    COMMIT;
    """


def counted(orders):
    """Counts the totals of some orders from their lines, and keeps the taxes of each in a table `due`."""
    discount = "(subtotal * coalesce(discount_percent, 0) + 500000) / 1000000"
    return f"""
    CREATE TEMP TABLE goods (sales_order INTEGER, taxes, net, PRIMARY KEY (sales_order, taxes)) WITHOUT ROWID;
    INSERT INTO goods SELECT sales_order, taxes, sum(net) FROM sales_order_line WHERE sales_order IN ({orders}) GROUP BY 1, 2;
    CREATE TEMP TABLE due (sales_order INTEGER, kind, rate, base, amount, PRIMARY KEY (sales_order, kind, rate)) WITHOUT ROWID;
    INSERT INTO due
    SELECT sales_order, kind, rate, base, (base * rate + 500000) / 1000000 FROM (
      SELECT g.sales_order, substr(t.value, 1, instr(t.value, ':') - 1) AS kind,
        substr(t.value, instr(t.value, ':') + 1) * 10000 AS rate,
        sum(g.net - (g.net * o.discount + o.subtotal / 2) / o.subtotal) AS base
      FROM (
        SELECT id, subtotal, {discount} AS discount FROM (
          SELECT sales_order AS id, sum(net) AS subtotal FROM goods GROUP BY 1
        ) JOIN (SELECT id, discount_percent FROM sales_order) USING (id)
      ) o JOIN goods g ON g.sales_order = o.id, json_each(g.taxes) t GROUP BY 1, 2, 3
    );
    UPDATE sales_order SET subtotal = (SELECT sum(net) FROM goods WHERE goods.sales_order = sales_order.id),
      tax_total = (SELECT sum(amount) FROM due WHERE due.sales_order = sales_order.id), shipping_tax = 0, withheld_total = 0
    WHERE id IN ({orders});
    UPDATE sales_order SET discount_total = {discount}, total = subtotal - {discount} + tax_total WHERE id IN ({orders});
    """


CHANGED = "SELECT id FROM discount"
RECOUNTED = f"""
BEGIN IMMEDIATE;
{change_set("discounts")}
{kept("sales_order", ["discount_percent", "discount_total", "tax_total", "total", "updated_at"], f"id IN ({CHANGED})")}
UPDATE sales_order SET discount_percent = percent * 10000, updated_at = {NOW} FROM discount WHERE discount.id = sales_order.id;
{counted(CHANGED)}
{kept("sales_order_tax", ["base", "amount"], f"sales_order IN ({CHANGED})")}
UPDATE sales_order_tax SET base = due.base, amount = due.amount
FROM due WHERE due.sales_order = sales_order_tax.sales_order AND due.kind = sales_order_tax.kind
  AND due.rate = sales_order_tax.rate;
COMMIT;
"""

STATE = """
SELECT external_id, subject, number, status, currency, discount_percent, subtotal, discount_total, tax_total,
  shipping_tax, withheld_total, total FROM sales_order ORDER BY external_id;
SELECT o.external_id, l.position, l.product, l.quantity, l.unit_price, l.taxes, l.net, l.open
FROM sales_order_line l JOIN sales_order o ON o.id = l.sales_order ORDER BY o.id, l.position;
SELECT o.external_id, t.position, t.kind, t.rate, t.base, t.amount
FROM sales_order_tax t JOIN sales_order o ON o.id = t.sales_order ORDER BY o.id, t.position;
SELECT o.external_id, p.position, p.value
FROM sales_order_status_period p JOIN sales_order o ON o.id = p.sales_order ORDER BY o.id, p.position;
"""
HISTORY = "SELECT table_name, action, count(*), min(before), max(before) FROM change GROUP BY 1, 2;"
