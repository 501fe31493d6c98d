"""Turns the model into the finished values that the views draw."""

from gui.model.chat import Chat
from gui.model.conversation import Conversation, Place
from gui.model.dates import brief
from gui.model.memberpage import MemberPage
from gui.model.message import Delivery, Kind
from gui.model.shown import ConversationRow, Header

_MOST_NAMED = 3


def typing_text(nicks: list[str]) -> str:
    """'ada is typing…', for up to three by name."""
    if not nicks:
        return ""
    if len(nicks) == 1:
        return f"{nicks[0]} is typing…"
    if len(nicks) <= _MOST_NAMED:
        return f"{', '.join(nicks[:-1])} and {nicks[-1]} are typing…"
    return f"{len(nicks)} people are typing…"


def conversation_row(
    one: Conversation, chat: Chat, now: float, *, twelve: bool = False
) -> ConversationRow:
    """A line of the list; `twelve`: on a clock of twelve hours."""
    preview, lead, room = one.preview(), "", one.place is Place.ROOM
    last = one.last_said()
    draft = bool(one.draft.strip()) and one.key != chat.current
    if one.typing:
        preview = typing_text(one.typing[:1]) if room else "typing…"
    elif draft:
        lead = "Draft:"
        preview = f"{lead} {' '.join(one.draft.split())}"
    elif last is not None and last.kind is not Kind.ACTION and (room or last.own):
        lead = f"{'You' if last.own else last.sender}:"
        lead = lead if preview.startswith(lead) else ""
    return ConversationRow(
        key=one.key,
        name=one.name if one.place is not Place.PRIVATE else chat.people.name(one.name),
        preview=preview,
        time=brief(one.activity, now, twelve=twelve) if one.activity else "",
        unread=one.unread,
        mention=one.mentions > 0,
        quiet=one.muted or one.place is Place.SERVER,
        typing=bool(one.typing),
        dot=chat.presence(one.name) if one.place is Place.PRIVATE else "",
        selected=one.key == chat.current,
        faded=not one.joined,
        lead=lead,
        draft=draft and not one.typing,
        pinned=one.pinned,
        room=room,
        delivery=last.delivery.value if last is not None and last.own else "",
        failed=any(message.delivery is Delivery.FAILED for message in one.timeline.unsent()),
        color="" if room else chat.people.color(one.name),
    )


def header(chat: Chat) -> Header:
    """What stands above the messages."""
    one = chat.open
    if one is None:
        return Header("", "", False)
    if one.place is Place.ROOM:
        return Header(one.name, _about_room(one), True)
    if one.place is Place.SERVER:
        return Header(one.name, "what the server itself says", False)
    presence = chat.presence(one.name)
    about, lively = ("typing…", True) if one.typing else (presence, presence == "online")
    name = chat.people.name(one.name)
    if name != one.name:
        about = f"{one.name}, {about}" if about else one.name
    return Header(name, about, False, lively)


def _about_room(one: Conversation) -> str:
    if not one.joined:
        return "you are not in this room"
    count, online = len(one.roster), one.roster.online()
    about = f"{count} member{'s' * (count != 1)}"
    if online != count:
        about += f", {online} online"
    return f"{about} — {one.topic}" if one.topic else about


def member_page(chat: Chat) -> MemberPage:
    """The open room's members; none where there is no room."""
    one = chat.open
    if one is None or one.place is not Place.ROOM:
        return MemberPage(None, chat.people, chat.nick)
    return MemberPage(one.roster, chat.people, chat.nick, one.key, chat.member_search)


def title(chat: Chat) -> str:
    """The window's title, the unread messages in front."""
    unread = chat.unread()
    name = f"Parlor — {chat.open.name}" if chat.open else "Parlor"
    return f"({unread}) {name}" if unread else name
