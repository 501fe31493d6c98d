"""TLS and plain text on one port; where plain text is not taken; limits per address."""

import hashlib
import itertools
import os
import re
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.config import Config, ServerConfig
from core.runtime import tls
from tests.fakes.irc import any_certificate, codes, one, only
from tests.fakes.server import HOST, ROOT, Server
from tests.integration.conftest import StartServer

ADDRESS = "10.73.0.1"


def test_both_on_one_port(start_server: StartServer) -> None:
    server = start_server(workers=2)
    with server.client("plain") as plain, server.client("safe", tls=True) as safe:
        plain.ask("PRIVMSG #lobby :hello")
        assert one(safe.drain(), "PRIVMSG").params[1] == "hello"
        long = "x" * 400
        for number in range(20):
            safe.send(f"PRIVMSG plain :{number} {long}")
            assert plain.expect("PRIVMSG").params[1] == f"{number} {long}"
        assert one(plain.ask("WHOIS safe"), "671").params[1] == "safe"
    server.stop()


def test_the_fingerprint_is_the_certificates(start_server: StartServer) -> None:
    server = start_server(workers=1)
    pem = ssl.get_server_certificate((HOST, server.port))
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    logged = re.search(r"fingerprint \(SHA-256\): ([0-9A-F:]+)", server.log())
    assert logged
    assert logged[1].replace(":", "") == digest
    key = server.data / "key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    server.stop()
    server.start()  # and it stays the same
    assert ssl.get_server_certificate((HOST, server.port)) == pem
    server.stop()


def test_the_certificate_fits_localhost(start_server: StartServer) -> None:
    server = start_server(workers=1)
    context = ssl.create_default_context(cafile=str(server.data / "certificate.pem"))
    for name in ("localhost", HOST):
        with (
            socket.create_connection((HOST, server.port), 10) as sock,
            context.wrap_socket(sock, server_hostname=name) as safe,
        ):
            assert safe.version() in ("TLSv1.3", "TLSv1.2")
    server.stop()


def test_plain_text_nowhere(start_server: StartServer) -> None:
    server = start_server(workers=1, config='[tls]\nplaintext = "nowhere"\n')
    with server.connect() as client:
        client.send("NICK ann")
        (error,) = client.until_closed()
        assert error.command == "ERROR"
        assert "TLS" in error.params[0]
    with server.client("ann", tls=True) as safe:
        assert codes(safe.ask("TIME")) == ["391"]
    server.stop()


# Certificates of clients.


CERTIFICATE_REQUEST = 13  # RFC 8446, 4


def context_with(pair: tuple[Path, Path]) -> tuple[ssl.SSLContext, list[int]]:
    """A client's, with a certificate; and a list that gets the types of the server's messages."""
    context = any_certificate()
    context.load_cert_chain(*pair)
    seen: list[int] = []

    def note(sock: object, direction: str, version: int, kind: int, of: int, data: bytes) -> None:
        if direction == "read":
            seen.append(of)

    context._msg_callback = note  # type: ignore[attr-defined]
    return context, seen


def test_a_certificate_of_ones_own(start_server: StartServer, tmp_path: Path) -> None:
    """It is asked for, and any will do; browsers are not asked."""
    pair = tls.prepare(Config(server=ServerConfig(data=str(tmp_path / "client"))))
    server = start_server(workers=1)
    for number, version in enumerate((ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)):
        context, seen = context_with(pair)
        context.maximum_version = version
        with server.connect(tls=context) as client:
            client.register(f"certified{number}")
            assert codes(client.ask("TIME")) == ["391"]
        assert CERTIFICATE_REQUEST in seen
    context, seen = context_with(pair)
    context.set_alpn_protocols(["http/1.1"])
    with server.connect(tls=context) as client:
        client.register("browser")
    assert CERTIFICATE_REQUEST not in seen
    server.stop()


def test_logging_in_with_a_certificate(start_server: StartServer, tmp_path: Path) -> None:
    """The fingerprint goes from TLS to the session: shown, tied to an account, and enough."""
    pair = tls.prepare(Config(server=ServerConfig(data=str(tmp_path / "client"))))
    fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pair[0].read_text())).hexdigest()
    server = start_server(workers=1)
    with server.connect(tls=context_with(pair)[0]) as client:
        client.register("ada")
        assert one(client.ask("WHOIS ada"), "276").params[-1].endswith(fingerprint)
        client.ask("PRIVMSG NickServ :REGISTER sesame-sesame")
        client.ask("PRIVMSG NickServ :CERT ADD")
    lines = ["CAP LS 302", "CAP REQ :sasl", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +"]
    with server.connect(tls=context_with(pair)[0]) as client:
        client.send(*lines)
        answers = client.read_until(lambda message: message.command in ("903", "904"))
        offered = " ".join(message.params[-1] for message in only(answers, "CAP"))
        assert "EXTERNAL" in offered
        assert one(answers, "900").params[2] == "ada"
        assert answers[-1].command == "903"
    with server.connect(tls=True) as stranger:
        stranger.send(*lines)
        assert stranger.expect("903", "904").command == "904"
    server.stop()


def test_a_hello_in_small_portions(start_server: StartServer) -> None:
    """However TLS begins: it is looked at when all of it is there."""
    server = start_server(workers=1)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    end = any_certificate().wrap_bio(incoming, outgoing, server_hostname=HOST)
    with socket.create_connection((HOST, server.port), 20) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        done = False
        while not done:
            try:
                end.do_handshake()
                done = True
            except ssl.SSLWantReadError:
                hello = outgoing.read()
                for at in range(0, len(hello), 100):
                    sock.sendall(hello[at : at + 100])
                incoming.write(sock.recv(1 << 16))
    server.stop()


# From another address than loopback: in a network of its own, where root may make one.

_numbers = itertools.count()


@pytest.fixture
def network() -> Iterator[str]:
    """The name of a network namespace with the address ADDRESS; gone afterwards."""
    if os.getuid() != 0 or not shutil.which("ip"):
        pytest.skip("only root can make a network namespace")
    name = f"parlor-test-{os.getpid()}-{next(_numbers)}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not allowed here")
    try:
        for command in (
            ["ip", "link", "set", "lo", "up"],
            ["ip", "addr", "add", f"{ADDRESS}/32", "dev", "lo"],
        ):
            subprocess.run(["ip", "netns", "exec", name, *command], check=True)
        yield name
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False)


