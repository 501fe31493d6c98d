"""Starting: what is wrong is said in one sentence, with exit code 2 and no traceback."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes.irc import codes, one, only
from tests.fakes.server import HOST, ROOT
from tests.integration.conftest import StartServer


def refused(*arguments: str) -> str:
    """What a start that must fail says."""
    command = [sys.executable, "run_server.py", *arguments]
    result = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[server]\nprot = 5000\n", "server.prot", "unknown key"),
        ("[sever]\nport = 5000\n", "[sever]", "unknown section"),
        ('[server]\nport = "5000"\n', "server.port", "a whole number"),
        ("[server]\nport = 70000\n", "server.port", "0 to 65535"),
        ("[server]\nport = true\n", "server.port", "a whole number"),
        ("[server]\nname = 1\n", "server.name", "a string"),
        ('[server]\nname = "two words"\n', "server.name", "host name"),
        (f'[server]\nname = "{"x" * 64}"\n', "server.name", "63"),
        ('[server]\nlobby = "lobby"\n', "server.lobby", "#lobby"),
        ("[limits]\nline_bytes = 100\n", "limits.line_bytes", "512"),
        ("[limits]\nmessage_burst = -1\n", "limits.message_burst", "no limit"),
        ("[limits]\nmessage_burst = 1.5\n", "limits.message_burst", "a whole number"),
        ('[tls]\nplaintext = "never"\n', "tls.plaintext", "nowhere"),
        ('[tls]\ncertificate = "x.pem"\n', "tls.key", "both"),
        ('[history]\ndurability = "yes"\n', "history.durability", "memory"),
        ("server = 5\n", "server", "section"),
        ("[server\n", "", "TOML"),
        ("[server]\nport = \xff\n", "", "TOML"),
    ],
)
def test_bad_settings(tmp_path: Path, text: str, key: str, words: str) -> None:
    file = tmp_path / "parlor.toml"
    file.write_bytes(text.encode("latin-1"))
    sentence = refused("--config", str(file), "--data", str(tmp_path / "data"))
    assert str(file) in sentence
    assert key in sentence
    assert words in sentence
    assert not (tmp_path / "data").exists()


def test_no_settings_file(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    assert f"{missing}: cannot be read" in refused("--config", str(missing))


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--port", "many"], "--port"),
        (["--port", "70000"], "server.port"),
        (["--workers", "-1"], "server.workers"),
        (["--prot", "5000"], "--prot"),
        (["something"], "something"),
    ],
)
def test_bad_flags(tmp_path: Path, flags: list[str], words: str) -> None:
    assert words in refused("--data", str(tmp_path / "data"), *flags)


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        sentence = refused("--host", HOST, "--port", str(port), "--data", str(tmp_path / "data"))
    assert f"{HOST}:{port}" in sentence
    assert "in use" in sentence
    assert "--port" in sentence


def test_a_host_that_is_not_here(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    assert "no.such.host.invalid" in refused("--host", "no.such.host.invalid", "--data", data)
    assert "192.0.2.1" in refused("--host", "192.0.2.1", "--port", "0", "--data", data)


def test_data_that_cannot_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    assert str(in_the_way) in refused("--port", "0", "--data", str(in_the_way))
    if os.getuid() != 0:  # root may write anywhere
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        assert str(closed) in refused("--port", "0", "--data", str(closed))


def test_a_database_that_is_none(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "parlor.db").write_text("this is not a database at all" * 100)
    assert "parlor.db" in refused("--port", "0", "--data", str(data))


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "parlor.toml"
    (tmp_path / "c.pem").write_text("no certificate")
    file.write_text(f'[tls]\ncertificate = "{tmp_path}/c.pem"\nkey = "{tmp_path}/c.pem"\n')
    data = str(tmp_path / "data")
    assert "c.pem" in refused("--config", str(file), "--port", "0", "--data", data)


def test_a_second_server_on_the_same_data(start_server: StartServer) -> None:
    """Two writers would mix two orders: the second is refused, and the first goes on."""
    server = start_server(workers=1)
    with server.client("ann") as ann:
        sentence = refused("--host", HOST, "--port", "0", "--data", str(server.data))
        assert str(server.data) in sentence
        assert codes(ann.ask("TIME")) == ["391"]
    server.stop()


def test_the_processes_and_their_names(start_server: StartServer) -> None:
    server = start_server(workers=3)
    names = {"acceptor", "relay", "store", "worker 1", "worker 2", "worker 3"}
    assert set(server.processes()) == names
    server.stop()


def test_the_lobby(start_server: StartServer) -> None:
    """Every user starts there, and it belongs to nobody."""
    server = start_server(workers=1, config='[server]\nlobby = "#hall"\n')
    with server.connect() as ann, server.client("ben"):
        greeting = ann.register("ann")
        join = one(greeting, "JOIN")
        assert join.params == ["#hall"]
        names = one([m for m in greeting if "hall" in " ".join(m.params)], "353").params[-1]
        assert set(names.split()) == {"ann", "ben"}
        assert codes(ann.ask("MODE #hall +m")) == ["482"]
    server.stop()


def test_without_a_lobby(start_server: StartServer) -> None:
    server = start_server(workers=1, config='[server]\nlobby = ""\n')
    with server.connect() as ann:
        assert only(ann.register("ann"), "JOIN", "353", "366") == []
        assert only(ann.ask("WHOIS ann"), "319") == []
    server.stop()


def test_connections_are_spread_evenly(start_server: StartServer) -> None:
    server = start_server(workers=3)
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(server.client(f"user{number}")) for number in range(12)]
        held = [server.worker_of(client) for client in opened]
        assert sorted(held.count(name) for name in set(held)) == [4, 4, 4]
    server.stop()


def test_who_does_not_register_is_closed(start_server: StartServer) -> None:
    server = start_server(workers=1, config="[limits]\nregister_seconds = 1.0\n")
    with (
        server.connect() as silent,
        server.connect() as slow,
        server.connect() as half_tls,
        server.client("ann") as ann,
    ):
        slow.send("NICK slow", "CAP LS 302")
        half_tls.send_bytes(b"\x16\x03\x01")
        began = time.monotonic()
        assert codes(slow.until_closed())[-1] == "ERROR"
        assert codes(silent.until_closed()) == ["ERROR"]
        assert half_tls.until_closed() == []
        assert time.monotonic() - began < 8
        assert codes(ann.ask("TIME")) == ["391"]
    server.stop()


def test_who_does_not_answer_a_ping_is_closed(start_server: StartServer) -> None:
    config = "[limits]\nping_seconds = 1.0\npong_seconds = 1.0\n"
    server = start_server(workers=1, config=config)
    with server.client("ann") as ann, server.connect() as mute:
        mute.register("mute")
        ann.drain()
        began = time.monotonic()
        gone = ann.expect("QUIT", seconds=10)  # reading answers each PING
        assert gone.nick == "mute"
        assert "timeout" in gone.params[0].lower()
        assert time.monotonic() - began > 1.0
        lines = []
        with contextlib.suppress(AssertionError):
            while True:
                lines.append(mute.read_line())
        assert any(b"PING" in line for line in lines)
        assert lines[-1].startswith(b"ERROR ")
        assert codes(ann.ask("TIME"))[-1] == "391"
    server.stop()


def test_a_free_port_again_after_the_end(start_server: StartServer) -> None:
    """The same port serves at once after an orderly end and after a crash."""
    server = start_server(workers=1)
    for _ in range(2):
        port = server.port
        with server.client("ann"):
            server.stop()
        server.start()
        assert server.port == port
    with server.client("ann"):
        server.kill()
    server.start()
    server.stop()
