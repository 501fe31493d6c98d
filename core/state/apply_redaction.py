"""The rule for REDACT (https://ircv3.net/specs/extensions/message-redaction)."""

from collections.abc import Sequence

from core.state import facts
from core.state.conversations import all_parts
from core.state.events import Event, MessageRedacted, Refused
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.wire.names import is_room

INVALID_TARGET = Refused(None, code="INVALID_TARGET", text="You cannot delete messages there")
# The room has another name by now, or the name another room.
GONE = Refused(None, code="UNKNOWN_MSGID", text="This message does not exist or is too old")
FORBIDDEN = Refused(
    None, code="REDACT_FORBIDDEN", text="You are not authorised to delete this message"
)


@rule(facts.Redacted)
def apply_redacted(replica: Replica, stamp: Stamp, fact: facts.Redacted) -> Sequence[Event]:
    """A message goes if its author says so, or who moderates the room.

    Between two users each takes back its own words alone.
    """
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    place: Room | User | None
    own = fact.author == user.id
    if is_room(fact.target):
        place = replica.room_named(fact.target)
        everywhere = fact.moderating and "o" in user.modes
        if place is None or not (user in place.members or everywhere):
            return (INVALID_TARGET,)
        if fact.conversation not in (part.key for part in all_parts(place)):
            return (GONE,)
        allowed = own or everywhere or place.moderates(user)
        name = place.name
    else:
        place = replica.user_named(fact.target) or user
        allowed = own
        name = place.nick if place is not user else fact.target
    if not allowed:
        return (FORBIDDEN,)
    return (
        MessageRedacted(user, place, fact.message, fact.conversation, fact.reason, stamp.seq, name),
    )
