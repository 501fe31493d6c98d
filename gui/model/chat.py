"""All conversations of one connection, and which of them is open."""

from collections.abc import Callable

from core.client.features import NO_FEATURES
from core.client.isupport import ServerSupport
from core.wire.casemapping import fold
from gui.model.conversation import Conversation, Place
from gui.model.people import People

SERVER_KEY = "*"


class Chat:
    """`nick` is ours ("" before the first connection), `account` the one we are logged in to
    ("" for guests); `trying` is the server of a first attempt ("" for none); `features` is what
    the server can do;
    `current` is the key of the open conversation ("" for none); `wanted` is the key of a room
    that is opened once joined; `muted` has the keys of muted conversations, those of earlier
    runs included, and `levels` what calls there ('all', 'mentions', 'none') where that was
    chosen; `people` is what is known of people, `support` what the server says of itself."""

    def __init__(self) -> None:
        self.nick = ""
        self.account = ""
        self.trying = ""
        self.network = ""
        self.features = NO_FEATURES
        self.current = ""
        self.away = False
        self.wanted = ""
        self.muted: set[str] = set()
        self.pinned: set[str] = set()  # keys, those of earlier runs included
        self.levels: dict[str, str] = {}
        self.people = People()
        self.member_search = ""  # typed above the member list
        self.support = ServerSupport()
        self.conversations: dict[str, Conversation] = {}
        self._rooms: dict[str, Conversation] = {}  # those of them that have members
        self.on_new: Callable[[Conversation], None] = lambda conversation: None

    @property
    def open(self) -> Conversation | None:
        """The conversation that is shown, None if there is none."""
        return self.conversations.get(self.current)

    def get(self, key: str) -> Conversation | None:
        """The conversation with this key, None if there is none."""
        return self.conversations.get(key)

    def ensure(self, key: str, name: str, place: Place) -> Conversation:
        """The conversation with this key, made if it is new."""
        found = self.conversations.get(key)
        if found is None:
            found = self.conversations[key] = Conversation(key, name, place)
            if place is Place.ROOM:
                self._rooms[key] = found
            found.muted = key in self.muted
            found.pinned = key in self.pinned
            self.on_new(found)
        return found

    def remove(self, key: str) -> Conversation | None:
        """Forget a conversation; if it was the open one, none is, and its neighbour in the
        list is returned, if there is any."""
        if key not in self.conversations:
            return None
        listed = self.ordered()
        place = next(at for at, one in enumerate(listed) if one.key == key)
        del listed[place], self.conversations[key]
        self._rooms.pop(key, None)
        if self.current != key:
            return None
        self.current = ""
        return listed[min(place, len(listed) - 1)] if listed else None

    def rename(self, old: str, new: str, name: str) -> None:
        """A conversation goes on under another key, pinned and muted as it was."""
        for keys in (self.pinned, self.muted):
            if old in keys:
                keys.discard(old)
                keys.add(new)
        conversation = self.conversations.pop(old, None)
        if conversation is None:
            return
        conversation.key, conversation.name = new, name
        if other := self.conversations.get(new):
            conversation.draft = conversation.draft or other.draft
            for message in other.timeline.unsent():
                conversation.timeline.add(message)
        self.conversations[new] = conversation
        self._rooms.pop(old, None)
        if conversation.place is Place.ROOM:
            self._rooms[new] = conversation
        if level := self.levels.pop(old, ""):
            self.levels[new] = level
        if self.current == old:
            self.current = new

    def ordered(self) -> list[Conversation]:
        """Those that are pinned, then by activity, newest first; the server's own texts last."""
        return sorted(
            self.conversations.values(),
            key=lambda one: (
                one.place is Place.SERVER and not one.pinned,
                not one.pinned,
                -one.activity,
                one.name.lower(),
            ),
        )

    def matching(self, search: str) -> list[Conversation]:
        """Those whose name holds `search`, those that begin with it first."""
        wanted = search.strip().lower()
        found = [one for one in self.ordered() if wanted in one.name.lower()]
        return sorted(found, key=lambda one: not one.name.lower().lstrip("#").startswith(wanted))

    def mute(self, conversation: Conversation) -> None:
        """Mute it, or stop that."""
        conversation.muted = not conversation.muted
        self.muted ^= {conversation.key}

    def pin(self, conversation: Conversation) -> None:
        """Keep it at the top of the list, or stop that."""
        conversation.pinned = not conversation.pinned
        self.pinned ^= {conversation.key}

    def unread(self) -> int:
        """Unread messages of all conversations that are not muted, nor the server's own."""
        return sum(
            one.unread
            for one in self.conversations.values()
            if not one.muted and one.place is not Place.SERVER
        )

    def presence(self, nick: str) -> str:
        """'online', 'away', 'offline', or '' where nothing is known of this nick."""
        person = self.people.get(nick)
        if person is not None and person.presence:
            return person.presence
        folded = fold(nick)
        for conversation in self._rooms.values():
            if member := conversation.roster.get(folded):
                return "away" if member.away else "online"
        return ""

    def rooms_with(self, nick: str) -> list[Conversation]:
        """The rooms that hold this nick."""
        return [one for one in self._rooms.values() if nick in one.roster]

    def clear(self) -> None:
        """Another server: nothing is known of it."""
        self.conversations.clear()
        self._rooms.clear()
        self.current = self.wanted = ""
        self.people.clear()
        self.muted, self.pinned, self.levels = set(), set(), {}
