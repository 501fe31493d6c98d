"""Passwords: hashing them, verifying them, and asking an operator for one.

A hash takes some 30 ms and ``memory_kib`` of memory on purpose: call these from a thread (they
let go of the interpreter's lock), never from the loop.
"""

import getpass
import secrets
import sys

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import OperatorError
from core.state.credentials import Credentials
from core.wire import scram
from core.wire.saslprep import Unprepared, saslprep

# What OWASP's Password Storage Cheat Sheet recommends for argon2id.
MEMORY_KIB = 19456
PASSES = 2
LANES = 1


class Passwords:
    """argon2id with one cost.  Passwords are prepared (``saslprep``) here, also prepared ones."""

    def __init__(
        self, memory_kib: int = MEMORY_KIB, iterations: int = PASSES, parallelism: int = LANES
    ) -> None:
        self._hasher = PasswordHasher(iterations, parallelism=parallelism, memory_cost=memory_kib)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """The encoded hash, its salt and cost in it.  Raises Unprepared (saslprep)."""
        return self._hasher.hash(_prepared(password))

    def verify(self, encoded: str | None, password: str) -> bool:
        """True if ``encoded`` is a hash of ``password``.

        None, where there is no such account, is false after the same time.
        """
        try:
            right = self._hasher.verify(encoded or self._nobodys, _prepared(password))
        except (VerificationError, InvalidHashError, Unprepared):
            return False
        return right and encoded is not None

    def credentials(self, password: str) -> Credentials:
        """Everything to be kept of a new password.  Raises Unprepared (saslprep)."""
        verifier = scram.make_verifier(password, secrets.token_bytes(scram.SALT_BYTES))
        return Credentials(
            self.hash(password),
            verifier.salt,
            verifier.iterations,
            verifier.stored_key,
            verifier.server_key,
        )


def _prepared(password: str) -> str:
    prepared = saslprep(password)
    if not prepared:
        raise Unprepared("It is empty")
    return prepared


def ask() -> str:
    """A new password from the terminal, typed twice; else one line of standard input.

    Raises OperatorError where there is none.
    """
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise OperatorError("standard input is no terminal, and has no line with a password")
        return password
    password = getpass.getpass("Password: ")
    if not password:
        raise OperatorError("the password must not be empty")
    if getpass.getpass("Once more: ") != password:
        raise OperatorError("the two passwords are not the same")
    return password


def main() -> int:
    """``run_server.py --hash-password``: print the hash for ``[operators.NAME]``; the exit code."""
    try:
        print(Passwords().hash(ask()))
    except (OperatorError, Unprepared) as error:
        print(f"run_server.py: {error}", file=sys.stderr)
        return 2
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return 130
    return 0
