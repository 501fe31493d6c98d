"""A presenter between a fake screen and a fake link, with a clock that stands still."""

from core.client import events
from core.client.features import Features
from core.client.pending import PendingMessage
from gui.link import Queued, Target
from gui.presenter.connecting import Vault
from gui.presenter.presenter import Presenter
from tests.gui.fakes import FakeLink, FakeScreen

TARGET = Target("chat.example", 5000, True, "me", "pw")


class Stage:
    """The presenter and its surroundings; `say` makes messages of others."""

    def __init__(self, vault: Vault | None = None) -> None:
        self.screen, self.link = FakeScreen(), FakeLink()
        self.now = 1000.0
        self.online: list[Target] = []
        self.presenter = Presenter(
            self.link, lambda: self.now, vault or Vault(), self.online.append
        )
        self.presenter.attach(self.screen)
        self.chat = self.presenter.desk.chat

    def handle(self, *happened: object) -> None:
        self.presenter.handle(happened)

    def register(self, reconnected: bool = False) -> None:
        if not reconnected:
            self.presenter.connection.try_target(TARGET)
        self.handle(
            events.Registered(
                nick="me", network="Net", features=Features(), reconnected=reconnected
            )
        )

    def join(self, name: str = "#room") -> None:
        self.handle(events.RoomJoined(room=name.lower(), name=name, rejoined=False))

    def said(self, text: str, nick: str = "ada", room: str = "#room", **more: object) -> object:
        fields: dict[str, object] = {
            "conversation": room, "nick": nick, "text": text, "time": self.now, **more
        }  # fmt: skip
        return events.MessageReceived(**fields)  # type: ignore[arg-type]

    def queued(self, text: str, label: str, room: str = "#room") -> Queued:
        piece = PendingMessage(
            pending_id=label, conversation=room, target=room, text=text, kind="privmsg",
            time=self.now,
        )  # fmt: skip
        return Queued(room, (piece,))

    def notes(self) -> list[str]:
        return [one.text for one in self.screen.timeline.messages if one.kind.value == "note"]
