"""The window's network thread with a real server: logging in, waking up, taking leave."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.client import events
from core.client.events import AccountRegistered, MessageReceived, Registered
from gui.link import ConnectionFailed, Target
from gui.network import Network
from tests.fakes.person import Company
from tests.fakes.server import HOST, NO_FLOOD_GATE, Server
from tests.gui.scripted import Inbox

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("network")
    with Server(folder / "server", config=NO_FLOOD_GATE) as running:
        company = Company(running.port)
        ada = company.person("ada")
        ada.wait(Registered)
        ada.session.register_account(PASSWORD)
        ada.wait(AccountRegistered)
        company.close()
        yield running


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def network(inbox: Inbox) -> Iterator[Network]:
    made = Network(inbox.queue.put, {})
    yield made
    made.stop()


def place(server: Server, **changes: Any) -> Target:
    return Target(HOST, server.port, False, "ada")._replace(**changes)


@pytest.mark.parametrize("mechanism", ["", "PLAIN", "SCRAM-SHA-256"])
def test_logging_in(server: Server, network: Network, inbox: Inbox, mechanism: str) -> None:
    network.open(place(server, account="ada", account_password=PASSWORD, mechanism=mechanism))
    assert inbox.next(events.LoggedIn).account == "ada"
    assert inbox.next(Registered).nick == "ada"


def test_a_wrong_password_keeps_us_out(server: Server, network: Network, inbox: Inbox) -> None:
    network.open(place(server, account="ada", account_password="wrong"))
    failed = inbox.next(events.LoginFailed)
    assert (failed.account, failed.code, failed.ends) == ("ada", "904", True)
    inbox.next(events.RegistrationFailed)
    inbox.next(events.Disconnected)
    assert not any(isinstance(one, ConnectionFailed) for one in list(inbox.queue.queue))


def test_logging_in_later(server: Server, network: Network, inbox: Inbox) -> None:
    network.open(place(server, nick="guest"))
    inbox.next(Registered)
    network.log_in("ada", "wrong")
    assert not inbox.next(events.LoginFailed).ends
    network.log_in("ada", PASSWORD)
    assert inbox.next(events.LoggedIn).account == "ada"


def test_what_was_said_last_arrives(server: Server, inbox: Inbox) -> None:
    company = Company(server.port)
    ben = company.person("ben")
    ben.wait(Registered)
    network = Network(inbox.queue.put, {})
    network.open(place(server, nick="eve"))
    inbox.next(Registered)
    network.say("ben", "ben", "the last word", "privmsg")
    begun = time.monotonic()
    network.stop()
    assert time.monotonic() - begun < 10.0
    ben.wait(MessageReceived, text="the last word")
    assert inbox.next(events.Disconnected).wanted
    company.close()
