"""Accounts over real processes: several devices and workers, away, after a restart."""

import base64
import contextlib
from collections.abc import Iterator

import pytest

from tests.fakes.irc import ALL_CAPS, Client, codes, one, only, texts
from tests.fakes.server import NO_FLOOD_GATE, Server, wait_until
from tests.integration.conftest import StartServer

CONFIG = NO_FLOOD_GATE + '[server]\nlobby = ""\n'
PASSWORD = "correct horse"
CAPS = f"{ALL_CAPS} account-tag extended-join sasl draft/read-marker draft/persistence"


def plain(account: str, password: str = PASSWORD) -> str:
    """The payload of PLAIN."""
    return base64.b64encode(f"\0{account}\0{password}".encode()).decode()


class People:
    """Connections of one test, closed at its end."""

    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()

    def guest(self, server: Server, nick: str) -> Client:
        """A connection without an account."""
        return self.stack.enter_context(server.client(nick, CAPS))

    def register(self, server: Server, nick: str) -> Client:
        """A connection of a new account."""
        client = self.guest(server, nick)
        client.send(f"REGISTER * * :{PASSWORD}")
        assert client.expect("REGISTER", "FAIL").command == "REGISTER"
        return client

    def log_in(self, server: Server, account: str) -> Client:
        """One more connection of an account, greeted."""
        client = self.stack.enter_context(server.connect())
        client.nick = account
        client.send("CAP LS 302", f"CAP REQ :{CAPS}", "AUTHENTICATE PLAIN")
        client.expect("AUTHENTICATE")
        client.send(f"AUTHENTICATE {plain(account)}")
        assert client.expect("903", "904").command == "903"
        client.send(f"NICK {account}", f"USER {account} 0 * :{account}", "CAP END")
        client.read_until(lambda message: message.command in ("422", "376"))
        return client

    def on_worker(self, server: Server, account: str, name: str) -> Client:
        """A connection of an account on this worker."""
        for _ in range(200):
            client = self.log_in(server, account)
            if server.worker_of(client) == name:
                return client
            client.close()
        raise AssertionError(f"{name} takes no connections")


@pytest.fixture
def people() -> Iterator[People]:
    """Connections that are closed at the end."""
    opened = People()
    with opened.stack:
        yield opened


def read_texts(client: Client, command: str) -> list[str]:
    """The texts of an answer of the history."""
    return texts(client.ask(command))


def test_two_devices_on_two_workers_one_of_which_dies(
    start_server: StartServer, people: People
) -> None:
    server = start_server(workers=2, config=CONFIG)
    ada = people.register(server, "ada")
    ada.ask("JOIN #talk")
    home = server.worker_of(ada)
    other = next(name for name in ("worker 1", "worker 2") if name != home)
    phone = people.on_worker(server, "ada", other)
    phone.drain()
    bob = people.guest(server, "bob")
    bob.ask("JOIN #talk")
    ada.drain()
    phone.drain()
    bob.ask("PRIVMSG #talk :both", "PRIVMSG ada :psst")
    for device in (ada, phone):
        assert texts(device.drain()) == ["both", "psst"]
    ada.ask("PRIVMSG bob :from the desk")
    assert texts(phone.drain()) == ["from the desk"]
    said = one(only(bob.drain(), "PRIVMSG"), "PRIVMSG")
    assert said.tags["account"] == "ada"

    server.kill_process(other)
    phone.until_closed()
    bob_sees = []
    if server.worker_of(bob) == home:
        bob_sees = codes(bob.drain())
        assert "QUIT" not in bob_sees  # ada is there still, on her other device
    else:
        bob = people.guest(server, "bob2")
        bob.ask("JOIN #talk")
    ada.ask("PRIVMSG #talk :the phone is dead")
    wait_until(lambda: other in server.processes(), "the worker is started anew")
    phone = people.on_worker(server, "ada", other)
    phone.drain()
    assert read_texts(phone, "CHATHISTORY LATEST #talk * 10") == ["both", "the phone is dead"]
    assert read_texts(phone, "CHATHISTORY LATEST bob * 10") == ["psst", "from the desk"]


def test_what_was_said_while_away_is_there_on_return(
    start_server: StartServer, people: People
) -> None:
    server = start_server(workers=2, config=CONFIG)
    ada = people.register(server, "ada")
    ada.ask("JOIN #talk")
    ada.ask("PRIVMSG #talk :last before")
    bob = people.guest(server, "bob")
    bob.ask("JOIN #talk")
    last = only(ada.ask("CHATHISTORY LATEST #talk * 1"), "PRIVMSG")[0].tags["time"]
    read = f"timestamp={last}"
    assert one(ada.ask(f"MARKREAD #talk {read}"), "MARKREAD").params[1] == read
    ada.send("QUIT")
    ada.until_closed()
    for number in range(300):
        bob.send(f"PRIVMSG #talk :{number}", f"PRIVMSG ada :private {number}")
    bob.drain()
    assert one(bob.ask("PRIVMSG ada :are you there"), "301").params[1] == "ada"
    bob.send("QUIT")
    bob.until_closed()

    server.stop()
    server.start()
    ada = people.log_in(server, "ada")
    told = ada.drain()
    assert one(told, "JOIN").params[0] == "#talk"
    assert one(told, "MARKREAD").params == ["#talk", read]
    room = read_texts(ada, f"CHATHISTORY AFTER #talk {read} 500")
    assert room == [str(number) for number in range(300)]
    private = read_texts(ada, "CHATHISTORY LATEST bob * 500")
    assert private == [*(f"private {number}" for number in range(300)), "are you there"]
    targets = only(ada.ask(f"CHATHISTORY TARGETS {read} timestamp=2100-01-01T00:00:00.000Z 10"),
                   "CHATHISTORY")  # fmt: skip
    assert {message.params[1] for message in targets} == {"#talk", "bob"}
    phone = people.log_in(server, "ada")
    phone.drain()
    newest = only(ada.ask("CHATHISTORY LATEST #talk * 1"), "PRIVMSG")[0].tags["time"]
    ada.ask(f"MARKREAD #talk timestamp={newest}")
    assert one(phone.drain(), "MARKREAD").params == ["#talk", f"timestamp={newest}"]


def test_a_room_survives_a_restart(start_server: StartServer, people: People) -> None:
    server = start_server(workers=2, config=CONFIG)
    ada = people.register(server, "ada")
    bob = people.register(server, "bob")
    guest = people.guest(server, "guest")
    ada.ask("JOIN #kept", "TOPIC #kept :Numbers", "MODE #kept +mk key")
    ada.ask("MODE #kept +b *!*@example.org", "MODE #kept +e *!*@good.example.org")
    bob.ask("JOIN #kept key")
    guest.ask("JOIN #kept key")
    ada.ask("MODE #kept +v bob")
    server.stop()
    server.start()
    ada = people.log_in(server, "ada")
    told = ada.drain()
    assert one(told, "332").params[2] == "Numbers"
    assert sorted(one(told, "353").params[-1].split()) == ["+bob", "@ada"]
    assert one(ada.ask("MODE #kept"), "324").params[2:] == ["+kmnt", "key"]
    assert one(ada.ask("MODE #kept b"), "367").params[2] == "*!*@example.org"
    assert one(ada.ask("MODE #kept e"), "348").params[2] == "*!*@good.example.org"
    ada.ask("MODE #kept -m", "KICK #kept bob")
    assert codes(ada.ask("PRIVMSG #kept :hello"))[-1] == "PRIVMSG"
