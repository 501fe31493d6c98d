"""What calls the user: a notification of the desktop, or one in the window, and the bell.

Whether a message calls is decided by `calls`; what calls is shown at most once in `_PAUSE` seconds
for each conversation, and what comes in between is told together.
"""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from core.client import events
from gui.model.conversation import Conversation, Place
from gui.model.notification import (
    Calling,
    Notification,
    NotificationClicked,
    Notifier,
    NotShown,
)
from gui.model.preferences import CHOICES
from gui.model.text import clean
from gui.presenter.desk import Desk, Handlers, Part
from gui.presenter.ignoring import ignores

_PAUSE = 4.0  # seconds between two notifications of one conversation
_MOST = 5  # notifications of all conversations in that time
_REPLAYED = 60.0  # seconds: what is older than this so soon after the welcome was said before
_LONGEST = 240  # characters of a text


class _Held(NamedTuple):
    """Messages of a conversation that are not told yet: how many, and the newest."""

    many: int
    event: events.MessageReceived


class Notifying:
    """See `NotifyingActions`; `go_to` opens a conversation."""

    def __init__(self, desk: Desk, notifier: Notifier, go_to: Callable[[str], None]) -> None:
        self._desk, self._notifier, self._go_to = desk, notifier, go_to
        self._welcomed = 0.0
        self._last: dict[str, float] = {}  # when a conversation was told of last
        self._times: deque[float] = deque(maxlen=_MOST)
        self._held: dict[str, _Held] = {}
        self._shown: set[str] = set()  # on the desktop, perhaps
        self._toasts: set[str] = set()  # in the window, perhaps
        self._waiting = 0
        desk.draws(Part.LIST, self._unread_changed)

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.Registered: self.registered,
            events.MessageReceived: self.received,
            NotShown: self.not_shown,
            NotificationClicked: lambda signal: self.clicked(signal.key),
        }

    def registered(self, _: events.Registered) -> None:
        """What bouncers replay comes right after this."""
        self._welcomed = self._desk.now()

    # --- deciding -----------------------------------------------------------------------

    def level(self, conversation: Conversation) -> str:
        """What calls in a conversation: 'all', 'mentions' or 'none'."""
        if conversation.muted:
            return "none"
        own = self._desk.chat.levels.get(conversation.key, "")
        return own if own in CHOICES["notify"] else self._desk.preferences.notify

    def calls(self, conversation: Conversation, event: events.MessageReceived) -> bool:
        """True if the user is to be told of this message."""
        desk, now = self._desk, self._desk.now()
        replayed = now - self._welcomed < _REPLAYED and event.time < now - _REPLAYED
        if event.is_own or event.from_history or replayed or desk.preferences.quiet:
            return False
        if conversation.place is Place.SERVER:
            return False
        current = conversation.key == desk.chat.current
        if current and desk.screen.notifying.focused():
            return False
        level = self.level(conversation)
        personal = event.mention or conversation.place is Place.PRIVATE
        return level == "all" or (level == "mentions" and personal)

    def received(self, event: events.MessageReceived) -> None:
        """A live message: tell of it now, or soon, or not at all."""
        conversation = self._desk.chat.get(event.conversation)
        if conversation is None or not self.calls(conversation, event):
            return
        key, held = conversation.key, self._held.get(conversation.key)
        if held is not None or not self._may_tell(key):
            self._held[key] = _Held(held.many + 1 if held else 1, event)
        else:
            self._tell(conversation, 1, event)

    def tick(self) -> bool:
        """A second has passed: tell of what was held back; True while there is more."""
        for key, held in list(self._held.items()):
            conversation = self._desk.chat.get(key)
            hushed = self._desk.preferences.quiet or ignores(self._desk, held.event.nick)
            if conversation is None or not conversation.unread or hushed:
                del self._held[key]
            elif self._may_tell(key):
                del self._held[key]
                self._tell(conversation, held.many, held.event)
        return bool(self._held)

    def _may_tell(self, key: str) -> bool:
        """Not too often of one conversation, and not of too many at a time."""
        now = self._desk.now()
        many = len(self._times) == _MOST and now - self._times[0] < _PAUSE
        return not many and now - self._last.get(key, float("-inf")) >= _PAUSE

    # --- telling ------------------------------------------------------------------------

    def _tell(self, conversation: Conversation, many: int, event: events.MessageReceived) -> None:
        desk, screen = self._desk, self._desk.screen.notifying
        self._last[conversation.key] = desk.now()
        self._times.append(desk.now())
        told = notification(conversation, many, event, with_text=desk.preferences.notify_text)
        if not screen.focused() and self._notifier.show(told):
            self._shown.add(told.key)
        else:
            self._toast(told)
        if desk.preferences.bell:
            screen.ring()

    def _toast(self, told: Notification) -> None:
        self._toasts.add(told.key)
        self._desk.screen.notifying.toast(told)

    def not_shown(self, signal: NotShown) -> None:
        """The desktop has no notifications after all."""
        self._shown.discard(signal.notification.key)
        self._toast(signal.notification)

    def clicked(self, key: str) -> None:
        """See `NotifyingActions`."""
        self._shown.discard(key)
        self._desk.screen.notifying.come_forward()
        if self._desk.chat.get(key) is not None:
            self._go_to(key)

    def about(self, key: str) -> Calling | None:
        """See `NotifyingActions`."""
        one = self._desk.chat.get(key)
        if one is None:
            return None
        level = self._desk.chat.levels.get(key, "")
        return Calling(one.place is Place.ROOM, one.muted, one.pinned, one.unread > 0, level)

    def set_level(self, key: str, level: str) -> None:
        """See `NotifyingActions`."""
        desk, conversation = self._desk, self._desk.chat.get(key)
        if level in CHOICES["notify"]:
            desk.chat.levels[key] = level
        else:
            desk.chat.levels.pop(key, None)
        if conversation is not None and conversation.muted != (level == "none"):
            desk.chat.mute(conversation)
        desk.touch(Part.LIST, Part.HEADER)
        desk.flush()

    def _unread_changed(self) -> None:
        """The list was redrawn: what was read needs no notification any more."""
        chat = self._desk.chat
        for key in [key for key in self._shown if not _unread(chat.get(key))]:
            self._shown.discard(key)
            self._notifier.withdraw(key)
        for key in [key for key in self._toasts if not _unread(chat.get(key))]:
            self._toasts.discard(key)
            self._desk.screen.notifying.withdraw(key)
        if (waiting := chat.unread()) != self._waiting:
            self._waiting = waiting
            self._desk.screen.notifying.show_waiting(waiting)


def _unread(conversation: Conversation | None) -> bool:
    return conversation is not None and conversation.unread > 0


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Text of others for a notification: no control characters, no line ends, not too long."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def notification(
    conversation: Conversation, many: int, event: events.MessageReceived, *, with_text: bool
) -> Notification:
    """What is told of `many` messages, the newest of which is `event`."""
    nick, name = one_line(event.nick, 60), one_line(conversation.name, 60)
    private = conversation.place is Place.PRIVATE
    said = f"{nick} {event.text}" if event.kind == "action" else event.text
    if many > 1:
        text = f"{many} new messages"
        if with_text:
            text = f"{text}. {'' if private else f'{nick}: '}{one_line(said)}"
    else:
        text = one_line(said) if with_text else "New message"
    title = nick if private else name if many > 1 else f"{nick} in {name}"
    return Notification(conversation.key, title, text, name)
