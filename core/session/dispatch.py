"""Commands as data: the table, and the gate before every handler."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from core.wire.message import Message

if TYPE_CHECKING:
    from core.session.connection import Connection
    from core.session.node import Node

Handler = Callable[["Node", "Connection", Message], None]

ANYTIME = "anytime"
UNREGISTERED = "unregistered"
REGISTERED = "registered"


class Command(NamedTuple):
    """A row of the table."""

    handler: Handler
    params: int  # at least so many, or 461
    needs: str  # ANYTIME, UNREGISTERED (else 462) or REGISTERED (else 451)


COMMANDS: dict[str, Command] = {}


def command(name: str, *, params: int = 0, needs: str = REGISTERED) -> Callable[[Handler], Handler]:
    """Enter the decorated handler into the table."""

    def enter(handler: Handler) -> Handler:
        COMMANDS[name] = Command(handler, params, needs)
        return handler

    return enter
