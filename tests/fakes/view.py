"""What a client knows from the lines that it got: its nick and account, its rooms, who is there."""

from core.wire.identifiers import fold
from core.wire.message import Message, parse
from core.wire.modes import PREFIXES

_SIGNS = {sign: mode for mode, sign in PREFIXES.items()}
# What such a client asks for: every rank is shown, and every change of an account is told.
CAPS = "multi-prefix account-notify extended-join"


class View:
    """A client that believes what it is told."""

    def __init__(self) -> None:
        self.nick = ""
        self.account = ""
        self.modes = ""
        self.rooms: dict[str, dict[str, str]] = {}  # folded names: room -> nick -> ranks
        self._naming: set[str] = set()  # rooms whose list of names has not come to its end

    def take(self, line: str) -> None:
        """One more line."""
        message = parse(line.encode())
        handler = getattr(self, "_on_" + message.command.lower(), None)
        if handler is not None:
            handler(message)

    def _on_001(self, message: Message) -> None:
        self.nick = message.params[0]

    def _on_221(self, message: Message) -> None:
        self.modes = message.params[1][1:]

    def _on_900(self, message: Message) -> None:
        self.account = message.params[2]

    def _on_901(self, message: Message) -> None:
        self.account = ""

    def _on_account(self, message: Message) -> None:
        if message.nick == self.nick:
            assert message.params[0] == (self.account or "*")

    def _on_nick(self, message: Message) -> None:
        new = message.params[0]
        if message.nick == self.nick:
            self.nick = new
        for members in self.rooms.values():
            ranks = members.pop(fold(message.nick), None)
            if ranks is not None:
                members[fold(new)] = ranks

    def _on_join(self, message: Message) -> None:
        room = fold(message.params[0])
        if message.nick == self.nick:
            self.rooms[room] = {}
        self.rooms[room][fold(message.nick)] = ""

    def _on_353(self, message: Message) -> None:
        members = self.rooms[fold(message.params[2])]
        for name in message.params[3].split():
            nick = name.lstrip("".join(_SIGNS))
            members[fold(nick)] = "".join(_SIGNS[sign] for sign in name[: -len(nick)])

    def _on_part(self, message: Message) -> None:
        self._leave(message.params[0], message.nick)

    def _on_kick(self, message: Message) -> None:
        self._leave(message.params[0], message.params[1])

    def _leave(self, room: str, nick: str) -> None:
        if nick == self.nick:
            del self.rooms[fold(room)]
        else:
            del self.rooms[fold(room)][fold(nick)]

    def _on_quit(self, message: Message) -> None:
        for members in self.rooms.values():
            members.pop(fold(message.nick), None)

    def _on_mode(self, message: Message) -> None:
        target, letters, *arguments = message.params
        changes = [(sign, letter) for sign, letter in _signed(letters)]
        if target == self.nick:
            for sign, letter in changes:
                self.modes = self.modes.replace(letter, "") + (letter if sign == "+" else "")
            return
        members = self.rooms[fold(target)]
        for sign, letter in changes:
            if letter in PREFIXES:
                nick = fold(arguments.pop(0))
                held = members[nick].replace(letter, "") + (letter if sign == "+" else "")
                members[nick] = "".join(mode for mode in PREFIXES if mode in held)
            elif letter in "beIk" or (letter == "l" and sign == "+"):
                arguments.pop(0)


def _signed(letters: str) -> list[tuple[str, str]]:
    found, sign = [], "+"
    for letter in letters:
        if letter in "+-":
            sign = letter
        else:
            found.append((sign, letter))
    return found
