"""Whom the network trusts: authorities, what was accepted, and nobody without a question."""

import socket
from pathlib import Path

import pytest

from core.client import events
from gui import trust
from gui.link import CertificateChanged, CertificateUnknown, ConnectionFailed, Pinned
from gui.network import Network
from gui.trust import AUTHORITY
from tests.gui.scripted import (
    WELCOME,
    Inbox,
    Serve,
    certificate,
    target,
    until_closed,
)


def test_a_self_signed_certificate_is_pinned_and_then_has_to_stay(
    network: Network, inbox: Inbox, serve: Serve, tmp_path: Path
) -> None:
    first, known = certificate(tmp_path, "first")
    second, offered = certificate(tmp_path, "second")
    heard: list[bytes] = []

    def script(peer: socket.socket) -> None:
        heard.append(peer.recv(4096))
        peer.sendall(WELCOME)
        until_closed(peer)

    server = serve(script, context=first)
    place = target(server.port, tls=True)
    network.open(place)
    assert inbox.next(Pinned) == Pinned(place.server, known)
    inbox.next(events.Registered)
    network.open(place)
    inbox.next(events.Registered)
    server.context = second
    before = len(heard)
    network.open(place)
    assert inbox.next(CertificateChanged) == CertificateChanged(place.server, known, offered)
    assert [words for words in heard[before:] if words] == []
    network.trust(place.server, offered)
    network.retry()
    assert inbox.next(Pinned) == Pinned(place.server, offered)
    inbox.next(events.Registered)


def test_a_server_that_had_an_authority_cannot_fall_back_to_less(
    inbox: Inbox, serve: Serve, tmp_path: Path
) -> None:
    context, offered = certificate(tmp_path, "plain")
    server = serve(until_closed, context=context)
    place = target(server.port, tls=True)
    made = Network(inbox.queue.put, {place.server: AUTHORITY})
    try:
        made.open(place)
        changed = inbox.next(CertificateChanged)
        assert changed == CertificateChanged(place.server, AUTHORITY, offered)
    finally:
        made.stop()


def test_a_server_without_tls(network: Network, inbox: Inbox, serve: Serve) -> None:
    def script(peer: socket.socket) -> None:
        peer.sendall(b":srv NOTICE * :hello, this is plain text\r\n")
        until_closed(peer)

    server = serve(script)
    network.open(target(server.port, tls=True))
    failed = inbox.next(ConnectionFailed)
    assert isinstance(failed, ConnectionFailed)
    assert failed.field == "tls"


def test_an_unknown_certificate_is_a_question(
    network: Network,
    inbox: Inbox,
    serve: Serve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is sent before the answer; the answer holds from then on."""
    monkeypatch.setattr(trust, "is_loopback", lambda host: False)
    context, known = certificate(tmp_path, "chat.example")
    heard: list[bytes] = []

    def script(peer: socket.socket) -> None:
        heard.append(peer.recv(4096))
        peer.sendall(WELCOME)
        until_closed(peer)

    place = target(serve(script, context=context).port, tls=True)
    network.open(place)
    asked = inbox.next(CertificateUnknown)
    groups = asked.offered.split()
    assert "".join(groups) == known.replace(":", "")
    assert {len(group) for group in groups} == {4}
    assert (asked.server, asked.subject, asked.issuer) == (
        place.server,
        "chat.example",
        "chat.example",
    )
    assert asked.valid_from < asked.valid_until
    network.retry()  # without an answer it stays a question
    assert inbox.next(CertificateUnknown) == asked
    assert [words for words in heard if words] == []
    network.trust(place.server, asked.offered)
    network.retry()
    assert inbox.next(Pinned) == Pinned(place.server, known)
    inbox.next(events.Registered)
    network.open(place)
    inbox.next(events.Registered)


def test_an_authority_is_enough(
    network: Network,
    inbox: Inbox,
    serve: Serve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also in the place of a certificate that was pinned: the server has got a better one."""
    monkeypatch.setattr(trust, "is_loopback", lambda host: False)
    context, _ = certificate(tmp_path, "good")

    def script(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(WELCOME)
        until_closed(peer)

    place = target(serve(script, context=context).port, tls=True)
    network.trust(place.server, "AB" * 32)
    inbox.next(Pinned)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "good.pem"))
    network.open(place)
    assert inbox.next(Pinned) == Pinned(place.server, AUTHORITY)
    inbox.next(events.Registered)


@pytest.mark.parametrize("offered", ["AB12 CD34", "AB:12:CD:34", "ab12cd34"])
def test_fingerprints_are_pinned_alike(offered: str) -> None:
    assert trust.as_pin(offered) == "AB:12:CD:34"
