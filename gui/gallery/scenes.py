"""What each picture shows: a name, a size, and what is done before it is taken."""

from collections.abc import Callable
from typing import Final, NamedTuple

from core.client import events
from core.wire.casemapping import fold
from gui.gallery import story
from gui.gallery.studio import Studio
from gui.link import ConnectionFailed, Waiting
from gui.model.shown import ConnectForm

_SIZE = (1180, 740)


class Scene(NamedTuple):
    """`prepare` gets a new window; `size` is in pixels at scale 1."""

    name: str
    prepare: Callable[[Studio], None]
    size: tuple[int, int] = _SIZE


def _chat(studio: Studio, *, unread: bool = False, without: str = "") -> None:
    """All conversations but one, the garden open."""
    studio.begin(story.welcome(), story.joined(), story.elsewhere(without))
    chat = studio.presenter.desk.chat
    for name, *_rest, count in story.OTHERS:
        if not count and name != without:
            chat.conversations[fold(name)].look()
    chat.mute(chat.conversations["#build-status"])
    chat.pin(chat.conversations[story.ROOM])
    lines = story.GARDEN
    if not unread:
        studio.begin(story.garden())
    else:
        studio.begin(story.garden(lines[: -story.UNREAD]))
        studio.open("ines")
        studio.begin(story.garden(lines[-story.UNREAD :]))
        studio.open(story.ROOM)
    studio.begin(story.typing())
    studio.presenter.minute()
    studio.window.composer.text.focus_set()


def room(studio: Studio) -> None:
    """A busy room."""
    _chat(studio, unread=True)


def private(studio: Studio) -> None:
    """A conversation with one person."""
    _chat(studio, without="Ines")
    for number, (nick, text, clock, days) in enumerate(story.INES):
        when = story.at(clock, days)
        studio.happen(story.said("Ines", nick, text, when, msgid=f"ines{number}"))
    studio.open("ines")
    studio.happen(story.queued("ines", "Keep one for me!"))
    studio.happen(events.TypingChanged(conversation="ines", nick="Ines", state="active"))


def first_start(studio: Studio) -> None:
    """The window before it knows any server."""
    studio.presenter.minute()
    studio.presenter.connection.ask(ConnectForm(host="localhost", port="5000", tls=False))


def connect_error(studio: Studio) -> None:
    """The connection dialog, with what went wrong beside its field."""
    form = ConnectForm(
        nick=story.ME, host="chat.exmaple.org", port="6697", keyring=True, remember=True
    )
    studio.presenter.minute()
    studio.presenter.connection.ask(form)
    studio.settle()
    studio.presenter.connection.connect(form)
    sentence = "There is no server of this name. Is it spelled right?"
    studio.happen(ConnectionFailed("host", sentence))


def search(studio: Studio) -> None:
    """The search field finds conversations, people and messages."""
    _chat(studio)
    field = studio.window.search
    field.focus_search()
    field.entry.insert(0, "door")
    studio.settle(0.8)  # so long the field waits for more letters
    query = [str(asked[1]) for asked in studio.link.asked if asked[0] == "search"][-1]
    hits = [(story.ROOM, *line[:4]) for line in reversed(story.GARDEN)]
    hits += [("Ines", *line) for line in reversed(story.INES)]
    found = tuple(
        story.said(place, nick, text, story.at(clock, days), msgid=f"hit{number}")
        for number, (place, nick, text, clock, days) in enumerate(hits)
        if "door" in text
    )
    studio.happen(events.SearchReceived(query=query, messages=found, complete=True))


def find(studio: Studio) -> None:
    """The find bar in the open conversation."""
    _chat(studio)
    studio.presenter.finding.open()
    studio.presenter.finding.find("door")


def settings(studio: Studio) -> None:
    """The settings dialog."""
    _chat(studio)
    studio.presenter.preferences.open("Appearance")


def keyboard(studio: Studio) -> None:
    """The table of keys."""
    _chat(studio)
    studio.presenter.preferences.open("Keyboard")


def reconnect(studio: Studio) -> None:
    """The connection is gone; what is written meanwhile waits."""
    _chat(studio)
    lost = "The connection was lost"
    studio.happen(events.Disconnected(reason=lost, wanted=False), Waiting(lost, 12.0))
    studio.happen(story.queued(story.ROOM, "Thursday is fine with me, I'll bring the laptop"))


def profile(studio: Studio) -> None:
    """What somebody tells of themselves."""
    _chat(studio)
    studio.presenter.people.profile("Ines")
    studio.happen(
        events.WhoisReceived(
            nick="Ines", username="ines", host="host-19f2", realname="Ines Moreau",
            account="Ines", secure=True, idle=240.0, signed_on=story.at("08:02"),
        )
    )  # fmt: skip


def room_info(studio: Studio) -> None:
    """The dialog about a room."""
    _chat(studio)
    studio.presenter.room_info.open(story.ROOM)


def join(studio: Studio) -> None:
    """The dialog that finds rooms."""
    _chat(studio)
    studio.presenter.browse.open()
    rooms = tuple(events.ListedRoom(*one) for one in story.ROOMS)
    studio.happen(events.RoomsListed(rooms=rooms))


def emoji_picker(studio: Studio) -> None:
    """The picker for emoji."""
    _chat(studio)
    studio.presenter.desk.preferences.recent_emoji = ["🍅", "👍🏽", "🎉", "🪴", "☀️"]
    studio.window.composer.pick_emoji()


def narrow(studio: Studio) -> None:
    """A narrow window."""
    _chat(studio)


SCENES: Final[tuple[Scene, ...]] = (
    Scene("room", room),
    Scene("private", private),
    Scene("first-start", first_start),
    Scene("connect-error", connect_error, (700, 740)),
    Scene("search", search),
    Scene("find", find),
    Scene("settings", settings),
    Scene("keyboard", keyboard),
    Scene("reconnect", reconnect),
    Scene("profile", profile),
    Scene("room-info", room_info),
    Scene("join", join),
    Scene("emoji-picker", emoji_picker),
    Scene("narrow", narrow, (640, 700)),
)
