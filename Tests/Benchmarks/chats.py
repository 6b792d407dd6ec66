"""The messages of a room, fetched from the tests' own server, whose limits are off."""

import atexit
import os
import subprocess
import sys

from measuring import Command, Work, same

SERVER = os.path.join(os.path.dirname(__file__), "..", "ChatServer", "chat_server.py")
PAGE = 100


def chats(sample, sizes):
    process = subprocess.Popen(
        [sys.executable, SERVER, "--messages", str(sizes.messages)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(process.stdin.close)
    address = f"http://127.0.0.1:{process.stdout.readline().decode().strip()}"
    made, work = sample.path("room.db"), sample.path("room-work.db")
    if os.path.exists(made):
        os.remove(made)
    for words in (["init"], ["channel", "add", "--room", "BIG"]):
        subprocess.run([sample.crm, "--db", made, *words], check=True, stdout=subprocess.DEVNULL)
    secrets = {"SERVER": address, "USER_ID": "user-of-the-tests", "TOKEN": "token-of-the-tests"}
    variables = [f"CRM_ROCKETCHAT_{name}={value}" for name, value in secrets.items()]
    yield Work(
        f"sync {sizes.messages:,} messages beside curl writing them to a file",
        Command(
            ["env", *variables, sample.crm, "--db", work, "channel", "sync", "1"],
            before=lambda: sample.copy(made, work),
        ),
        Command(["curl", "-q", "--config", configuration(sample, address, sizes.messages)]),
        1.5,
        rows=sizes.messages,
        rounds=3,
        outcome=same,
    )


def configuration(sample, address, count):
    """A file that has curl fetch every page of the room, one after the other over one connection."""
    path, pages = sample.path("pages.conf"), sample.path("pages.json")
    requests = [
        f'url = "{address}/api/v1/channels.messages?roomId=BIG&count={PAGE}&offset={offset}&sort=%7B%22ts%22%3A1%7D"\n'
        'header = "X-Auth-Token: token-of-the-tests"\nheader = "X-User-Id: user-of-the-tests"\n'
        f'silent\noutput = "{pages}"\n'
        for offset in range(0, count, PAGE)
    ]
    with open(path, "w", encoding="utf-8") as file:
        file.write("next\n".join(requests))
    return path
