"""A login in lines of AUTHENTICATE."""

import pytest

from core.session import sasl
from core.session.sasl import Challenge, Check, Dialogue, Done, Failed, Lookup
from core.wire import scram
from core.wire.authenticate import split


def begin(mechanism: str, account: str | None = None) -> Dialogue:
    dialogue = sasl.begin(mechanism, nonce="xyz", secret=b"secret", certificate_account=account)
    assert dialogue is not None
    return dialogue


@pytest.mark.parametrize("mechanism", [*sasl.MECHANISMS, "plain"])
def test_mechanisms(mechanism: str) -> None:
    assert begin(mechanism).receive("*") == Failed("aborted")


@pytest.mark.parametrize("mechanism", ["", "*", "+", "FOO", "SCRAM-SHA-256-PLUS", "PLAIN "])
def test_no_such_mechanism(mechanism: str) -> None:
    assert sasl.begin(mechanism, nonce="xyz", secret=b"secret", certificate_account="ada") is None


def test_plain() -> None:
    """The example of https://ircv3.net/specs/extensions/sasl-3.1"""
    step = begin("PLAIN").receive("amlsbGVzAGppbGxlcwBzZXNhbWU=")
    assert step == Check("jilles", "sesame")


@pytest.mark.parametrize("length", [291, 300, 1000])
def test_plain_in_chunks(length: int) -> None:
    dialogue = begin("PLAIN")
    *first, last = split(b"foo\0foo\0" + b"b" * length)
    assert [dialogue.receive(chunk) for chunk in first] == [None] * len(first)
    assert dialogue.receive(last) == Check("foo", "b" * length)


def test_external() -> None:
    assert begin("EXTERNAL", "ada").receive("+") == Done("ada")


def test_scram() -> None:
    dialogue = begin("SCRAM-SHA-256")
    assert dialogue.receive(split(b"n,,n=ada,r=abc")[0]) == Lookup("ada")
    verifier = scram.make_verifier("sesame", b"salt", 4096)
    assert dialogue.resume(verifier) == Challenge(b"r=abcxyz,s=c2FsdA==,i=4096")
    assert dialogue.receive("?") == Failed("malformed")


@pytest.mark.parametrize(
    ("parameter", "reason"), [("?", "malformed"), ("", "malformed"), ("A" * 401, "too long")]
)
def test_bad_chunks(parameter: str, reason: sasl.steps.Reason) -> None:
    assert begin("PLAIN").receive(parameter) == Failed(reason)


def test_too_much_altogether() -> None:
    dialogue = begin("PLAIN")
    steps = [dialogue.receive("A" * 400) for _ in range(11)]
    assert steps == [None] * 10 + [Failed("too long")]


def test_abort_in_the_middle() -> None:
    dialogue = begin("PLAIN")
    assert dialogue.receive("A" * 400) is None
    assert dialogue.receive("*") == Failed("aborted")
