"""What operators do to a running server: its settings, its bans, its end."""

import signal
import socket
import ssl
import sys
from pathlib import Path

import pytest

from core.config import Config, ServerConfig
from core.runtime import tls
from tests.fakes.irc import Client, codes, one, only
from tests.fakes.operators import PASSWORD, password_hash
from tests.fakes.server import HOST, NO_FLOOD_GATE, Server, wait_until
from tests.integration.conftest import StartServer

CONFIG = f"""{NO_FLOOD_GATE}
[server]
lobby = ""
motd = "first"
[operators.root]
password_hash = "{password_hash()}"
[accounts]
registration = "open"
"""


def enter_root(server: Server) -> Client:
    """A connection of an operator."""
    root = server.client("root")
    answer = root.ask(f"OPER root {PASSWORD}")
    assert "381" in codes(answer)
    return root


def rewrite(server: Server, old: str, new: str) -> None:
    """Other settings, in the file."""
    path: Path = server.folder / "parlor.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def motd(client: Client) -> str:
    """The message of the day."""
    return one(client.ask("MOTD"), "372").params[1]


def test_rehash_reaches_all_workers(start_server: StartServer) -> None:
    server = start_server(workers=3, config=CONFIG)
    root = enter_root(server)
    others = [server.client(f"user{number}", "cap-notify") for number in range(6)]
    assert len({server.worker_of(client) for client in others}) == 3
    rewrite(server, "first", "later")
    rewrite(server, '"open"', '"closed"')
    rewrite(server, 'lobby = ""', 'lobby = "#hall"')
    root.send("REHASH")
    texts = [root.expect("NOTICE").params[1] for _ in range(2)]
    assert texts == [
        "Changed: server.motd, accounts.registration",
        "Changes with the next start: server.lobby",
    ]
    for client in others:
        wait_until(lambda client=client: motd(client) == "- later", "the worker has been told")  # type: ignore[misc]
        assert codes(client.ask("REGISTER * * secret")) == ["FAIL"]
    late = server.client("late")
    assert motd(late) == "- later"
    for client in (root, late, *others):
        client.close()


def test_a_mistake_in_the_file_changes_nothing(start_server: StartServer) -> None:
    server = start_server(workers=1, config=CONFIG)
    root = enter_root(server)
    rewrite(server, "motd = ", "motto = ")
    root.send("REHASH")
    sentence = root.expect("NOTICE").params[1]
    assert sentence.startswith("Nothing has changed: ")
    assert "server.motto: unknown key" in sentence
    assert motd(root) == "- first"
    root.close()


def test_sighup_does_the_same_and_a_new_worker_knows(start_server: StartServer) -> None:
    server = start_server(workers=1, config=CONFIG)
    ann = server.client("ann")
    rewrite(server, "first", "later")
    server.send_signal(signal.SIGHUP)
    wait_until(lambda: motd(ann) == "- later", "the settings are read again")
    rewrite(server, "later", "third =")
    server.send_signal(signal.SIGHUP)
    wait_until(lambda: motd(ann) == "- third =", "the settings are read again")
    old = server.kill_process("worker 1")
    ann.until_closed()
    ann.close()
    wait_until(lambda: server.processes().get("worker 1", old) != old, "it is back")
    ann = server.client("ann")
    assert motd(ann) == "- third ="
    rewrite(server, "third =", 'third" = "')
    server.send_signal(signal.SIGHUP)
    wait_until(lambda: "the settings are as they were" in server.log(), "the mistake is told")
    assert motd(ann) == "- third ="
    ann.close()


def test_who_is_taken_out_of_the_file_is_no_operator(start_server: StartServer) -> None:
    server = start_server(workers=2, config=CONFIG)
    root = enter_root(server)
    rewrite(server, "operators.root", "operators.boss")
    server.send_signal(signal.SIGHUP)
    assert root.expect("MODE").params == ["root", "-o"]
    assert codes(root.ask("REHASH")) == ["481"]
    root.close()


