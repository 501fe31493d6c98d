"""The client package with other people's servers: what it promises does not need our own.

InspIRCd is tried with its IRCv3 modules and without any module; ngIRCd knows no more than
multi-prefix.  None of them has accounts or a history that can be asked for.
"""

import itertools
from collections.abc import Iterator

import pytest

from core.client.events import (
    AwayChanged,
    Disconnected,
    ErrorReceived,
    HistoryReceived,
    Invited,
    JoinFailed,
    MemberJoined,
    MemberLeft,
    MemberRankChanged,
    MembersListed,
    MessageReceived,
    MotdReceived,
    NickChanged,
    NickRejected,
    PresenceChanged,
    ReactionReceived,
    Registered,
    RoomJoined,
    RoomLeft,
    RoomMasksReceived,
    RoomModesChanged,
    RoomsListed,
    SendFailed,
    TopicChanged,
    TypingChanged,
    UserChanged,
    WhoisReceived,
)
from tests.fakes.ircds import INSPIRCD, NGIRCD, PLAIN_INSPIRCD, Kind, OtherServer
from tests.fakes.person import Company, Person

SERVERS = {"inspircd": INSPIRCD, "inspircd without modules": PLAIN_INSPIRCD, "ngircd": NGIRCD}


@pytest.fixture(scope="module", params=list(SERVERS.values()), ids=list(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[OtherServer]:
    kind: Kind = request.param
    if not kind.program:
        pytest.skip(f"not installed: {kind.name}")
    with OtherServer(kind) as running:
        yield running


@pytest.fixture
def modern() -> Iterator[OtherServer]:
    """The one that has most of IRCv3."""
    if not INSPIRCD.program:
        pytest.skip("not installed: inspircd")
    with OtherServer(INSPIRCD) as running:
        yield running


@pytest.fixture
def company(server: OtherServer) -> Iterator[Company]:
    made = Company(server.port)
    yield made
    made.close()


_rooms = itertools.count()


def enter(company: Company, *nicks: str) -> tuple[str, list[Person]]:
    """People in a room of their own; the first has founded it."""
    room = f"#room{next(_rooms)}"
    people = [company.person(nick) for nick in nicks]
    for person in people:
        person.wait(Registered)
    for number, person in enumerate(people):
        person.session.join(room)
        person.wait(MembersListed)
        for other in people[:number]:
            other.wait(MemberJoined, nick=person.session.nick)
    for person in people:
        person.forget()
    return room, people


def test_the_greeting(server: OtherServer, company: Company) -> None:
    ann = company.person("ann")
    greeting = ann.wait(Registered)
    assert greeting.nick == "ann"
    assert greeting.network in ("Inspired", "Engine")
    assert not greeting.reconnected
    features = greeting.features
    assert not any((features.history, features.context, features.redaction, features.multiline))
    assert not greeting.features.login
    assert len(ann.of(MotdReceived)) == 1
    assert not ann.of(ErrorReceived)


def test_a_nick_that_is_taken(company: Company) -> None:
    ann = company.person("ann")
    ann.wait(Registered)
    other = company.person("ann")
    refused = other.wait(NickRejected)
    assert (refused.registering, refused.suggestion) == (True, "ann_")
    other.session.change_nick("anna")
    assert other.wait(Registered).nick == "anna"
    other.session.change_nick("ann")
    assert not other.wait(NickRejected, registering=False).suggestion
    other.session.change_nick("[anna]")
    assert other.wait(NickChanged).is_self
    assert other.session.nick == "[anna]"


def test_talking_in_a_room_and_in_private(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    for number in range(10):
        ann.say(room, f"{number}: grüße 🎉")
        ben.say("ann", f"psst {number}")
    expected = [("ann", f"{number}: grüße 🎉") for number in range(10)]
    private = [("ben", f"psst {number}") for number in range(10)]
    company.until(lambda: ann.said(room) == ben.said(room) == expected, "both see all", ben)
    company.until(lambda: ann.said("ben") == ben.said("ann") == private, "in private too", ann)
    own = [event.pending_id for event in ann.of(MessageReceived) if event.is_own]
    assert len(set(own)) == 10  # each has taken the place of the pending one
    assert not ann.session.pending(room)
    assert not ann.of(SendFailed)


def test_long_texts_arrive_whole(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    text = " ".join(f"wört{number}" for number in range(300))
    ann.say(room, text)

    def arrived() -> str:
        return " ".join(piece for _, piece in ben.said(room))

    company.until(lambda: arrived() == text, "every word arrives, in order", ben)


def test_what_cannot_be_said(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    ann.say("nobody", "hello?")
    assert ann.wait(SendFailed, conversation="nobody").code == "401"
    ann.session.set_mode(room, "+m")
    ben.wait(RoomModesChanged)
    ben.say(room, "may I?")
    failed = ben.wait(SendFailed, conversation=room)
    assert (failed.code, failed.text) == ("404", "may I?")
    ann.session.set_mode(room, "+v", "ben")
    assert ben.wait(MemberRankChanged).prefixes == "+"
    ben.say(room, "now I may")
    company.until(lambda: ("ben", "now I may") in ann.said(room), "the voiced one is heard", ann)


def test_topics_ranks_and_modes(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    members = ben.session.rooms[room].members
    assert {nick: member.prefixes for nick, member in members.items()} == {"ann": "@", "ben": ""}
    ann.session.set_mode(room, "+t")
    ann.session.set_topic(room, "Bees")
    assert ben.wait(TopicChanged).topic == "Bees"
    ben.session.set_topic(room, "Wasps")
    assert ben.wait(ErrorReceived).code == "482"
    ann.session.set_mode(room, "+o", "ben")
    assert ben.wait(MemberRankChanged, nick="ben").prefixes == "@"
    ben.session.set_mode(room, "+kl", "secret", "20")
    changed = ann.wait(RoomModesChanged, by="ben")
    assert {"k", "l"} <= set(changed.modes)
    ben.session.set_mode(room, "+b", "*!*@bad.example")
    assert ann.wait(RoomModesChanged, changes="+b *!*@bad.example").by == "ben"
    ben.session.set_mode(room, "-o", "ann")
    assert ann.wait(MemberRankChanged, nick="ann").prefixes == ""
    _, (cid,) = enter(company, "cid")
    cid.session.join(room, "secret")
    assert cid.wait(TopicChanged, initial=True).topic == "Bees"


def test_who_cannot_join(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    ben.session.part(room, "bye")
    assert ann.wait(MemberLeft, how="part").reason.strip('"') == "bye"
    assert ben.wait(RoomLeft).how == "part"
    for change, refusal in [
        (("+i",), "473"),
        (("-i+k", "secret"), "475"),
        (("-k+l", "secret", "1"), "471"),
        (("-l+b", "ben!*@*"), "474"),
    ]:
        ben.forget()
        ann.session.set_mode(room, *change)
        ann.session.set_mode(room)
        ann.wait(RoomModesChanged, by="ann")
        ann.wait(RoomModesChanged, by="")
        ann.forget()
        ben.session.join(room)
        assert ben.wait(JoinFailed, room=room).code == refusal
    ann.session.set_mode(room, "-b+i", "ben!*@*")
    ann.session.invite("ben", room)
    assert ben.wait(Invited).is_self
    ben.session.join(room)
    ben.wait(RoomJoined)


def test_kicks(company: Company) -> None:
    room, (ann, ben, cid) = enter(company, "ann", "ben", "cid")
    ann.session.set_mode(room, "+n")  # no messages from outside
    ann.session.kick(room, "cid", "too loud")
    left = ben.wait(MemberLeft)
    assert (left.nick, left.how, left.by, left.reason) == ("cid", "kick", "ann", "too loud")
    assert cid.wait(RoomLeft).how == "kick"
    cid.say(room, "unfair")
    assert cid.wait(SendFailed).code in ("404", "442")
    assert "cid" not in ben.session.rooms[room].members


def test_going_away_and_coming_back(company: Company) -> None:
    _, (ann, ben) = enter(company, "ann", "ben")
    ann.session.set_away("at tea")
    assert ann.wait(AwayChanged).is_self
    if ben.session.features.away_notify:
        assert ben.wait(AwayChanged, away=True).message == "at tea"
    else:
        ben.say("ann", "are you there?")
        assert ben.wait(AwayChanged, away=True).message == "at tea"
    ben.session.whois("ann")
    assert ben.wait(WhoisReceived).away == "at tea"
    ann.session.set_away("")
    ann.wait(AwayChanged, away=False)
    assert not ann.session.away


def test_questions(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    ann.session.whois("ben")
    found = ann.wait(WhoisReceived)
    assert (found.found, found.host, found.realname) == (True, "127.0.0.1", "ben")
    assert found.rooms == (room,)
    ann.session.whois("nobody")
    assert not ann.wait(WhoisReceived, nick="nobody").found
    ann.session.request_room_list()
    listed = {one.name: one.members for one in ann.wait(RoomsListed).rooms}
    assert listed[room] == 2
    assert ben.session.send_command("frobnicate")
    assert ben.wait(ErrorReceived).command.upper() == "FROBNICATE"


def test_who_leaves_is_gone(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    ben.session.change_nick("benjamin")
    assert ann.wait(NickChanged).new == "benjamin"
    ben.session.quit(0.0, "home")
    assert ben.wait(Disconnected).wanted
    left = ann.wait(MemberLeft, how="quit")
    assert (left.nick, "home" in left.reason) == ("benjamin", True)
    assert set(ann.session.rooms[room].members) == {"ann"}


def test_after_a_break_it_is_back_where_it_was(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    ann.say(room, "before")
    company.until(lambda: ann.said(room) and ben.said(room), "both see it", ann)
    ann.lose()
    ann.say(room, "sent without a connection")
    assert len(ann.session.pending(room)) == 1
    ann.connect()
    assert ann.wait(Registered).reconnected
    assert ann.wait(RoomJoined).rejoined
    company.until(lambda: not ann.session.pending(room), "it is sent", ann)
    company.until(lambda: len(ben.said(room)) == 2, "and arrives", ben)
    assert [text for _, text in ben.said(room)] == ["before", "sent without a connection"]
    assert not ann.of(SendFailed)


def test_a_ghost_holds_the_nick_for_a_while(company: Company) -> None:
    """The server has not noticed the break: another nick is used, until the old one is free."""
    room, (ann, ben) = enter(company, "ann", "ben")
    ghost = ann.lose_touch()
    ann.connect()
    assert ann.wait(Registered).nick == "ann_"
    ben.wait(MemberJoined, nick="ann_")
    ghost.close()
    assert ann.wait(NickChanged, is_self=True).new == "ann"
    company.until(lambda: set(ben.session.rooms[room].members) == {"ann", "ben"}, "all is well")


def test_the_server_is_started_anew(company: Company, server: OtherServer) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    server.stop()
    for person in (ann, ben):
        person.wait(Disconnected)
    server.start()
    for person in (ann, ben):
        person.connect()
        assert person.wait(RoomJoined).rejoined
    ann.say(room, "again")
    company.until(lambda: ben.said(room) == [("ann", "again")], "they talk as before", ben)


def test_what_ircv3_adds(modern: OtherServer) -> None:
    """Echoes, ids, times, typing, reactions and replies; real names, invitations of others."""
    company = Company(modern.port)
    room, (ann, ben) = enter(company, "ann", "ben")
    ann.session.set_typing(room, "active", 1000.0)
    assert ben.wait(TypingChanged).state == "active"
    ann.say(room, "hello")
    said = ben.wait(MessageReceived)
    own = ann.wait(MessageReceived)
    assert said.msgid == own.msgid != ""
    assert said.time == own.time
    assert not ben.session.typing(room)
    ben.session.react(room, said.msgid, "👍")
    reaction = ann.wait(ReactionReceived)
    assert (reaction.msgid, reaction.reaction) == (own.msgid, "👍")
    ben.say(room, "hello yourself", reply_to=said.msgid)
    assert ann.wait(MessageReceived, nick="ben").reply_to == own.msgid
    ben.session.set_realname("Ben the Great")
    assert ann.wait(UserChanged, nick="ben")
    assert ann.session.users["ben"].realname == "Ben the Great"
    company.close()


def test_history_that_the_server_replays(modern: OtherServer) -> None:
    """InspIRCd's rooms can have a history that whoever joins is sent, in a batch."""
    company = Company(modern.port)
    room, (ann,) = enter(company, "ann")
    ann.session.set_mode(room, "+H", "50:1h")
    ann.wait(RoomModesChanged, by="ann")
    for number in range(3):
        ann.say(room, f"earlier {number}")
    company.until(lambda: len(ann.said(room)) == 3, "it is said", ann)
    ben = company.person("ben", rooms=(room,))
    ben.wait(MembersListed)

    def replayed() -> list[str]:
        pages = [page.messages for page in ben.of(HistoryReceived)]
        texts = [one.text for page in pages for one in page]
        return [*texts, *(one.text for one in ben.of(MessageReceived))]

    expected = ["earlier 0", "earlier 1", "earlier 2"]
    company.until(lambda: replayed()[-3:] == expected, "what was said is there", ben)
    assert len(replayed()) <= 4  # and once; the server says a word of its own before it
    company.close()


def test_who_is_there(modern: OtherServer) -> None:
    """MONITOR; who is away is told where a room is shared."""
    company = Company(modern.port)
    _, (ann, ben) = enter(company, "ann", "ben")
    assert ann.session.features.presence
    ann.say("ben", "are you there?")
    ann.wait(PresenceChanged, nick="ben", presence="online")
    ben.session.set_away("lunch")
    ann.wait(PresenceChanged, nick="ben", presence="away")
    ben.session.set_away("")
    ann.forget()
    ann.wait(PresenceChanged, nick="ben", presence="online")
    ben.session.change_nick("benny")
    ann.wait(PresenceChanged, nick="benny", presence="online")
    ben.lose()
    ann.wait(PresenceChanged, nick="benny", presence="offline")
    assert not ann.of(ErrorReceived)
    company.close()


def test_the_bans_of_a_room(company: Company) -> None:
    room, (ann,) = enter(company, "ann")
    ann.session.set_mode(room, "+b", "*!*@evil.example")
    ann.wait(RoomModesChanged)
    ann.session.request_masks(room)
    masks = ann.wait(RoomMasksReceived, room=room).masks
    assert [each.mask for each in masks] == ["*!*@evil.example"]


def test_what_a_server_lacks_is_not_asked_for(company: Company) -> None:
    room, (ann, ben) = enter(company, "ann", "ben")
    features = ann.session.features
    assert not any((features.profiles, features.read_marker, features.search))
    ann.session.mark_read(room, 1.0)
    ann.session.set_profile("status", "x")
    ann.session.request_profile("ben")
    assert not ann.session.search("q", "x")
    ann.say("ben", "hello")
    ben.wait(MessageReceived, text="hello")
    assert not ann.of(ErrorReceived)
