"""The presenter: takes the network's events and the user's actions, decides, and redraws.

`handle` takes everything that has arrived since the last time and redraws once.  Every action
of the user (see `gui.model.actions`) redraws before it returns.  Each area is a part of its own:
it implements the area's actions, and says which events it listens to.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from gui.link import Link, Target
from gui.model.notification import Notifier
from gui.model.preferences import Preferences
from gui.model.screen import Screen
from gui.presenter.account import Account
from gui.presenter.answers import Answers
from gui.presenter.browsing import Browsing
from gui.presenter.certificates import Certificates
from gui.presenter.composing import Composing
from gui.presenter.connecting import Connection, Vault
from gui.presenter.conversing import Conversations
from gui.presenter.desk import Desk, Handlers, Part
from gui.presenter.entrance import Entrance
from gui.presenter.finding import Finding
from gui.presenter.ignoring import Ignoring
from gui.presenter.jumping import Jumping
from gui.presenter.keeping import Keeping
from gui.presenter.marking import Marking
from gui.presenter.message import OneMessage
from gui.presenter.messages import Messages
from gui.presenter.notifying import Notifying
from gui.presenter.offers import Offers
from gui.presenter.people import People
from gui.presenter.personcards import PersonCards
from gui.presenter.preferences import Choices
from gui.presenter.profile import Profile
from gui.presenter.reading import Reading
from gui.presenter.readstate import ReadState
from gui.presenter.returning import Returning
from gui.presenter.roominfo import RoomInfo
from gui.presenter.rooms import Rooms
from gui.presenter.searching import Searching


class Listening(Protocol):
    """A part that listens to events."""

    def handlers(self) -> Handlers:
        """What it listens to."""


def _table(*parts: Listening) -> dict[type, list[Callable[..., object]]]:
    """Who hears of which event, in the order of the parts."""
    table: dict[type, list[Callable[..., object]]] = {}
    for part in parts:
        for event, handler in part.handlers().items():
            table.setdefault(event, []).append(handler)
    return table


class Presenter:
    """See `Actions`; `on_online` hears of each server that has let us in, to remember it, and
    `on_choice` when the user has chosen something."""

    def __init__(
        self,
        link: Link,
        now: Callable[[], float],
        vault: Vault,
        on_online: Callable[[Target], None],
        preferences: Preferences | None = None,
        notifier: Notifier | None = None,
        on_choice: Callable[[], None] = lambda: None,
    ) -> None:
        self.desk = Desk(link, now, preferences)
        self._way_in(vault, on_online)
        self._what_is_said()
        self._rooms_and_people()
        self._the_program(notifier or Notifier(), on_choice)
        self.desk.actions = self
        self._handlers = _table(*self._listening())

    # --- the parts ----------------------------------------------------------------------

    def _way_in(self, vault: Vault, on_online: Callable[[Target], None]) -> None:
        """From the connection dialog to our account."""
        desk = self.desk
        self.connection = Connection(desk, vault, on_online)
        self.certificates = Certificates(desk, self.connection)
        self.account = Account(desk, vault, self.connection)
        self.profile = Profile(desk, self.connection)
        self.entrance = Entrance(desk)

    def _what_is_said(self) -> None:
        """Messages: shown, read, found, written, answered."""
        desk = self.desk
        self.read_state = ReadState(desk)
        self.conversations = Conversations(desk, self.read_state.read)
        self.messages = Messages(desk)
        self.marking = Marking(desk)
        self.jumping = Jumping(desk, self._state, self.marking.stretch)
        self.reading = Reading(desk, self._state, self.jumping)
        self.message = OneMessage(desk, self._state, self.marking, self.jumping.jump)
        self.finding = Finding(desk, self.jumping)
        self.search = Searching(desk, self._state, self.jumping.jump)
        self.composer = Composing(desk, self._state)
        self.answers = Answers(desk)
        self._ignoring = Ignoring(desk)

    def _rooms_and_people(self) -> None:
        """Who is where, and what is known of both."""
        desk = self.desk
        self.rooms = Rooms(desk)
        self.returning = Returning(desk)
        self.offers = Offers(desk)
        self.browse = Browsing(desk)
        self.person_cards = PersonCards(desk)
        self.people = People(desk, self.person_cards.open, self.person_cards.close)

    def _the_program(self, notifier: Notifier, on_choice: Callable[[], None]) -> None:
        """What the user has chosen, and what outlives the window."""
        desk = self.desk
        self.preferences = Choices(desk, on_choice)
        self.notifying = Notifying(desk, notifier, self.conversations.open)
        self.room_info = RoomInfo(desk, self.notifying.level, self.notifying.set_level)
        self.keeping = Keeping(desk)

    def _state(self) -> str:
        """Of the connection."""
        return self.connection.state

    def _listening(self) -> tuple[Listening, ...]:
        """The parts in the order in which they hear of events: an answer goes to the dialog that
        waits for it, before it is shown in the chat."""
        return (
            self.account,
            self.profile,
            self.connection,
            self.certificates,
            self.messages,
            self.marking,
            self.people,
            self.browse,
            self.room_info,
            self.offers,
            self.returning,
            self.rooms,
            self.person_cards,
            self.answers,
            self.notifying,
            self.jumping,
            self.read_state,
            self.finding,
            self.search,
            self.preferences,
            self.keeping,
        )

    def attach(self, screen: Screen) -> None:
        """Show everything there; to be called once, before anything happens."""
        self.desk.screen = screen
        self.desk.touch(Part.HEADER)
        self.desk.flush()
        self.preferences.show()

    def handle(self, batch: Iterable[object]) -> None:
        """Take events and signals in order, then redraw.

        A handler that returns True has dealt with the event: the parts after it do not hear of
        it.
        """
        for one in batch:
            event = self._ignoring.passed(one)
            for handler in self._handlers.get(type(event), ()):
                if handler(event) is True:
                    break
        self.desk.flush()

    def tick(self) -> bool:
        """A second has passed; True if this is to be called after the next one."""
        counting, waiting = self.connection.tick(), self.notifying.tick()
        coming = self.returning.tick()
        return self.read_state.send() or counting or waiting or coming

    def minute(self) -> None:
        """The times in the list may read differently now."""
        self.desk.touch(Part.LIST)
        self.desk.flush()

    def quit(self) -> None:
        """See `Actions`."""
        self.read_state.send(at_once=True)
        self.desk.quit()
