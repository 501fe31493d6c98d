"""Hashing, verifying, and asking for a password."""

import io
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from argon2 import PasswordHasher

from core.errors import OperatorError
from core.runtime import passwords
from core.runtime.passwords import Passwords
from core.session.sasl import Challenge
from core.session.sasl.scram import Scram
from core.state.credentials import Credentials
from core.wire.saslprep import Unprepared

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def cheap() -> Passwords:
    return Passwords(memory_kib=8, iterations=1)


def test_the_default_cost() -> None:
    encoded = Passwords().hash("sesame")
    assert encoded.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Passwords().verify(encoded, "sesame")


def test_verify(cheap: Passwords) -> None:
    encoded = cheap.hash("sesame \u2168")
    assert encoded.startswith("$argon2id$")
    assert encoded != cheap.hash("sesame \u2168")
    assert cheap.verify(encoded, "sesame IX")
    assert not cheap.verify(encoded, "sesame")
    assert not cheap.verify(encoded, "")
    assert not cheap.verify(encoded, "a\0b")
    assert not cheap.verify(None, "sesame")
    assert not cheap.verify("no hash", "sesame")


def test_an_unknown_account_takes_the_same_work(
    cheap: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = []

    def verify(self: PasswordHasher, encoded: str, password: str) -> bool:
        verified.append(encoded)
        return True

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    assert not cheap.verify(None, "sesame")
    assert verified[0].startswith("$argon2id$")


@pytest.mark.parametrize("password", ["", "\u00ad", "a\x07"])
def test_passwords_that_cannot_be(cheap: Passwords, password: str) -> None:
    with pytest.raises(Unprepared):
        cheap.hash(password)
    with pytest.raises(Unprepared):
        cheap.credentials(password)


def test_credentials(cheap: Passwords) -> None:
    made = cheap.credentials("sesame")
    travelled = msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Credentials)
    assert travelled == made
    assert cheap.verify(travelled.argon2, "sesame")
    exchange = Scram("xyz", b"secret")
    exchange.step(b"n,,n=ada,r=abc")
    assert isinstance(exchange.resume(travelled.verifier), Challenge)
    assert made.salt != cheap.credentials("sesame").salt
    assert "$argon2" not in repr(made)
    assert "$argon2" not in str(made)


# The command.


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str | type[BaseException]) -> None:
    """Let somebody type that at the prompts."""
    left = list(answers)

    def getpass(prompt: str) -> str:
        answer = left.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", getpass)


def test_a_password_is_typed_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "sesame", "sesame")
    assert passwords.main() == 0
    printed = capsys.readouterr()
    assert Passwords().verify(printed.out.strip(), "sesame")
    assert "sesame" not in printed.out + printed.err


@pytest.mark.parametrize(
    ("answers", "code", "text"),
    [
        (("",), 2, "must not be empty"),
        (("sesame", "other"), 2, "not the same"),
        (("a\x07", "a\x07"), 2, "not allowed"),
        ((EOFError,), 130, ""),
        (("sesame", KeyboardInterrupt), 130, ""),
    ],
)
def test_typed_wrongly(
    answers: tuple[str | type[BaseException], ...],
    code: int,
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, *answers)
    assert passwords.main() == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert text in printed.err
    assert "sesame" not in printed.err


def test_a_line_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("sesame\n"))
    assert passwords.ask() == "sesame"
    with pytest.raises(OperatorError):
        passwords.ask()


@pytest.mark.parametrize("line", ["sesame\n", "sesame\r\n", "sesame", "sesame\nmore\n"])
def test_a_line_of_standard_input(line: str) -> None:
    command = [sys.executable, "run_server.py", "--hash-password"]
    done = subprocess.run(command, cwd=ROOT, input=line, capture_output=True, text=True, check=True)
    assert Passwords().verify(done.stdout.strip(), "sesame")
    assert done.stderr == ""


def test_no_line_of_standard_input() -> None:
    command = [sys.executable, "run_server.py", "--hash-password"]
    done = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no terminal" in done.stderr
    assert "Traceback" not in done.stderr
