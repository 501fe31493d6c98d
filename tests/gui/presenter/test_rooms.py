"""Rooms, the people in them, and the server's answers."""

from core.client import events
from gui.link import Listed, ListedMember
from gui.model.shown import Header, MemberRow
from tests.gui.presenter.stage import Stage


def stage_with_members(*nicks: str) -> Stage:
    stage = Stage()
    stage.register()
    stage.join()
    members = [ListedMember("me", "", False), *(ListedMember(nick, "", False) for nick in nicks)]
    stage.handle(Listed("#room", tuple(members)))
    return stage


def left(nick: str, how: str = "quit", by: str = "", reason: str = "") -> events.MemberLeft:
    return events.MemberLeft(
        room="#room", nick=nick, how=how, by=by or nick, reason=reason, time=1.0  # type: ignore[arg-type]
    )  # fmt: skip


def test_joining_shows_the_first_room_and_the_one_asked_for() -> None:
    stage = Stage()
    stage.register()
    stage.join("#Lobby")
    stage.join("#forced")
    assert stage.chat.current == "#lobby"
    stage.presenter.composer.send("/join asked")
    assert stage.link.session.calls == [("join", "#asked", "")]
    stage.join("#asked")
    assert stage.chat.current == "#asked"
    stage.presenter.composer.send("/join #LOBBY")
    assert stage.chat.current == "#lobby"
    assert len(stage.link.session.calls) == 1


def test_the_member_list_and_the_header() -> None:
    stage = stage_with_members("ada")
    assert stage.screen.members == [
        MemberRow("ada", "", False, False),
        MemberRow("me", "", False, True),
    ]
    assert stage.screen.header == Header("#room", "2 members", True)
    stage.handle(
        events.MemberRankChanged(room="#room", nick="me", prefixes="@", by="ada"),
        events.AwayChanged(nick="ada", away=True, message="", is_self=False),
        events.TopicChanged(room="#room", topic="bees", by="ada", time=0.0, initial=True),
    )
    assert stage.screen.members[0] == MemberRow("me", "operator", False, True)
    assert stage.screen.members[1].away
    assert stage.screen.header.subtitle == "2 members, 1 online — bees"
    assert stage.notes() == []


def test_coming_and_going_is_one_growing_note() -> None:
    stage = stage_with_members()
    stage.handle(
        events.MemberJoined(room="#room", nick="ada", time=1.0),
        events.MemberJoined(room="#room", nick="bob", time=1.0),
        left("ada"),
        left("bob", "kick", "me", "noise"),
    )
    assert stage.notes() == ["ada joined, bob joined, ada left, me removed bob (noise)"]


def test_nobody_joins_twice_in_one_note() -> None:
    """After a reconnection those who come back later were never seen to leave."""
    stage = stage_with_members()
    ada, bob = (events.MemberJoined(room="#room", nick=nick, time=1.0) for nick in ("ada", "bob"))
    stage.handle(ada, bob, ada, left("bob", "kick", "me"), bob)
    assert stage.notes() == ["ada joined, bob joined, me removed bob, bob joined"]
    for number in range(12):
        stage.handle(events.MemberJoined(room="#room", nick=f"someone{number}", time=1.0))
    assert len(stage.notes()) == 2


def test_large_rooms_do_not_tell() -> None:
    stage = stage_with_members(*(f"n{number}" for number in range(60)))
    stage.handle(
        events.MemberJoined(room="#room", nick="ada", time=1.0),
        events.NickChanged(old="ada", new="eve", is_self=False, rooms=("#room",)),
    )
    assert stage.notes() == []
    assert "eve" in stage.chat.conversations["#room"].roster


def test_whether_coming_and_going_is_told_is_a_choice() -> None:
    for moves, many, told in (("always", 60, 2), ("never", 1, 0), ("small", 1, 2)):
        stage = stage_with_members(*(f"n{number}" for number in range(many)))
        stage.presenter.preferences.set("moves", moves)
        stage.handle(
            events.MemberJoined(room="#room", nick="ada", time=1.0),
            events.NickChanged(old="ada", new="eve", is_self=False, rooms=("#room",)),
        )
        assert len(stage.notes()) == told


def test_renaming() -> None:
    stage = stage_with_members("ada")
    stage.handle(events.TypingChanged(conversation="#room", nick="ada", state="active"))
    stage.handle(events.NickChanged(old="ada", new="eve", is_self=False, rooms=("#room",)))
    stage.handle(events.NickChanged(old="me", new="mine", is_self=True, rooms=("#room",)))
    assert stage.notes() == ["ada is eve now", "You are mine now"]
    assert [member.nick for member in stage.screen.members] == ["eve", "mine"]
    assert stage.screen.members[1].own
    assert stage.screen.typing == ""


def test_leaving_opens_the_neighbour_and_keeps_its_draft() -> None:
    stage = stage_with_members()
    stage.join("#other")
    stage.chat.conversations["#other"].draft = "kept"
    stage.presenter.composer.send("/part bye")
    assert stage.link.session.calls == [("part", "#room", "bye")]
    stage.screen.typed = "not this"
    stage.handle(events.RoomLeft(room="#room", how="part", by="me", reason=""))
    assert stage.screen.keys == ["#other"]
    assert stage.screen.typed == "kept"
    stage.handle(events.RoomLeft(room="#other", how="part", by="me", reason=""))
    assert (stage.screen.keys, stage.screen.shown[0]) == ([], "")
    assert stage.screen.enabled  # the next room is entered by a command
    assert "/join" in stage.screen.hint


