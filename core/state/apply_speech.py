"""Rules for messages: who may say something where.  This is the hot path."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import AllSpoken, Event, Refused, RoomSpoken, Unheard, UserSpoken
from core.state.private_speech import held_back, is_request, let_answer
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.room_access import banned
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.modes import SIGNS, split_status


@rule(facts.Said)
def apply_said(replica: Replica, stamp: Stamp, fact: facts.Said) -> Sequence[Event]:
    """PRIVMSG, NOTICE and TAGMSG (RFC 2812, 3.3); a NOTICE is never answered."""
    sender = replica.users.get(fact.user)
    if sender is None:
        return ()
    if fact.kind != facts.TAGMSG:
        sender.spoke_at = stamp.time
    name, rank = fact.target, ""
    if name[0] in SIGNS:
        rank, name = split_status(name)
    if name[0] == "#":
        room = replica.rooms.get(fold(name))
        if room is None:
            return _refused(fact, Refused(numerics.ERR_NOSUCHCHANNEL, {"channel": name}))
        why = speech_refusal(room, sender, fact.text)
        if why is not None:
            values: dict[str, object] = {"channel": room.name, "why": why}
            return _refused(fact, Refused(numerics.ERR_CANNOTSENDTOCHAN, values))
        return (RoomSpoken(sender, room, fact.kind, fact.text, fact.tags, stamp.seq, rank),)
    target = replica.owner_of.get(fold(name))
    if target is None:
        if name[0] == "$" and "o" in sender.modes:
            return (AllSpoken(sender, name, fact.kind, fact.text, fact.tags, stamp.seq),)
        return _refused(fact, Refused(numerics.ERR_NOSUCHNICK, {"nick": name}))
    if target.modes or target.lists or sender.modes:
        held = held_back(replica, stamp, fact, sender, target)
        if held:
            silent = fact.kind == facts.NOTICE and not isinstance(held[0], Unheard)
            return (Refused(None),) if silent else held
        if fact.kind != facts.TAGMSG and ("g" in sender.modes or "R" in sender.modes):
            let_answer(replica, sender, target)
    return (UserSpoken(sender, target, fact.kind, fact.text, fact.tags, stamp.seq),)


def speech_refusal(room: Room, sender: User, text: str = "") -> str | None:
    """Why ``sender`` may not say ``text`` in ``room`` (the end of a 404's text), or None."""
    if "C" in room.modes and is_request(text):
        return " (+C)"
    modes = room.members.get(sender)
    if modes:
        return None
    if modes is None and "n" in room.modes:
        return " (+n)"
    if "m" in room.modes:
        return " (+m)"
    if "M" in room.modes and sender.account is None:
        return " (+M): log in first"
    if room.bans and banned(room, sender, speaking=True):
        return " (+b)"
    return None


def _refused(fact: facts.Said, verdict: Refused) -> Sequence[Event]:
    return (Refused(None),) if fact.kind == facts.NOTICE else (verdict,)
