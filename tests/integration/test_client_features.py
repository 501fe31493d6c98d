"""The client package with a real server: what was read, search, profiles, presence, names."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.client.events import (
    AccountRegistered,
    ErrorReceived,
    FeaturesChanged,
    MemberJoined,
    MembersListed,
    MessageReceived,
    PresenceChanged,
    ProfileChanged,
    ReadMarkerChanged,
    Registered,
    RoomJoined,
    RoomMasksReceived,
    RoomModesChanged,
    RoomRenamed,
    SearchFailed,
    SearchReceived,
    ServerNotice,
)
from tests.fakes.person import Company, Person
from tests.fakes.server import NO_FLOOD_GATE, Server

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("features")
    with Server(folder / "server", config=NO_FLOOD_GATE + '[server]\nlobby = ""\n') as running:
        yield running


@pytest.fixture
def company(server: Server) -> Iterator[Company]:
    made = Company(server.port)
    yield made
    made.close()


_rooms = itertools.count()
_names = itertools.count()


def fresh(nick: str) -> str:
    """A nick that no test before had: accounts stay."""
    return f"{nick}{next(_names)}"


def account(company: Company, nick: str) -> Person:
    """Somebody who has just made an account."""
    person = company.person(fresh(nick))
    person.wait(Registered)
    person.session.register_account(PASSWORD)
    person.wait(AccountRegistered)
    return person


def device(company: Company, of: Person) -> Person:
    """One more device of theirs."""
    nick = of.session.nick
    person = company.person(nick, account=nick, account_password=PASSWORD, login_required=True)
    person.wait(Registered, nick=nick)
    return person


def enter(company: Company, *people: Person) -> str:
    """All come into a room of their own; the first has founded it."""
    room = f"#room{next(_rooms)}"
    for number, person in enumerate(people):
        person.session.join(room)
        person.wait(MembersListed, room=room)
        for other in people[:number]:
            other.wait(MemberJoined, nick=person.session.nick)
    for person in people:
        person.forget()
    return room


def guests(company: Company, *nicks: str) -> list[Person]:
    people = [company.person(fresh(nick)) for nick in nicks]
    for person in people:
        person.wait(Registered)
    return people


def test_nothing_is_unknown_to_it(company: Company) -> None:
    """Whatever the server says by itself is not shown as a line from the server."""
    ann = account(company, "ann")
    (ben,) = guests(company, "ben")
    enter(company, ann, ben)
    ann.session.set_profile("status", "here")
    ben.wait(ProfileChanged)
    features = ann.session.features
    offered = (
        features.read_marker, features.search, features.profiles, features.presence,
        features.room_rename,
    )  # fmt: skip
    assert all(offered)
    for person in (ann, ben):
        assert not person.of(ErrorReceived)
        assert not person.of(FeaturesChanged)
        assert [one for one in person.of(ServerNotice) if one.code.isdigit()] == []


def test_what_one_device_has_read_the_other_has(company: Company) -> None:
    phone = account(company, "ann")
    laptop = device(company, phone)
    (ben,) = guests(company, "ben")
    room = enter(company, phone, ben)
    laptop.wait(RoomJoined, room=room)
    assert laptop.wait(ReadMarkerChanged, conversation=room).time == 0.0
    ben.say(room, "to be read")
    read = phone.wait(MessageReceived, text="to be read")
    phone.session.mark_read(room, read.time)
    assert laptop.wait(ReadMarkerChanged, conversation=room, time=read.time)
    nick = ben.session.nick
    ben.say(phone.session.nick, "for you alone")
    read = laptop.wait(MessageReceived, text="for you alone")
    phone.wait(MessageReceived, text="for you alone")
    laptop.session.mark_read(nick, read.time)
    phone.wait(ReadMarkerChanged, conversation=nick, time=read.time)
    phone.session.mark_read(nick, read.time - 1.0)
    phone.lose()
    phone.forget()
    phone.session.mark_read(room, read.time)
    phone.connect()
    laptop.wait(ReadMarkerChanged, conversation=room, time=read.time)


def test_a_private_conversation_is_asked_about(company: Company) -> None:
    phone = account(company, "ann")
    (ben,) = guests(company, "ben")
    ben.say(phone.session.nick, "hello")
    read = phone.wait(MessageReceived, text="hello")
    phone.session.mark_read(ben.session.nick, read.time)
    phone.wait(ReadMarkerChanged, time=read.time)
    laptop = device(company, phone)
    laptop.say(ben.session.nick, "hello yourself")
    laptop.wait(ReadMarkerChanged, conversation=ben.session.nick, time=read.time)


def test_search(company: Company) -> None:
    ann = account(company, "ann")
    (ben,) = guests(company, "ben")
    room = enter(company, ann, ben)
    for number in range(5):
        ben.say(room, f"hedgehog {number}")
    ann.wait(MessageReceived, text="hedgehog 4")
    ann.say(room, "a hedgehog of mine")
    ben.wait(MessageReceived, text="a hedgehog of mine")
    ben.say(ann.session.nick, "a private hedgehog")
    ann.wait(MessageReceived, text="a private hedgehog")

    def found(query: str, **more: object) -> SearchReceived:
        assert ann.session.search(query, "hedgehog", **more)  # type: ignore[arg-type]
        return ann.wait(SearchReceived, query=query)

    everything = found("all")
    assert [one.text for one in everything.messages][:2] == [
        "a private hedgehog",
        "a hedgehog of mine",
    ]
    places = {one.conversation for one in everything.messages}
    assert (len(everything.messages), places) == (7, {room, ben.session.nick})
    assert everything.complete
    assert all(one.msgid for one in everything.messages)
    by_ann = found("mine", sender=ann.session.nick, target=room)
    assert [one.text for one in by_ann.messages] == ["a hedgehog of mine"]
    assert by_ann.messages[0].is_own
    pages: list[str] = []
    before, complete = 0.0, False
    for page in range(10):
        answer = found(f"page {page}", target=room, before=before, limit=2)
        pages += [one.text for one in answer.messages]
        complete = answer.complete
        if complete:
            break
        before = answer.messages[-1].time
    assert complete
    assert pages == ["a hedgehog of mine", *(f"hedgehog {number}" for number in (4, 3, 2, 1, 0))]
    ben.say(room, "a porcupine\nof two lines")
    ben.wait(MessageReceived, text="a porcupine\nof two lines")
    assert ann.session.search("lines", "porcupine")
    (message,) = ann.wait(SearchReceived, query="lines").messages
    assert message.text == "a porcupine\nof two lines"
    assert ann.session.search("elsewhere", "hedgehog", "#not-mine")
    assert ann.wait(SearchFailed, query="elsewhere").code == "INVALID_PARAMS"


def test_profiles(company: Company) -> None:
    ann, ben, eve = guests(company, "ann", "ben", "eve")
    nick = ann.session.nick
    enter(company, ann, ben)
    ann.session.set_profile("display-name", "Ann the First")
    assert ann.wait(ProfileChanged, display_name="Ann the First").is_self
    told = ben.wait(ProfileChanged, display_name="Ann the First")
    assert (told.nick, told.is_self) == (nick, False)
    assert ben.session.users[nick].profile.display_name == "Ann the First"
    eve.forget()
    eve.session.request_profile(nick)
    eve.wait(ProfileChanged, nick=nick, display_name="Ann the First")
    eve.session.request_profile("nobody-at-all")
    assert eve.wait(ProfileChanged, nick="nobody-at-all").display_name == ""
    ann.session.change_nick(fresh("anna"))
    ben.wait(ProfileChanged, nick=ann.session.nick, display_name="Ann the First")
    ann.forget()
    ann.session.set_profile("color", "no colour")
    assert ann.wait(ErrorReceived).command == "METADATA"
    ann.session.set_profile("display-name", "")
    ben.wait(ProfileChanged, nick=ann.session.nick, display_name="")


def test_a_profile_is_there_for_who_comes_later(company: Company) -> None:
    ann, ben = guests(company, "ann", "ben")
    ann.session.set_profile("status", "has been here before")
    ann.wait(ProfileChanged, status="has been here before")
    enter(company, ann, ben)
    ann.say(ben.session.nick, "hi")
    ben.wait(MessageReceived, text="hi")
    users = ben.session.users
    company.until(
        lambda: users[ann.session.nick].profile.status == "has been here before", "the status", ben
    )


def test_presence(company: Company) -> None:
    ann, ben = guests(company, "ann", "ben")
    nick = ben.session.nick
    ann.say(nick, "are you there?")
    ann.wait(PresenceChanged, nick=nick, presence="online")
    ben.session.set_away("lunch")
    ann.wait(PresenceChanged, nick=nick, presence="away")
    ann.lose()
    ann.forget()
    ann.connect()
    ann.wait(PresenceChanged, nick=nick, presence="away")
    ben.session.set_away("")
    ann.wait(PresenceChanged, nick=nick, presence="online")
    ben.lose()
    ann.wait(PresenceChanged, nick=nick, presence="offline")
    ann.forget()
    ben.connect()
    ann.wait(PresenceChanged, nick=nick, presence="online")


def test_a_room_is_renamed(company: Company) -> None:
    ann = account(company, "ann")
    (ben,) = guests(company, "ben")
    room = enter(company, ann, ben)
    ben.say(room, "before")
    ann.wait(MessageReceived, text="before")
    ben.session.rename_room(room, f"{room}-mine")
    assert ben.wait(ErrorReceived).code == "482"
    ann.session.rename_room(room, f"{room}-new", "a better name")
    for person in (ann, ben):
        told = person.wait(RoomRenamed, old=room)
        assert (told.new, told.by, told.reason) == (
            f"{room}-new",
            ann.session.nick,
            "a better name",
        )
        assert list(person.session.rooms) == [f"{room}-new"]
    ben.say(f"{room}-new", "after")
    assert ann.wait(MessageReceived, text="after").conversation == f"{room}-new"
    ben.lose()
    ben.forget()
    ann.say(f"{room}-new", "meanwhile")
    ben.connect()
    assert ben.wait(RoomJoined).room == f"{room}-new"
    company.until(lambda: "meanwhile" in str(ben.events), "what was missed", ben)
    assert "before" not in [text for _, text in ben.said(f"{room}-new")]


def test_the_lists_of_a_room(company: Company) -> None:
    ann = account(company, "ann")
    room = enter(company, ann)
    ann.session.set_mode(room, "+b", "*!*@evil.example")
    ann.wait(RoomModesChanged)
    ann.session.request_masks(room)
    (ban,) = ann.wait(RoomMasksReceived, room=room, mode="b").masks
    assert (ban.mask, ban.by) == ("*!*@evil.example", ann.session.nick)
    assert ban.time > 1_000_000_000.0
    ann.session.request_masks(room, "e")
    assert ann.wait(RoomMasksReceived, mode="e").masks == ()
    (ben,) = guests(company, "ben")
    ben.session.request_masks(room, "e")
    assert ben.wait(ErrorReceived).code in ("442", "482")
