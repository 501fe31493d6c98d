"""Strict transport security, and capabilities that come and go while the server runs."""

import signal
from pathlib import Path

from tests.conformance.test_sasl import offered
from tests.fakes.irc import one, only
from tests.fakes.server import NO_FLOOD_GATE, Server

CAP = "draft/account-registration"


def test_sts(tmp_path: Path) -> None:
    """To enforce an STS upgrade policy, servers MUST send this key (port) to non-securely connected
    clients.  To enforce an STS persistence policy, servers MUST send this key (duration) to
    securely connected clients.  Servers MAY reply with a CAP NAK message if a client requests
    this capability.

    https://ircv3.net/specs/extensions/sts#mechanism
    """
    config = "[tls]\nsts_seconds = 86400\nsts_port = 6697\n"
    with Server(tmp_path, workers=1, config=config) as server:
        with server.connect() as plain:
            assert offered(plain)["sts"] == "port=6697"
            assert one(plain.ask("CAP REQ sts"), "CAP").params[1] == "NAK"
        with server.connect(tls=True) as secure:
            assert offered(secure)["sts"] == "duration=86400"


def test_sts_is_optional(tmp_path: Path) -> None:
    """This capability MUST be made available as an optional configuration setting.

    https://ircv3.net/specs/extensions/sts#description
    """
    with Server(tmp_path, workers=1) as server, server.connect() as client:
        assert "sts" not in offered(client)


def test_cap_notify(tmp_path: Path) -> None:
    """The NEW subcommand signals that the server supports one or more new capabilities.  (...)
    The DEL subcommand signals that the server no longer supports one or more capabilities.

    The server MUST NOT send them to clients that have not asked to be told (cap-notify).  Upon
    DEL, the capability is no longer enabled.

    https://ircv3.net/specs/extensions/capability-negotiation#the-cap-new-subcommand
    """
    closed = '[accounts]\nregistration = "closed"\n'
    with Server(tmp_path, workers=2, config=NO_FLOOD_GATE) as server:
        told = [server.client(f"new{number}", f"cap-notify {CAP}") for number in range(3)]
        with server.connect() as old:
            old.send("CAP LS", f"CAP REQ {CAP}", "NICK old", "USER old 0 * :old", "CAP END")
            old.drain()
            settings = tmp_path / "parlor.toml"
            settings.write_text(NO_FLOOD_GATE + closed)
            server.send_signal(signal.SIGHUP)
            for client in told:
                change = client.expect("CAP")
                assert change.params == [client.nick, "DEL", CAP]
                assert CAP not in one(client.ask("CAP LIST"), "CAP").params[-1].split()
                assert one(client.ask(f"CAP REQ {CAP}"), "CAP").params[1] == "NAK"
            settings.write_text(NO_FLOOD_GATE)
            server.send_signal(signal.SIGHUP)
            for client in told:
                assert client.expect("CAP").params == [client.nick, "NEW", f"{CAP}=before-connect"]
            assert not only(old.drain(), "CAP")
        for client in told:
            client.close()
