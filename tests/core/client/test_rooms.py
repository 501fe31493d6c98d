"""Rooms and their members, as the server tells."""

from typing import Any

import pytest

from core.client import replies
from core.client.events import (
    ConversationRenamed,
    ErrorReceived,
    Invited,
    JoinFailed,
    MemberJoined,
    MemberLeft,
    MemberRankChanged,
    MembersListed,
    NickChanged,
    RoomJoined,
    RoomLeft,
    RoomModesChanged,
    RoomsListed,
    ServerNotice,
    TopicChanged,
)
from core.client.settings import ClientSettings
from tests.core.client.talk import Talk


def in_room(*members: str, **settings: Any) -> Talk:
    talk = Talk(**settings)
    talk.welcome()
    talk.enter("#r", *members)
    return talk


def prefixes(talk: Talk, room: str = "#r") -> dict[str, str]:
    members = talk.session.rooms[room].members.values()
    return {member.user.nick: member.prefixes for member in members}


def test_rooms_of_the_settings_are_joined() -> None:
    talk = Talk(ClientSettings("ada", rooms=("#a", "#b key")))
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert talk.sent()[-2:] == ["JOIN #a", "JOIN #b key"]


def test_members_without_end_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.client.room_events.MOST_MEMBERS", 3)
    talk = in_room("bob")
    talk.server("353 ada = #r :eve mallory", ":trent!t@h JOIN #r")
    assert set(prefixes(talk)) == {"ada", "bob", "eve"}
    assert set(talk.session.users) == {"ada", "bob", "eve"}


def test_joining_and_members() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.join("#R", "key")
    assert talk.sent() == ["JOIN #R key"]
    talk.server(":ada!a@host JOIN #R ada :Ada L.")
    joined = talk.one(RoomJoined)
    assert (joined.room, joined.name, joined.rejoined) == ("#r", "#R", False)
    talk.server("353 ada = #R :ada @+bob!b@h", "353 ada = #R :+eve @")
    talk.server("366 ada #R :End")
    assert talk.one(MembersListed).room == "#r"
    assert prefixes(talk) == {"ada": "", "bob": "@+", "eve": "+"}
    assert talk.session.users["bob"].host == "h"
    assert talk.session.users["ada"].account == "ada"
    assert "WHO #R" in talk.sent()
    talk.server("366 ada #R :End")
    assert "WHO #R" not in talk.sent()


def test_a_room_that_the_server_chose() -> None:
    talk = Talk()
    talk.connect()
    talk.server("001 ada :Hi", ":ada!a@h JOIN #lobby", "422 ada :none")
    assert talk.one(RoomJoined).room == "#lobby"
    assert "JOIN #lobby" not in talk.sent()


def test_others_come_and_go() -> None:
    talk = in_room("bob")
    talk.server("@time=2024-01-01T00:00:00.000Z :eve!e@h JOIN #r * :Eve")
    joined = talk.one(MemberJoined)
    assert (joined.nick, joined.account, joined.realname) == ("eve", "", "Eve")
    assert joined.time == 1704067200.0
    talk.server(":eve!e@h PART #r :bye")
    left = talk.one(MemberLeft)
    assert (left.nick, left.how, left.reason) == ("eve", "part", "bye")
    assert "eve" not in talk.session.users
    talk.server(":bob!b@h QUIT :gone")
    assert talk.one(MemberLeft).how == "quit"
    assert prefixes(talk) == {"ada": ""}
    talk.server(":bob!b@h PART #r", ":bob!b@h QUIT", ":x JOIN #unknown", ":x PART #unknown")
    assert talk.events == []


def test_a_quit_in_two_rooms() -> None:
    talk = in_room("bob")
    talk.enter("#s", "bob")
    talk.server(":bob!b@h PART #s")
    assert "bob" in talk.session.users
    talk.server(":bob!b@h JOIN #s", ":bob!b@h QUIT :x")
    assert [event.room for event in talk.of(MemberLeft)] == ["#r", "#s"]
    assert "bob" not in talk.session.users


