"""A screen and a link that only write down what they are told."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.client.session import Session
from core.wire.casemapping import fold
from core.wire.names import is_room
from gui.link import Target
from gui.model.accounts import OwnCard, Question, Welcome
from gui.model.found import FindState, Row
from gui.model.memberpage import MemberPage
from gui.model.notification import Notification
from gui.model.offers import Offer
from gui.model.personcard import PersonCard
from gui.model.preferences import Preferences
from gui.model.shown import (
    Banner,
    ConnectForm,
    ConversationRow,
    Header,
    MemberRow,
    TrustQuestion,
)
from gui.model.timeline import Change, Timeline
from gui.model.writing import Gate, Quote
from gui.presenter.connecting import Vault


class FakeAccountDialogs:
    """The open dialog's question, and what it was told."""

    def __init__(self) -> None:
        self.question: Question | None = None
        self.busy = False
        self.errors: Mapping[str, str] = {}
        self.done = ""

    def ask(self, question: Question) -> None:
        self.question, self.busy, self.errors, self.done = question, False, {}, ""

    def is_open(self) -> bool:
        return self.question is not None

    def show_busy(self, *, busy: bool) -> None:
        self.busy = busy

    def show_errors(self, errors: Mapping[str, str]) -> None:
        self.errors = errors

    def show_done(self, sentence: str) -> None:
        self.done = sentence

    def close(self) -> None:
        self.question = None


class FakeEntrance:
    """Who we are, and the welcome that is shown."""

    def __init__(self) -> None:
        self.own = OwnCard("")
        self.welcome: Welcome | None = None

    def show_own(self, own: OwnCard) -> None:
        self.own = own

    def show_welcome(self, welcome: Welcome | None) -> None:
        self.welcome = welcome


class FakeDialogs:
    """What was asked of the dialogs."""

    def __init__(self) -> None:
        self.form: ConnectForm | None = None
        self.busy = False
        self.errors: Mapping[str, str] = {}
        self.offers: Mapping[str, str] = {}
        self.question: TrustQuestion | None = None
        self.account = FakeAccountDialogs()

    def ask_connection(self, form: ConnectForm) -> None:
        self.form = form

    def connection_dialog_open(self) -> bool:
        return self.form is not None

    def show_connecting(self, *, busy: bool) -> None:
        self.busy = busy

    def show_field_errors(
        self, errors: Mapping[str, str], offers: Mapping[str, str] | None = None
    ) -> None:
        self.errors, self.offers = errors, offers or {}

    def close_connection_dialog(self) -> None:
        self.form = None

    def ask_trust(self, question: TrustQuestion) -> None:
        self.question = question


class FakeFinding:
    """What was found, and where the messages were scrolled to."""

    def __init__(self) -> None:
        self.results: Sequence[Row] | None = None
        self.selected = 0
        self.ended = 0
        self.state: FindState | None = None
        self.working = False
        self.highlighted = ("", 0)
        self.messages: list[int] = []
        self.joined: Timeline | None = None
        self.past = False

    def show_results(self, found: Sequence[Row] | None, selected: int) -> None:
        self.results, self.selected = found, selected

    def end_search(self) -> None:
        self.ended += 1

    def show_find(self, state: FindState | None) -> None:
        self.state = state

    def work_soon(self) -> None:
        self.working = True

    def highlight(self, text: str, uid: int) -> None:
        self.highlighted = (text, uid)

    def show_message(self, uid: int) -> None:
        self.messages.append(uid)

    def show_joined(self, timeline: Timeline) -> None:
        self.joined = timeline

    def show_past(self, past: bool) -> None:
        self.past = past


class FakeCards:
    """A dialog that shows one card after the other; `card` is None while it is closed."""

    def __init__(self) -> None:
        self.card: Any = None
        self.typed = ""

    def show(self, card: object) -> None:
        self.card = card

    def type(self, text: str) -> None:
        self.typed = text

    def close(self) -> None:
        self.card = None


class FakeOffers:
    """The bars above the messages."""

    def __init__(self) -> None:
        self.shown: list[Offer] = []

    def show(self, offers: Sequence[Offer]) -> None:
        self.shown = list(offers)


class FakePeople:
    """The profile of somebody else; `card` is None while none is open."""

    def __init__(self) -> None:
        self.card: PersonCard | None = None

    def show(self, card: PersonCard) -> None:
        self.card = card

    def close(self) -> None:
        self.card = None


class FakePreferences:
    """The choices as they were applied last; `opened` is the page of the dialog."""

    def __init__(self) -> None:
        self.applied = Preferences()
        self.theme = ""
        self.opened: str | None = None

    def apply(self, preferences: Preferences, theme: str) -> None:
        self.applied, self.theme = preferences, theme

    def step(self, steps: int) -> float:
        return 1.0 + steps / 4

    def open(self, preferences: Preferences, page: str) -> None:
        self.opened = page


