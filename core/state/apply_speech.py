"""Rules for messages: who may say something where.  This is the hot path."""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_rooms import banned
from core.state.events import Event, Refused, RoomSpoken, UserSpoken
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.wire import numerics
from core.wire.identifiers import fold


@rule(facts.Said)
def apply_said(replica: Replica, stamp: Stamp, fact: facts.Said) -> Sequence[Event]:
    """PRIVMSG, NOTICE and TAGMSG (RFC 2812, 3.3); a NOTICE is never answered."""
    sender = replica.users.get(fact.user)
    if sender is None:
        return ()
    if fact.kind != facts.TAGMSG:
        sender.spoke_at = stamp.time
    name = fact.target
    if name[0] == "#":
        room = replica.rooms.get(fold(name))
        if room is None:
            return _refused(fact, Refused(numerics.ERR_NOSUCHCHANNEL, {"channel": name}))
        why = speech_refusal(room, sender)
        if why is not None:
            values: dict[str, object] = {"channel": room.name, "why": why}
            return _refused(fact, Refused(numerics.ERR_CANNOTSENDTOCHAN, values))
        return (RoomSpoken(sender, room, fact.kind, fact.text, fact.tags, stamp.seq),)
    target = replica.owner_of.get(fold(name))
    if target is None:
        return _refused(fact, Refused(numerics.ERR_NOSUCHNICK, {"nick": name}))
    return (UserSpoken(sender, target, fact.kind, fact.text, fact.tags, stamp.seq),)


def speech_refusal(room: Room, sender: User) -> str | None:
    """Why ``sender`` may not speak in ``room`` (the end of a 404's text), or None."""
    modes = room.members.get(sender)
    if modes:
        return None
    if modes is None and "n" in room.modes:
        return " (+n)"
    if "m" in room.modes:
        return " (+m)"
    if room.bans and banned(room, sender):
        return " (+b)"
    return None


def _refused(fact: facts.Said, verdict: Refused) -> Sequence[Event]:
    return (Refused(None),) if fact.kind == facts.NOTICE else (verdict,)
