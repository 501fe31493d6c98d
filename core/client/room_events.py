"""What happens in rooms: who comes and goes, ranks, topics, modes, invitations."""

from core.client import history, outbound, presence, profiles, registration, typists
from core.client.conversion import message_time
from core.client.events import (
    Invited,
    LeaveKind,
    MemberJoined,
    MemberLeft,
    MemberRankChanged,
    MembersListed,
    NickChanged,
    RoomJoined,
    RoomLeft,
    RoomModesChanged,
    TopicChanged,
)
from core.client.reading import read_number
from core.client.roster import Member, Room, change_rank
from core.client.state import ClientState, Handler
from core.wire.message import Message
from core.wire.modes import ModeChange, ModeType, parse_modes

# Seconds after a line of members in which the next one, or their end, has to come.
_NAMES_LAST = 5.0
# Rooms with more members are not asked who of them is away.
_MOST_WHO = 200
# Members of one room that are kept; no server has as many.
MOST_MEMBERS = 500_000


def room_named(state: ClientState, name: str) -> Room | None:
    """The room with that name, None if we are not in it."""
    return state.roster.rooms.get(state.fold(name))


def on_join(state: ClientState, message: Message, label: str) -> None:
    """JOIN, with account and real name where extended-join is on."""
    for name in message.param(0).split(","):
        if name and message.nick:
            if state.is_own(message.nick):
                _joined(state, message, name)
            else:
                _member_joined(state, message, name)


def _joined(state: ClientState, message: Message, name: str) -> None:
    if "@" in message.source:
        state.source = message.source
    if not state.has_room_for(name):
        return
    before = room_named(state, name)
    state.joining.pop(state.fold(name), None)
    room = state.roster.enter(name)
    conversation = state.open_conversation(name)
    if all(state.fold(wanted) != room.key for wanted in state.wanted_rooms):
        state.wanted_rooms[name] = ""
    _note_user(state, room, message)
    rejoined = before is not None
    state.emit(RoomJoined(room.key, name, rejoined))
    history.catch_up(state, conversation, rejoined=rejoined)


def _member_joined(state: ClientState, message: Message, name: str) -> None:
    room = room_named(state, name)
    if room is None or len(room.members) >= MOST_MEMBERS:
        return
    _note_user(state, room, message)
    user = room.members[state.fold(message.nick)].user
    time = message_time(state, message)
    state.emit(MemberJoined(room.key, user.nick, time, user.account, user.realname))


def _note_user(state: ClientState, room: Room, message: Message) -> None:
    """Who joined, with all that the line says of them."""
    user = _add(state, room, message.nick).user
    note_host(state, message.source)
    if len(message.params) > 2:
        account = message.param(1)
        user.account = "" if account == "*" else account
        user.realname = message.param(2)


def _add(state: ClientState, room: Room, nick: str, prefixes: str = "") -> Member:
    """``nick`` is in ``room``; nothing that was known of that nick before is taken on trust."""
    returns = bool(state.profiles.known) and state.roster.user(nick) is None
    member = state.roster.add(room, nick, prefixes)
    if returns:
        profiles.arrived(state, member.user)
    return member


def note_host(state: ClientState, source: str) -> None:
    """A ``nick!user@host`` that was seen."""
    nick, _, userhost = source.partition("!")
    user = state.roster.user(nick)
    if user is not None and "@" in userhost:
        user.username, _, user.host = userhost.partition("@")


def on_part(state: ClientState, message: Message, label: str) -> None:
    """PART."""
    for name in message.param(0).split(","):
        room = room_named(state, name)
        if room is None:
            continue
        if state.is_own(message.nick):
            _left(state, room, RoomLeft(room.key, "part", message.nick, message.param(1)))
        else:
            _member_left(state, message, room, message.nick, "part", message.param(1))


