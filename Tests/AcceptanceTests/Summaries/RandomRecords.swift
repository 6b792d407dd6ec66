/// Random records, made by Python.
enum RandomRecords {
    /// Makes records of a seed, the first argument, and imports them.
    static let script = #"""
        import csv, json, random, subprocess, sys
        from collections import defaultdict
        from datetime import date, datetime, timedelta, timezone
        from fractions import Fraction
        from zoneinfo import ZoneInfo

        random.seed(int(sys.argv[1]))
        zone = ZoneInfo("America/Mexico_City")


        def away(x, digits=0):
            """The number in units of a digit, rounded half away from zero."""
            x = Fraction(x) * 10 ** digits
            units = (abs(x) * 2 + 1) // 2
            return int(units) if x >= 0 else -int(units)


        def run(*words):
            done = subprocess.run(["crm", *words], capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{words}: {done.stderr}")
            return done.stdout


        def write(name, header, rows):
            with open(name, "w", newline="") as file:
                csv.writer(file).writerows([header, *rows])


        # The records, each with the fields that are asked about; amounts in minor units, percentages in ten thousandths.
        exponents = {"MXN": 2, "JPY": 0, "KWD": 3}
        industries = ["energy", "media", "banking"]
        organizations = [(f"Org {i}", random.choice(industries + [""])) for i in range(6)]
        contacts = [
            (f"C{i}", f"c{i}@x.org", random.randrange(6), random.sample(["vip", "año", "new"], random.randrange(4)))
            for i in range(30)
        ]
        stages = ["prospecting", "qualification", "proposal", "negotiation", "closed_won"]
        days = [date(2025, 1, 1) + timedelta(random.randrange(900)) for _ in range(40)]
        deals = []
        for i in range(300):
            currency = random.choice(list(exponents))
            deals.append(
                dict(
                    name=f"D{i}", contact=random.randrange(30), currency=currency, amount=random.randrange(10 ** 9),
                    stage=random.choice(stages), probability=random.choice([None, random.randrange(1_000_001)]),
                    close_date=random.choice(days), source=random.choice(["", "partner", "cold_call"]),
                )
            )
        cases = []
        for i in range(200):
            opened = datetime(2026, 3, 1, tzinfo=timezone.utc) + timedelta(seconds=random.randrange(40 * 86400))
            closed = random.choice([None, opened + timedelta(seconds=random.randrange(9 * 86400))])
            cases.append(
                dict(
                    title=f"K{i}", priority=random.choice(["low", "normal", "high"]), opened=opened, closed=closed,
                    hours=random.choice([None, random.randrange(10 ** 8)]), contacts=set(random.sample(range(30), 3)),
                )
            )


        # A deal of which no probability is given gets that of its stage.
        usual = dict(prospecting=10, qualification=20, proposal=65, negotiation=80, closed_won=100)


        def decimal(units, digits):
            if units is None:
                return ""
            text = str(units).rjust(digits + 1, "0")
            return text[:-digits] + "." + text[-digits:] if digits else text


        write("o.csv", ["name", "industry"], organizations)
        write(
            "c.csv", ["last_name", "email", "organization", "tags"],
            [(n, e, f"name:{organizations[o][0]}", ",".join(t)) for n, e, o, t in contacts],
        )
        write(
            "d.csv", ["name", "contact", "currency", "amount", "stage", "probability", "close_date", "lead_source"],
            [
                (d["name"], contacts[d["contact"]][1], d["currency"], decimal(d["amount"], exponents[d["currency"]]),
                 d["stage"], decimal(d["probability"], 4), d["close_date"], d["source"])
                for d in deals
            ],
        )
        stamp = "%Y-%m-%dT%H:%M:%SZ"
        write(
            "k.csv", ["title", "priority", "status", "opened_at", "closed_at", "hours"],
            [
                (k["title"], k["priority"], "closed" if k["closed"] else "open", k["opened"].strftime(stamp),
                 k["closed"].strftime(stamp) if k["closed"] else "", decimal(k["hours"], 6))
                for k in cases
            ],
        )
        roles = ["reporter", "affected"]
        write(
            "l.csv", ["contact", "case", "role"],
            [(contacts[c][1], i + 1, role) for i, k in enumerate(cases) for c in k["contacts"] for role in roles],
        )
        for words in ["organization import o.csv", "contact import c.csv", "opportunity import d.csv", "case import k.csv",
                      "contact link case --input l.csv"]:
            run(*words.split())


        for deal in deals:
            if deal["probability"] is None:
                deal["probability"] = usual[deal["stage"]] * 10_000

        """#
}
