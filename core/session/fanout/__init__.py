"""Events into lines for the connections of this worker, a file for each family.

Messages to rooms are gathered over a batch: the lines of a room are joined once a class of
receivers and the same bytes go to each of its members (``gathering``).  Everything else is sent as
it comes (``sending``), after what was gathered before it, so that each client sees its lines in the
log's order; only messages of *different* rooms may change places, and only within one batch.
"""

from core.session.fanout import accounts, markers, operating, people, private, rooms, speech, users
from core.session.fanout.gathering import RoomOutput
from core.session.fanout.table import FAN_OUT, fans_out

__all__ = [
    "FAN_OUT",
    "RoomOutput",
    "accounts",
    "fans_out",
    "markers",
    "operating",
    "people",
    "private",
    "rooms",
    "speech",
    "users",
]
