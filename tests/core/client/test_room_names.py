"""RENAME: a room gets another name, and all that is kept of it goes along."""

from core.client.events import (
    ErrorReceived,
    JoinFailed,
    MessageReceived,
    RoomJoined,
    RoomRenamed,
    TypingChanged,
)
from tests.core.client.talk import ALL_CAPS, Talk

CAPS = ALL_CAPS + " draft/channel-rename draft/chathistory draft/read-marker"


def online() -> Talk:
    talk = Talk(find_conversations=False)
    talk.welcome(CAPS)
    talk.enter("#r", "bob")
    return talk


def test_everything_goes_along() -> None:
    talk = online()
    assert talk.session.features.room_rename
    talk.server(
        "@msgid=1 :bob!b@h PRIVMSG #r :hi",
        "@+typing=active :bob!b@h TAGMSG #r",
        "MARKREAD #r timestamp=2020-01-01T00:00:01.000Z",
    )
    (pending,) = talk.session.send_message("#r", "mine", talk.now)
    talk.session.set_typing("#r", "active", talk.now)
    talk.sent()
    talk.server(":bob!b@h RENAME #r #New :better")
    assert talk.events == [
        TypingChanged("#r", "bob", "done"),
        RoomRenamed("#r", "#new", "#New", "bob", "better"),
    ]
    assert list(talk.session.rooms) == list(talk.session.conversations) == ["#new"]
    room = talk.session.rooms["#new"]
    assert (room.name, room.key, sorted(room.members)) == ("#New", "#new", ["ada", "bob"])
    assert [each.pending_id for each in talk.session.pending("#new")] == [pending.pending_id]
    talk.server("@msgid=1 :bob!b@h PRIVMSG #New :hi", ":bob!b@h PRIVMSG #New :there")
    assert talk.one(MessageReceived).conversation == "#new"
    talk.session.mark_read("#new", 1.0)
    assert talk.sent() == []
    talk.lose()
    talk.welcome(CAPS)
    assert "JOIN #New" in talk.greeting


def test_only_the_case_changes() -> None:
    talk = online()
    talk.server(":bob!b@h RENAME #r #R :")
    assert talk.events == [RoomRenamed("#r", "#r", "#R", "bob", "")]
    assert talk.session.rooms["#r"].name == talk.session.conversations["#r"].name == "#R"


def test_a_room_takes_the_place_of_one_that_is_left() -> None:
    talk = online()
    talk.enter("#s")
    talk.server(":ada!a@h PART #s", ":bob!b@h RENAME #r #s :")
    assert list(talk.session.conversations) == ["#s"]


def test_rooms_that_are_not_ours_and_names_that_are_none() -> None:
    talk = online()
    assert talk.server(":bob!b@h RENAME #other #new :", ":bob!b@h RENAME #r nothing :") == []


def test_renaming_one() -> None:
    talk = online()
    talk.session.rename_room("#r", "#new")
    talk.session.rename_room("#r", "#new", "a\nreason")
    assert talk.sent() == ["RENAME #r #new", "RENAME #r #new :a reason"]
    talk.server("FAIL RENAME CHANNEL_NAME_IN_USE #r #new :The name is taken")
    assert talk.one(ErrorReceived).code == "CHANNEL_NAME_IN_USE"


def test_a_server_that_falls_back_to_part_and_join() -> None:
    talk = online()
    talk.server(":ada!a@h PART #r :renamed", ":ada!a@h JOIN #new")
    assert talk.one(RoomJoined).room == "#new"
    assert "#r" not in talk.session.rooms


def test_renamed_while_we_were_away() -> None:
    talk = online()
    talk.lose()
    talk.welcome(CAPS)
    talk.server("FAIL JOIN CHANNEL_RENAMED #r #new :The channel has been renamed")
    assert talk.events == [RoomRenamed("#r", "#new", "#new", "", "")]
    assert talk.sent() == ["JOIN #new"]
    talk.server(":ada!a@h JOIN #new")
    assert talk.one(RoomJoined).rejoined


def test_renamed_before_we_ever_came() -> None:
    talk = Talk(rooms=("#old secret", "#other"))
    talk.welcome(CAPS)
    talk.server("FAIL JOIN CHANNEL_RENAMED #old #new :The channel has been renamed")
    assert talk.one(JoinFailed).sentence == "#old is called #new now."
    assert talk.sent() == ["JOIN #new secret"]
    talk.session.join("#x")
    talk.sent()
    talk.server("FAIL JOIN CHANNEL_RENAMED #x #y :The channel has been renamed")
    assert talk.sent() == ["JOIN #y"]
    talk.server("FAIL JOIN CHANNEL_RENAMED #gone #z :The channel has been renamed")
    assert talk.one(ErrorReceived).code == "CHANNEL_RENAMED"


def test_sent_on_by_the_server() -> None:
    talk = online()
    talk.session.join("#full")
    talk.server("470 ada #full #overflow :Forwarding to another channel", ":ada!a@h JOIN #overflow")
    failed = talk.one(JoinFailed)
    assert failed.sentence == "#full sends everyone on to #overflow."
    assert failed.forward == "#overflow"
    assert talk.one(RoomJoined).room == "#overflow"


def test_renamed_after_we_had_left() -> None:
    talk = online()
    talk.server(":ada!a@h PART #r")
    talk.session.join("#r")
    talk.sent()
    talk.server("FAIL JOIN CHANNEL_RENAMED #r #new :The channel has been renamed")
    assert talk.one(RoomRenamed).new == "#new"
    assert (talk.sent(), list(talk.session.rooms)) == (["JOIN #new"], [])
