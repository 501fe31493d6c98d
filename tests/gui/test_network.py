"""The network thread against small scripted servers on loopback: errors, reconnecting, ending."""

import base64
import gc
import queue
import socket
import threading
import time

import pytest

from core.client import events
from core.client.backoff import Backoff
from gui import network as network_module
from gui.link import Connecting, ConnectionFailed, Queued, Target, Waiting
from gui.network import Network
from tests.gui.scripted import (
    SECONDS,
    WELCOME,
    Inbox,
    Serve,
    read_until,
    target,
    until_closed,
    welcome,
)


def test_nobody_answers(network: Network, inbox: Inbox) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        network.open(target(unused.getsockname()[1]))
        failed = inbox.next(ConnectionFailed)
    assert failed == ConnectionFailed("port", "No server answers there.")


def test_a_name_that_no_server_can_have(network: Network, inbox: Inbox) -> None:
    network.open(Target("a..b", 5000, False, "me"))
    failed = inbox.next(ConnectionFailed)
    assert failed == ConnectionFailed("host", "This cannot be a server's name.")


def test_a_server_that_hangs_up(network: Network, inbox: Inbox, serve: Serve) -> None:
    server = serve(lambda peer: None)
    network.open(target(server.port))
    failed = inbox.next(ConnectionFailed)
    assert isinstance(failed, ConnectionFailed)
    assert failed.field == "host"
    assert failed.sentence


def test_talking_and_reconnecting(network: Network, inbox: Inbox, serve: Serve) -> None:
    heard: queue.Queue[bytes] = queue.Queue()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        heard.put(read_until(peer, b"PRIVMSG"))

    server = serve(script)
    network.open(target(server.port))
    registered = inbox.next(events.Registered)
    assert isinstance(registered, events.Registered)
    assert (registered.nick, registered.reconnected) == ("me", False)
    network.say("ada", "ada", "hello", "privmsg")
    queued = inbox.next(Queued)
    assert isinstance(queued, Queued)
    assert [piece.text for piece in queued.pieces] == ["hello"]
    assert b"PRIVMSG" in heard.get(timeout=SECONDS)
    waiting = inbox.next(Waiting)
    assert isinstance(waiting, Waiting)
    assert waiting.reason
    network.retry()
    again = inbox.next(events.Registered)
    assert isinstance(again, events.Registered)
    assert again.reconnected
    assert (network.key("ADA"), network.is_room("#x"), network.is_room("x")) == ("ada", True, False)


