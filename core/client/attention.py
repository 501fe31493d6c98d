"""What is asked for by itself: of people, and of what was read on other devices.

Of everyone we write with privately the server is asked whether they are there and up to when
that conversation was read, as soon as it is known, and on every connection anew.
"""

from core.client import presence, profiles, read_markers, searching
from core.client.acquaintances import Watch
from core.client.state import ClientState


def begin(state: ClientState) -> None:
    """A new connection."""
    state.watch = Watch()
    state.profiles.asked.clear()
    read_markers.begin(state)


def ready(state: ClientState) -> None:
    """The welcome is over; before any room is joined."""
    profiles.begin(state)
    _meet_all(state)


def logged_in(state: ClientState) -> None:
    """We have become somebody else: what we tell of ourselves, and what we have read, differs."""
    if state.phase == "ready":
        if state.features.profiles:
            profiles.ask(state, state.nick, "*")
        _meet_all(state)


def _meet_all(state: ClientState) -> None:
    """Ask about everyone, those that were talked with last before the others."""
    people = [each for each in state.conversations.values() if not each.is_room]
    people.sort(key=lambda each: each.newest_time, reverse=True)
    state.met[:] = [each.key for each in people]


def attend(state: ClientState) -> None:
    """Ask about the people who were met since the last time."""
    if state.phase != "ready" or not state.settings.ask_about_people:
        return
    met = [state.conversations[key].name for key in state.met if key in state.conversations]
    state.met.clear()
    presence.watch(state, met)
    for name in met:
        read_markers.ask(state, name)


def lose_connection(state: ClientState) -> None:
    """Nothing is known for certain any more."""
    searching.lose_connection(state)
