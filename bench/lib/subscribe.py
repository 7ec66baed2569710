"""How long a subscription to 500 symbols takes, from the request to its whole snapshot: subscribe.py PORT SYMBOL_FILE"""

import json
import random
import socket
import struct
import sys
import time

COUNT, WARM, SYMBOLS, KNOWN = 400, 400, 500, 100_000


class Client:
    """As much of a WebSocket client as it takes."""

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n" % (path, port)).encode())
        self.file = self.socket.makefile("rb", 1 << 20)
        if b" 101 " not in self.file.readline():
            raise RuntimeError("refused")
        while self.file.readline() != b"\r\n":
            pass

    def send(self, opcode, payload):
        length = len(payload)
        head = bytes([0x80 | opcode])
        head += bytes([0x80 | length]) if length < 126 else bytes([0x80 | 126]) + struct.pack(">H", length)
        # a mask of zeros, which changes nothing
        self.socket.sendall(head + bytes(4) + payload)

    def text(self):
        """The next message; a ping is answered."""
        parts = []
        while True:
            first, second = self.file.read(2)
            length = second & 127
            if length > 125:
                length = struct.unpack(">H" if length == 126 else ">Q", self.file.read(2 if length == 126 else 8))[0]
            payload = self.file.read(length)
            if first & 15 == 9:
                self.send(10, payload)
            elif first & 15 == 8:
                raise RuntimeError("closed: %r" % payload)
            elif first & 15 in (0, 1):
                parts.append(payload)
                if first & 0x80:
                    return b"".join(parts)

    def until(self, start, done):
        """Reads messages until one that begins like that satisfies it."""
        while True:
            message = self.text()
            if message.startswith(start) and done(message):
                return


def main():
    port, names = int(sys.argv[1]), open(sys.argv[2], encoding="utf-8").read().split()[:KNOWN]
    client = Client(port, "/ws/ticker")
    dice, took = random.Random(1), []
    for i in range(WARM + COUNT):
        symbols = dice.sample(names, SYMBOLS)
        request = json.dumps({"type": "subscribe", "id": 2 * i + 1, "channel": "ticker", "symbols": symbols}).encode()
        seen = 0

        def whole(message):
            nonlocal seen
            seen += message.count(b'"symbol":')
            return seen >= SYMBOLS

        start = time.perf_counter()
        client.send(1, request)
        client.until(b'{"type":"snapshot"', whole)
        took.append((time.perf_counter() - start) * 1000)
        client.send(1, json.dumps({"type": "unsubscribe", "id": 2 * i + 2, "channel": "ticker", "symbols": symbols}).encode())
        client.until(b'{"type":"unsubscribed"', lambda message: True)
        time.sleep(0.01)
    took = sorted(took[WARM:])
    print(json.dumps({"count": COUNT, "p50_ms": took[COUNT // 2], "p99_ms": took[COUNT * 99 // 100], "max_ms": took[-1]}))


if __name__ == "__main__":
    main()