def test_being_removed_is_told() -> None:
    stage = stage_with_members("ada")
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason="noise"))
    assert stage.notes() == ["ada removed you from #room: noise"]
    assert stage.screen.header.subtitle == "you are not in this room"
    assert (stage.screen.rows[0].faded, stage.screen.members) == (True, [])
    stage.presenter.composer.send("hello?")
    assert stage.link.said == []
    assert stage.notes()[-1] == "You are not in this room; /join #room"
    assert stage.screen.typed == "hello?"  # what could not be said is not lost


def test_events_of_unknown_rooms_are_harmless() -> None:
    stage = Stage()
    stage.register()
    stage.handle(
        events.RoomLeft(room="#x", how="part", by="me", reason=""),
        events.MemberJoined(room="#x", nick="a", time=1.0),
        events.MemberLeft(room="#x", nick="a", how="part", by="a", reason="", time=1.0),
        events.MemberRankChanged(room="#x", nick="a", prefixes="", by="b"),
        events.TopicChanged(room="#x", topic="t", by="", time=0.0, initial=False),
        events.RoomModesChanged(room="#x", changes="+m", by="a", modes="m"),
        Listed("#x", ()),
        events.Invited(room="#x", name="#x", by="a", nick="b", is_self=False),
        object(),
    )
    assert stage.screen.keys == []


def test_topics_modes_and_invitations_are_told() -> None:
    stage = stage_with_members()
    stage.handle(
        events.TopicChanged(room="#room", topic="bees", by="ada!a@h", time=1.0, initial=False),
        events.TopicChanged(room="#room", topic="", by="", time=1.0, initial=False),
        events.RoomModesChanged(room="#room", changes="+m", by="ada!a@h", modes="m"),
        events.Invited(room="#x", name="#X", by="ada", nick="me", is_self=True),
        events.Invited(room="#room", name="#room", by="ada", nick="bob", is_self=False),
        events.AwayChanged(nick="me", away=True, message="", is_self=True),
        events.AwayChanged(nick="me", away=False, message="", is_self=True),
    )
    assert stage.notes() == [
        "ada set the topic: bees",
        "Somebody removed the topic",
        "ada let only members with a rank speak",
        "ada invited bob",
        "You are away",
        "You are back",
    ]


def test_refusals_are_said_in_the_conversation_they_are_about() -> None:
    stage = stage_with_members()
    stage.join("#other")
    stage.handle(
        events.JoinFailed(room="#x", name="#x", sentence="Only by invitation.", code="473"),
        events.JoinFailed(room="#other", name="#other", sentence="Banned.", code="474"),
        events.ErrorReceived(sentence="Not an operator.", code="482", command="",
                             context=("#other",)),
        events.ErrorReceived(sentence="Unknown.", code="421", command="X", context=()),
        events.NickRejected(nick="bob", sentence="Taken.", numeric="433", suggestion="",
                            registering=False),
    )  # fmt: skip
    assert stage.notes() == [
        "#x: Only by invitation.", "#other: Banned.", "Unknown.", "bob: Taken.",
    ]  # fmt: skip
    other = stage.chat.conversations["#other"]
    assert [one.text for one in other.timeline.messages] == ["Not an operator."]
    assert not other.joined


def test_renamed_rooms_go_on() -> None:
    stage = stage_with_members("ada")
    stage.chat.levels["#room"] = "all"
    stage.presenter.conversations.pin("#room")
    stage.presenter.conversations.mute("#room")
    stage.handle(
        events.RoomRenamed(old="#room", new="#bees", name="#Bees", by="ada", reason="better")
    )
    assert (stage.chat.current, stage.chat.levels) == ("#bees", {"#bees": "all"})
    assert (stage.chat.pinned, stage.chat.muted) == ({"#bees"}, {"#bees"})
    assert stage.notes() == ["ada renamed the room to #Bees: better"]
    assert "ada" in stage.chat.conversations["#bees"].roster
    stage.join("#other")
    stage.handle(events.RoomRenamed(old="#bees", new="#other", name="#other", by="x", reason=""))
    assert set(stage.chat.conversations) == {"#other"}  # what was there before is gone
    assert stage.screen.timeline is stage.chat.conversations["#other"].timeline


def test_what_was_only_asked_for_is_not_told() -> None:
    stage = stage_with_members()
    stage.handle(events.RoomModesChanged(room="#room", changes="+kn owl", by="", modes="kn"))
    assert stage.chat.conversations["#room"].modes == {"k": "owl", "n": ""}
    assert stage.notes() == []


def test_other_programs_questions_are_told() -> None:
    stage = stage_with_members()
    stage.presenter.people.message("ada")
    for is_reply in (False, True):
        stage.handle(
            events.CtcpReceived(
                nick="ada", target="me", command="VERSION", argument="", is_reply=is_reply
            )
        )
    assert stage.notes() == ["ada asks for VERSION", "ada answers VERSION"]


def test_formatting_codes_are_neither_in_topics_nor_in_notes() -> None:
    stage = stage_with_members("ada")
    stage.handle(
        events.TopicChanged(room="#room", topic="\x0304red\x03", by="ada", time=1.0, initial=False),
        events.MemberLeft(
            room="#room", nick="ada", how="kick", by="bob", reason="\x02out", time=1.0
        ),
    )
    assert stage.chat.conversations["#room"].topic == "red"
    assert stage.notes()[-2:] == ["ada set the topic: red", "bob removed ada (out)"]


def test_a_room_that_sends_everyone_on() -> None:
    stage = Stage()
    stage.register()
    stage.join("#here")
    stage.presenter.composer.send("/join #full")
    sentence = "#full sends everyone on to #more."
    stage.handle(
        events.JoinFailed(
            room="#full", name="#full", sentence=sentence, code="470", forward="#More"
        ),
        events.RoomJoined(room="#more", name="#More", rejoined=False),
    )
    assert stage.chat.current == "#more"
