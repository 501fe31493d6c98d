"""Rules for the modes of rooms, and for the rank of their members."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import Event, Refused, RoomModesChanged
from core.state.records import RANKS, Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.room_access import NEEDED, TITLES, not_allowed, outranked, room_of
from core.wire import numerics
from core.wire.extbans import complete_entry
from core.wire.identifiers import fold
from core.wire.modes import CHANNEL_MODES, PREFIXES, ModeChange, ModeType

Outcome = ModeChange | Refused | None


@rule(facts.RoomModesSet)
def apply_room_modes_set(
    replica: Replica, stamp: Stamp, fact: facts.RoomModesSet
) -> Sequence[Event]:
    """MODE of a room; each change counts by itself, if it is one."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    refusals: list[Event] = []
    done: list[ModeChange] = []
    for change in fact.changes:
        outcome = _change(replica, stamp, room, user, change)
        if isinstance(outcome, ModeChange):
            done.append(outcome)
        elif outcome is not None and outcome not in refusals:
            refusals.append(outcome)
    if not done:
        return refusals
    replica.keep(room)
    return [*refusals, RoomModesChanged(user, room, tuple(done))]


def _change(replica: Replica, stamp: Stamp, room: Room, user: User, change: ModeChange) -> Outcome:
    """Do one change: what was done, or why not, or None where it was so already."""
    if change.letter in PREFIXES:
        return _change_rank(replica, room, user, change)
    if not room.moderates(user):
        return not_allowed(room)
    if CHANNEL_MODES[change.letter] is ModeType.LIST:
        return _change_list(replica, stamp, room, user, change)
    return _change_setting(room, change)


def _change_setting(room: Room, change: ModeChange) -> Outcome:
    adding, letter, argument = change
    if adding:
        if room.modes.get(letter) == argument:
            return None
        room.modes[letter] = argument
        return change
    if letter not in room.modes:
        return None
    del room.modes[letter]
    return ModeChange(False, letter, argument if letter == "k" else "")


def _change_rank(replica: Replica, room: Room, user: User, change: ModeChange) -> Outcome:
    """A prefix mode of a member; one's own may always be given up."""
    adding, letter, argument = change
    target = replica.user_named(argument)
    if target is not user or adding:
        why = _rank_refusal(room, user, letter)
        if why is not None:
            return why
    if target is None:
        return Refused(numerics.ERR_NOSUCHNICK, {"nick": argument})
    if target not in room.members:
        values: dict[str, object] = {"nick": target.nick, "channel": room.name}
        return Refused(numerics.ERR_USERNOTINCHANNEL, values)
    if adding and letter == "q" and target.account is None:
        return not_allowed(room, f"{target.nick} needs an account to be a founder")
    why = outranked(room, user, target) if not adding else None
    if why is not None:
        return why
    if not room.grant(target, letter, adding, replica.seq):
        return None
    replica.keep(target.account)
    return ModeChange(adding, letter, target.nick)


def _rank_refusal(room: Room, user: User, letter: str) -> Refused | None:
    """Why ``user`` may not give or take a prefix mode, or None.

    A room without a founder gets one by the word of its operators.
    """
    needed = NEEDED[letter]
    if letter == "q" and not room.lasting:
        needed = "o"
    if room.rank(user) >= RANKS[needed]:
        return None
    if not room.moderates(user):
        return not_allowed(room)
    return not_allowed(room, f"You must be {TITLES[needed]} to set mode {letter}")


def _change_list(
    replica: Replica, stamp: Stamp, room: Room, user: User, change: ModeChange
) -> Outcome:
    """An entry of a list; whether it is there already goes by its folded form."""
    adding, letter, argument = change
    text = complete_entry(argument)
    entries = room.lists.setdefault(letter, {})
    folded = fold(text)
    known = next((entry for entry in entries if fold(entry) == folded), None)
    if adding:
        if known is not None:
            return None
        limit = replica.rules.list_entries  # of all lists of a room together
        if limit and sum(map(len, room.lists.values())) >= limit:
            values: dict[str, object] = {"channel": room.name, "mode": letter}
            return Refused(numerics.ERR_BANLISTFULL, values)
        entries[text] = (user.prefix, stamp.time // 1000)
    else:
        if known is None:
            return None
        text = known
        del entries[text]
    room.list_changed(letter)
    return ModeChange(adding, letter, text)