def test_netsplit_in_a_batch() -> None:
    talk = in_room("bob", "eve")
    talk.server("BATCH +s netsplit a b", "@batch=s :bob!b@h QUIT :a b")
    assert talk.events == []
    talk.server("@batch=s :eve!b@h QUIT :a b", "BATCH -s")
    assert [event.nick for event in talk.of(MemberLeft)] == ["bob", "eve"]


def test_we_leave() -> None:
    talk = in_room("bob")
    talk.session.part("#r", "see you")
    assert talk.sent() == ["PART #r :see you"]
    talk.server(":ada!a@h PART #r :see you")
    assert talk.one(RoomLeft).how == "part"
    assert talk.session.rooms == {}
    assert talk.session.users == {}


def test_we_are_kicked_and_stay_out() -> None:
    talk = in_room("bob")
    talk.server(":bob!b@h KICK #r ada :out")
    left = talk.one(RoomLeft)
    assert (left.how, left.by, left.reason) == ("kick", "bob", "out")
    assert talk.sent() == []
    talk.lose()
    talk.welcome()
    assert talk.session.rooms == {}


def test_we_are_kicked_and_come_back_if_so_set() -> None:
    talk = in_room("bob", rejoin_after_kick=True)
    talk.server(":bob!b@h KICK #r ada :out")
    assert talk.sent() == ["JOIN #r"]


def test_others_are_kicked() -> None:
    talk = in_room("bob", "eve")
    talk.session.kick("#r", "bob", "no reason")
    assert talk.sent() == ["KICK #r bob :no reason"]
    talk.server(":ada!a@h KICK #r bob,eve :x", ":ada!a@h KICK #no bob")
    assert [(event.nick, event.how, event.by) for event in talk.of(MemberLeft)] == [
        ("bob", "kick", "ada"),
        ("eve", "kick", "ada"),
    ]


def test_nicks_change() -> None:
    talk = in_room("@bob")
    talk.server(":bob!b@h PRIVMSG ada :hi")
    talk.server(":bob!b@h NICK Robert")
    changed = talk.one(NickChanged)
    assert (changed.old, changed.new, changed.is_self, changed.rooms) == (
        "bob", "Robert", False, ("#r",)
    )  # fmt: skip
    assert talk.one(ConversationRenamed).new == "robert"
    assert prefixes(talk) == {"ada": "", "Robert": "@"}
    talk.server(":ROBERT!b@h NICK ROBERT", ":x NICK", ":stranger!x@y NICK other")
    assert [event.new for event in talk.of(NickChanged)] == ["ROBERT", "other"]
    assert talk.session.conversations["robert"].name == "ROBERT"


def test_a_new_nick_does_not_take_another_conversation() -> None:
    talk = in_room("bob", "eve")
    talk.server(":bob!b@h PRIVMSG ada :hi", ":eve!b@h PRIVMSG ada :hi")
    talk.server(":bob!b@h QUIT", ":eve!e@h NICK bob")
    assert not talk.of(ConversationRenamed)
    talk.server(":ada!a@h QUIT :x")
    assert talk.events == []
    assert {"bob", "eve"} <= set(talk.session.conversations)


def test_our_own_nick_changes() -> None:
    talk = in_room()
    talk.server(":ada!a@h NICK eve", ":eve!a@h NICK zoe")
    assert all(event.is_self for event in talk.of(NickChanged))
    assert talk.session.nick == "zoe"
    assert prefixes(talk) == {"zoe": ""}


