"""Accounts for the conformance tests: making them, and logging in by each mechanism."""

import base64
import secrets
from collections.abc import Sequence

from core.client.sasl import begin
from core.wire import authenticate
from core.wire.message import Message
from tests.fakes.irc import Client

PASSWORD = "sesame street"
ENDS = ("903", "904", "905", "906", "907")


def plain(account: str, password: str = PASSWORD, authzid: str = "") -> str:
    """The payload of PLAIN."""
    return base64.b64encode(f"{authzid}\0{account}\0{password}".encode()).decode()


def make_account(client: Client) -> str:
    """An account of the client's nick, which is logged in then; its name."""
    client.send(f"REGISTER * * :{PASSWORD}")
    assert client.expect("REGISTER", "FAIL").params[0] == "SUCCESS"
    client.drain()
    return client.nick


def log_in(
    client: Client, account: str, password: str = PASSWORD, mechanism: str = "PLAIN"
) -> Sequence[Message]:
    """A login from its first line to its end; all that came, which ends with how it went."""
    exchange = begin(mechanism, account, password, secrets.token_urlsafe())
    client.send(f"AUTHENTICATE {mechanism}")
    messages: list[Message] = []
    while True:
        messages += client.read_until(lambda m: m.command in ("AUTHENTICATE", *ENDS))
        if messages[-1].command in ENDS:
            return messages
        given = messages[-1].params[0]
        challenge = b"" if given == authenticate.NOTHING else base64.b64decode(given)
        for part in authenticate.split(exchange.respond(challenge)):
            client.send(f"AUTHENTICATE {part}")


def finish(client: Client, nick: str) -> list[Message]:
    """The rest of a registration, up to the end of the greeting and what follows it."""
    client.nick = nick
    client.send(f"NICK {nick}", f"USER {nick} 0 * :A person", "CAP END")
    greeting = client.read_until(lambda message: message.command in ("422", "376", "433"))
    return greeting + client.drain()
