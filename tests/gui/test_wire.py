"""Failures of a connection in words, and the field of the dialog that they belong to."""

import socket

import pytest

from gui.wire import failure, problem
from tests.gui.scripted import target


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "x"), "No server has this name."),
        (TimeoutError(), "The server does not answer."),
        (ConnectionResetError(104, "x"), "The server has broken off the connection."),
        (OSError(113, "No route to host"), "No route to host."),
        (RuntimeError("odd"), "odd"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_failures_in_words(error: Exception, words: str) -> None:
    assert problem(error) == words


def test_silence_with_tls_is_blamed_on_tls() -> None:
    assert failure(TimeoutError(), target(1, tls=True)).field == "tls"
    assert failure(TimeoutError(), target(1)).field == "host"
