"""What has happened before the pictures are taken: a made-up chat, as the network would tell it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from core.client import events
from core.client.features import Features
from core.client.pending import PendingMessage
from core.wire.casemapping import fold
from gui.link import Connecting, Listed, ListedMember, Queued, Target

ME = "maya"
NOW = datetime(2026, 3, 20, 15, 42).timestamp()
TARGET = Target("chat.example.org", 6697, True, ME, account=ME)
ROOM = "#garden"

#: A server that can do everything.
FEATURES = Features(**dict.fromkeys(Features.__struct_fields__, True))


class Line(NamedTuple):
    """Something said in the garden; `days` ago; `reply` is the name of the line it answers, and
    `reactions` has the nicks by emoji."""

    nick: str
    text: str
    clock: str
    days: int = 0
    name: str = ""
    reply: str = ""
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()


GARDEN = (
    Line("Ines", "Morning all ☀️", "09:12", 1),
    Line("Ines", "The greenhouse sensors are back. Two of them had drowned, the rest only needed "
         "new batteries; readings are coming in every minute again.", "09:12", 1, "sensors",
         reactions=(("🎉", ("Rafael", "Noor", ME)), ("🪴", ("tobias_k",)))),
    Line("tobias_k", "Nice work! Can we get the humidity onto the same chart?", "09:20", 1, "ask"),
    Line(ME, "I have that half done. The scale of the second axis still jumps around whenever "
         "somebody opens the door.", "09:24", 1, reply="ask"),
    Line("Ines", "That is what the door sensor is for 😄", "09:25", 1),
    Line("Rafael", "Wrote it up here: https://docs.example.org/greenhouse/door (short, promise)",
         "14:03", name="paper"),
    Line("Rafael", "It comes down to this:\n```\nif door.open_for > 90:\n    readings.pause()\n```",
         "14:04", reactions=(("👍", ("Ines", "tobias_k")),)),
    Line(ME, "Looks right to me. I'll switch it over after lunch 👍🏽", "14:09", reply="paper"),
    Line("tobias_k", "First numbers after the change: 412 readings, none lost, the slowest one "
         "took 38 ms from the sensor to the screen.", "15:31", name="numbers",
         reactions=(("🚀", ("Ines", "Rafael", ME)), ("🍅", ("Noor", "Priya")))),
    Line("Ines", "🎉", "15:33"),
    Line("Ines", "maya, shall we show this on Thursday?", "15:34", name="thursday"),
    Line("Rafael", "Yes please! I can bring the seedlings along.", "15:40", reply="thursday"),
)  # fmt: skip
UNREAD = 4  # of them, at the end

INES = (
    ("Ines", "Do you still have the drill?", "18:20", 1),
    (ME, "Yes, in the shed, left of the door. The battery is charging in the kitchen.", "18:24", 1),
    ("Ines", "Perfect, thank you 🙏", "18:25", 1),
    ("Ines", "Look what came up overnight: https://photos.example.org/tomatoes/day-12", "15:19", 0),
    ("Ines", "The tomatoes send their regards 🍅", "15:19", 0),
    (ME, "They look better than I do on a Friday.", "15:20", 0),
    ("Ines", "😂", "15:21", 0),
)

OTHERS = (
    ("Ines", "Ines", "The tomatoes send their regards 🍅", "15:21", 0, 1),
    ("#lobby", "sam", "welcome to everybody who is new today", "15:02", 0, 12),
    ("#compilers", "Rafael", "that optimisation was never legal in the first place", "14:40", 0, 3),
    ("tobias_k", ME, "the spare keys are with Ines", "13:15", 0, 0),
    ("#lunch", "Noor", "🍜 at half past, who is in?", "12:04", 0, 0),
    ("Noor", "Noor", "Thank you, that helped a lot!", "17:20", 1, 0),
    ("#build-status", "builder", "nightly: 2,318 tests passed in 94 s", "03:10", 0, 128),
    ("#reading-group", "Élodie", "chapter seven next time", "18:44", 2, 0),
    ("Élodie", "Élodie", "See you on Monday", "11:31", 3, 0),
    ("#bicycles", "sam", "found the squeak. It was the other wheel", "20:10", 4, 0),
    ("Kaito", "Kaito", "👋", "10:05", 5, 0),
)

PEOPLE = (
    ("Ines", "@", False), ("Rafael", "+", False), ("tobias_k", "", False), (ME, "@", False),
    ("Noor", "", False), ("sam", "", False), ("Élodie", "", True), ("Kaito", "", True),
    ("builder", "+", False), ("Anselm", "", False), ("Priya", "", False), ("zoe", "", True),
)  # fmt: skip

PROFILES = (
    ("Ines", "Ines Moreau", "knee-deep in compost", "#7bc862", "https://ines.example.org"),
    ("Rafael", "Rafael", "writing it up", "#65aadd", ""),
    ("Noor", "Noor", "", "#a695e7", ""),
    (ME, "Maya", "sensors, mostly", "#ee7aae", ""),
)

ROOMS = (
    ("#garden", 12, "sensors, seedlings, Thursday's demo"),
    ("#lobby", 148, "Say hello"),
    ("#compilers", 37, "Parsers to the left, code generators to the right"),
    ("#lunch", 22, "Today: noodles"),
    ("#bicycles", 19, "Squeaks, and where they come from"),
    ("#reading-group", 9, "Chapter seven on Sunday"),
    ("#music", 31, "What are you listening to?"),
    ("#photography", 14, ""),
    ("#support", 56, "Ask, somebody will know"),
)


def at(clock: str, days: int = 0) -> float:
    """A time of the day, some days ago."""
    hour, minute = clock.split(":")
    day = datetime.fromtimestamp(NOW) - timedelta(days=days)
    return day.replace(hour=int(hour), minute=int(minute), second=0).timestamp()


def said(
    place: str, nick: str, text: str, when: float, *, msgid: str = "", reply: str = ""
) -> events.MessageReceived:
    """A message in a room, or with a person."""
    return events.MessageReceived(
        conversation=fold(place), nick=nick, text=text, time=when, is_own=nick == ME, msgid=msgid,
        mention=ME in text and nick != ME, reply_to=reply,
    )  # fmt: skip


def welcome() -> list[object]:
    """We are on the server."""
    return [
        Connecting(TARGET),
        events.Registered(nick=ME, network="Example", features=FEATURES, reconnected=False),
        *(
            events.ProfileChanged(
                nick=nick, display_name=name, status=status, avatar="", color=color,
                homepage=homepage, is_self=nick == ME,
            )
            for nick, name, status, color, homepage in PROFILES
        ),
    ]  # fmt: skip


def garden(lines: tuple[Line, ...] = GARDEN) -> list[object]:
    """What was said there, and how others reacted to it."""
    told: list[object] = []
    for line in lines:
        msgid, answered = line.name or f"line{GARDEN.index(line)}", line.reply
        when = at(line.clock, line.days)
        told.append(said(ROOM, line.nick, line.text, when, msgid=msgid, reply=answered))
        for reaction, nicks in line.reactions:
            told += [
                events.ReactionReceived(
                    conversation=ROOM, nick=nick, msgid=msgid, reaction=reaction, removed=False,
                    time=when, is_own=nick == ME,
                )
                for nick in nicks
            ]  # fmt: skip
    return told


def joined() -> list[object]:
    """We are in the garden, and know who else is."""
    return [
        events.RoomJoined(room=ROOM, name=ROOM, rejoined=False),
        Listed(ROOM, tuple(ListedMember(*one) for one in PEOPLE)),
        events.TopicChanged(
            room=ROOM, topic="sensors, seedlings, Thursday's demo", by="Ines",
            time=at("08:00", 3), initial=True,
        ),
    ]  # fmt: skip


def elsewhere(without: str = "") -> list[object]:
    """The other conversations."""
    told: list[object] = []
    for name, nick, text, clock, days, unread in OTHERS:
        if name == without:
            continue
        room = name.startswith("#")
        told.append(events.ConversationOpened(conversation=fold(name), name=name, is_room=room))
        if room:
            told.append(events.RoomJoined(room=name, name=name, rejoined=True))
        for number in range(max(1, unread)):
            when = at(clock, days) - (max(1, unread) - 1 - number)
            told.append(said(name, nick, text, when))
    return told


def typing() -> list[object]:
    """Somebody is typing."""
    return [
        events.TypingChanged(conversation=ROOM, nick="tobias_k", state="active"),
        events.TypingChanged(conversation="noor", nick="Noor", state="active"),
    ]


def queued(place: str, text: str) -> Queued:
    """A message of ours that waits."""
    piece = PendingMessage(
        pending_id="waits", conversation=place, target=place, text=text, kind="privmsg", time=NOW
    )
    return Queued(place, (piece,))