def test_ranks_and_modes() -> None:
    talk = in_room("bob", "eve")
    talk.server(":bob!b@h MODE #r +vo-v+mkb bob bob eve secret *!*@x")
    ranks = [(event.nick, event.prefixes) for event in talk.of(MemberRankChanged)]
    assert ranks == [("bob", "+"), ("bob", "@+"), ("eve", "")]
    changed = talk.one(RoomModesChanged)
    assert changed.modes == "km"
    assert talk.session.rooms["#r"].modes == {"m": "", "k": "secret"}
    talk.server(":bob!b@h MODE #r -kl secret", ":bob!b@h MODE #r +o nobody", ":x MODE ada +i")
    assert talk.one(RoomModesChanged).modes == "m"
    talk.server("324 ada #r +nt", "329 ada #r 1700000000", "324 ada #no +n", "329 ada #no 1")
    assert talk.session.rooms["#r"].modes == {"n": "", "t": ""}
    assert talk.session.rooms["#r"].created == 1700000000.0
    talk.session.set_mode("#r", "+o", "bob")
    assert talk.sent() == ["MODE #r +o bob"]


def test_topics() -> None:
    talk = in_room()
    talk.server("332 ada #r :All about it", "333 ada #r bob!b@h 1700000000")
    topic = talk.of(TopicChanged)[-1]
    assert (topic.topic, topic.by, topic.time, topic.initial) == (
        "All about it", "bob", 1700000000.0, True
    )  # fmt: skip
    talk.server("331 ada #r :No topic is set", "332 ada #no :x")
    assert talk.one(TopicChanged).topic == ""
    talk.session.set_topic("#r", "new\none")
    assert talk.sent() == ["TOPIC #r :new one"]
    talk.server(":ada!a@h TOPIC #r :new one", ":ada!a@h TOPIC #no :x")
    assert not talk.one(TopicChanged).initial
    assert talk.session.rooms["#r"].topic == "new one"


def test_invitations() -> None:
    talk = in_room()
    talk.session.invite("bob", "#r")
    assert talk.sent() == ["INVITE bob #r"]
    talk.server("341 ada bob #r")
    assert talk.one(ServerNotice).text == "bob has been invited to #r."
    talk.server(":bob!b@h INVITE ada #Secret", ":bob!b@h INVITE eve #r", ":bob!b@h INVITE ada")
    mine, other = talk.of(Invited)
    assert mine.is_self
    assert mine.room == "#secret"
    assert not other.is_self


def test_a_join_whose_source_has_no_host() -> None:
    talk = Talk()
    talk.welcome()
    talk.server(":ada JOIN #r", ":ada JOIN ,#s", "JOIN")
    assert [event.room for event in talk.of(RoomJoined)] == ["#r", "#s"]


def test_join_refused() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.join("#r")
    talk.server("474 ada #R :Cannot join channel (+b)")
    failed = talk.one(JoinFailed)
    assert (failed.room, failed.code) == ("#r", "474")
    assert failed.sentence == "You are banned from #R."
    talk.server("474 ada #r :Cannot join channel (+b)")
    assert talk.one(ErrorReceived).code == "474"
    talk.session.join("#s")
    talk.server("437 ada #s :Unavailable")
    assert talk.one(JoinFailed).code == "437"
    talk.session.join("#t")
    talk.server("FAIL JOIN TOO_MANY #x #t :Not now")
    assert talk.one(JoinFailed).sentence == "Not now."


def test_impossible_names() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.join("a b", "key")
    talk.events = talk.session.take_events()
    assert talk.one(JoinFailed).name == "a b"


def test_rooms_named_before_connecting() -> None:
    talk = Talk()
    talk.session.join("#r", "key")
    talk.session.join("no room")
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert "JOIN #r key" in talk.sent()


def test_list_of_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Talk()
    talk.welcome()
    talk.session.request_room_list("#a*")
    assert talk.sent() == ["LIST #a*"]
    monkeypatch.setattr(replies, "_MOST_LISTED", 2)
    talk.server(
        "321 ada Channel :Users",
        "322 ada #a 3 :topic",
        "322 ada #b x :",
        "322 ada #c 1",
        "323 ada :End",
    )
    rooms = talk.one(RoomsListed).rooms
    assert [(room.name, room.members, room.topic) for room in rooms] == [
        ("#a", 3, "topic"),
        ("#b", 0, ""),
    ]
    talk.session.request_room_list()
    assert talk.sent() == ["LIST"]


