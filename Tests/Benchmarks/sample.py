"""Databases of realistic records, the same every time."""

import hashlib
import os
import shutil
import subprocess

FIRST_NAMES = [
    ("Ana", "ana"), ("José", "jose"), ("María", "maria"), ("Luis", "luis"), ("Sofía", "sofia"), ("Jorge", "jorge"),
    ("Lucía", "lucia"), ("Andrés", "andres"), ("Carmen", "carmen"), ("Raúl", "raul"), ("Elena", "elena"),
    ("Tomás", "tomas"), ("Inés", "ines"), ("Diego", "diego"), ("Paula", "paula"), ("Iván", "ivan"),
    ("Beatriz", "beatriz"), ("Óscar", "oscar"), ("Noemí", "noemi"), ("Hugo", "hugo"), ("Zoë", "zoe"),
    ("Mary-Ann", "mary-ann"), ("François", "francois"),
]
LAST_NAMES = [
    ("García López", "garcia lopez"), ("Hernández", "hernandez"), ("Martínez Ruiz", "martinez ruiz"),
    ("Núñez", "nunez"), ("Pérez Gómez", "perez gomez"), ("Sánchez", "sanchez"), ("Ramírez Díaz", "ramirez diaz"),
    ("Ibáñez", "ibanez"), ("Castro", "castro"), ("Molina Vega", "molina vega"), ("O'Brien", "o'brien"),
    ("Müller", "muller"), ("Quintero", "quintero"), ("Peña", "pena"), ("Flores", "flores"),
    ("Muñoz Soto", "munoz soto"), ("Rojas", "rojas"), ("Aguilar", "aguilar"), ("Cortés", "cortes"),
]
TITLES = [
    ("Sales manager", "sales manager"), ("Ingeniería de campo", "ingenieria de campo"), ("Directora", "directora"),
    ("Purchasing, indirect goods", "purchasing, indirect goods"), ("Owner", "owner"),
]
TAGS = ['["vip"]', '["newsletter","vip"]', '["customer"]', '["prospect","expo"]']
NOTE = "Prefers calls in the morning; asked for a new quote."
TIME = "2026-01-15T10:00:00Z"


