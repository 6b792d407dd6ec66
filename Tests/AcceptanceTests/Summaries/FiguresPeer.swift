/// Figures computed by Python over random records, beside those that the program gives.
enum FiguresPeer {
    /// Makes records, imports them, asks for summaries and compares; prints what differs and then ends with 1.
    static let script = RandomRecords.script + figures

    private static let figures = #"""
        # What is expected, computed from the lists above.
        def nearest_rank(values, part):
            values = sorted(values)
            return values[max(1, -(-len(values) * part // 100)) - 1] if values else None


        def median(values):
            values, n = sorted(values), len(values)
            return Fraction(values[(n - 1) // 2] + values[n // 2], 2) if n else None


        def mean(values):
            return Fraction(sum(values), len(values)) if values else None


        def rounded(value, digits=0):
            return None if value is None else away(value, digits)


        def local(moment):
            return moment.astimezone(zone).date()


        def month(day):
            return day.strftime("%Y-%m")


        def week(day):
            year, number, _ = day.isocalendar()
            return f"{year:04}-W{number:02}"


        def grouped(records, key):
            groups = defaultdict(list)
            for record in records:
                for one in key(record):
                    groups[one].append(record)
            return groups


        failures = []


        def parsed(text):
            return json.loads(text, parse_float=Fraction, parse_int=Fraction)


        def check(words, names, expected):
            """Compares rows of columns, numbers as fractions."""
            rows = parsed(run(*words, "--json"))
            found = {tuple(row[n]["id"] if isinstance(row[n], dict) else row[n] for n in names) for row in rows}
            if found != expected or len(rows) != len(expected):
                failures.append((words, sorted(found - expected, key=repr)[:3], sorted(expected - found, key=repr)[:3]))


        def unit(currency):
            return Fraction(1, 10 ** exponents[currency])


        def forecast(d):
            return None if d["probability"] is None else away(Fraction(d["amount"] * d["probability"], 10 ** 6))


        def present(values):
            return [v for v in values if v is not None]


        by_stage = grouped(deals, lambda d: [(d["stage"], d["currency"])])
        expected = set()
        for (stage, currency), rows in by_stage.items():
            u, amounts = unit(currency), [d["amount"] for d in rows]
            whole = sum(d["amount"] for d in deals if d["currency"] == currency)
            percents = present(d["probability"] for d in rows)
            expected.add((
                stage, currency, Fraction(len(rows)), sum(amounts) * u, away(mean(amounts)) * u, min(amounts) * u,
                max(amounts) * u, away(median(amounts)) * u, nearest_rank(amounts, 90) * u,
                Fraction(away(Fraction(sum(amounts), whole), 6), 10 ** 6),
                Fraction(away(Fraction(sum(d["source"] == "partner" for d in rows), len(rows)), 6), 10 ** 6),
                sum(present(map(forecast, rows))) * u,
                None if not percents else Fraction(away(mean(percents)), 10 ** 4),
                Fraction(len(percents)), Fraction(len({d["contact"] for d in rows})),
                min(d["close_date"] for d in rows).isoformat(),
            ))
        measures = (
            "count, sum(amount), avg(amount), min(amount), max(amount), median(amount), percentile(90, amount), "
            "share(sum(amount)), rate(lead_source = partner), sum(amount * probability), avg(probability), "
            "count(probability), count(distinct contact), min(close_date)"
        )
        check(
            ["opportunity", "summarize", "--by", "stage", "--measure", measures],
            ["stage", "currency"] + measures.replace("percentile(90, ", "percentile(90,").split(", ")[:6]
            + ["percentile(90, amount)"] + measures.replace("percentile(90, ", "percentile(90,").split(", ")[7:],
            expected,
        )

        for name, period in [
            ("year", lambda d: Fraction(d.year)), ("quarter", lambda d: f"{d.year}-Q{(d.month + 2) // 3}"), ("month", month),
            ("week", week), ("day", date.isoformat),
            ("weekday", lambda d: "monday tuesday wednesday thursday friday saturday sunday".split()[d.weekday()]),
        ]:
            groups = grouped(deals, lambda d: [period(d["close_date"])])
            first, last = min(days_of := [d["close_date"] for d in deals]), max(days_of)
            for n in range((last - first).days + 1):
                groups[period(first + timedelta(n))]
            check(
                ["opportunity", "summarize", "--by", f"{name}(close_date)", "--count"], [f"{name}(close_date)", "count"],
                {(key, Fraction(len(rows))) for key, rows in groups.items()},
            )

        check(
            ["opportunity", "summarize", "--by", "organization.industry,currency", "--sum", "amount"],
            ["organization.industry", "currency", "sum(amount)"],
            {
                (key[0] or None, key[1], sum(d["amount"] for d in rows) * unit(key[1]))
                for key, rows in grouped(
                    deals, lambda d: [(organizations[contacts[d["contact"]][2]][1], d["currency"])]
                ).items()
            },
        )
        check(
            ["opportunity", "summarize", "--by", "band(amount, 1000)"], ["band(amount, 1000)", "currency", "count"],
            {
                (Fraction(key[0]), key[1], Fraction(len(rows)))
                for key, rows in grouped(
                    deals, lambda d: [(d["amount"] * unit(d["currency"]) // 1000 * 1000, d["currency"])]
                ).items()
            },
        )
        check(
            ["contact", "summarize", "--by", "tags", "--measure", "count, count(distinct organization)"],
            ["tags", "count", "count(distinct organization)"],
            {
                (key, Fraction(len(rows)), Fraction(len({c[2] for c in rows})))
                for key, rows in grouped(contacts, lambda c: c[3] or [None]).items()
            },
        )


        def linked(contact):
            return [k for k in cases if contact in k["contacts"]]


        # Each contact is linked twice with each of its cases.
        expected = set()
        for tag, numbers in grouped(range(30), lambda c: contacts[c][3] or [None]).items():
            own = [k for k in cases if k["contacts"] & set(numbers)]
            hours = present(k["hours"] for k in own)
            expected.add((
                tag, Fraction(len(numbers)), Fraction(len(own)), Fraction(sum(hours), 10 ** 6),
                Fraction(away(mean(hours)), 10 ** 6), Fraction(away(median(hours)), 10 ** 6),
                Fraction(nearest_rank(hours, 75), 10 ** 6),
            ))
        measures = ["count", "count(cases.id)", "sum(cases.hours)", "avg(cases.hours)", "median(cases.hours)",
                    "percentile(75, cases.hours)"]
        check(["contact", "summarize", "--by", "tags", "--measure", ", ".join(measures)], ["tags", *measures], expected)

        expected = set()
        for key, rows in grouped(
            range(30), lambda c: {(k["priority"], len(k["contacts"]) > 0) for k in linked(c)} or [(None, None)]
        ).items():
            expected.add((key[0], Fraction(len(rows))))
        check(["contact", "summarize", "--by", "cases.priority", "--count"], ["cases.priority", "count"], expected)

        expected = set()
        for day, rows in grouped(cases, lambda k: [local(k["opened"])]).items():
            closed = [k for k in rows if k["closed"]]
            lengths = [int((k["closed"] - k["opened"]).total_seconds()) for k in closed]
            expected.add((
                day.isoformat(), Fraction(len(rows)), Fraction(sum(away(Fraction(s, 3600), 6) for s in lengths), 10 ** 6),
                None if not lengths else Fraction(away(mean([away(Fraction(s, 86400), 6) for s in lengths])), 10 ** 6),
                None if not lengths else Fraction(away(Fraction(sum(k["closed"].date() > day for k in closed), len(closed)))),
            ))
        names = ["count", "sum(hours(closed_at - opened_at))", "avg(days(closed_at - opened_at))"]
        check(
            ["case", "summarize", "--by", "day(opened_at)", "--measure", ", ".join(names)], ["day(opened_at)", *names],
            {row[:4] for row in expected}
            | {
                ((min(map(local, (k["opened"] for k in cases))) + timedelta(n)).isoformat(), Fraction(0), Fraction(0), None)
                for n in range(
                    (max(local(k["opened"]) for k in cases) - min(local(k["opened"]) for k in cases)).days + 1
                )
                if (min(local(k["opened"]) for k in cases) + timedelta(n)).isoformat() not in {row[0] for row in expected}
            },
        )

        # Rates of each currency in pesos, or the reverse, from some days on; exact, and rounded once an amount.
        rates = []
        for currency in ["JPY", "KWD"]:
            for day in [date(2024, 12, 31), *random.sample(days, 6)]:
                units, reverse = random.randrange(1, 10 ** 12), random.random() < 0.5
                rates.append(((("MXN", currency) if reverse else (currency, "MXN")), day, units))
        rates = {(pair, day): units for pair, day, units in rates}
        write(
            "r.csv", ["currency", "in", "date", "rate"],
            [(pair[0], pair[1], day, decimal(units, 10)) for (pair, day), units in rates.items()],
        )
        run("config", "set", "currency", "MXN")
        run("rate", "import", "r.csv")


        def worth(currency, target, day):
            if currency == target:
                return Fraction(1)
            found = [(on, True, Fraction(u, 10 ** 10)) for (p, on), u in rates.items() if p == (currency, target)]
            found += [(on, False, 1 / Fraction(u, 10 ** 10)) for (p, on), u in rates.items() if p == (target, currency)]
            found = [one for one in found if one[0] <= day]
            if found:
                return max(found)[2]
            return worth(currency, "MXN", day) * worth("MXN", target, day)


        for target in ["MXN", "JPY", "KWD"]:
            scale = 10 ** exponents[target]

            def converted(d):
                return away(d["amount"] * unit(d["currency"]) * worth(d["currency"], target, d["close_date"]) * scale)

            expected = set()
            for key, rows in grouped(deals, lambda d: [(d["stage"], d["currency"])]).items():
                own = list(map(converted, rows))
                expected.add((
                    *key, target, Fraction(sum(own), scale), Fraction(away(median(own)), scale),
                    Fraction(sum(away(Fraction(c * d["probability"], 10 ** 6)) for c, d in zip(own, rows)), scale),
                ))
            names = ["sum(amount)", "median(amount)", "sum(amount * probability)"]
            check(
                ["opportunity", "summarize", "--by", "stage,currency as original", "--measure", ", ".join(names),
                 "--in", target],
                ["stage", "original", "currency", *names], expected,
            )

        # What becomes columns, beside what the groups of both would be.
        def pivoted(words, names, expected):
            rows = parsed(run(*words, "--json"))
            found = {}
            for row in rows:
                found[tuple(row.get(n) for n in names) + (row.get("total", False),)] = {
                    (n, k): v for n, cells in row.items() if isinstance(cells, dict) for k, v in cells.items()
                } | {n: v for n, v in row.items() if n.startswith("total(")}
            if found != expected:
                failures.append((words, [(k, v, expected.get(k)) for k, v in found.items() if v != expected.get(k)][:2]))


        def quarter(d):
            return f"{d['close_date'].year}-Q{(d['close_date'].month + 2) // 3}"


        def measured(rows, whole, currency):
            amounts = [d["amount"] for d in rows]
            return {
                "sum(amount)": sum(amounts) * unit(currency),
                "median(amount)": None if not rows else away(median(amounts)) * unit(currency),
                "share(sum(amount))": Fraction(away(Fraction(sum(amounts), whole), 6), 10 ** 6),
            }


        first, last = min(d["close_date"] for d in deals), max(d["close_date"] for d in deals)
        members = sorted({quarter(dict(close_date=first + timedelta(n))) for n in range((last - first).days + 1)})
        expected = {}
        for key, rows in [*by_stage.items(), *grouped(deals, lambda d: [(None, d["currency"])]).items()]:
            whole = sum(d["amount"] for d in deals if d["currency"] == key[1])
            cells = {}
            for member in members:
                own = [d for d in rows if quarter(d) == member]
                cells |= {(name, member): value for name, value in measured(own, whole, key[1]).items()}
            totals = {f"total({name})": value for name, value in measured(rows, whole, key[1]).items()}
            expected[(*key, key[0] is None)] = cells | totals
        pivoted(
            ["opportunity", "summarize", "--by", "stage", "--pivot", "quarter(close_date)", "--total", "--measure",
             "sum(amount), median(amount), share(sum(amount))"],
            ["stage", "currency"], expected,
        )
        expected = {}
        for tag, numbers in grouped(range(30), lambda c: contacts[c][3] or [None]).items():
            expected[(tag, False)] = {
                ("count(cases.id)", priority): Fraction(len(
                    [k for k in cases if k["contacts"] & set(numbers) and k["priority"] == priority]
                ))
                for priority in ["low", "normal", "high"]
            }
        pivoted(
            ["contact", "summarize", "--by", "tags", "--pivot", "cases.priority", "--measure", "count(cases.id)",
             "--where", "has case"],
            ["tags"], {
                key: value for key, value in expected.items()
                if any(contacts[c][3] == [] or key[0] in contacts[c][3] for c in range(30) if linked(c))
            },
        )

        for failure in failures:
            print(*failure, sep="\n  ")
        sys.exit(bool(failures))
        """#
}
