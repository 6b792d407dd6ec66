"""Random commands, undone one by one and done again: the database is as it was, each time."""


def run(part):
    for number in range(max(1, part.rounds // 10)):
        database = part.make("history.db", contacts=8)
        states, sets = [part.must(database, "export")], []
        for _ in range(12):
            if part.call(database, *command(part.random)).returncode == 0:
                state = part.must(database, "export")
                if state != states[-1]:
                    states.append(state)
                    sets.append(newest(part, database))
        undos = []
        for position in reversed(range(len(sets))):
            undone = part.call(database, "undo", sets[position])
            undos.append(newest(part, database))
            part.expect(
                undone.returncode == 0 and part.must(database, "export") == states[position],
                f"history {number}: undo {sets[position]}",
            )
        for position, undo in enumerate(reversed(undos)):
            redone = part.call(database, "undo", undo)
            part.expect(
                redone.returncode == 0 and part.must(database, "export") == states[position + 1],
                f"history {number}: redo {undo}",
            )
        part.expect(part.is_sound(database), f"history {number}: not sound")


def newest(part, database):
    return part.must(database, "log", "--limit", "1", "--format", "tsv").split(b"\n")[1].split(b"\t")[0].decode()


def command(random):
    one, other = (str(random.randint(1, 8)) for _ in range(2))
    return random.choice([
        ("contact", "edit", one, "--title", f"T{random.random()}"),
        ("contact", "edit", "--where", f"id > {one}", "--department", f"D{random.random()}", "--yes"),
        ("contact", "delete", one, "--force"),
        ("contact", "merge", one, other, "--yes"),
        ("contact", "add", "--last-name", f"N{random.random()}"),
        ("contact", "link", "asset", one, other, "--role", "owner"),
        ("contact", "unlink", "asset", one, one, "--role", "user"),
        ("asset", "delete", one, "--yes"),
        ("comment", "add", "--contact", one, "--body", f"B{random.random()}"),
        ("opportunity", "add", "--contact", one, "--name", "Deal", "--amount", "9", "--close-date", "2030-01-01",
         "--stage", "prospecting"),
        ("opportunity", "edit", "1", "--stage", random.choice(["proposal", "closed_won", "qualification"])),
    ])
