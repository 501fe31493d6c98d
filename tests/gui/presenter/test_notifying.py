"""What calls the user, when, and how often; without a screen."""

import pytest

from core.client import events
from gui.model.notification import Notification, NotificationClicked, Notifier, NotShown
from gui.model.preferences import Preferences
from gui.presenter.notifying import one_line
from gui.presenter.presenter import Presenter
from tests.gui.presenter.stage import Stage


class FakeNotifier(Notifier):
    """The desktop; `works` is whether it shows anything."""

    def __init__(self) -> None:
        self.works = True
        self.shown: list[Notification] = []
        self.withdrawn: list[str] = []

    def show(self, notification: Notification) -> bool:
        if self.works:
            self.shown.append(notification)
        return self.works

    def withdraw(self, key: str) -> None:
        self.withdrawn.append(key)


class Calling(Stage):
    """A stage with a desktop; nobody looks at the window."""

    def __init__(self) -> None:
        super().__init__()
        self.desktop, self.preferences = FakeNotifier(), Preferences()
        self.presenter = Presenter(
            self.link, lambda: self.now, self.presenter.connection._vault, self.online.append,
            self.preferences, self.desktop,
        )  # fmt: skip
        self.presenter.attach(self.screen)
        self.chat = self.presenter.desk.chat
        self.register()
        self.join("#room")
        self.join("#other")
        self.now += 1000.0
        self.look_away()

    def look_away(self) -> None:
        self.screen.attends = self.screen.notifying.has_focus = False

    def look_here(self) -> None:
        self.screen.attends = self.screen.notifying.has_focus = True

    def hear(self, text: str, **more: object) -> None:
        self.handle(self.said(text, **more))  # type: ignore[arg-type]

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.desktop.shown]


@pytest.fixture
def stage() -> Calling:
    return Calling()


def test_personal_messages_call_by_default(stage: Calling) -> None:
    stage.hear("hello everybody")
    stage.hear("me: are you there?", mention=True)
    stage.hear("psst", room="ada")
    assert stage.desktop.shown == [
        Notification("#room", "ada in #room", "me: are you there?", "#room"),
        Notification("ada", "ada", "psst", "ada"),
    ]


@pytest.mark.parametrize(("choice", "texts"), [
    ("all", ["any", "named", "private"]), ("mentions", ["named", "private"]), ("none", []),
])  # fmt: skip
def test_what_calls_is_a_choice(stage: Calling, choice: str, texts: list[str]) -> None:
    stage.presenter.preferences.set("notify", choice)
    stage.hear("any", room="#room")
    stage.hear("named", room="#other", mention=True)
    stage.hear("private", room="ada")
    assert stage.texts == texts


@pytest.mark.parametrize(("level", "called"), [
    ("all", True), ("mentions", False), ("none", False), ("", False),
])  # fmt: skip
def test_a_conversation_can_have_a_choice_of_its_own(
    stage: Calling, level: str, called: bool
) -> None:
    stage.presenter.notifying.set_level("#room", level)
    stage.hear("any")
    assert bool(stage.desktop.shown) == called
    about = stage.presenter.notifying.about("#room")
    assert about is not None
    assert (about.level, about.muted) == (level, level == "none")
    assert stage.presenter.notifying.about("#nowhere") is None


def test_a_toast_goes_once_its_conversation_is_read(stage: Calling) -> None:
    stage.desktop.works = False
    stage.hear("me!", mention=True)
    stage.hear("me too!", mention=True, room="#other")
    assert [one.key for one in stage.screen.notifying.toasts] == ["#room", "#other"]
    assert not stage.screen.notifying.withdrawn
    for room in ("#room", "#other", "#room"):
        stage.presenter.conversations.open(room)
    assert sorted(stage.screen.notifying.withdrawn) == ["#other", "#room"]


def test_the_muted_are_silent_and_the_level_ends_that(stage: Calling) -> None:
    stage.presenter.conversations.mute("#room")
    stage.hear("me!", mention=True)
    assert not stage.desktop.shown
    stage.presenter.notifying.set_level("#room", "mentions")
    stage.hear("me!", mention=True)
    assert stage.texts == ["me!"]


