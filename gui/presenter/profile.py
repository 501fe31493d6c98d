"""What we tell of ourselves: nick, name, status, colour, and being away.

"Save" sends what was changed, each field by its own command, and the dialog closes once the
server has confirmed all of it; what it refuses is said beside the field.
"""

from functools import partial

from core.client import events
from core.client.session import Session
from gui.link import Link
from gui.model.accounts import ProfileCard
from gui.presenter.connecting import Connection
from gui.presenter.desk import Desk, Handlers, Part

#: The card's fields that are profile entries, by the key that the server has for them.
_KEYS = {"display-name": "display_name", "status": "status", "color": "color"}
_COMMANDS = {"NICK": "nick", "SETNAME": "realname", "AWAY": "away"}


class Profile:
    """See `ProfileActions`; `_awaited` are the fields that the server has not confirmed yet."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self._desk, self._connection = desk, connection
        self._shown: ProfileCard | None = None
        self._awaited: dict[str, object] = {}
        self._realname = ""  # as it was set here last

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.NickChanged: self.renamed,
            events.NickRejected: self.nick_rejected,
            events.ProfileChanged: self.changed,
            events.UserChanged: self.user_changed,
            events.AwayChanged: self.away,
            events.ErrorReceived: self.refused,
        }

    def card(self) -> ProfileCard:
        """We, as far as we know."""
        chat = self._desk.chat
        features, person = chat.features, chat.people.get(chat.nick)
        guest = not chat.account
        return ProfileCard(
            nick=chat.nick,
            account=chat.account,
            display_name=person.display_name if person else "",
            status=person.status if person else "",
            color=person.color if person else "",
            realname=self._realname,
            away=chat.away,
            profiles=features.profiles,
            setname=features.setname,
            passwords=features.account_registration and not guest,
            login=features.login and guest,
            registration=features.account_registration and guest,
        )

    def show(self) -> None:
        """See `ProfileActions`."""
        if self._connection.state != "online":
            return
        self._awaited = {}
        self._shown = self.card()
        self._desk.screen.dialogs.account.ask(self._shown)

    def save(self, card: ProfileCard) -> None:
        """See `ProfileActions`."""
        before, screen = self.card(), self._desk.screen.dialogs.account
        errors = _check(card)
        if self._connection.state != "online":
            errors = errors or {"": "There is no connection. Try again when it is back."}
        screen.show_errors(errors)
        if errors:
            return
        self._awaited = _changes(before, card)
        if not self._awaited:
            screen.close()
            return
        screen.show_busy(busy=True)
        _send(self._desk.link, self._awaited)

    # --- what the server tells ----------------------------------------------------------

    def renamed(self, event: events.NickChanged) -> None:
        """We have another nick."""
        if event.is_self:
            self._confirm("nick")

    def changed(self, event: events.ProfileChanged) -> None:
        """What we tell of ourselves, all of it."""
        if event.is_self:
            told = {"display_name": event.display_name, "status": event.status}
            told["color"] = event.color.lower()
            for name, value in told.items():
                if self._awaited.get(name) == value:
                    self._confirm(name)
            self._desk.touch(Part.HEADER)

    def user_changed(self, event: events.UserChanged) -> None:
        """Our real name is another."""
        if self._desk.link.key(event.nick) == self._desk.link.key(self._desk.chat.nick):
            self._realname = str(self._awaited.get("realname", self._realname))
            self._confirm("realname")

    def away(self, event: events.AwayChanged) -> None:
        """We went, or came back."""
        if event.is_self:
            self._confirm("away")

    def nick_rejected(self, event: events.NickRejected) -> object:
        """The nick stays as it was."""
        if event.registering or "nick" not in self._awaited:
            return None
        self._refuse("nick", event.sentence)
        return True

    def refused(self, event: events.ErrorReceived) -> object:
        """A field stays as it was."""
        if not self._awaited:
            return None
        field = _COMMANDS.get(event.command.upper(), "")
        if event.command.upper() == "METADATA":
            words = (*event.context, event.sentence)
            found = (name for key, name in _KEYS.items() if key in words)
            field = next(found, next((one for one in _KEYS.values() if one in self._awaited), ""))
        if field not in self._awaited:
            return None
        self._refuse(field, event.sentence)
        return True

    def _confirm(self, field: str) -> None:
        if self._awaited.pop(field, None) is not None and not self._awaited:
            self._desk.screen.dialogs.account.close()

    def _refuse(self, field: str, sentence: str) -> None:
        self._awaited = {}
        screen = self._desk.screen.dialogs.account
        screen.show_busy(busy=False)
        screen.show_errors({field: sentence})


def _check(card: ProfileCard) -> dict[str, str]:
    """What is wrong with the fields."""
    if not card.nick:
        return {"nick": "A nick is needed."}
    if any(character.isspace() for character in card.nick):
        return {"nick": "A nickname has no blanks."}
    return {}


def _changes(before: ProfileCard, after: ProfileCard) -> dict[str, object]:
    """The fields that were changed, and can be, with their new values."""
    names = ["nick"]
    if after.profiles:
        names += _KEYS.values()
    if after.setname:
        names.append("realname")
    changed = {
        name: getattr(after, name)
        for name in names
        if getattr(after, name) != getattr(before, name)
    }
    if after.away != before.away or (after.away and after.away_message != before.away_message):
        changed["away"] = (after.away_message.strip() or "away") if after.away else ""
    return changed


def _send(link: Link, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        link.ask(partial(_send_one, name, str(value)))


def _send_one(name: str, text: str, session: Session, now: float) -> None:
    key = next((key for key, field in _KEYS.items() if field == name), "")
    if key:
        session.set_profile(key, text)
    elif name == "nick":
        session.change_nick(text)
    elif name == "realname":
        session.set_realname(text)
    else:
        session.set_away(text)
