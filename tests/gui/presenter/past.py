"""Conversations with a long past, for tests that go there."""

from core.client import events
from core.client.features import Features
from tests.gui.presenter.stage import Stage

ALL = Features(history=True, search=True, context=True, read_marker=True)


def messages(*numbers: int, room: str = "#room") -> tuple[events.MessageReceived, ...]:
    """Messages n1, n2 ... with the ids m1, m2 ..., said at 1, 2 ... seconds."""
    return tuple(
        events.MessageReceived(
            conversation=room, nick="ada", text=f"n{number}", time=float(number),
            msgid=f"m{number}",
        )
        for number in numbers
    )  # fmt: skip


def stage_with_past(*numbers: int, features: Features = ALL) -> Stage:
    """In #room, where these messages are loaded."""
    stage = Stage()
    stage.register()
    stage.chat.features = features
    stage.join()
    stage.handle(events.HistoryReceived("#room", messages(*numbers), "after", True))
    stage.link.session.calls.clear()
    return stage


def context(msgid: str, where: str, *numbers: int, edge: bool = False) -> events.ContextReceived:
    """The answer to `Session.request_context`."""
    return events.ContextReceived(
        conversation="#room", msgid=msgid, where=where, messages=messages(*numbers),  # type: ignore[arg-type]
        reactions=(), edge=edge,
    )  # fmt: skip
