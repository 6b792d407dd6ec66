"""What a disk holds after a loss of power: the calls of a command, told by strace(1), replayed up to any of them. What was
not yet synced may be there, in part, or not; names that the folder was not synced for are there up to any of them."""
import os
import re
import subprocess

CALLS = (
    "openat,open,creat,close,lseek,pwrite64,write,ftruncate,fsync,fdatasync,mkdir,unlink,unlinkat,"
    "rename,renameat,renameat2,link,linkat"
)
CALL = re.compile(rb"^(?:\d+\s+)?(?:\[pid\s+\d+\] )?(\w+)\((.*)\) += (-?\d+)")
STRING = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
SECTOR = 512


class Disk:
    """The steps that a command made in a folder: each changes the bytes of a file or the names in a folder, or syncs one."""

    def __init__(self, folder):
        self.folder = folder
        self.steps = []
        # A file is a number, so that it stays the same under another name.
        self.names, self.contents = {}, []
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                if not path.endswith("-shm"):
                    self.names[path] = self.file(open(path, "rb").read())
        self.now = dict(self.names)

    def file(self, data=b""):
        self.contents.append(data)
        return len(self.contents) - 1

    def trace(self, command, stdin, environment):
        """Runs the command in the folder and takes down its steps; the status."""
        log = self.folder + ".trace"
        result = subprocess.run(
            ["strace", "-f", "-o", log, "-xx", "-s", "100000000", "-e", f"trace={CALLS}", *command],
            input=stdin, capture_output=True, env=environment, cwd=self.folder, timeout=300,
        )
        opened = {}
        with open(log, "rb") as lines:
            for line in lines:
                match = CALL.match(line.strip())
                if match and int(match[3]) >= 0:
                    self.take(match[1].decode(), match[2], int(match[3]), opened)
        os.unlink(log)
        return result.returncode

    def take(self, name, arguments, result, opened):
        """Takes down one call that succeeded; opened has the files and folders by descriptor."""
        paths = [self.path(text) for text in STRING.findall(arguments)]
        number = re.match(rb"(\d+)", arguments)
        descriptor = int(number[1]) if number else None
        if name in ("open", "openat", "creat"):
            opened[result] = self.open(paths[0], arguments, name)
        elif name == "close":
            opened.pop(descriptor, None)
        elif name.startswith("rename"):
            self.change_names("rename", paths[0], paths[1])
        elif name.startswith("link"):
            self.change_names("link", paths[0], paths[1])
        elif name.startswith("unlink"):
            self.change_names("unlink", paths[0], None)
        elif name == "mkdir":
            os.makedirs(paths[0], exist_ok=True)
        elif descriptor in opened and opened[descriptor] is not None:
            self.take_of_file(name, arguments, result, opened[descriptor])

    def take_of_file(self, name, arguments, result, target):
        last = arguments.rsplit(b", ", 1)[-1]
        if target["folder"]:
            if name in ("fsync", "fdatasync"):
                self.steps.append(("sync folder", target["path"]))
            return
        file = target["file"]
        if name in ("fsync", "fdatasync"):
            self.steps.append(("sync", file))
        elif name == "ftruncate":
            self.steps.append(("truncate", file, int(last)))
        elif name == "lseek":
            target["place"] = result
        elif name == "pwrite64":
            self.write(file, int(last), unquoted(STRING.search(arguments)[1])[:result])
        elif name == "write":
            place = self.length(file) if target["appends"] else target["place"]
            self.write(file, place, unquoted(STRING.search(arguments)[1])[:result])
            target["place"] = place + result

    def write(self, file, place, data):
        self.steps.append(("write", file, place, data))

    def length(self, file):
        """How long a file is after all steps so far."""
        length = len(self.contents[file])
        for step in self.steps:
            if step[0] == "truncate" and step[1] == file:
                length = step[2]
            elif step[0] == "write" and step[1] == file:
                length = max(length, step[2] + len(step[3]))
        return length

    def open(self, path, arguments, name):
        """What a descriptor stands for; None where it is none of the folder's."""
        if not path.startswith(self.folder + "/") and path != self.folder or path.endswith("-shm"):
            return None
        if b"O_DIRECTORY" in arguments or os.path.isdir(path):
            return {"folder": True, "path": path}
        if path not in self.now:
            if b"O_CREAT" not in arguments and name != "creat":
                return None
            self.now[path] = self.file()
            self.steps.append(("link", None, path, self.now[path]))
        elif b"O_TRUNC" in arguments:
            self.steps.append(("truncate", self.now[path], 0))
        return {"folder": False, "file": self.now[path], "place": 0, "appends": b"O_APPEND" in arguments}

    def change_names(self, kind, path, target):
        if path not in self.now:
            return
        file = self.now[path]
        if kind != "link":
            del self.now[path]
        if target is not None:
            self.now[target] = file
        self.steps.append((kind, path, target, file))

    def path(self, text):
        return os.path.normpath(os.path.join(self.folder, unquoted(text).decode("utf-8", "surrogateescape")))

    def lose_power(self, last, random):
        """Writes into the folder what may be left of it behind so many steps."""
        done = self.steps[:last]
        contents = [bytearray(data) for data in self.contents]
        for number, step in enumerate(done):
            if step[0] not in ("write", "truncate"):
                continue
            fate = 1.0 if ("sync", step[1]) in done[number:] else random.random()
            if step[0] == "truncate" and fate >= 0.4:
                resize(contents[step[1]], step[2])
            elif step[0] == "write" and fate >= 0.4:
                data = step[3]
                if fate < 0.6:
                    data = data[: random.randrange(0, len(data) + 1, SECTOR) or SECTOR]
                if len(contents[step[1]]) < step[2] + len(data):
                    resize(contents[step[1]], step[2] + len(data))
                contents[step[1]][step[2]:step[2] + len(data)] = data
        for path, file in self.names_left(done, random).items():
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as output:
                output.write(contents[file])

    def names_left(self, done, random):
        """The names that are there: those that their folder was synced for, and of the later ones the first few."""
        names, lost = dict(self.names), set()
        for number, step in enumerate(done):
            if step[0] not in ("link", "unlink", "rename"):
                continue
            folder = os.path.dirname(step[2] or step[1])
            isSynced = ("sync folder", folder) in done[number:]
            if not isSynced and (folder in lost or random.random() < 0.25):
                lost.add(folder)
                continue
            if step[0] != "link":
                names.pop(step[1], None)
            if step[2] is not None:
                names[step[2]] = step[3]
        return names


def resize(data, length):
    del data[length:]
    data.extend(bytes(length - len(data)))


def unquoted(text):
    return bytes.fromhex(text.replace(b"\\x", b"").decode())
