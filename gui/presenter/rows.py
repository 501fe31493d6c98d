"""Turns the model into the finished values that the views draw."""

from gui.model.chat import Chat
from gui.model.conversation import Conversation, Place
from gui.model.dates import brief
from gui.model.memberpage import MemberPage
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


def conversation_row(one: Conversation, chat: Chat, now: float) -> ConversationRow:
    """A line of the list."""
    preview = one.preview()
    if one.typing:
        room = one.place is Place.ROOM
        preview = typing_text(one.typing[:1]) if room else "typing…"
    elif one.draft and one.key != chat.current:
        preview = f"Draft: {' '.join(one.draft.split())}"
    return ConversationRow(
        key=one.key,
        name=one.name,
        preview=preview,
        time=brief(one.activity, now) if one.activity else "",
        unread=one.unread,
        mention=one.mentions > 0,
        quiet=one.muted,
        typing=bool(one.typing),
        dot=chat.presence(one.name) if one.place is Place.PRIVATE else "",
        selected=one.key == chat.current,
        faded=not one.joined,
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
    return Header(one.name, chat.presence(one.name), False)


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
