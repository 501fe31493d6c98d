"""Commands about rooms: in, out, topic, name, who is there."""

from gui.model.conversation import Conversation, Place
from gui.presenter.commands.table import IN_ROOMS, Needs, command
from gui.presenter.desk import Desk

_MOST_NAMED = 200


@command("join", "#ROOM [KEY]", "enter a room, or make it", least=1)
def join(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Enter a room and show it."""
    room, _, key = rest.partition(" ")
    if not desk.link.is_room(room):
        room = f"#{room}"
    wanted = desk.link.key(room)
    known = desk.chat.get(wanted)
    if known is not None and known.joined:
        desk.open(known)
        return
    desk.chat.wanted = wanted
    desk.link.ask(lambda session, now: session.join(room, key.strip()))


@command("part", "[REASON]", "leave this room, or put this conversation away", needs=Needs.NOTHING)
def part(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Leave; of the server's own conversation only the view goes."""
    if conversation.place is Place.ROOM and conversation.joined:
        name = conversation.name
        desk.link.ask(lambda session, now: session.part(name, rest))
    else:
        desk.put_away(conversation.key)


@command("close", "", "put this conversation away; rooms are left", needs=Needs.NOTHING)
def close(desk: Desk, conversation: Conversation, rest: str) -> None:
    """The same without words."""
    part(desk, conversation, "")


@command("topic", "[TEXT]", "show or set what this room is about", places=IN_ROOMS)
def topic(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Set the topic, or show it."""
    if rest:
        name = conversation.name
        desk.link.ask(lambda session, now: session.set_topic(name, rest))
    else:
        desk.note(conversation, conversation.topic or "This room has no topic")


@command(
    "rename", "#NAME [REASON]", "give this room another name", least=1, places=IN_ROOMS,
    feature="room_rename",
)  # fmt: skip
def rename(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Rename the room, for everybody."""
    new, _, reason = rest.partition(" ")
    old = conversation.name
    if not desk.link.is_room(new):
        new = f"#{new}"
    desk.link.ask(lambda session, now: session.rename_room(old, new, reason.strip()))


@command("invite", "NICK", "ask somebody into this room", least=1, places=IN_ROOMS)
def invite(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Invite a person to the open room."""
    name = conversation.name
    desk.link.ask(lambda session, now: session.invite(rest.split()[0], name))


@command("list", "[TEXT]", "find a room among those of the server")
def list_rooms(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Open the dialog that finds them."""
    desk.opens["rooms"](rest.replace("*", ""))


@command("names", "", "tell who is in this room", places=IN_ROOMS, needs=Needs.NOTHING)
def names(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """The members, as far as they fit into a note."""
    members = conversation.roster.ordered()
    if not members:
        return "Nobody is known to be in this room"
    told = ", ".join(f"{one.prefixes[:1]}{one.nick}" for one in members[:_MOST_NAMED])
    more = len(members) - _MOST_NAMED
    desk.note(conversation, f"{told} … and {more} more" if more > 0 else told)
    return None
