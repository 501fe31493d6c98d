"""What came of a batch, as rows: the messages, and what else happened in rooms."""

from collections.abc import Callable
from typing import Any

from core.state import conversations as kinds
from core.state import events, facts
from core.state.records import Room, User
from core.store.directory import Directory
from core.store.keeper import Keeper, Statements
from core.wire.modes import format_modes

INSERT_MESSAGE = "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_REDACT = (
    "UPDATE messages SET kind = ?, text = '', tags = '' WHERE conversation = ? AND seq = ?",
    "DELETE FROM events WHERE conversation = ? AND seq = ?",
)
# Tags of what is over as soon as it is seen.
PASSING = frozenset({"+typing", "+draft/typing"})

# In the order of the tables' columns.
MessageRow = tuple[int, int, int, str, int, str, str, str, int, str, int]
EventRow = tuple[int, int, int, int, str, int, str, str, str, int, str, int]


class Recorder:
    """Gathers the rows of a batch."""

    def __init__(self, directory: Directory, keeper: Keeper) -> None:
        self.directory = directory
        self.keeper = keeper
        self.messages: list[MessageRow] = []
        self.events: list[EventRow] = []
        self.redacted: list[tuple[int, int]] = []  # (conversation, sequence number)
        self.seq = 0  # of the fact that is being applied
        self.time = 0  # of the batch: milliseconds since the epoch

    def note(self, event: events.Event) -> None:
        """One more event."""
        recording = _RECORDING.get(type(event))
        if recording is not None:
            recording(self, event)

    def happened(
        self, conversation: int, by: User | None, kind: int, target: str, text: str,
        *, prefix: str = "", tags: str = "",
    ) -> None:  # fmt: skip
        """A row that is no message; ``prefix``: the sender's where it is not the present one."""
        author, account, bot = 0, "", 0
        if by is not None:
            author, account, bot = by.id, by.account_name, int("B" in by.modes)
            prefix = prefix or by.prefix
        self.events.append(
            (
                conversation, self.seq, len(self.events) + 1, self.time, prefix, kind, target,
                text, tags, author, account, bot,
            )
        )  # fmt: skip

    def in_room(self, room: Room, by: User | None, kind: int, text: str, prefix: str = "") -> None:
        """As ``happened``, seen by all members of a room."""
        self.happened(self.directory.room(room), by, kind, room.name, text, prefix=prefix)

    def redactions(self) -> Statements:
        """What takes the redacted messages away."""
        done: Statements = []
        for place in self.redacted:
            done.append((_REDACT[0], (kinds.REDACTED, *place)))
            done.append((_REDACT[1], place))
        return done


Recording = Callable[[Recorder, Any], None]
_RECORDING: dict[type[Any], Recording] = {}


def _records(event: type[Any]) -> Callable[[Recording], Recording]:
    def register(function: Recording) -> Recording:
        _RECORDING[event] = function
        return function

    return register


@_records(events.RoomSpoken)
def _room_spoken(recorder: Recorder, event: events.RoomSpoken) -> None:
    if event.kind == facts.TAGMSG and _passes(event.tags):
        return
    conversation = recorder.directory.room(event.room, event.rank)
    _spoken(recorder, event, conversation, event.rank + event.room.name)


@_records(events.UserSpoken)
def _user_spoken(recorder: Recorder, event: events.UserSpoken) -> None:
    if event.kind == facts.TAGMSG and _passes(event.tags):
        return
    conversation = recorder.directory.private(event.sender, event.target)
    _spoken(recorder, event, conversation, event.target.nick)


def _spoken(
    recorder: Recorder,
    event: events.RoomSpoken | events.UserSpoken,
    conversation: int,
    target: str,
) -> None:
    sender = event.sender
    if event.kind == facts.TAGMSG:
        recorder.happened(conversation, sender, facts.TAGMSG, target, "", tags=event.tags)
        return
    account = sender.account
    recorder.messages.append(
        (
            conversation, event.seq, recorder.time, sender.prefix, event.kind, target, event.text,
            event.tags, sender.id, account.name if account is not None else "",
            int("B" in sender.modes),
        )
    )  # fmt: skip


def _passes(tags: str) -> bool:
    return any(tag.partition("=")[0] in PASSING for tag in tags.split(";"))


@_records(events.Entered)
def _entered(recorder: Recorder, event: events.Entered) -> None:
    recorder.in_room(event.room, event.user, kinds.JOIN, event.user.realname)


@_records(events.Left)
def _left(recorder: Recorder, event: events.Left) -> None:
    if event.by is None:
        recorder.in_room(event.room, event.user, kinds.PART, event.reason)
    else:
        text = f"{event.user.nick} {event.reason}"
        recorder.in_room(event.room, event.by, kinds.KICK, text)


@_records(events.Quit)
def _quit(recorder: Recorder, event: events.Quit) -> None:
    for room in event.rooms:
        recorder.in_room(room, event.user, kinds.QUIT, event.reason)


@_records(events.TopicChanged)
def _topic(recorder: Recorder, event: events.TopicChanged) -> None:
    recorder.in_room(event.room, event.user, kinds.TOPIC, event.room.topic)


@_records(events.RoomModesChanged)
def _modes(recorder: Recorder, event: events.RoomModesChanged) -> None:
    text = " ".join(format_modes(event.changes))
    recorder.in_room(event.room, event.user, kinds.MODE, text)


@_records(events.Renamed)
def _renamed(recorder: Recorder, event: events.Renamed) -> None:
    recorder.directory.renamed(event.user)
    for room in event.user.rooms:
        recorder.in_room(room, event.user, kinds.NICK, event.user.nick, event.old_prefix)


@_records(events.AccountChanged)
def _account_changed(recorder: Recorder, event: events.AccountChanged) -> None:
    if event.guest:
        recorder.directory.became(event.guest, event.user)


@_records(events.RoomRenamed)
def _room_renamed(recorder: Recorder, event: events.RoomRenamed) -> None:
    recorder.directory.moved(event.room, event.old_key)
    recorder.keeper.renamed(event.room, event.old_key)


@_records(events.MessageRedacted)
def _redacted(recorder: Recorder, event: events.MessageRedacted) -> None:
    conversation = recorder.directory.find(event.conversation)
    if conversation is None:
        return
    recorder.redacted.append((conversation, event.message))
    text = f"{event.message:x} {event.reason}"
    recorder.happened(conversation, event.user, kinds.REDACT, event.target, text)
