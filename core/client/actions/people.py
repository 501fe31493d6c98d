"""What can be done about ourselves and others."""

from core.client import profiles
from core.client.actions.base import Actions
from core.client.reading import clean


class PeopleActions(Actions):
    """A part of `Session`."""

    def change_nick(self, nick: str) -> None:
        """Answered by ``NickChanged`` or ``NickRejected``; also during registration."""
        state = self._state
        if state.phase == "registering":
            state.set_nick(nick)
            state.alternates = 0
        if state.phase == "offline" or self._act("NICK", nick):
            state.wanted_nick = nick
            state.timers.cancel("reclaim")

    def set_away(self, message: str) -> None:
        """Away with ``message``; "" is back.  Answered by ``AwayChanged``."""
        state = self._state
        user = state.roster.user(state.nick)
        if self._act("AWAY", *([clean(message)] if message else [])) and user is not None:
            user.away_message = message

    def set_realname(self, realname: str) -> None:
        """Where ``features.setname``."""
        if self._state.features.setname:
            self._act("SETNAME", clean(realname))

    def set_profile(self, key: str, value: str) -> None:
        """Tell something of us: "display-name", "status", "avatar" (an address), "color"
        ('#rrggbb') or "homepage"; "" takes it back.  Where ``features.profiles``; answered by
        ``ProfileChanged`` or ``ErrorReceived``."""
        if self._state.features.profiles:
            value = clean(value).strip()
            self._act("METADATA", "*", "SET", key, *([value] if value else []))

    def request_profile(self, nick: str) -> None:
        """What ``nick`` tells of itself, where ``features.profiles``; answered by
        ``ProfileChanged``, also where there is nobody of that name."""
        if self._state.features.profiles and self._state.phase == "ready":
            profiles.ask(self._state, nick)

    def whois(self, nick: str) -> None:
        """Answered by ``WhoisReceived``."""
        self._act("WHOIS", nick)
