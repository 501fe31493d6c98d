"""What two people do with messages, over real processes: react, take back, say it in several
lines, answer, and find all of it again."""

from collections.abc import Iterator

import pytest

from core.client.events import (
    ContextFailed,
    ContextReceived,
    ErrorReceived,
    HistoryReceived,
    MessageReceived,
    MessageRedacted,
    ReactionReceived,
    Registered,
    RoomJoined,
    RoomLeft,
    SendFailed,
)
from tests.fakes.person import Company, Person
from tests.fakes.server import NO_FLOOD_GATE
from tests.integration.conftest import StartServer

ROOM = "#talk"
CONFIG = NO_FLOOD_GATE + '[server]\nlobby = ""\n'


@pytest.fixture
def company(start_server: StartServer) -> Iterator[Company]:
    made = Company(start_server(workers=2, config=CONFIG).port)
    yield made
    made.close()


def enter(company: Company, *nicks: str, **settings: object) -> list[Person]:
    """People who are in the room, each with all that was said there before."""
    people = []
    for nick in nicks:
        person = company.person(nick, rooms=(ROOM,), **settings)
        person.wait(HistoryReceived, conversation=ROOM, complete=True)
        people.append(person)
    return people


def say(person: Person, others: list[Person], text: str, reply_to: str = "") -> str:
    """Say it, until everybody has it; its msgid."""
    person.say(ROOM, text, reply_to=reply_to)
    for other in others:
        other.wait(MessageReceived, conversation=ROOM, text=text)
    return person.wait(MessageReceived, conversation=ROOM, text=text, is_own=True).msgid


def go_and_come(person: Person) -> None:
    """Leave the room, and enter it again."""
    person.forget()
    person.session.part(ROOM)
    person.wait(RoomLeft)
    person.session.join(ROOM)
    person.wait(RoomJoined)


def told(events: list[ReactionReceived] | tuple[ReactionReceived, ...]) -> list[tuple[object, ...]]:
    """What is told of reactions."""
    return [(one.nick, one.msgid, one.reaction, one.removed, one.is_own) for one in events]


def test_reactions_replies_and_messages_taken_back(company: Company) -> None:
    ann, ben = enter(company, "ann", "ben")
    assert ann.session.features.reactions
    assert ann.session.features.redaction
    first = say(ann, [ben], "Shall we?")
    answer = say(ben, [ann], "Yes.", reply_to=first)
    assert ann.wait(MessageReceived, text="Yes.").reply_to == first
    for reaction, remove in (("👍", False), ("🎉", False), ("👍", True)):
        ben.session.react(ROOM, first, reaction, remove=remove)
        ann.wait(ReactionReceived, reaction=reaction, removed=remove, is_own=False)
        ben.wait(ReactionReceived, reaction=reaction, removed=remove, is_own=True)
    assert len(ann.of(ReactionReceived)) == len(ben.of(ReactionReceived)) == 3
    ben.session.redact(ROOM, answer, "a slip")
    for person in (ann, ben):
        gone = person.wait(MessageRedacted, conversation=ROOM, msgid=answer)
        assert (gone.by, gone.reason) == ("ben", "a slip")
    ben.session.redact(ROOM, first)
    assert ben.wait(ErrorReceived).sentence == "You may not delete this message."
    assert not ben.of(SendFailed)


def test_several_lines_are_one_message(company: Company) -> None:
    ann, ben = enter(company, "ann", "ben")
    text = "def f():\n\n    return " + "very " * 150 + "long"
    ann.say(ROOM, text)
    (pending,) = ann.session.pending(ROOM)
    assert ben.wait(MessageReceived).text == text
    assert ann.wait(MessageReceived).pending_id == pending.pending_id
    (old,) = enter(company, "old", initial_history=10)
    assert [one.text for one in old.wait(HistoryReceived).messages] == [text]