class FakeNotifying:
    """What was shown in the window; `has_focus` is what `focused` answers."""

    def __init__(self) -> None:
        self.has_focus = True
        self.toasts: list[Notification] = []
        self.withdrawn: list[str] = []
        self.rings = 0
        self.raised = 0
        self.waiting = 0

    def focused(self) -> bool:
        return self.has_focus

    def toast(self, notification: Notification) -> None:
        self.toasts.append(notification)

    def withdraw(self, key: str) -> None:
        self.withdrawn.append(key)

    def ring(self) -> None:
        self.rings += 1

    def come_forward(self) -> None:
        self.raised += 1

    def show_waiting(self, count: int) -> None:
        self.waiting = count


class FakeComposer:
    """What stands around the field."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.quote: Quote | None = None

    def show_gate(self, gate: Gate) -> None:
        self.gate = gate

    def show_quote(self, quote: Quote | None) -> None:
        self.quote = quote


class FakeScreen:
    """Keeps the last of everything; `attends` is what `attending` answers."""

    def __init__(self) -> None:
        self.attends = True
        self.rows: Sequence[ConversationRow] = ()
        self.header = Header("", "", False)
        self.members: Sequence[MemberRow] = ()
        self.shown: tuple[str, bool, int] = ("", False, 0)
        self.timeline = Timeline()
        self.changes: list[Change] = []
        self.new = 0
        self.divider = 0
        self.ends = 0
        self.typing = ""
        self.hint = ""
        self.enabled = True
        self.typed = ""
        self.banner: Banner | None = None
        self.title = ""
        self.dialogs = FakeDialogs()
        self.entrance = FakeEntrance()
        self.composer = FakeComposer()
        self.finding = FakeFinding()
        self.preferences = FakePreferences()
        self.notifying = FakeNotifying()
        self.people = FakePeople()
        self.browse, self.room_info, self.offers = FakeCards(), FakeCards(), FakeOffers()
        self.inserted: list[str] = []
        self.closed = False

    def show_conversations(self, rows: Sequence[ConversationRow]) -> None:
        self.rows = rows

    def show_header(self, header: Header) -> None:
        self.header = header

    def show_members(self, page: MemberPage) -> None:
        self.members = [row for row in page if isinstance(row, MemberRow)]

    def show_timeline(self, key: str, timeline: Timeline, *, named: bool, divider: int) -> None:
        self.shown, self.timeline = (key, named, divider), timeline

    def apply_changes(self, changes: Sequence[Change], *, new: int) -> None:
        self.changes += changes
        self.new += new

    def show_divider(self, uid: int) -> None:
        self.divider = uid

    def show_end(self) -> None:
        self.ends += 1

    def show_typing(self, text: str) -> None:
        self.typing = text

    def show_composer(self, hint: str, draft: str, *, enabled: bool) -> None:
        self.hint, self.typed, self.enabled = hint, draft, enabled

    def insert(self, text: str) -> None:
        self.inserted.append(text)

    def draft(self) -> str:
        return self.typed

    def show_banner(self, banner: Banner | None) -> None:
        self.banner = banner

    def show_title(self, title: str) -> None:
        self.title = title

    def attending(self) -> bool:
        return self.attends

    def close(self) -> None:
        self.closed = True

    @property
    def keys(self) -> list[str]:
        return [row.key for row in self.rows]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.timeline.messages]


class Recorder:
    """Stands in for a session: every call is written down as (name, arguments)."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., bool]:
        def record(*arguments: object, **named: object) -> bool:
            self.calls.append((name, *arguments, *named.values()))
            return True

        return record


class FakeLink:
    """`session.calls` has what was asked of the session, `calls` what was asked of the link."""

    def __init__(self) -> None:
        self.session = Recorder()
        self.calls: list[tuple[object, ...]] = []
        self.said: list[tuple[str, str, str, str]] = []
        self.replied: list[str] = []  # for each of `said`, what it answers

    def open(self, target: Target) -> None:
        self.calls.append(("open", target))

    def close(self) -> None:
        self.calls.append(("close",))

    def retry(self) -> None:
        self.calls.append(("retry",))

    def trust(self, server: str, offered: str) -> None:
        self.calls.append(("trust", server, offered))

    def log_in(self, account: str, password: str) -> None:
        self.calls.append(("log_in", account, password))

    def ask(self, action: Callable[[Session, float], object]) -> None:
        action(self.session, 0.0)  # type: ignore[arg-type]

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        self.said.append((conversation, name, text, kind))
        self.replied.append(reply_to)

    def key(self, name: str) -> str:
        return fold(name)

    def is_room(self, name: str) -> bool:
        return is_room(name)


class FakeVault(Vault):
    """Keeps passwords in a dictionary."""

    usable = True

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get(self, server: str, nick: str) -> str:
        return self.kept.get((server, nick), "")

    def set(self, server: str, nick: str, password: str) -> None:
        self.kept[server, nick] = password