def test_die(start_server: StartServer) -> None:
    server = start_server(workers=2, config=CONFIG)
    root, ann = enter_root(server), server.client("ann")
    root.send("DIE")
    assert codes(ann.until_closed()) == ["ERROR"]
    root.until_closed()
    ann.close()
    root.close()
    assert server.wait() == 0
    assert "said DIE" in server.log()


def free_port() -> int:
    """A port that nobody listens on: a server that starts anew is to find it in its settings."""
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        port: int = sock.getsockname()[1]
        return port


def listens(server: Server) -> bool:
    """True if connections are taken."""
    try:
        server.connect().close()
    except OSError:
        return False
    return True


def test_restart_and_a_ban_that_outlives_it(start_server: StartServer) -> None:
    server = start_server(workers=2, config=CONFIG, port=free_port())
    root = enter_root(server)
    root.ask("KLINE *@192.0.2.* :begone", "DLINE 60 198.51.100.0/24")
    first = server.processes()
    root.send("RESTART")
    root.until_closed()
    root.close()
    wait_until(lambda: server.processes().keys() == first.keys(), "it runs again", 60.0)

    wait_until(lambda: listens(server), "it listens again", 60.0)
    root = enter_root(server)
    assert server.processes()["acceptor"] == first["acceptor"]
    assert server.processes()["relay"] != first["relay"]
    (ban,) = only(root.ask("STATS k"), "216")
    assert ban.params[1:] == ["K", "192.0.2.*", "*", "*", "begone"]
    assert [m.params[2] for m in only(root.ask("STATS d"), "225")] == ["198.51.100.0/24"]
    root.close()


def come_from(server: Server, address: str) -> Client:
    """A connection from another address of this machine."""
    return Client(socket.create_connection((HOST, server.port), 20, (address, 0)))


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is an address only there")
def test_a_dline_across_workers(start_server: StartServer) -> None:
    server = start_server(workers=3, config=CONFIG)
    root, ann = enter_root(server), server.client("ann")
    banned = [come_from(server, "127.0.0.2") for _ in range(4)]
    for number, client in enumerate(banned):
        client.register(f"user{number}")
    (answer,) = root.ask("DLINE 127.0.0.0/8 :x")
    assert answer.params[1] == "That would ban yourself"
    root.ask("DLINE 127.0.0.2 :begone")
    for client in banned:
        assert codes(client.until_closed())[-2:] == ["465", "ERROR"]
    late = come_from(server, "127.0.0.2")
    late.send("NICK late")
    assert codes(late.until_closed()) == ["ERROR"]
    assert codes(ann.ask("ISON user0 user1 root")) == ["303"]
    assert one(ann.ask("ISON user0 user1 root"), "303").params[1] == "root"
    for client in (root, ann, late, *banned):
        client.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_still_ends_in_order(start_server: StartServer, number: int) -> None:
    server = start_server(workers=1, config=CONFIG)
    server.send_signal(signal.SIGHUP)
    server.send_signal(number)
    assert server.wait() == 0


def test_another_certificate_in_the_same_files(start_server: StartServer, tmp_path: Path) -> None:
    server = start_server(workers=2, config=CONFIG)
    first = ssl.get_server_certificate((HOST, server.port))
    fresh = tmp_path / "fresh"
    tls.prepare(Config(server=ServerConfig(data=str(fresh))))
    key, certificate = ((fresh / name).read_bytes() for name in (tls.KEY, tls.CERTIFICATE))
    (server.data / tls.CERTIFICATE).write_bytes(certificate)
    server.send_signal(signal.SIGHUP)  # with the old key: of no use
    wait_until(lambda: "the certificate cannot be used" in server.log(), "the mistake is told")
    assert ssl.get_server_certificate((HOST, server.port)) == first
    (server.data / tls.KEY).write_bytes(key)
    server.send_signal(signal.SIGHUP)
    wait_until(
        lambda: all(
            ssl.get_server_certificate((HOST, server.port)) == certificate.decode()
            for _ in range(8)
        ),
        "the workers show it",
    )
