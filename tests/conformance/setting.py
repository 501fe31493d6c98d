"""What the conformance tests share: the server's settings, and the types of their fixtures."""

from typing import Protocol

from tests.fakes.irc import Client
from tests.fakes.operators import PASSWORD, password_hash

NAME = "test.parlor.example"
HISTORY = 20
OPERATOR = "root"
CONFIG = f"""
[server]
name = "{NAME}"
lobby = ""
admin_name = "Ada Admin"
admin_location = "A cellar, Berlin"
admin_email = "ada@parlor.example"
[operators.{OPERATOR}]
password_hash = "{password_hash()}"
[limits]
messages_per_second = 0.0
rooms_per_user = 20
list_entries = 5
history_messages = {HISTORY}
"""


class Connect(Protocol):
    """What the fixtures `connect` and `connect_full` are."""

    def __call__(self, name: str = "user", *, caps: str = "") -> Client:
        """A registered client, with a nick that begins with `name`."""


def join(room: str, *clients: Client) -> None:
    """Have clients join a room in turn (the first is its operator); all are up to date then."""
    for client in clients:
        client.ask(f"JOIN {room}")
    for client in clients:
        client.drain()


def become_operator(client: Client) -> None:
    """OPER."""
    answer = client.ask(f"OPER {OPERATOR} {PASSWORD}")
    assert any(message.command == "381" for message in answer)
