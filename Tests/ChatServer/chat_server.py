#!/usr/bin/env python3
"""A server on loopback that speaks as much of Rocket.Chat's REST API as `crm channel` asks for, and misbehaves on request.

It prints its port, then serves until its standard input ends. Tests steer it over POST /control: messages are sent,
edited and removed, and faults are put before the next answers. What it was asked stands under GET /control.
"""

import argparse
import http.server
import json
import socket
import ssl
import sys
import threading
import time
import urllib.parse

TOKEN = "token-of-the-tests"
USER_ID = "user-of-the-tests"
EPOCH = 1_700_000_000_000


def instant(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{rest:03}Z"


class Room:
    def __init__(self, identifier, kind, name, usernames=()):
        self.identifier, self.kind, self.name, self.usernames = identifier, kind, name, list(usernames)
        self.topic = f"All about {name}"
        self.messages = []
        self.deleted = []
        self.by_id = {}

    def described(self):
        room = {"_id": self.identifier, "t": self.kind, "msgs": len(self.messages), "topic": self.topic}
        if self.kind == "d":
            room["usernames"] = self.usernames
        else:
            room["name"] = self.name
            room["fname"] = self.name
        return room


class Chat:
    """The rooms, the clock and the faults."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rooms = {}
        self.faults = []
        self.log = []
        self.tokens = {TOKEN}
        self.limit = None
        self.windows = {}
        self.page_cap = 100
        self.wrong_total = None
        self.users = {}
        self.ids = {}
        self.logins = 0
        self.second_factor = False
        self.halves = False

    def now(self):
        return int(time.time() * 1000)

    def send(self, room, text, author="ana", name="Ana Ruiz", at=None, **more):
        room = self.rooms[room]
        at = at if at is not None else self.now()
        number = len(room.messages) + len(room.deleted)
        message = {
            "_id": more.pop("id", f"{room.identifier}-{number}"), "rid": room.identifier, "msg": text,
            "ts": instant(at), "u": {"_id": self.ids.get(author, f"id-{author}"), "username": author, "name": name},
            "_updatedAt": instant(max(at, more.pop("updated", at))), "urls": [], "mentions": [], "channels": [],
        }
        message.update(more)
        room.messages.append(message)
        room.by_id[message["_id"]] = message
        return message["_id"]

    def rename(self, author, to, restamps=True):
        """Gives a user another name, in all that the user wrote, as the server does."""
        identifier = self.ids.pop(author, f"id-{author}")
        self.ids[to] = identifier
        for room in self.rooms.values():
            for message in room.messages:
                if message["u"]["_id"] == identifier:
                    message["u"] = {**message["u"], "username": to}
                    if restamps:
                        message["_updatedAt"] = instant(self.now())

    def edit(self, room, identifier, text):
        message = self.rooms[room].by_id[identifier]
        message["msg"] = text
        message["editedAt"] = message["_updatedAt"] = instant(self.now())
        message["editedBy"] = message["u"]

    def delete(self, room, identifier, how="gone"):
        room = self.rooms[room]
        message = room.by_id[identifier]
        if how == "rm":
            message.update({"msg": "", "t": "rm", "_updatedAt": instant(self.now()), "editedAt": instant(self.now())})
            return
        room.messages.remove(message)
        del room.by_id[identifier]
        if how == "gone":
            room.deleted.append({"_id": identifier, "_deletedAt": instant(self.now())})


def fill(chat, count):
    """A room of many messages, as a busy one has them."""
    room = chat.rooms["BIG"] = Room("BIG", "c", "big")
    words = "pedido factura entrega mañana gracias revisar contrato cliente reunión enviar precio lista".split()
    for number in range(count):
        text = " ".join(words[(number * step) % len(words)] for step in (1, 3, 5, 7, 2, 11, 4, 9)) + f" {number}"
        author = f"user{number % 50}"
        chat.send("BIG", text, author, author.title(), at=EPOCH + number * 977, id=f"BIG-{number}")


def page(room, chat, offset, count):
    messages = room.messages[offset : offset + min(count, chat.page_cap)]
    total = len(room.messages) if chat.wrong_total is None else chat.wrong_total
    answer = {"messages": messages, "count": len(messages), "offset": offset, "total": total, "success": True}
    return json.dumps(answer).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer goes out as one, and does not wait for the one before to be acknowledged.
    wbufsize = 1 << 20
    disable_nagle_algorithm = True
    chat = None

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, headers=(), kind="application/json"):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        path = urllib.parse.urlsplit(self.path).path
        if path == "/control":
            with self.chat.lock:
                self.answer(self.steer(json.loads(body)))
            return
        if path == "/api/v1/logout":
            self.chat.log.append({"path": path})
            self.chat.tokens.discard(self.headers.get("X-Auth-Token"))
            self.answer({"status": "success", "data": {}})
            return
        if path == "/api/v1/login" and self.chat.second_factor:
            self.answer({"status": "error", "error": "totp-required", "message": "TOTP Required"}, 401)
            return
        if path == "/api/v1/login":
            form = dict(urllib.parse.parse_qsl(body.decode()))
            self.chat.log.append({"path": path})
            if form.get("user") == "ana" and form.get("password") == 'se "cret\\ & más':
                self.chat.logins += 1
                token = f"login-{self.chat.logins}"
                self.chat.tokens.add(token)
                self.answer({"status": "success", "data": {"userId": USER_ID, "authToken": token}})
            else:
                self.answer({"status": "error", "error": "Unauthorized", "message": "Unauthorized"}, 401)
            return
        self.answer({"success": False, "error": "no such method"}, 404)

    def steer(self, order):
        chat, what = self.chat, order.pop("do")
        if what == "room":
            chat.rooms[order["id"]] = Room(order["id"], order["kind"], order.get("name", ""), order.get("usernames", ()))
        elif what == "topic":
            chat.rooms[order["room"]].topic = order["text"]
            chat.send(order["room"], order["text"], t="room_changed_topic")
        elif what == "name":
            chat.rooms[order["room"]].name = order["text"]
            chat.send(order["room"], order["text"], t="r")
        elif what == "rename":
            chat.rename(**order)
        elif what == "send":
            return {"id": chat.send(**order)}
        elif what == "edit":
            chat.edit(**order)
        elif what == "delete":
            chat.delete(**order)
        elif what == "fault":
            chat.faults.append(dict(order))
        elif what == "set":
            for key, value in order.items():
                setattr(chat, key, value)
        elif what == "user":
            chat.users[order["username"]] = order
        elif what == "expire":
            chat.tokens.clear()
        elif what == "allow":
            chat.tokens.add(TOKEN)
        elif what == "all":
            for one in order["orders"]:
                self.steer(one)
        return {}

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == "/control":
            self.answer({"log": self.chat.log})
            return
        query = dict(urllib.parse.parse_qsl(parts.query))
        method = parts.path.removeprefix("/api/v1/")
        with self.chat.lock:
            self.chat.log.append({"path": parts.path, "query": query, "token": self.headers.get("X-Auth-Token")})
            fault = self.chat.faults[0] if self.chat.faults else None
            if fault is not None and fault.get("method", method) == method:
                if fault.get("after", 0) > 0:
                    fault["after"] -= 1
                    fault = None
                else:
                    fault["times"] = fault.get("times", 1) - 1
                    if fault["times"] < 1:
                        self.chat.faults.pop(0)
            else:
                fault = None
        if fault is not None and self.misbehave(fault):
            return
        if self.headers.get("X-Auth-Token") not in self.chat.tokens or self.headers.get("X-User-Id") != USER_ID:
            self.answer({"status": "error", "message": "You must be logged in to do this."}, 401)
            return
        headers = self.limits(method)
        if headers is None:
            return
        with self.chat.lock:
            status, body = self.method(method, query)
        if self.chat.halves:
            # A text that names the escape becomes half a character.
            body = body.replace(rb"\\ud83d", rb"\ud83d")
        if fault is not None and fault["kind"] == "cut":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self.answer(body, status, headers)

    def misbehave(self, fault):
        """Answers in place of the method; false where the method is still to answer."""
        kind = fault["kind"]
        if kind == "status":
            headers = [("Retry-After", str(fault["retry_after"]))] if "retry_after" in fault else []
            self.answer({"success": False, "error": fault.get("error", "broken")}, fault["status"], headers)
        elif kind == "html":
            page = b"<!DOCTYPE html><html><body>Maintenance</body></html>"
            headers = [("Retry-After", str(fault["retry_after"]))] if "retry_after" in fault else []
            self.answer(page, 200, headers, kind="text/html; charset=utf-8")
        elif kind == "redirect":
            self.answer(b"", 302, [("Location", fault["to"])])
        elif kind == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif kind == "slow":
            time.sleep(fault["seconds"])
            return False
        elif kind == "act":
            with self.chat.lock:
                for order in fault["orders"]:
                    self.steer(dict(order))
            return False
        elif kind == "text":
            self.answer(b"404 page not found", fault["status"], kind="text/plain")
        elif kind == "empty":
            self.answer({"messages": [], "count": 0, "offset": 0, "total": 0, "success": True})
        elif kind == "broken":
            self.answer(b'{"messages":[{"_id":"x","msg":"un', 200)
        else:
            return False
        return True

    def limits(self, method):
        """The header fields of the limits; None where they were passed and that was answered."""
        if self.chat.limit is None:
            return []
        count, window = self.chat.limit
        now = self.chat.now()
        begin, used = self.chat.windows.get(method, (now, 0))
        if now - begin >= window:
            begin, used = now, 0
        used += 1
        self.chat.windows[method] = (begin, used)
        headers = [
            ("X-RateLimit-Limit", str(count)), ("X-RateLimit-Remaining", str(max(0, count - used))),
            ("X-RateLimit-Reset", str(begin + window)),
        ]
        if used > count:
            self.chat.log.append({"path": "over the limit"})
            self.answer({"success": False, "error": "too many requests"}, 429, headers)
            return None
        return headers

    def method(self, method, query):
        rooms = self.chat.rooms
        room = rooms.get(query.get("roomId"))
        if method == "me":
            return 200, json.dumps({"_id": USER_ID, "username": "me", "success": True}).encode()
        if method == "rooms.info":
            if room is None:
                room = next((one for one in rooms.values() if one.name == query.get("roomName", "\0")), None)
            if room is None:
                return self.unknown()
            return 200, json.dumps({"room": room.described(), "success": True}).encode()
        if method in ("channels.messages", "groups.messages", "im.messages"):
            kind = {"channels": "c", "groups": "p", "im": "d"}[method.split(".")[0]]
            if room is None or room.kind != kind:
                return self.unknown()
            offset, count = int(query.get("offset", 0)), int(query.get("count", 50))
            return 200, page(room, self.chat, offset, count)
        if method == "chat.syncMessages":
            if room is None:
                return self.unknown()
            since = query["lastUpdate"]
            updated = [one for one in room.messages if one["_updatedAt"] > since]
            deleted = [one for one in room.deleted if one["_deletedAt"] > since]
            return 200, json.dumps({"result": {"updated": updated, "deleted": deleted}, "success": True}).encode()
        if method == "users.info":
            user = self.chat.users.get(query.get("username"))
            if user is None:
                return 400, json.dumps({"success": False, "error": "User not found."}).encode()
            found = {"_id": "x", "username": user["username"], "name": user.get("name")}
            if "email" in user:
                found["emails"] = [{"address": user["email"], "verified": True}]
            return 200, json.dumps({"user": found, "success": True}).encode()
        lists = {
            "channels.list": ("channels", "c"), "channels.list.joined": ("channels", "c"),
            "groups.list": ("groups", "p"), "im.list": ("ims", "d"),
        }
        if method in lists:
            key, kind = lists[method]
            found = [one.described() for one in rooms.values() if one.kind == kind]
            if method == "channels.list.joined":
                found = found[:1]
            offset, count = int(query.get("offset", 0)), min(int(query.get("count", 50)), self.chat.page_cap)
            part = found[offset : offset + count]
            total = len(found) if self.chat.wrong_total is None else self.chat.wrong_total
            answer = {key: part, "offset": offset, "count": len(part), "total": total, "success": True}
            return 200, json.dumps(answer).encode()
        return 404, json.dumps({"success": False, "error": "no such method"}).encode()

    @staticmethod
    def unknown():
        answer = {"success": False, "error": "The required room does not exist [error-room-not-found]",
                  "errorType": "error-room-not-found"}
        return 400, json.dumps(answer).encode()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--messages", type=int, default=0, help="fill the room BIG with so many")
    parser.add_argument("--certificate", help="speak TLS with this certificate and key, in PEM")
    options = parser.parse_args()
    chat = Handler.chat = Chat()
    if options.messages:
        fill(chat, options.messages)
    if ":" in options.host:
        Server.address_family = socket.AF_INET6
    server = Server((options.host, 0), Handler)
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
