"""Who may write to whom: what users keep away from themselves by modes and lists."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import CallHeld, Event, Refused, Unheard
from core.state.records import User
from core.state.replica import Replica, Stamp
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.masks import compile_mask
from core.wire.names import ACCEPT_ENTRIES

# Milliseconds in which a user is told once that somebody it has not accepted wrote.
CALLS_APART = 60_000


def held_back(
    replica: Replica, stamp: Stamp, fact: facts.Said, sender: User, target: User
) -> Sequence[Event]:
    """What becomes of a message that its target does not want; () if it is delivered.

    Operators of the server are heard by everybody, and everybody hears itself.
    """
    if sender is target or "o" in sender.modes:
        return ()
    if silenced(target, sender):
        return (Unheard(sender, target, fact.kind, fact.text, fact.tags, stamp.seq),)
    if "R" in target.modes and sender.account is None and not accepts(target, sender):
        return (Refused(numerics.ERR_NEEDREGGEDNICK, {"channel": target.nick}),)
    if "T" in target.modes and is_request(fact.text):
        values: dict[str, object] = {"nick": target.nick, "why": ": no CTCP (+T)"}
        return (Refused(numerics.ERR_CANTSENDTOUSER, values),)
    if "g" in target.modes and not accepts(target, sender):
        told = fact.kind == facts.PRIVMSG and stamp.time - target.called_at >= CALLS_APART
        if told:
            target.called_at = stamp.time
        return (CallHeld(sender, target, told),)
    return ()


def is_request(text: str) -> bool:
    """True if a line of ``text`` is CTCP, other than an action."""
    lines = text.replace("\r", "\n").split("\n")
    return any(
        line[:1] == "\x01" and not line.startswith(("\x01ACTION ", "\x01ACTION\x01"))
        for line in lines
    )


def silenced(target: User, sender: User) -> bool:
    """True if a mask of ``target``'s SILENCE list fits ``sender``."""
    masks = target.lists.get("silence")
    if not masks:
        return False
    prefix = fold(sender.prefix)
    return any(compile_mask(mask).fullmatch(prefix) for mask in masks)


def accepts(target: User, sender: User) -> bool:
    """True if ``sender`` is on ``target``'s ACCEPT list, by its nick or its account's name."""
    return entry(target, sender.nick) is not None or (
        sender.account is not None and entry(target, sender.account.name) is not None
    )


def entry(user: User, name: str) -> str | None:
    """How ``name`` is written on ``user``'s ACCEPT list; None: it is not on it."""
    accepted = user.lists.get("accept")
    if not accepted:
        return None
    key = fold(name)
    return next((known for known in accepted if fold(known) == key), None)


def let_answer(replica: Replica, sender: User, target: User) -> None:
    """Whom one writes to may answer, whatever one's modes are."""
    if sender is target or accepts(sender, target):
        return
    accepted = sender.lists.setdefault("accept", {})
    if len(accepted) < ACCEPT_ENTRIES:
        accepted[target.account_name or target.nick] = None
        replica.keep(sender.account)