class Sample:
    """Makes databases in a folder, each once, and runs programs on them."""

    def __init__(self, folder, crm, shell):
        self.folder = folder
        self.crm = crm
        self.shell = shell

    def path(self, name):
        return os.path.join(self.folder, name)

    def listing(self, count):
        """The path of a database with that many contacts, a hundredth of it organizations, a tenth assets, linked."""
        return self.made(f"listing-{count}.db", records(count, assets=count // 10) + LINKS.format(time=TIME, count=count))

    def dealing(self, count):
        """The path of a database with that many opportunities in two currencies, and monthly rates of one in the other."""
        return self.made(f"dealing-{count}.db", records(100, assets=1) + OPPORTUNITIES.format(count=count) + RATES)

    def linking(self, count):
        """The path of a database with that many contacts and as many assets, none of them linked."""
        return self.made(f"linking-{count}.db", records(count, assets=count))

    def selling(self, count):
        """The path of a database with that many opportunities, of a hundredth as many contacts."""
        people = records(max(count // 100, 1), assets=1)
        return self.made(f"selling-{count}.db", people + SALES.format(count=count, people=count // 100, time=TIME))

    def imported(self, file, *options):
        """The path of a database with the contacts of a file, imported with some options."""
        path = file + ".db"
        if not os.path.exists(path):
            self.initialize(path)
            words = [self.crm, "--db", path, "contact", "import", file, *options]
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.execute(path, "PRAGMA wal_checkpoint(TRUNCATE);")
        return path

    def made(self, name, sql):
        path = self.path(name)
        if not os.path.exists(path):
            self.initialize(path)
            # The file is made anew should this be interrupted.
            settings = "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
            self.execute(path, f"{settings} BEGIN; {sql} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")
        return path

    def empty(self):
        """The path of a database without records."""
        return self.made("empty.db", "")

    def after(self, made, name, *commands):
        """The path of a copy of a database after commands of crm."""
        path = self.path(f"{name}.db")
        if not os.path.exists(path):
            self.copy(made, path)
            for command in commands:
                subprocess.run([self.crm, "--db", path, "--quiet", *command], check=True, stdout=subprocess.DEVNULL)
            self.execute(path, "PRAGMA wal_checkpoint(TRUNCATE);")
        return path

    def newest_change_set(self, path):
        """The number of the newest change set of a database."""
        words = [self.shell, path, "SELECT max(id) FROM change_set"]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

    def copy(self, made, path):
        """Puts a copy of a database in the place of another, whatever that has left there."""
        for end in ("-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)
        shutil.copyfile(made, path)

    def initialize(self, path):
        subprocess.run([self.crm, "--db", path, "--quiet", "init"], check=True, stdout=subprocess.DEVNULL)

    def execute(self, path, sql):
        subprocess.run([self.shell, "-bail", path], input=sql.encode(), check=True, stdout=subprocess.DEVNULL)

    def digest(self, path, query):
        """The hash of a query's rows."""
        content = hashlib.sha256()
        with subprocess.Popen([self.shell, "-bail", path, query], stdout=subprocess.PIPE) as rows:
            while part := rows.stdout.read(1 << 20):
                content.update(part)
        return content.hexdigest()


def records(count, assets):
    organizations = max(count // 100, 1)
    return "\n".join(
        [
            pairs("first_name", FIRST_NAMES),
            pairs("last_name", LAST_NAMES),
            pairs("title", TITLES),
            pairs("tag", [(tags, "") for tags in TAGS]),
            ORGANIZATIONS.format(count=organizations, time=TIME),
            CONTACTS.format(count=count, organizations=organizations, note=NOTE, time=TIME),
            ASSETS.format(count=assets, organizations=organizations, time=TIME),
        ]
    )


def pairs(name, values):
    rows = ", ".join(f"({number}, {quoted(text)}, {quoted(folded)})" for number, (text, folded) in enumerate(values))
    return (
        f"CREATE TEMP TABLE sample_{name} (number INTEGER PRIMARY KEY, text, folded);"
        f"INSERT INTO sample_{name} VALUES {rows};"
    )


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})"

ORGANIZATIONS = (
    NUMBERS
    + """
INSERT INTO organization (id, name, name_match, created_at, updated_at)
SELECT n, 'Compañía ' || n || ', S.A.', 'compania ' || n || ', s.a.', '{time}', '{time}' FROM numbers;
"""
)

# The factors are primes, so that neighbours differ.
CONTACTS = (
    NUMBERS
    + """
INSERT INTO contact (
  id, name, name_match, first_name, first_name_match, last_name, last_name_match, organization, title, title_match,
  email, email_match, phone, phone_match, mobile, mobile_match, birthdate, lead_source, do_not_call, email_opt_out,
  external_id, tags, description, description_match, created_at, updated_at
)
SELECT n, f.text || ' ' || l.text, f.folded || ' ' || l.folded, f.text, f.folded, l.text, l.folded,
  CASE WHEN n % 5 THEN 1 + n * 7919 % {organizations} END, t.text, t.folded,
  'Contact.' || n || '@example.org', 'contact.' || n || '@example.org',
  printf('+52 55 %04d %04d', n / 10000, n % 10000), printf('5255%08d', n),
  CASE WHEN n % 2 THEN printf('+52 33 %04d %04d', n / 10000, n % 10000) END, CASE WHEN n % 2 THEN printf('5233%08d', n) END,
  CASE WHEN n % 3 = 0 THEN date('1950-01-01', (n * 31 % 18000) || ' days') END,
  CASE n % 4 WHEN 0 THEN 'web_site' WHEN 1 THEN 'trade_show' END, n % 11 = 0, n % 13 = 0,
  CASE WHEN n % 10 = 0 THEN 'K-' || n END, g.text,
  CASE WHEN n % 8 = 0 THEN '{note}' END, CASE WHEN n % 8 = 0 THEN lower('{note}') END, '{time}', '{time}'
FROM numbers
JOIN sample_first_name f ON f.number = n * 7 % (SELECT count(*) FROM sample_first_name)
JOIN sample_last_name l ON l.number = n * 11 % (SELECT count(*) FROM sample_last_name)
LEFT JOIN sample_title t ON t.number = n * 13 % 8
LEFT JOIN sample_tag g ON g.number = n * 17 % 10;
"""
)

ASSETS = (
    NUMBERS
    + """
INSERT INTO asset (id, name, name_match, serial, status, organization, created_at, updated_at)
SELECT n, 'Laptop ' || n, 'laptop ' || n, printf('SN-%08d', n), CASE WHEN n % 9 THEN 'in_service' ELSE 'out_of_service' END,
  1 + n * 7919 % {organizations}, '{time}', '{time}' FROM numbers;
"""
)

STAGES = ["prospecting", "qualification", "proposal", "negotiation", "closed_won", "closed_lost"]

# Made over four years, to the minute, and closed over six.
OPPORTUNITIES = (
    NUMBERS
    + """
INSERT INTO opportunity (
  id, name, name_match, contact, organization, close_date, amount, currency, stage, probability, created_at, updated_at
)
SELECT n, 'Deal ' || n, 'deal ' || n, 1 + n % 100, 1, date('2022-01-01', (n * 31 % 2191) || ' days'), n * 7919 % 10000000,
  CASE WHEN n % 3 THEN 'USD' ELSE 'MXN' END, CASE n % 6 """
    + " ".join(f"WHEN {place} THEN '{stage}'" for place, stage in enumerate(STAGES))
    + """ END, n * 37 % 1000001, strftime('%Y-%m-%dT%H:%M:%SZ', '2022-01-01', (n * 7919 % 2102400) || ' minutes'),
  '2026-01-15T10:00:00Z'
FROM numbers;
"""
)

RATES = """
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 71)
INSERT INTO exchange_rate (name, currency, target, date, rate, external_id, created_at, updated_at)
SELECT 'MXN USD ' || day, 'MXN', 'USD', day, 500000000 + n * 1000003, 'MXN USD ' || day, day, day
FROM (SELECT n, date('2022-01-01', n || ' months') AS day FROM numbers);
"""

LINKS = """
INSERT INTO contact_asset (contact, asset, role, created_at)
SELECT 1 + id * 7919 % {count}, id, 'custodian', '{time}' FROM asset;
"""

SALES = (
    NUMBERS
    + """
INSERT INTO opportunity (
  id, name, name_match, contact, organization, close_date, amount, currency, stage, probability, created_at, updated_at
)
SELECT n, 'Sale ' || n, 'sale ' || n, 1 + n * 7919 % {people}, 1, date('2026-01-01', (n * 31 % 700) || ' days'),
  100 * (n % 9000), 'MXN',
  CASE n % 4 WHEN 0 THEN 'prospecting' WHEN 1 THEN 'qualification' WHEN 2 THEN 'proposal' ELSE 'value_proposition' END,
  CASE n % 4 WHEN 0 THEN 100000 WHEN 1 THEN 200000 WHEN 2 THEN 650000 ELSE 300000 END, '{time}', '{time}' FROM numbers;
INSERT INTO contact_opportunity (contact, opportunity, role, created_at)
SELECT contact, id, 'primary', '{time}' FROM opportunity;
INSERT INTO opportunity_stage_period (opportunity, position, value, entered_at)
SELECT id, 1, stage, '{time}' FROM opportunity;
"""
)
