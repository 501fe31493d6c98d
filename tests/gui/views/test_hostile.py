"""Whatever the network says, Tk draws no emoji (a colour font may end the process) and evaluates
nothing: every view is shown with names, topics and messages that try."""

import tkinter
from collections.abc import Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from core.client import events
from core.client.features import Features
from core.client.pending import PendingMessage
from core.wire.casemapping import fold
from gui.link import (
    CertificateUnknown,
    Connecting,
    ConnectionFailed,
    Listed,
    ListedMember,
    Queued,
    Target,
    Waiting,
)
from gui.model.accounts import KnownServer
from gui.model.notification import Notification
from gui.model.preferences import Preferences, Server
from gui.model.shown import ConnectForm
from gui.model.text import EMOJI
from gui.presenter.presenter import Presenter
from gui.theme import Look
from gui.views.banner import BannerBar
from gui.views.popup import open_menu
from gui.views.tooltip import Tooltip
from gui.views.window import Window
from tests.gui.fakes import FakeLink, FakeVault
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window

_EMOJI = "👩‍👩‍👧🇩🇪👍🏽1️⃣©️\ud83d\ude00\ud83d\U000e0061\ufe0f🏽🇦"
_TRICKS = "\u202e\u2066\0\x02\x0304" + r"$env(HOME)$x{a}}{\\\"%s%d;pwned;#"
HOSTILE = "[pwned]" + _EMOJI + _TRICKS
LONG = HOSTILE + "w👍" * 5000
_NOW = 1_700_000_000.0
_ALL = Features(**dict.fromkeys(Features.__struct_fields__, True))


def _canvas(canvas: tkinter.Canvas) -> Iterator[str]:
    for item in canvas.find_all():
        if str(canvas.type(item)) == "text":
            yield str(canvas.itemcget(item, "text"))  # type: ignore[no-untyped-call]


def _menu(menu: tkinter.Menu) -> Iterator[str]:
    last = menu.index("end")
    for at in range(0 if last is None else last + 1):
        if menu.type(at) != "separator":
            yield str(menu.entrycget(at, "label"))
            yield str(menu.entrycget(at, "accelerator"))


def written(widget: tkinter.Misc) -> Iterator[str]:
    """All that Tk has to draw in a widget and those in it, the titles of windows too."""
    if isinstance(widget, tkinter.Canvas):
        yield from _canvas(widget)
    elif isinstance(widget, tkinter.Menu):
        yield from _menu(widget)
    elif isinstance(widget, tkinter.Text):
        yield from (str(part[1]) for part in widget.dump("1.0", "end", text=True))
    elif isinstance(widget, ttk.Entry):
        yield widget.get() if not widget.cget("show") else ""
    if isinstance(widget, tkinter.Tk | tkinter.Toplevel):
        yield str(widget.wm_title())
    for option in ("text", "values"):
        if option in (widget.keys() or ()):
            yield str(widget.cget(option))
    for child in widget.winfo_children():
        yield from written(child)


class Attack:
    """A window in which everybody is hostile."""

    def __init__(self, root: tkinter.Tk, look: Look, until: Until) -> None:
        self.root, self.look, self.until, self.link = root, look, until, FakeLink()
        self.ran: list[str] = []
        root.tk.createcommand("pwned", lambda *_: self.ran.append("pwned"))
        known = [Server("chat.example" + _EMOJI, 6697, True, HOSTILE)]
        self.presenter = Presenter(
            self.link, lambda: _NOW, FakeVault(), lambda _: None, Preferences(servers=known)
        )
        self.window = Window(look, self.presenter)
        self.presenter.attach(self.window)
        self.room, self.nick = "#" + HOSTILE, HOSTILE
        self.key = fold(self.room)

    def tell(self, *happened: object) -> None:
        self.presenter.handle(happened)
        self.look_around()

    def look_around(self) -> None:
        """Nothing that is on the screen now is dangerous, and nothing was evaluated."""
        for _ in range(3):
            self.root.update()
        assert self.ran == []
        found = [text for text in written(self.root) if EMOJI.search(text) or _halves(text)]
        assert found == []

    def start(self) -> None:
        nick, room, key = self.nick, self.room, self.key
        members = [ListedMember(one, rank, away) for one, rank, away in (
            (nick, "@", False), ("me", "@", False), (nick + "2", "+", True))]  # fmt: skip
        self.tell(
            Connecting(Target("chat.example", 6697, True, "me", account=HOSTILE)),
            events.Registered(nick="me", network=HOSTILE, features=_ALL, reconnected=False),
            events.RoomJoined(room=key, name=room, rejoined=False),
            Listed(key, tuple(members)),
            events.TopicChanged(room=key, topic=LONG, by=nick, time=_NOW, initial=False),
            events.ProfileChanged(
                nick=nick, display_name=HOSTILE, status=LONG, avatar=HOSTILE, color="#ff0000",
                homepage=HOSTILE, is_self=False,
            ),
        )  # fmt: skip

    def said(self, text: str, msgid: str = "", reply: str = "", room: str = "") -> object:
        return events.MessageReceived(
            conversation=room or self.key, nick=self.nick, text=text, time=_NOW, msgid=msgid,
            reply_to=reply, mention=True, account=HOSTILE,
        )  # fmt: skip

    def talk(self) -> None:
        self.tell(
            self.said(LONG, "m1"), self.said(HOSTILE, "m2", "m1"), self.said("plain", "m3", "m2"),
            self.said(f"`{HOSTILE}` https://x.example/{HOSTILE}\n```\n{HOSTILE}\n```", "m4"),
            *(self.reacted(one) for one in (HOSTILE, "👍🏽", LONG, "[pwned]")),
            events.MessageRedacted(
                conversation=self.key, msgid="m3", by=self.nick, reason=LONG, time=_NOW
            ),
            events.TypingChanged(conversation=self.key, nick=self.nick, state="active"),
            self.said(HOSTILE, room=fold(self.nick)),
            events.ServerNotice(text=LONG, source=HOSTILE, code=HOSTILE),
        )  # fmt: skip

    def reacted(self, reaction: str) -> object:
        return events.ReactionReceived(
            conversation=self.key, nick=self.nick, msgid="m2", reaction=reaction, removed=False,
            time=_NOW, is_own=False,
        )  # fmt: skip


