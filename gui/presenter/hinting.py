"""What is meant by a word while it is typed: commands, emoji, people, rooms.

`hints` looks only at the text before the cursor, and is asked at every key: it may take about a
millisecond.
"""

import re
from collections.abc import Sequence

from gui.model import emoji_names
from gui.model.conversation import Conversation, Place
from gui.model.emoji_list import toned
from gui.model.writing import Hint, Hints
from gui.presenter import commands
from gui.presenter.desk import Desk

_MOST_EMOJI, _MOST_NAMES = 24, 50
_LATELY = 200  # messages in which one looks for who has spoken last
_EMOJI = re.compile(r"(?:(?<=\s)|^):([\w+-]{2,40})$", re.ASCII)
_PERSON = re.compile(r"(?:(?<=\s)|^)@([^\s@]{0,40})$")
_WORD = re.compile(r"\S+$")
NO_HINTS = Hints()


class Hinting:
    """Answers from what the desk knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def hints(self, before: str) -> Hints:
        """See `ComposerActions`."""
        if before.startswith("/") and not before.startswith("//"):
            found = self._command(before)
            if found is not None:
                return found
        if closed := emoji_names.closed(before):
            word, emoji = closed
            return Hints(word=word, replace=self._toned(emoji))
        if match := _EMOJI.search(before):
            return self._emoji(match.group(1))
        if match := _PERSON.search(before):
            return self._people(match.group(1))
        if (match := _WORD.search(before)) and self._desk.link.is_room(match.group()):
            return self._rooms(match.group())
        return NO_HINTS

    def _toned(self, emoji: str) -> str:
        return toned(emoji, self._desk.preferences.skin_tone)

    def _command(self, before: str) -> Hints | None:
        """Commands while their name is typed, then what they take; None for what follows."""
        conversation = self._desk.chat.open
        name, _ = commands.split(before)
        if not any(blank in before for blank in " \n"):
            wanted = before[1:].lower()
            known = list(commands.offered(self._desk, conversation))
            found = [one for one in known if one.name.startswith(wanted)]
            rows = tuple(
                Hint(f"/{one.name} {one.words}".rstrip(), f"/{one.name} ", one.about)
                for one in found
            )
            exact = any(one.name == wanted and not one.least for one in found)
            return Hints(before, rows, 0 if rows and wanted and not exact else -1)
        meant = commands.find(name)
        if meant is None:
            return NO_HINTS
        word = _WORD.search(before)
        if word and (self._desk.link.is_room(word.group()) or word.group()[0] in "@:"):
            return None
        return Hints(usage=f"/{meant.name} {meant.words}".rstrip(), about=meant.about)

    def _emoji(self, start: str) -> Hints:
        rows = tuple(
            Hint(f":{name}:", self._toned(emoji) + " ", emoji=self._toned(emoji))
            for name, emoji in emoji_names.beginning(start, _MOST_EMOJI)
        )
        return Hints(f":{start}", rows, 0 if rows else -1)

    def _people(self, start: str) -> Hints:
        """Members of the open room, those who spoke last first."""
        desk, conversation = self._desk, self._desk.chat.open
        if conversation is None or conversation.place is Place.SERVER:
            return NO_HINTS
        nicks = self.nicks(conversation, start)
        lately = {nick: -at for at, nick in enumerate(_speakers(conversation))}
        nicks.sort(key=lambda nick: lately.get(nick, 1))
        rows = []
        for nick in nicks[:_MOST_NAMES]:
            name = desk.chat.people.name(nick)
            rows.append(Hint(nick, f"@{nick} ", name if name != nick else "", person=nick))
        exact = any(nick.lower() == start.lower() for nick in nicks)
        return Hints(f"@{start}", tuple(rows), 0 if rows and start and not exact else -1)

    def nicks(self, conversation: Conversation, start: str) -> list[str]:
        """Those here whose nick or name begins with `start`, without us."""
        folded, own = start.casefold(), self._desk.chat.nick
        if conversation.place is Place.PRIVATE:
            fits = conversation.name.casefold().startswith(folded)
            return [conversation.name] if fits else []
        found = [
            one.nick
            for one in conversation.roster.ordered()
            if one.nick.casefold().startswith(folded) or one.name.casefold().startswith(folded)
        ]
        return sorted((nick for nick in found if nick != own), key=str.casefold)

    def _rooms(self, start: str) -> Hints:
        """Nothing is chosen before an arrow key: one may mean a room that is not in the list."""
        rows = tuple(
            Hint(one.name, f"{one.name} ", one.topic, person=one.name) for one in self.rooms(start)
        )[:_MOST_NAMES]
        same = len(rows) == 1 and rows[0].label.lower() == start.lower()
        return NO_HINTS if same else Hints(start, rows)

    def rooms(self, start: str) -> list[Conversation]:
        """The rooms in the list whose name begins so."""
        found = [
            one
            for one in self._desk.chat.conversations.values()
            if one.place is Place.ROOM and one.name.lower().startswith(start.lower())
        ]
        return sorted(found, key=lambda one: one.name)

    def complete(self, start: str) -> Sequence[str]:
        """See `ComposerActions`."""
        if start.startswith("/"):
            wanted = start[1:].lower()
            known = commands.offered(self._desk, self._desk.chat.open)
            return [f"/{one.name}" for one in known if one.name.startswith(wanted)]
        if self._desk.link.is_room(start):
            return [one.name for one in self.rooms(start)]
        conversation = self._desk.chat.open
        return self.nicks(conversation, start) if conversation is not None else []


def _speakers(conversation: Conversation) -> list[str]:
    """Who has spoken lately; the last one is last."""
    lately = conversation.timeline.messages[-_LATELY:]
    return list(dict.fromkeys(message.sender for message in reversed(lately)))[::-1]