def on_kick(state: ClientState, message: Message, label: str) -> None:
    """KICK: several rooms and nicks may be named in one line by old servers."""
    names = message.param(0).split(",")
    nicks = message.param(1).split(",")
    for index, nick in enumerate(nicks):
        room = room_named(state, names[min(index, len(names) - 1)])
        if room is None:
            continue
        if state.is_own(nick):
            _left(state, room, RoomLeft(room.key, "kick", message.nick, message.param(2)))
            if state.settings.rejoin_after_kick:
                registration.enter(state, room.name)
        else:
            _member_left(state, message, room, nick, "kick", message.param(2))


def _left(state: ClientState, room: Room, event: RoomLeft) -> None:
    forget_wanted(state, room.key)
    state.roster.leave(room.key)
    state.emit(event)
    outbound.fail_all(state, room.key, "You are not in this room any more.", "")


def forget_wanted(state: ClientState, key: str) -> None:
    """A room is not to be joined again."""
    for name in [name for name in state.wanted_rooms if state.fold(name) == key]:
        del state.wanted_rooms[name]


def _member_left(
    state: ClientState, message: Message, room: Room, nick: str, how: LeaveKind, reason: str
) -> None:
    if not state.roster.remove(room, nick):
        return
    typists.stopped(state, room.key, nick)
    time = message_time(state, message)
    state.emit(MemberLeft(room.key, nick, how, message.nick, reason, time))


def on_quit(state: ClientState, message: Message, label: str) -> None:
    """QUIT of someone else; ours is the end of the connection."""
    nick = message.nick
    if state.is_own(nick):
        return
    for room in state.roster.shared_with(nick):
        _member_left(state, message, room, nick, "quit", message.param(0))
    registration.nick_given_up(state, nick)


def on_nick(state: ClientState, message: Message, label: str) -> None:
    """NICK: someone, perhaps we, is called otherwise from now on."""
    old, new = message.nick, message.param(0)
    if not old or not new:
        return
    is_self = state.is_own(old)
    rooms = tuple(room.key for room in state.roster.rename(old, new))
    if is_self:
        state.set_nick(new)
        state.own_nicks.add(new)
        if "!" in state.source:
            state.source = new + state.source[state.source.index("!") :]
        if state.reclaiming and state.is_own(state.reclaiming):
            state.reclaiming = ""
            state.timers.cancel("reclaim")
    state.emit(NickChanged(old, new, is_self, rooms))
    profiles.renamed(state, old, new)
    if not is_self:
        for key in [key for key, folded in state.typists if folded == state.fold(old)]:
            typists.stopped(state, key, old)
        state.rename_conversation(state.fold(old), new)
        presence.renamed(state, old, new)
        registration.nick_given_up(state, old)


def on_mode(state: ClientState, message: Message, label: str) -> None:
    """MODE of a room; those of users are not shown."""
    room = room_named(state, message.param(0))
    if room is None:
        return
    words = list(message.params[1:])
    shown = []
    for change in parse_modes(words, state.support.mode_types).changes:
        if change.letter in state.support.prefixes:
            _rank_changed(state, room, change, message.nick)
        else:
            note_mode(state, room, change)
            shown.append(change)
    if shown:
        modes = "".join(sorted(room.modes))
        state.emit(RoomModesChanged(room.key, " ".join(words), message.nick, modes))


def _rank_changed(state: ClientState, room: Room, change: ModeChange, by: str) -> None:
    member = room.members.get(state.fold(change.argument))
    if member is not None:
        symbol = state.support.prefixes[change.letter]
        change_rank(member, symbol, change.adding, state.support.prefixes)
        state.emit(MemberRankChanged(room.key, member.user.nick, member.prefixes, by))


def note_mode(state: ClientState, room: Room, change: ModeChange) -> None:
    """A mode that is set or not; entries of lists are not kept."""
    if state.support.mode_types.get(change.letter) is ModeType.LIST:
        return
    if change.adding:
        room.modes[change.letter] = change.argument
    else:
        room.modes.pop(change.letter, None)


