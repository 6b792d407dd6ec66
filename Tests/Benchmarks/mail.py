"""The works on mail: a mailbox taken in, and again unchanged."""

import base64
import os
import random
import shutil
import sys

from measuring import Command, Work, same
from programs import Program

# What a program of the Python library does of the same: it keeps each message, what its header says and its text.
PYTHON = """
import email.policy, email.utils, hashlib, mailbox, sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.execute("PRAGMA journal_mode = WAL")
base.execute("CREATE TABLE IF NOT EXISTS mail (id TEXT UNIQUE, hash TEXT, subject, sender, recipients, date, text, raw BLOB)")
base.execute("CREATE TABLE IF NOT EXISTS file (hash TEXT UNIQUE, name, bytes BLOB)")
box = mailbox.mbox(sys.argv[1])
for key in box.iterkeys():
    raw = box.get_bytes(key)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    known = base.execute("SELECT hash FROM mail WHERE id = ?", [message["message-id"]]).fetchone()
    name = hashlib.sha256(raw).hexdigest()
    if known and known[0] == name: continue
    body = message.get_body(("plain", "html"))
    base.execute("INSERT INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [message["message-id"], name, message["subject"],
        message["from"], message["to"], message["date"].datetime.isoformat(), body and body.get_content(), raw])
    for part in message.iter_attachments():
        data = part.get_payload(decode=True)
        base.execute("INSERT OR IGNORE INTO file VALUES (?, ?, ?)",
            [hashlib.sha256(data).hexdigest(), part.get_filename(), data])
base.commit()
"""


def mail(sample, sizes):
    box = mailbox(sample, sizes.mails)
    empty = sample.empty()
    path = sample.path("mail.db")
    other = sample.path("mail-python.db")
    crm = Program(sample, path)
    taken = crm("email", "import", box, before=lambda: sample.copy(empty, path))
    python = Command([sys.executable, "-c", PYTHON, box, other], before=lambda: remove(other))

    def work(name, ours, peer, target):
        return Work(name, ours, peer, target, rows=sizes.mails, rounds=1, outcome=same)

    yield work(f"take {sizes.mails:,} messages in, beside Python's mailbox", taken, python, 0.5)
    yield work("take them in again", crm("email", "import", box), Command(python.words), 0.5)
    yield work("the same, beside the first time", crm("email", "import", box), taken, 0.2)
    notmuch = shutil.which("notmuch")
    if notmuch:
        yield work("take them in, beside notmuch new", taken, notmuch_new(sample, box), 0.34)


def remove(path):
    for ending in ["", "-wal", "-shm"]:
        if os.path.exists(path + ending):
            os.remove(path + ending)


def notmuch_new(sample, box):
    """The same messages as files of a Maildir, which is what notmuch takes."""
    folder = sample.path("notmuch")
    settings = sample.path("notmuch-config")
    if not os.path.isdir(folder):
        for name in ["cur", "new", "tmp"]:
            os.makedirs(os.path.join(folder, name))
        with open(box, "rb") as file:
            messages = file.read().split(b"\n\nFrom ana@example.org ")
        for number, message in enumerate(messages):
            with open(os.path.join(folder, "cur", f"{number}:2,S"), "wb") as file:
                file.write(message[message.index(b"\n") + 1 :])
        with open(settings, "w", encoding="utf-8") as file:
            file.write(f"[database]\npath={folder}\n[user]\nname=Ana\nprimary_email=ana@example.org\n")

    def prepare():
        shutil.rmtree(os.path.join(folder, ".notmuch"), ignore_errors=True)

    words = ["env", f"NOTMUCH_CONFIG={settings}", "notmuch", "new", "--quiet"]
    return Command(words, before=prepare)


def mailbox(sample, count):
    """An mbox of messages of 20 kB each on average: texts, most of them answers, a file with one in three."""
    path = sample.path(f"mail-{count}.mbox")
    if os.path.exists(path):
        return path
    chance = random.Random(5)
    words = ["oferta", "pedido", "reunión", "factura", "entrega", "precio", "garantía", "plazo", "equipo", "servicio"]
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            thread = number - number % 4
            answer = f"In-Reply-To: <{thread}@example.org>\nReferences: <{thread}@example.org>\n" if number % 4 else ""
            text = "\n".join(" ".join(chance.choices(words, k=10)) for _ in range(chance.randint(5, 60)))
            file.write(
                f"From ana@example.org Mon Jan  5 10:00:00 2026\nMessage-ID: <{number}@example.org>\n{answer}"
                f"From: Persona {number % 997} <p{number % 997}@example.org>\nTo: ventas@example.com\n"
                f"Subject: {'Re: ' if answer else ''}Asunto {thread}\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n"
                'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
                f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
            )
            if number % 3 == 0:
                data = base64.encodebytes(chance.randbytes(38_000)).decode()
                file.write(
                    "--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
                    f'Content-Disposition: attachment; filename="f{number}.pdf"\n\n{data}'
                )
            file.write("--b--\n\n")
    return path