def test_a_list_that_the_server_is_too_busy_for() -> None:
    talk = in_room()
    talk.session.request_room_list()
    talk.server("263 ada LIST :Please wait a while and try again")
    refused = talk.one(ErrorReceived)
    assert (refused.command, "too busy" in refused.sentence) == ("LIST", True)


def test_names_of_other_rooms_are_not_ours() -> None:
    talk = in_room("bob")
    talk.server("353 ada = #no :x", "366 ada #no :End")
    assert "x" not in talk.session.users
    talk.server("005 ada PREFIX= :are", "353 ada = #r :@zoe")
    assert "@zoe" in talk.session.users


def test_rooms_are_kept_while_the_connection_is_broken() -> None:
    talk = in_room("bob")
    talk.lose()
    assert not talk.session.rooms["#r"].joined
    talk.session.part("#r")
    talk.events = talk.session.take_events()
    assert talk.one(RoomLeft).room == "#r"
    talk.connect()
    talk.server("001 ada :Hi", "422")
    assert "JOIN #r" not in talk.sent()


def test_no_rejoining_if_so_set() -> None:
    talk = in_room("bob", rejoin=False)
    talk.enter("#s")
    talk.lose()
    talk.connect()
    talk.server("001 ada :Hi", ":ada!a@h JOIN #s", "422")
    assert "JOIN #r" not in talk.sent()
    assert list(talk.session.rooms) == ["#s"]


def test_users_of_several_servers_before_the_mapping_is_known() -> None:
    talk = Talk()
    talk.connect()
    talk.server("001 ada :Hi", ":ada!a@h JOIN #[x]", "353 ada = #[x] :A[b]")
    assert "#{x}" in talk.session.rooms
    talk.server("005 ada CASEMAPPING=ascii :are")
    assert list(talk.session.rooms) == ["#[x]"]
    assert list(talk.session.rooms["#[x]"].members) == ["ada", "a[b]"]
    assert talk.session.key("X[") == "x["
    assert talk.session.is_room("#x")


def test_the_end_of_the_members_that_never_comes() -> None:
    talk = Talk()
    talk.welcome()
    talk.server(":ada!a@h JOIN #r", "353 ada = #r :ada @bob", "353 ada = #r :eve")
    assert not talk.of(MembersListed)
    talk.wait(5)
    assert talk.one(MembersListed).room == "#r"
    assert set(talk.session.rooms["#r"].members) == {"ada", "bob", "eve"}
    talk.server("353 ada = #r :ada @bob eve")  # NAMES, asked for later
    talk.wait(5)
    assert not talk.of(MembersListed)


def test_a_room_that_was_left_while_its_members_were_told() -> None:
    talk = Talk()
    talk.welcome()
    talk.server(":ada!a@h JOIN #r", "353 ada = #r :ada @bob", ":ada!a@h PART #r")
    talk.wait(5)
    assert not talk.of(MembersListed)


def test_who_is_there_already_does_not_ask_again() -> None:
    talk = Talk()
    talk.welcome()
    talk.enter("#room")
    talk.session.join("#room")
    assert talk.sent() == []
    (message,) = talk.session.send_message("#room", "hi", talk.now)
    assert message.text == "hi"
    assert any("PRIVMSG #room" in line for line in talk.sent())


def test_a_key_is_given_again_after_a_break_and_a_changed_one_is_known() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.join("#room", "sesame")
    talk.sent()
    talk.enter("#room")
    talk.session.connection_lost(talk.now, "reset")
    talk.welcome()
    assert "JOIN #room sesame" in talk.greeting
    talk.enter("#room")
    talk.server(":bob!b@h MODE #room +k other")
    talk.session.connection_lost(talk.now, "reset")
    talk.welcome()
    assert "JOIN #room other" in talk.greeting


def test_a_key_does_not_make_a_room_of_what_is_none() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.join("#no :room", "sesame")
    talk.session.connection_lost(talk.now, "reset")
    talk.welcome()
    assert not any(line.startswith("JOIN") for line in talk.greeting)
