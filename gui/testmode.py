"""Lets a test ask the running program what it shows.  Only on request: PARLOR_TEST=1.

The state goes out as JSON, by the Tcl command `parlor_state` (for Tk's `send`, which only works
on a screen with xauth authorization) and, where PARLOR_TEST_SOCKET names a path, to whoever
connects to that Unix socket.  Without PARLOR_TEST the `send` command is taken away, because with
it any program on the same screen could run code in this one.
"""

import contextlib
import os
import socket
from pathlib import Path

import msgspec

from gui.model.conversation import Conversation
from gui.presenter.presenter import Presenter
from gui.views.formdialog import FormDialog
from gui.views.loop import TkLoop
from gui.views.window import Window


def wanted() -> bool:
    """True if a test asks for it."""
    return os.environ.get("PARLOR_TEST") == "1"


def window_name() -> str:
    """The name by which a test finds the window on the screen."""
    return os.environ.get("PARLOR_TEST_NAME", "Parlor") if wanted() else "Parlor"


class TestDoor:
    """Answers with the program's state."""

    __test__ = False  # not a test case

    def __init__(self, loop: TkLoop, window: Window, presenter: Presenter) -> None:
        self._loop, self._window, self._presenter = loop, window, presenter
        loop.command("parlor_state", lambda: self.state().decode())
        self._path = os.environ.get("PARLOR_TEST_SOCKET", "")
        self._listener: socket.socket | None = None
        if self._path:
            self._listen()

    def _listen(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self._path)
        self._listener.listen(8)
        self._listener.setblocking(False)
        self._loop.watch(self._listener, self._answer)

    def _answer(self) -> None:
        if self._listener is None:
            return
        try:
            peer, _address = self._listener.accept()
        except BlockingIOError:
            return
        with peer, contextlib.suppress(OSError):
            peer.settimeout(2.0)
            peer.sendall(self.state())

    def state(self) -> bytes:
        """Everything that is shown, as JSON."""
        chat, window, desk = self._presenter.desk.chat, self._window, self._presenter.desk
        dialog = window.dialogs.connect_dialog
        return msgspec.json.encode(
            {
                "nick": chat.nick,
                "connection": self._presenter.connection.state,
                "current": chat.open.name if chat.open else "",
                "conversations": [_conversation(one) for one in chat.ordered()],
                "messages": _messages(chat.open),
                "members": [member.nick for member in chat.open.roster.ordered()]
                if chat.open
                else [],
                "topic": chat.open.topic if chat.open else "",
                "banner": window.banner_text,
                "account": chat.account,
                "welcome": window.entrance.welcome.shown is not None,
                "dialog": _dialog(window),
                "errors": _errors(dialog or window.dialogs.account.open),
                "draft": desk.screen.draft(),
                "theme": window.look.palette.name,
                "focused": window.focused(),
                "at_end": window.messages.stuck,
                "visible": len(window.messages.visible),
                "title": window.root.title(),
                "profile": self._presenter.person_cards.nick,
                "room_info": self._presenter.room_info.key,
                "browsing": self._presenter.browse.is_open,
                "offers": [offer.text for offer in self._presenter.offers.offers()],
            }
        )

    def close(self) -> None:
        """Remove the socket."""
        if self._listener is not None:
            self._loop.unwatch(self._listener)
            self._listener.close()
            Path(self._path).unlink(missing_ok=True)


def _dialog(window: Window) -> str:
    """Which dialog of getting in is on the screen: the one in front."""
    dialogs = window.dialogs
    if dialogs.trust_dialog:
        return "trust"
    if dialogs.account.open:
        return type(dialogs.account.open).__name__.removesuffix("Dialog").lower()
    return "connect" if dialogs.connect_dialog else ""


def _errors(dialog: FormDialog | None) -> dict[str, str]:
    """The sentences that are shown beside its fields; what is typed stays where it is."""
    if dialog is None:
        return {}
    shown = {name: dialog.problem(name) for name in (*dialog.fields, *dialog.lines)}
    return {name: sentence for name, sentence in shown.items() if sentence}


def _conversation(one: Conversation) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "unread": one.unread,
        "mentions": one.mentions,
        "joined": one.joined,
        "typing": one.typing,
        "preview": one.preview(),
    }


def _messages(one: Conversation | None) -> list[dict[str, object]]:
    if one is None:
        return []
    return [
        {
            "text": message.text,
            "sender": message.sender,
            "state": message.delivery.value,
            "kind": message.kind.value,
            "own": message.own,
            "msgid": message.msgid,
        }
        for message in one.timeline.messages[-200:]
    ]