def probe(network: str, port: int, script: str) -> list[str]:
    """Run a script in the network, from ADDRESS to ADDRESS; the lines that it prints."""
    command = ["ip", "netns", "exec", network, sys.executable, "-c", PROBE + script]
    result = subprocess.run(
        [*command, str(port)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return result.stdout.splitlines()


PROBE = f"""
import contextlib, sys
from tests.fakes.irc import Client, Closed, codes
connect = lambda **options: Client.connect({ADDRESS!r}, int(sys.argv[1]), **options)
"""


def serve(folder: Path, network: str, config: str) -> Server:
    """A server in the network."""
    prefix = ["ip", "netns", "exec", network]
    return Server(folder, workers=1, config=config, prefix=prefix, host=ADDRESS)


def test_plain_text_from_elsewhere(tmp_path: Path, network: str) -> None:
    """Refused with a sentence that says what to do; with TLS the same port serves."""
    script = """
with connect() as client:
    client.send("NICK ann")
    print(client.until_closed()[0].params[0])
with connect(tls=True) as client:
    print("001" in codes(client.register("ann")))
"""
    with serve(tmp_path, network, "") as server:
        refusal, served = probe(network, server.port, script)
    assert "TLS" in refusal
    assert served == "True"


def test_plain_text_anywhere(tmp_path: Path, network: str) -> None:
    script = """
with connect() as client:
    print("001" in codes(client.register("ann")))
"""
    with serve(tmp_path, network, '[tls]\nplaintext = "anywhere"\n') as server:
        assert probe(network, server.port, script) == ["True"]


def test_connections_per_address(tmp_path: Path, network: str) -> None:
    """One more than the limit is refused with ERROR; one that closes makes room."""
    script = """
import time
opened = [connect() for _ in range(3)]
for number, client in enumerate(opened):
    client.register(f"user{number}")
with connect() as client:
    print(client.until_closed()[0].params[0])
opened[0].send("QUIT")
opened[0].until_closed()
opened[0].close()
deadline = time.monotonic() + 20
while time.monotonic() < deadline:
    with connect() as client, contextlib.suppress(Closed, OSError):
        print("001" in codes(client.register("again")))
        break
for client in opened[1:]:
    client.close()
"""
    config = '[tls]\nplaintext = "anywhere"\n[limits]\nconnections_per_address = 3\n'
    with serve(tmp_path, network, config) as server:
        refusal, again = probe(network, server.port, script)
    assert "Too many connections" in refusal
    assert again == "True"


def test_a_proxy_has_no_limit_of_connections(tmp_path: Path, network: str) -> None:
    script = """
opened = [connect() for _ in range(6)]
for number, client in enumerate(opened):
    client.send(f"PROXY TCP4 192.0.2.{number // 2} 192.0.2.9 1 2")
    print("001" in codes(client.register(f"user{number}")))
with connect() as client:
    client.send("PROXY TCP4 192.0.2.0 192.0.2.9 1 2")
    print(client.until_closed()[0].params[0])
for client in opened:
    client.close()
"""
    config = '[tls]\nplaintext = "anywhere"\n[limits]\nconnections_per_address = 2\n'
    config += f'[proxy]\nprotocol = ["{ADDRESS}"]\n'
    with serve(tmp_path, network, config) as server:
        *served, refusal = probe(network, server.port, script)
    assert served == ["True"] * 6
    assert "Too many connections" in refusal


def test_loopback_has_no_limit_of_connections(start_server: StartServer) -> None:
    server = start_server(workers=1, config="[limits]\nconnections_per_address = 2\n")
    opened = [server.client(f"user{number}") for number in range(5)]
    for client in opened:
        assert codes(client.ask("TIME"))[-1] == "391"
        client.close()
    server.stop()


def test_a_server_that_is_gone_closes(start_server: StartServer) -> None:
    server = start_server(workers=1)
    with server.client("safe", tls=True) as safe:
        server.send_signal(signal.SIGTERM)
        assert codes(safe.until_closed())[-1] == "ERROR"
        safe.close()
        assert server.wait() == 0