def on_topic(state: ClientState, message: Message, label: str) -> None:
    """TOPIC: someone set it."""
    room = room_named(state, message.param(0))
    if room is not None:
        room.topic, room.topic_by = message.param(1), message.nick
        room.topic_time = message_time(state, message)
        state.emit(TopicChanged(room.key, room.topic, room.topic_by, room.topic_time, False))


def on_topic_reply(state: ClientState, message: Message, label: str) -> None:
    """331 (none), 332 (the topic) and 333 (who set it, and when)."""
    room = room_named(state, message.param(1))
    if room is None:
        return
    if message.command == "333":
        room.topic_by = message.param(2).partition("!")[0]
        room.topic_time = float(read_number(message.param(3)))
    else:
        room.topic = message.param(2) if message.command == "332" else ""
        room.topic_by, room.topic_time = "", 0.0
    state.emit(TopicChanged(room.key, room.topic, room.topic_by, room.topic_time, True))


def on_names(state: ClientState, message: Message, label: str) -> None:
    """353: some members, with their prefixes; with userhost-in-names as nick!user@host."""
    room = room_named(state, message.param(2))
    if room is None:
        return
    symbols = "".join(state.support.prefixes.values())
    for item in message.param(3).split():
        source = item.lstrip(symbols) if symbols else item
        if source and len(room.members) < MOST_MEMBERS:
            prefixes = item[: len(item) - len(source)]
            _add(state, room, source.partition("!")[0], prefixes)
            note_host(state, source)
    if not room.listed:
        state.timers.set(state.now + _NAMES_LAST, "names", room.key)


def names_stopped(state: ClientState, key: str) -> None:
    """The timer "names": the end of the members does not come; those told have to do."""
    if room := room_named(state, key):
        _listed(state, room)


def on_names_end(state: ClientState, message: Message, label: str) -> None:
    """366: the members are complete.  Who of them is away?"""
    room = room_named(state, message.param(1))
    if room is not None:
        state.timers.cancel("names", room.key)
        _listed(state, room)


def _listed(state: ClientState, room: Room) -> None:
    first = not room.listed
    room.listed = True
    state.emit(MembersListed(room.key))
    few = 1 < len(room.members) <= _MOST_WHO
    if first and few and state.features.away_notify and state.settings.ask_who:
        state.collected.who.add(room.key)
        state.send("WHO", room.name)


def on_room_modes(state: ClientState, message: Message, label: str) -> None:
    """324: the modes of a room."""
    room = room_named(state, message.param(1))
    if room is None:
        return
    room.modes.clear()
    words = list(message.params[2:])
    for change in parse_modes(words, state.support.mode_types).changes:
        note_mode(state, room, change)
    modes = "".join(sorted(room.modes))
    state.emit(RoomModesChanged(room.key, " ".join(words), "", modes))


def on_created(state: ClientState, message: Message, label: str) -> None:
    """329: when a room was made."""
    room = room_named(state, message.param(1))
    if room is not None:
        room.created = float(read_number(message.param(2)))


def on_invite(state: ClientState, message: Message, label: str) -> None:
    """INVITE: of us, or with invite-notify of someone else."""
    nick, name = message.param(0), message.param(1)
    if name:
        event = Invited(state.fold(name), name, message.nick, nick, state.is_own(nick))
        state.emit(event)


HANDLERS: dict[str, Handler] = {
    "JOIN": on_join,
    "PART": on_part,
    "KICK": on_kick,
    "QUIT": on_quit,
    "NICK": on_nick,
    "MODE": on_mode,
    "TOPIC": on_topic,
    "INVITE": on_invite,
    "324": on_room_modes,
    "329": on_created,
    "331": on_topic_reply,
    "332": on_topic_reply,
    "333": on_topic_reply,
    "353": on_names,
    "366": on_names_end,
}
