"""A proxy of HTTP on loopback for the tests: it hands on what it is asked, through tunnels too, and writes what that was
into a file. Its port is the first line of its output; it ends with its input."""

import select
import socket
import socketserver
import sys
import threading
import urllib.parse


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65536)
            if not piece:
                return
            head += piece
        line, rest = head.split(b"\r\n", 1)
        method, target, version = line.decode("latin-1").split(" ")
        with open(sys.argv[1], "a", encoding="latin-1") as log:
            log.write(f"{method} {target}\n")
        if method == "CONNECT":
            host, port = target.rsplit(":", 1)
            first = b""
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            address = urllib.parse.urlsplit(target)
            host, port = address.hostname, address.port or 80
            path = target.split(address.netloc, 1)[1] or "/"
            # One request a connection, so that what follows is not to be read.
            first = f"{method} {path} {version}\r\nConnection: close\r\n".encode("latin-1") + rest
        with socket.create_connection((host.strip("[]"), int(port))) as upstream:
            upstream.sendall(first)
            self.exchange(upstream)

    def exchange(self, upstream):
        ends = {self.request: upstream, upstream: self.request}
        while True:
            for one in select.select(list(ends), [], [])[0]:
                piece = one.recv(65536)
                if not piece:
                    return
                ends[one].sendall(piece)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
