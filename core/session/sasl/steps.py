"""What an exchange of login messages says after each of them."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from core.wire.scram import Verifier

Reason = Literal["wrong", "malformed", "too long", "aborted"]


@dataclass(frozen=True, slots=True)
class Challenge:
    """Send this to the client, and give its response to ``step``."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Lookup:
    """Find what is kept of this account, and give it to ``resume`` (None: nothing is)."""

    account: str  # prepared, in the client's upper and lower case


@dataclass(frozen=True, slots=True)
class Check:
    """Verify this password, which takes long.  If it is right, that is ``Done(account)``, and
    ``Failed("wrong", account)`` otherwise; also where there is no such account."""

    account: str  # prepared, in the client's upper and lower case
    password: str = field(repr=False)  # prepared


@dataclass(frozen=True, slots=True)
class Done:
    """The client has shown that the account is its own.

    ``verifier``: what it was judged by, None for its certificate.  The account may be another
    one by now, or have another password.
    """

    account: str
    verifier: Verifier | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The exchange is over.  The client is told no more than the numeric for ``reason``."""

    reason: Reason
    account: str = ""  # whose password was guessed at, "" for none


Step = Challenge | Lookup | Check | Done | Failed


class Exchange(Protocol):
    """The server's side of one mechanism, from the client's first response to the end."""

    def step(self, data: bytes) -> Step:
        """The client's next response."""
        ...

    def resume(self, verifier: Verifier | None) -> Step:
        """The answer to ``Lookup``."""
        ...