def test_quitting_ends_it(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        welcome(peer)
        read_until(peer, b"QUIT")
        peer.sendall(b"ERROR :Bye\r\n")
        until_closed(peer)

    server = serve(script)
    network.open(target(server.port))
    inbox.next(events.Registered)
    network.ask(lambda session, now: session.quit(now))
    gone = inbox.next(events.Disconnected)
    assert isinstance(gone, events.Disconnected)
    assert gone.wanted


def test_opening_another_server_leaves_the_first(
    network: Network, inbox: Inbox, serve: Serve
) -> None:
    closed = threading.Event()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        until_closed(peer)
        closed.set()

    server = serve(script)
    other = serve(script)
    network.open(target(server.port))
    inbox.next(events.Registered)
    network.open(target(other.port))
    connecting = inbox.next(Connecting)
    assert connecting == Connecting(target(other.port))
    assert closed.wait(SECONDS)
    inbox.next(events.Registered)


def test_coming_back_to_the_server_before_goes_on_with_its_session(
    network: Network, inbox: Inbox, serve: Serve
) -> None:
    def script(peer: socket.socket) -> None:
        welcome(peer)
        until_closed(peer)

    def registered() -> bool:
        event = inbox.next(events.Registered)
        assert isinstance(event, events.Registered)
        return event.reconnected

    first = target(serve(script).port)
    network.open(first)
    assert not registered()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        network.open(target(unused.getsockname()[1]))
        inbox.next(ConnectionFailed)
    network.close()
    network.open(first._replace(account="me", account_password="other"))
    inbox.next(events.Disconnected)  # what has ended with the connection is told now
    assert registered()
    network.open(first._replace(nick="you"))
    assert not registered()


def test_who_said_goodbye_begins_anew(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        welcome(peer)
        until_closed(peer)

    where = target(serve(script).port)
    network.open(where)
    inbox.next(events.Registered)
    network.ask(lambda session, now: session.quit(now))
    network.close()
    network.open(where)
    again = inbox.next(events.Registered)
    assert isinstance(again, events.Registered)
    assert not again.reconnected


def test_stopping_while_waiting_leaves_no_task_behind(
    inbox: Inbox, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    made = Network(inbox.queue.put, {})
    made.open(target(serve(welcome).port))
    inbox.next(Waiting)
    made.close()
    made.stop()
    del made
    gc.collect()
    assert [record.getMessage() for record in caplog.records] == []


def test_stopping_twice_is_harmless(inbox: Inbox) -> None:
    made = Network(inbox.queue.put, {})
    made.stop()
    made.retry()
    made.stop()


class Clock:
    """The time of day, which can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


def test_retrying_a_connection_that_works_tests_it(
    network: Network, inbox: Inbox, serve: Serve
) -> None:
    def script(peer: socket.socket) -> None:
        welcome(peer)
        token = read_until(peer, b"PING").split()[-1]
        peer.sendall(b":srv PONG srv " + token + b"\r\n")
        until_closed(peer)

    network.open(target(serve(script).port))
    inbox.next(events.Registered)
    network.retry()
    assert inbox.next(events.LagMeasured).seconds < SECONDS


def test_waking_up_tests_the_connection(
    inbox: Inbox, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is gone since is noticed in seconds, and the next is tried at once."""
    monkeypatch.setattr(network_module, "WATCH_EVERY", 0.05)
    monkeypatch.setattr(network_module, "PATIENCE", 0.2)
    clock = Clock()
    made = Network(inbox.queue.put, {}, clock)
    visits: list[int] = []

    def script(peer: socket.socket) -> None:
        visits.append(1)
        welcome(peer)
        until_closed(peer)

    try:
        made.open(target(serve(script).port))
        inbox.next(events.Registered)
        clock.ahead += 30.0
        assert "silent" in inbox.next(events.Disconnected).reason
        inbox.next(events.Registered)
        assert len(visits) == 2
    finally:
        made.stop()


def test_waking_up_ends_the_wait(
    inbox: Inbox, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_module, "WATCH_EVERY", 0.05)
    monkeypatch.setattr(Backoff, "next_delay", lambda self: 3600.0)
    clock = Clock()
    made = Network(inbox.queue.put, {}, clock)
    try:
        made.open(target(serve(welcome).port))
        inbox.next(Waiting)
        clock.ahead += 3600.0
        inbox.next(Connecting)
    finally:
        made.stop()


def test_retrying_after_a_failure_tries_that_server_again(
    network: Network, inbox: Inbox, serve: Serve
) -> None:
    server = serve(until_closed)
    server.close()
    place = target(server.port)
    network.open(place)
    inbox.next(ConnectionFailed)
    network.retry()
    assert inbox.next(Connecting) == Connecting(place)
    inbox.next(ConnectionFailed)
    network.close()
    network.retry()
    other = target(server.port)._replace(nick="other")
    network.open(other)
    assert inbox.next(Connecting) == Connecting(other)


def test_ending_takes_leave_and_loses_nothing(inbox: Inbox, serve: Serve) -> None:
    heard: queue.Queue[bytes] = queue.Queue()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        words = read_until(peer, b"QUIT")
        peer.sendall(b"ERROR :Bye\r\n")
        heard.put(words)

    made = Network(inbox.queue.put, {})
    made.open(target(serve(script).port))
    inbox.next(events.Registered)
    made.say("ada", "ada", "the last word", "privmsg")
    made.stop()
    words = heard.get(timeout=SECONDS)
    assert words.index(b"the last word") < words.index(b"QUIT")
    assert inbox.next(events.Disconnected).wanted


def test_ending_does_not_wait_for_a_server_that_does_not_listen(inbox: Inbox, serve: Serve) -> None:
    deaf = threading.Event()

    def script(peer: socket.socket) -> None:
        welcome(peer)
        deaf.wait(SECONDS)

    made = Network(inbox.queue.put, {})
    made.open(target(serve(script).port))
    inbox.next(events.Registered)
    begun = time.monotonic()
    made.stop()
    assert time.monotonic() - begun < SECONDS / 4
    deaf.set()


# --- accounts ---------------------------------------------------------------------------------


def offer(peer: socket.socket, mechanisms: str) -> bytes:
    """Agree on SASL; what the client begins with."""
    read_until(peer, b"USER ")
    peer.sendall(b":srv CAP * LS :sasl=" + mechanisms.encode() + b"\r\n")
    read_until(peer, b"REQ sasl\r\n")
    peer.sendall(b":srv CAP me ACK :sasl\r\n")
    return read_until(peer, b"\r\n").strip()


def test_who_cannot_log_in_is_not_let_in(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        assert offer(peer, "PLAIN") == b"AUTHENTICATE PLAIN"
        peer.sendall(b"AUTHENTICATE +\r\n")
        read_until(peer, b"\r\n")
        peer.sendall(b":srv 904 me :SASL authentication failed\r\n")
        until_closed(peer)

    place = target(serve(script).port)._replace(account="ada", account_password="wrong")
    network.open(place)
    failed = inbox.next(events.LoginFailed)
    assert (failed.account, failed.code, failed.ends) == ("ada", "904", True)
    inbox.next(events.RegistrationFailed)
    inbox.next(events.Disconnected)
    network.open(target(1))
    assert isinstance(inbox.queue.get(timeout=SECONDS), Connecting)  # the failure is told once


def test_an_account_without_a_password_is_not_tried(network: Network, inbox: Inbox) -> None:
    network.open(target(1)._replace(account="ada"))
    assert inbox.next(ConnectionFailed).field == "account_password"


def test_each_login_has_a_nonce_of_its_own(network: Network, inbox: Inbox, serve: Serve) -> None:
    nonces: queue.Queue[bytes] = queue.Queue()

    def begin(peer: socket.socket) -> None:
        peer.sendall(b"AUTHENTICATE +\r\n")
        words = base64.b64decode(read_until(peer, b"\r\n").split()[-1])
        nonces.put(words.rpartition(b"r=")[2])

    def script(peer: socket.socket) -> None:
        assert offer(peer, "SCRAM-SHA-256") == b"AUTHENTICATE SCRAM-SHA-256"
        begin(peer)
        peer.sendall(b":srv 904 me :failed\r\n" + WELCOME)
        read_until(peer, b"AUTHENTICATE SCRAM-SHA-256\r\n")
        begin(peer)
        until_closed(peer)

    place = target(serve(script).port)._replace(account_password="secret")
    network.open(place)
    inbox.next(events.LoginFailed)
    first = nonces.get(timeout=SECONDS)
    network.open(place)
    inbox.next(events.LoginFailed)
    second = nonces.get(timeout=SECONDS)
    assert len({first, second}) == 2
    assert all(len(nonce) >= 16 for nonce in (first, second))


def test_logging_in_later(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        read_until(peer, b"USER ")
        peer.sendall(b":srv CAP * LS :sasl=SCRAM-SHA-256\r\n")
        peer.sendall(WELCOME)
        read_until(peer, b"REQ sasl\r\n")
        peer.sendall(b":srv CAP me ACK :sasl\r\n")
        read_until(peer, b"AUTHENTICATE SCRAM-SHA-256\r\n")
        peer.sendall(b":srv 904 me :failed\r\n")
        until_closed(peer)

    network.open(target(serve(script).port))
    inbox.next(events.Registered)
    network.log_in("ada", "wrong")
    failed = inbox.next(events.LoginFailed)
    assert (failed.account, failed.ends) == ("ada", False)