def test_all_of_it_is_found_again_after_a_reconnection(company: Company) -> None:
    ann, ben = enter(company, "ann", "ben", history_page=3)
    kept = say(ann, [ben], "kept")
    slip = say(ben, [ann], "a slip")
    ben.session.react(ROOM, kept, "👍")
    ann.wait(ReactionReceived)
    ann.lose()
    ben.session.redact(ROOM, slip)
    lines = say(ben, [], "one\n\ntwo")
    ben.session.react(ROOM, kept, "👍", remove=True)
    ben.session.react(ROOM, lines, "😀")
    for number in range(10):  # these come and go on the pages, and are nothing to show
        go_and_come(ben)
        say(ben, [], f"back {number}")
    answer = say(ben, [], "an answer", reply_to=kept)
    ann.forget()
    ann.connect()
    ann.wait(Registered, reconnected=True)
    ann.wait(HistoryReceived, conversation=ROOM, complete=True)
    pages = ann.of(HistoryReceived)
    messages = [message for page in pages for message in page.messages]
    assert [one.text for one in messages] == [
        "one\n\ntwo", *(f"back {number}" for number in range(10)), "an answer"
    ]  # fmt: skip
    assert (messages[-1].msgid, messages[-1].reply_to) == (answer, kept)
    assert not any(page.gap for page in pages)
    assert told([one for page in pages for one in page.reactions]) == [
        ("ben", kept, "👍", True, False),
        ("ben", lines, "😀", False, False),
    ]
    assert [one.msgid for page in pages for one in page.redactions] == [slip]
    (new,) = enter(company, "new", initial_history=50)
    page = new.wait(HistoryReceived)
    assert [one.text for one in page.messages][:2] == ["kept", "one\n\ntwo"]
    assert told(page.reactions) == [
        ("ben", kept, "👍", False, False),
        ("ben", kept, "👍", True, False),
        ("ben", lines, "😀", False, False),
    ]
    assert [one.msgid for one in page.redactions] == [slip]


def test_the_beginning_is_reached_through_pages_without_a_message(company: Company) -> None:
    ann, ben = enter(company, "ann", "ben")
    say(ann, [ben], "the first word")
    for _ in range(12):
        go_and_come(ben)
    (new,) = enter(company, "new", initial_history=4, history_page=4)
    older = new.wait(HistoryReceived, where="before")
    assert [one.text for one in older.messages] == ["the first word"]
    while not new.session.conversations[ROOM].at_beginning:
        new.forget()
        assert new.session.request_history(ROOM)
        page = new.wait(HistoryReceived, where="before")
        assert page.messages == ()
    assert page.complete


def test_looking_at_an_old_message(company: Company) -> None:
    ann, ben = enter(company, "ann", "ben")
    ids = [say(ann, [ben], f"number {number}") for number in range(30)]
    ben.session.react(ROOM, ids[10], "👍")
    ann.wait(ReactionReceived)
    (new,) = enter(company, "new", initial_history=5)
    newest = [one.msgid for one in new.wait(HistoryReceived).messages]
    new.forget()
    assert new.session.request_context(ROOM, ids[10], "around", 5)
    around = new.wait(ContextReceived, where="around")
    assert [one.msgid for one in around.messages] == ids[8:13]
    assert new.session.request_context(ROOM, ids[8], "before", 20)
    before = new.wait(ContextReceived, where="before", msgid=ids[8])
    assert [one.msgid for one in before.messages] == ids[:8]
    assert not before.edge
    assert new.session.request_context(ROOM, ids[0], "before")
    before = new.wait(ContextReceived, where="before", msgid=ids[0])
    assert (before.messages, before.edge) == ((), True)
    assert new.session.request_context(ROOM, ids[12], "after", 50)
    after = new.wait(ContextReceived, where="after")
    assert [one.msgid for one in after.messages] == ids[13:]
    assert told(after.reactions) == [("ben", ids[10], "👍", False, False)]
    assert after.edge
    # The conversation itself has not moved.
    assert new.session.request_history(ROOM)
    older = new.wait(HistoryReceived, where="before")
    assert [one.msgid for one in older.messages] + newest == ids
    ann.session.redact(ROOM, ids[3])
    new.wait(MessageRedacted, msgid=ids[3])
    for gone in (ids[3], "nonsense"):
        assert new.session.request_context(ROOM, gone)
        failed = new.wait(ContextFailed, msgid=gone)
        assert failed.sentence == "The message is not there any more."
