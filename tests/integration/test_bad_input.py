"""Bad input is its sender's problem: it is answered or closed, and nobody else feels it."""

import contextlib
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.irc import Client, Closed, codes, one, only, texts
from tests.fakes.server import NO_FLOOD_GATE, Server, wait_until
from tests.fakes.talk import ROOM, clients

CONFIG = '[server]\nmotd = """\n' + ("x" * 300 + "\n") * 50 + '"""\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker, so that all share one loop; limits as they are by default."""
    with Server(tmp_path_factory.mktemp("server"), workers=1, config=CONFIG) as running:
        yield running


@pytest.fixture
def friends(server: Server) -> Iterator[list[Client]]:
    """Two clients in a room; afterwards they still talk, without a loss."""
    with clients(server, ["ann", "ben"]) as (ann, ben):
        yield [ann, ben]
        quiet = [m for m in ben.drain() if m.command not in ("JOIN", "QUIT")]
        assert quiet == []
        ann.drain()
        echoes = texts(ann.ask(*(f"PRIVMSG {ROOM} :{number}" for number in range(5))))
        assert echoes == texts(ben.drain()) == [str(number) for number in range(5)]


def end_of(client: Client) -> list[str]:
    """The commands that come until the server closes."""
    return codes(client.until_closed())


def test_binary_garbage(server: Server, friends: list[Client]) -> None:
    chance = random.Random(7)
    for _ in range(20):
        with server.connect() as client:
            data = chance.randbytes(5000).replace(b"\x16", b"\x17")
            try:
                client.send_bytes(data + b"\n\r\n")
                client.send("NICK garbage", "PING end")
                client.expect("PONG", "ERROR")
            except (Closed, ConnectionError):
                continue


def test_garbage_from_a_registered_client(server: Server, friends: list[Client]) -> None:
    chance = random.Random(8)
    words = [b"PRIVMSG", b"JOIN", b"MODE", b"CHATHISTORY", b"@label=a", b":", b"#talk", b"+o", b","]
    words += [b"\xff", b"\0", b"  ", b"NICK", b"TOPIC", b"*", b"LATEST", b"\x01", b"CAP", b"REQ"]
    with server.client("noise") as client:
        lines = [b" ".join(chance.choices(words, k=chance.randint(1, 9))) for _ in range(25)]
        client.send_bytes(b"\r\n".join(lines) + b"\r\n")
        assert len(client.drain()) >= 10


def test_a_line_without_an_end(server: Server, friends: list[Client]) -> None:
    """5 MB without a line's end are reported once, and cost no memory."""
    worker = server.processes()["worker 1"]
    with server.client("endless") as client:
        before = _resident(worker)
        for _ in range(80):
            client.send_bytes(b"x" * 65536)
        assert _resident(worker) - before < 3 << 20
        client.send_bytes(b"\r\n")
        assert codes(client.drain()) == ["417"]


def _resident(pid: int) -> int:
    """Bytes of memory that a process has."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


def test_half_a_line_and_gone(server: Server, friends: list[Client]) -> None:
    for data in (b"P", b"NICK half\r\nUSER a 0 * :b\r\nPRIVMSG #talk :unfin", b"\x16", b"\x16\x03"):
        client = server.connect()
        client.send_bytes(data)
        client.close()
    assert only(friends[0].drain(), "PRIVMSG") == []


def test_connected_and_silent(server: Server, friends: list[Client]) -> None:
    """A port scanner: many connections that say nothing, or close at once."""
    opened = [server.connect() for _ in range(100)]
    assert codes(friends[0].ask("TIME")) == ["391"]
    for client in opened:
        client.close()


def test_gone_while_registering(server: Server, friends: list[Client]) -> None:
    """However a connection ends while its nick is being claimed, no ghost of it is left."""
    for number in range(90):
        client = server.connect()
        client.send(f"NICK ghost{number}", "USER g 0 * :x", *(["QUIT"] if number % 3 == 1 else []))
        if number % 3 == 0:
            client.reset()
        else:
            client.close()
    wait_until(lambda: not only(friends[0].ask("WHO ghost*"), "352"), "all of them are gone")
    friends[1].drain()


def test_http(server: Server, friends: list[Client]) -> None:
    """A browser that a page sends here is turned away before it can speak."""
    request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nNICK evil\r\n"
    with server.connect() as client:
        client.send_bytes(request.encode())
        assert end_of(client) == ["ERROR"]


def test_half_a_tls_handshake(server: Server, friends: list[Client]) -> None:
    with server.connect() as client:
        client.send_bytes(b"\x16\x03\x01\x00\x05hello, this is no handshake")
        with pytest.raises((Closed, AssertionError)):
            client.read()


def test_a_flood_is_slowed_down(server: Server, friends: list[Client]) -> None:
    """Ten lines a second after the first thirty; nothing is lost of what is accepted."""
    ann, ben = friends
    with clients(server, ["keen"], "echo-message") as (keen,):
        # Joining and looking have taken tokens: let no more than the burst be asked for.
        began = time.monotonic()
        echoes = texts(keen.ask(*(f"PRIVMSG {ROOM} :{number}" for number in range(45))))
        assert echoes == [str(number) for number in range(45)]
        assert time.monotonic() - began > 1.0
        assert texts(ben.drain()) == echoes
        ann.drain()


def test_a_flooder_is_closed(server: Server, friends: list[Client]) -> None:
    """More input than may wait: ERROR, and the others read why."""
    ann, _ = friends
    with clients(server, ["flooder"], "") as (flooder,):
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                flooder.send_bytes(b"TIME\r\n" * 1000)
        seen = ann.expect("QUIT", seconds=20)
        assert seen.nick == "flooder"
        assert "flood" in seen.params[0].lower()
        assert end_of(flooder)[-1] == "ERROR"


def test_floods_slow_nobody_else(server: Server, friends: list[Client]) -> None:
    """While four clients send as fast as they are read, an answer takes no second."""
    ann, _ = friends
    flooders = [server.client(f"fast{number}") for number in range(4)]
    longest = 0.0
    for _ in range(50):
        for flooder in flooders:
            try:
                flooder.send_bytes(b"TIME\r\n" * 100)
            except ConnectionError:
                continue
        began = time.monotonic()
        ann.send("PING x")
        ann.expect("PONG")
        longest = max(longest, time.monotonic() - began)
    for flooder in flooders:
        flooder.close()
    assert longest < 1.0


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_a_client_that_does_not_read(tmp_path: Path, tls: bool) -> None:
    """What waits for it has a bound; past it it is closed, and the others get everything."""
    config = f"{NO_FLOOD_GATE}send_queue_bytes = 200000\n{CONFIG}"
    with (
        Server(tmp_path, workers=1, config=config) as server,
        clients(server, ["ann", "ben"]) as (ann, ben),
        server.connect(receive_buffer=4096, tls=tls) as stuck,
    ):
        stuck.register("stuck")
        stuck.ask(f"JOIN {ROOM}")
        said = []
        quits = []
        for number in range(400):
            stuck.send("MOTD")  # 15 kB each, never read
            said.append(str(number))
            echoes = ann.ask(f"PRIVMSG {ROOM} :{number}")
            assert one(echoes, "PRIVMSG").params[1] == str(number)
            quits += only(echoes, "QUIT")
            if quits:
                break
        assert [message.params for message in quits] == [["SendQ exceeded"]]
        assert texts(ben.drain()) == said
