"""Doubles the size of what commands are given: none takes more than three times as long for it."""
import os

FROM = b"From x@y Mon Jan  5 10:00:00 2026\n"


def mailbox(n, lines):
    """A mailbox of n messages, each with an id and what of its header lines(i) says."""
    return b"".join(
        FROM + f"Message-ID: <m{i}@x>\nFrom: a@x.example\nTo: b@x.example\n{lines(i)}\n\nb{i}\n\n".encode()
        for i in range(n)
    )


def mail(lines):
    """Takes in messages of one or of many threads."""
    return lambda n: (("email", "import", "-"), mailbox(n, lambda i: lines(i, n)))


def sent_by(sender):
    """Takes in a message whose sender is written so, and what stands behind it in the header."""
    return lambda n: (("email", "import", "-"), f"Message-ID: <m@x>\nFrom: {sender(4 * n)}\n\nb\n".encode())


def undone(n):
    """Delivers n orders of one product, and takes that back and delivers them again."""
    lines = ["product add --name P --code P --price 1 --stock 1000000"]
    lines += ["sales-order add --subject s --line product=code:P,quantity=1"] * n
    lines += ["sales-order deliver --where 'id > 0' --yes", "undo", f"undo {n + 3}"]
    return ("batch", "--each"), "".join(line + "\n" for line in lines).encode()


def processor_seconds():
    """What the children that have ended took of the processors, however busy others keep these."""
    times = os.times()
    return times.children_user + times.children_system


def measured(part, database, words, stdin):
    """Runs a command: its result, and what it took of the processors."""
    start = processor_seconds()
    result = part.call(database, *words, stdin=stdin, timeout=600)
    return result, processor_seconds() - start


def run(part):
    for name, make in CASES.items():
        size, last = 2000, None
        for _ in range(4):
            database = part.make("doubled.db", contacts=2)
            words, stdin = make(size)
            result, took = measured(part, database, words, stdin)
            if last is not None and took >= max(0.25, 3 * last):
                # Whatever else runs takes of the caches; what is slow in itself is so again.
                database = part.make("doubled.db", contacts=2)
                result, again = measured(part, database, words, stdin)
                took = min(took, again)
            if last is not None:
                # Of what takes no time only the start of a process is measured.
                part.expect(took < max(0.25, 3 * last), f"{name}: {size} took {took:.2f} s, half of it {last:.2f} s")
            part.expect(result.returncode in (0, 2, 6), f"{name} {size}: {result.returncode} {result.stderr[-200:]!r}")
            last, size = took, size * 2


CASES = {
    "rows": lambda n: (("contact", "import"), ("last_name\n" + "A\n" * n).encode()),
    "columns": lambda n: (
        ("contact", "import"), (",".join(f"c{i}" for i in range(n)) + "\n" + "," * (n - 1) + "\n").encode()
    ),
    "tags": lambda n: (
        ("contact", "import"), ("last_name,tags\nA,\"" + ",".join(f"t{i}" for i in range(n)) + "\"\n").encode()
    ),
    # One word of a command line has 128 KiB at most.
    "filter": lambda n: (("contact", "list", "--where", " or ".join(f"id = {i}" for i in range(n // 4))), b""),
    "related records": lambda n: (
        ("contact", "list", "--where", " or ".join(f"has asset(id={i})" for i in range(n // 4))), b""
    ),
    "related records denied": lambda n: (
        ("contact", "list", "--where", " and ".join(f"not has asset(id={i})" for i in range(n // 4))), b""
    ),
    "one related record or another denied": lambda n: (
        ("contact", "list", "--where", " or ".join(f"not has email(id={i})" for i in range(n // 4))), b""
    ),
    "related records of two kinds": lambda n: (
        ("contact", "list", "--where", " and ".join(f"(has asset(id={i}) or has email(id={i}))" for i in range(n // 8))), b""
    ),
    "related records and others denied": lambda n: (
        ("contact", "list", "--where",
         " or ".join(f"(has asset(id={i}) and not has email(id={i}))" for i in range(n // 8))), b""
    ),
    "related records denied one by one": lambda n: (
        ("contact", "list", *(word for i in range(n // 4) for word in ("--where", f"not has asset(id={i})"))), b""
    ),
    "misspelt keys": lambda n: (
        ("contact", "import", "--input-format", "jsonl", "--dry-run"),
        b"".join(b'{"last_name":"A","k%d":1}\n' % i for i in range(n)),
    ),
    "keys of a line": lambda n: (
        ("apply",), ('{"module":"contact","last_name":"A",' + ",".join(f'"c{i}":1' for i in range(n)) + "}\n").encode()
    ),
    "a misspelt key": lambda n: (
        ("contact", "import", "--input-format", "jsonl", "--dry-run"), b'{"last_name":"A","emial":1}\n' * n
    ),
    "list": lambda n: (("contact", "list", "--where", f"id in ({','.join(map(str, range(n)))})"), b""),
    "apply": lambda n: (
        ("apply",), b"".join(b'{"module":"contact","ref":"c%d","last_name":"A"}\n' % i for i in range(n))
    ),
    "cards": lambda n: (
        ("contact", "import", "--input-format", "vcard"),
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nN:A;;;;\r\nNOTE:" + b"x\\n" * n + b"\r\nEND:VCARD\r\n",
    ),
    "mail of one subject": mail(lambda i, n: "Subject: Cron daily"),
    "answers of one subject": mail(lambda i, n: "Subject: Re: same"),
    "answers of one subject to many": mail(lambda i, n: f"Subject: Re: same\nCc: c{i}@x.example"),
    "a chain, oldest first": mail(lambda i, n: f"Subject: u{i}\nReferences: <m{i - 1}@x>"),
    "a chain, newest first": mail(lambda i, n: f"Subject: u{i}\nReferences: <m{i + 1}@x>"),
    "answers to one message": mail(lambda i, n: f"Subject: u{i}\nReferences: <root@x> <m{i // 2}@x>"),
    "mail of one id": lambda n: (
        ("email", "import", "-"),
        b"".join(FROM + b"Message-ID: <m@x>\nFrom: a@x.example\n\nb%d\n\n" % i for i in range(n)),
    ),
    "parentheses in an address": sent_by(lambda n: "<" + "(" * n + ")a@x.example>"),
    "brackets in an address": sent_by(lambda n: "[ " * n + "a@x.example"),
    "quotations in an address": sent_by(lambda n: 'a"b"' * n + "a@x.example"),
    "name of an attachment": sent_by(lambda n: "a@x.example\nContent-Type: text/plain; name=" + "a" * n),
    "an undo of deliveries of one product": undone,
    # Threads of equal size become one, again and again.
    "threads joined": mail(lambda i, n: f"Subject: u{i}" + (f"\nReferences: <m{2 * i - n}@x> <m{2 * i - n + 1}@x>"
                                                          if 2 * i >= n and 2 * i - n + 1 < i else "")),
}