def test_own_old_and_ignored_ones_never_call(stage: Calling) -> None:
    stage.presenter.preferences.set("notify", "all")
    stage.preferences.ignored = ["eve"]
    stage.hear("mine", nick="me", is_own=True)
    stage.hear("old", from_history=True)
    stage.hear("spam", nick="eve")
    stage.handle(
        events.HistoryReceived(
            conversation="#room", where="after", complete=True,
            messages=(stage.said("missed", mention=True),),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    assert not stage.desktop.shown
    assert not stage.screen.notifying.toasts


def test_what_a_bouncer_replays_does_not_call(stage: Calling) -> None:
    stage.register(reconnected=True)
    stage.hear("me: yesterday", mention=True, time=stage.now - 86_400.0)
    assert not stage.desktop.shown
    stage.hear("me: now", mention=True)
    assert stage.texts == ["me: now"]


def test_what_one_looks_at_does_not_call(stage: Calling) -> None:
    stage.presenter.conversations.open("#room")
    stage.look_here()
    stage.hear("me", mention=True)
    assert not stage.desktop.shown
    assert not stage.screen.notifying.toasts


def test_another_conversation_calls_within_the_window(stage: Calling) -> None:
    stage.presenter.conversations.open("#other")
    stage.look_here()
    stage.hear("me", mention=True)
    assert not stage.desktop.shown
    assert [one.key for one in stage.screen.notifying.toasts] == ["#room"]


def test_do_not_disturb(stage: Calling) -> None:
    stage.presenter.preferences.set("bell", True)
    stage.presenter.preferences.set("quiet", True)
    stage.hear("me", mention=True)
    assert not stage.desktop.shown
    assert not stage.screen.notifying.rings


def test_many_at_once_are_told_together(stage: Calling) -> None:
    for number in range(4):
        stage.hear(f"me {number}", mention=True)
    assert stage.texts == ["me 0"]
    assert stage.presenter.tick()
    stage.now += 5.0
    assert not stage.presenter.tick()
    assert stage.desktop.shown[1:] == [
        Notification("#room", "#room", "3 new messages. ada: me 3", "#room")
    ]


def test_what_was_read_meanwhile_is_not_told(stage: Calling) -> None:
    stage.hear("me 0", mention=True)
    stage.hear("me 1", mention=True)
    stage.look_here()
    stage.presenter.reading.looked()
    stage.now += 5.0
    stage.presenter.tick()
    assert stage.texts == ["me 0"]
    assert stage.desktop.withdrawn == ["#room"]


def test_many_conversations_do_not_flood_the_desktop(stage: Calling) -> None:
    for number in range(12):
        stage.hear("hi", nick=f"n{number}", room=f"n{number}")
    assert len(stage.desktop.shown) == 5
    stage.now += 5.0
    assert stage.presenter.tick()
    assert len(stage.desktop.shown) == 10


def test_without_the_text_only_the_sender_is_told(stage: Calling) -> None:
    stage.presenter.preferences.set("notify_text", False)
    for text in ("secret 1", "secret 2", "secret 3"):
        stage.hear(text, room="ada")
    stage.now += 5.0
    stage.presenter.tick()
    assert [one[1:3] for one in stage.desktop.shown] == [
        ("ada", "New message"), ("ada", "2 new messages"),
    ]  # fmt: skip


def test_without_a_desktop_the_window_shows_it(stage: Calling) -> None:
    stage.desktop.works = False
    stage.hear("one", room="ada")
    assert [one.text for one in stage.screen.notifying.toasts] == ["one"]
    stage.handle(NotShown(Notification("bob", "bob", "two")))
    assert [one.text for one in stage.screen.notifying.toasts] == ["one", "two"]


def test_a_click_opens_the_conversation(stage: Calling) -> None:
    stage.hear("hi", room="ada")
    stage.handle(NotificationClicked("ada"))
    assert stage.chat.current == "ada"
    assert stage.screen.notifying.raised == 1
    stage.handle(NotificationClicked("gone"))
    assert stage.chat.current == "ada"


def test_the_bell_is_a_choice(stage: Calling) -> None:
    stage.hear("me", mention=True)
    assert stage.screen.notifying.rings == 0
    stage.presenter.preferences.set("bell", True)
    stage.hear("hi", room="bob", nick="bob")
    assert stage.screen.notifying.rings == 1


def test_the_icon_tells_of_unread_messages(stage: Calling) -> None:
    stage.presenter.conversations.open("#other")
    stage.hear("any")
    assert stage.screen.notifying.waiting == 1
    stage.presenter.conversations.open("#room")
    assert stage.screen.notifying.waiting == 0


def test_texts_of_strangers_become_one_plain_line() -> None:
    assert one_line("a\nb\r\n\tc\x07\x02d\u202e") == "a b cd"
    assert one_line("x" * 500) == "x" * 239 + "…"