def _halves(text: str) -> bool:
    """Tk could put halves of a character together."""
    return any("\ud800" <= one <= "\udfff" for one in text)


@pytest.fixture
def attack(root: tkinter.Tk, look: Look, until: Until) -> Attack:
    made = Attack(root, look, until)
    made.start()
    made.talk()
    return made


def test_the_list_the_header_the_members_and_the_messages(attack: Attack) -> None:
    for place in (attack.key, fold(attack.nick), ""):
        if place:
            attack.presenter.conversations.open(place)
        attack.look_around()
    attack.presenter.conversations.open(attack.key)
    attack.presenter.people.filter(HOSTILE)
    attack.look_around()
    window = attack.window
    for view in (window.conversations, window.header, window.members, window.messages):
        assert "[pwned]" in " ".join(written(view)), view  # it is there, but harmless


def test_answers_quotes_and_who_reacted(attack: Attack) -> None:
    messages = attack.window.messages
    attack.presenter.conversations.open(attack.key)
    attack.look_around()
    for y in range(0, messages.winfo_height(), 12):  # chips say who reacted, names light up
        for x in (60, 120, 200):
            messages.event_generate("<Motion>", x=x, y=y)
        attack.root.update()
    attack.look_around()
    for message in attack.presenter.desk.chat.conversations[attack.key].timeline.messages:
        attack.presenter.message.reply(message.uid)
        about = attack.window.commands
        about._about(message.uid)
        attack.look_around()
        for window in attack.root.winfo_children():
            if isinstance(window, tkinter.Toplevel):
                window.destroy()


def test_menus(attack: Attack) -> None:
    attack.presenter.conversations.open(attack.key)
    menus = attack.window.menus
    menus.main(10, 10)
    attack.look_around()
    menus.conversation(attack.key, 10, 10)
    attack.look_around()
    menus.person(attack.nick, 10, 10)
    attack.look_around()
    for child in attack.root.winfo_children():
        if isinstance(child, tkinter.Menu):
            child.unpost()


def test_dialogs_about_people_and_rooms(attack: Attack) -> None:
    attack.presenter.conversations.open(attack.key)
    attack.presenter.people.profile(attack.nick)
    attack.tell(
        events.WhoisReceived(
            nick=attack.nick, username=HOSTILE, host=HOSTILE, realname=LONG, server=HOSTILE,
            account=HOSTILE, away=LONG, rooms=("@" + attack.room,), extra=(LONG, HOSTILE),
        ),
        events.AwayChanged(nick=attack.nick, away=True, message=LONG, is_self=False),
    )  # fmt: skip
    attack.presenter.people.profile_closed()
    attack.presenter.room_info.open(attack.key)
    mask = events.RoomMask(HOSTILE, HOSTILE, _NOW)
    attack.tell(
        events.RoomModesChanged(room=attack.key, changes="+mk " + HOSTILE, by="x", modes="kmZ"),
        events.RoomMasksReceived(room=attack.key, mode="b", masks=(mask,)),
    )
    dialog = attack.window.room_info.dialog
    assert dialog is not None
    assert EMOJI.search(dialog.entries["topic"].get())  # it is there, as pictures
    for page in dialog._pages.buttons.values():
        page.invoke()
        attack.look_around()
    attack.presenter.room_info.closed()


