"""Which function tells of which event."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.session.connection import Connection

if TYPE_CHECKING:
    from core.session.node import Node

FanOut = Callable[["Node", Any, Connection | None], None]
# Each is given the event and the connection that proposed it, if that is one of this worker's.
FAN_OUT: dict[type[Any], FanOut] = {}


def fans_out(event: type[Any]) -> Callable[[FanOut], FanOut]:
    """Register the decorated function for a kind of event."""

    def register(function: FanOut) -> FanOut:
        FAN_OUT[event] = function
        return function

    return register
