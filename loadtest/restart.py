"""`python3 -m loadtest.restart`: how long a restart with much to remember takes; is it all there?

It fills a server of its own through its port (accounts that are made with REGISTER, their rooms,
messages), kills every process of it, starts it again on the same data and measures until it
listens, until an account has logged in, and until that has read the newest messages of a room.
"""

import argparse
import base64
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

PASSWORD = "correct horse"
# Connections that register accounts at the same time; each hash takes a core for a while.
AT_ONCE = 50
PATIENCE = 120.0  # seconds for any answer
# Cheap hashes, no limits: it is the start that is measured.
CONFIG = """\
[server]
port = 0
lobby = ""
[limits]
connections_per_address = 0
messages_per_second = 0.0
login_attempts = 0
[accounts]
argon2_memory_kib = 8
argon2_iterations = 1
"""


class Line:
    """One connection, by what is sent and what must come: no line is parsed."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), PATIENCE)
        self._received = b""

    def send(self, *lines: str) -> None:
        """Send lines, all at once."""
        self._socket.sendall("".join(line + "\r\n" for line in lines).encode())

    def wait_for(self, *words: str) -> bytes:
        """What came up to the first of ``words``.  Raises RuntimeError if the server closes."""
        wanted = [word.encode() for word in words]
        while not any(word in self._received for word in wanted):
            data = self._socket.recv(1 << 18)
            if not data:
                raise RuntimeError(f"closed while waiting for {words}: {self._received[-300:]!r}")
            self._received += data
        received, self._received = self._received, b""
        return received

    def close(self) -> None:
        """End it."""
        self._socket.close()


def nick_of(number: int) -> str:
    """The name of an account."""
    return f"user{number}"


def register(address: str, numbers: Iterable[int]) -> list[Line]:
    """So many accounts, each with a connection that is left open."""
    lines = []
    for number in numbers:
        line = Line(address)
        nick = nick_of(number)
        line.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", f"REGISTER * * :{PASSWORD}")
        lines.append(line)
    for line in lines:
        if b"REGISTER SUCCESS" not in line.wait_for("REGISTER SUCCESS", "FAIL REGISTER"):
            raise RuntimeError("an account was refused")
    return lines


def fill(address: str, options: argparse.Namespace) -> None:
    """Accounts, rooms, messages."""
    for start in range(0, options.accounts, AT_ONCE):
        group = range(start, min(start + AT_ONCE, options.accounts))
        lines = register(address, group)
        for number, line in zip(group, lines, strict=True):
            line.send(f"JOIN #room{number % options.rooms}")
            if number < options.rooms:  # it has made the room
                line.send(f"TOPIC #room{number} :Topic {number}")
            else:
                line.send(*(f"JOIN #room{(number + step) % options.rooms}" for step in (1, 2)))
            line.send("PING done")
        for line in lines:
            line.wait_for("PONG parlor.localhost :done")
            line.close()
    speaker = log_in(address, 0)
    left = options.messages
    while left:
        now = min(left, 1000)
        speaker.send(*(f"PRIVMSG #room0 :message {left - step}" for step in range(now)), "PING x")
        speaker.wait_for("PONG parlor.localhost :x")
        left -= now
    speaker.close()


def log_in(address: str, number: int) -> Line:
    """A connection of an account, greeted."""
    nick = nick_of(number)
    proof = base64.b64encode(f"\0{nick}\0{PASSWORD}".encode()).decode()
    line = Line(address)
    line.send("CAP REQ :sasl draft/chathistory batch", "AUTHENTICATE PLAIN")
    line.wait_for("AUTHENTICATE +")
    line.send(f"AUTHENTICATE {proof}")
    line.wait_for(" 903 ")
    line.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP END", "PING in")
    line.wait_for("PONG parlor.localhost :in")
    return line


def check(address: str, options: argparse.Namespace) -> str:
    """What is missing after the restart; "" for nothing."""
    line = log_in(address, 0)
    line.send("LUSERS", "CHATHISTORY LATEST #room0 * 100", "PING end")
    told = line.wait_for("PONG parlor.localhost :end").decode()
    line.close()
    if f" 254 {nick_of(0)} {options.rooms} " not in told:
        return "rooms are missing"
    if told.count(" PRIVMSG #room0 :message ") != min(100, options.messages):
        return "messages are missing"
    if options.messages and " PRIVMSG #room0 :message 1\r\n" not in told:
        return "the newest message is missing"
    for number in range(options.accounts):
        line = log_in(address, number)
        line.send(f"TOPIC #room{number % options.rooms}", "PING t")
        told = line.wait_for("PONG parlor.localhost :t").decode()
        line.close()
        if f":Topic {number % options.rooms}\r\n" not in told:
            return f"{nick_of(number)} has lost its room or the room its topic"
    return ""


def main(words: list[str]) -> int:
    """The command; 0 if everything is there."""
    from loadtest.launch import OwnServer

    parser = argparse.ArgumentParser(prog="python3 -m loadtest.restart", description=__doc__)
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--rooms", type=int, default=200)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(words)
    with TemporaryDirectory() as name:
        folder = Path(name)
        server = OwnServer(folder, options.workers, CONFIG)
        begun = time.monotonic()
        try:
            fill(server.address(), options)
        except (RuntimeError, OSError) as error:
            server.kill()
            print(f"{error}; the server's log ends:\n{server.log()}")
            return 1
        print(f"filled in {time.monotonic() - begun:.1f} s; everything of it is killed now")
        server.kill()
        begun = time.monotonic()
        server = OwnServer(folder, options.workers, CONFIG)
        address = server.address()
        listening = time.monotonic() - begun
        log_in(address, 1).close()
        served = time.monotonic() - begun
        missing = check(address, options)
        problem = server.stop()
        size = sum(file.stat().st_size for file in (folder / "data").iterdir()) / 1e6
    print(
        f"{options.accounts} accounts, {options.rooms} rooms, {options.messages} messages"
        f" ({size:.0f} MB): listening after {listening:.2f} s, an account logged in after"
        f" {served:.2f} s; missing: {missing or 'nothing'}"
    )
    return 1 if missing or problem else 0


if __name__ == "__main__":
    from core.prepare import ensure

    ensure("server")
    raise SystemExit(main(sys.argv[1:]))