def test_finding(attack: Attack) -> None:
    browse = attack.presenter.browse
    browse.open()
    rooms = (events.ListedRoom(attack.room, 3, LONG), events.ListedRoom("#x", 1, HOSTILE))
    attack.tell(events.RoomsListed(rooms=rooms))
    dialog = attack.window.browse.dialog
    assert dialog is not None
    for typed in (HOSTILE[:3], "#" + HOSTILE, LONG):
        dialog.type(typed)
        attack.look_around()
    browse.closed()
    field = attack.window.search
    field.entry.set_value(HOSTILE[:5])
    asked = attack.link.session.calls
    attack.until(lambda: any(call[0] == "search" for call in asked))
    query = str(next(call[1] for call in asked if call[0] == "search"))
    hits = tuple(attack.said(text, f"h{at}") for at, text in enumerate((LONG, HOSTILE)))
    attack.tell(events.SearchReceived(query=query, messages=hits, complete=True))  # type: ignore[arg-type]
    attack.presenter.finding.open()
    attack.presenter.finding.find(HOSTILE)
    attack.look_around()


def test_what_comes_up_by_itself(attack: Attack) -> None:
    told = Notification("k", HOSTILE, LONG, attack.key)
    attack.window.notifying.toast(told)
    attack.tell(
        events.Invited(room="#i", name="#i" + HOSTILE, by=attack.nick, nick="me", is_self=True),
        events.RoomLeft(room=attack.key, how="kick", by=attack.nick, reason=LONG),
        events.ErrorReceived(sentence=LONG, code=HOSTILE, command=HOSTILE, context=(HOSTILE,)),
        events.CtcpReceived(
            nick=attack.nick, target="me", command="VERSION", argument=LONG, is_reply=True
        ),
        events.MotdReceived(text=LONG),
        events.Disconnected(reason=LONG, wanted=False),
        Waiting(LONG, 12.0),
    )
    piece = PendingMessage(
        pending_id="w", conversation=attack.key, target=attack.room, text=LONG, kind="privmsg",
        time=_NOW,
    )  # fmt: skip
    attack.tell(
        Queued(attack.key, (piece,)),
        events.SendFailed(
            conversation=attack.key, pending_id="w", text=LONG, sentence=LONG, code="4"
        ),
    )
    assert isinstance(attack.window.banner, BannerBar)
    tip = Tooltip(attack.window.composer.text, attack.look, HOSTILE)
    tip.show()
    attack.look_around()
    tip.hide()


def test_dialogs_that_the_server_speaks_in(attack: Attack) -> None:
    known = (KnownServer(HOSTILE, 1, True, HOSTILE, ""),)
    form = ConnectForm(HOSTILE, HOSTILE, "1", True, HOSTILE, known=known)
    attack.presenter.connection.ask(form)
    dialog = attack.window.dialogs.connect_dialog
    assert dialog is not None
    menu = open_menu(attack.look, dialog.server.choices(), 10, 10)
    attack.look_around()
    assert "[pwned]" in " ".join(written(menu))
    menu.unpost()
    attack.tell(
        events.NickRejected(
            nick="me", sentence=LONG, numeric="433", suggestion=HOSTILE, registering=True
        ),
        ConnectionFailed("host", LONG),
        events.LoginFailed(account=HOSTILE, sentence=LONG, code="904", ends=False),
        events.VerificationRequired(account=HOSTILE, sentence=LONG),
    )
    attack.tell(
        CertificateUnknown("chat.example:1", "aaaa bbbb", HOSTILE, LONG, 0.0, 0.0),
    )
    attack.presenter.preferences.open("Servers")
    attack.look_around()


def test_our_own_profile(attack: Attack) -> None:
    attack.tell(
        events.ProfileChanged(
            nick="me", display_name=HOSTILE, status=LONG, avatar="", color="", homepage="",
            is_self=True,
        ),
        events.LoggedIn(account=HOSTILE),
        events.AwayChanged(nick="me", away=True, message=LONG, is_self=True),
    )  # fmt: skip
    attack.presenter.profile.show()
    attack.look_around()
    attack.presenter.account.dismissed()


def test_nothing_was_executed_by_the_shell(attack: Attack, tmp_path: Path) -> None:
    mark = tmp_path / "touched"
    attack.tell(attack.said(f"[exec touch {mark}] $env(HOME) {{a}} \\"))
    assert not mark.exists()
