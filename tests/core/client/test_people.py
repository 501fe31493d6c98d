"""Away, accounts, hosts, WHO, WHOIS, typing."""

from typing import Any

import pytest

from core.client import people, typists
from core.client.events import (
    AwayChanged,
    ErrorReceived,
    MessageReceived,
    ReactionReceived,
    SendFailed,
    TypingChanged,
    UserChanged,
    WhoisReceived,
)
from tests.core.client.talk import Talk


def in_room(*members: str, **settings: Any) -> Talk:
    talk = Talk(**settings)
    talk.welcome()
    talk.enter("#r", *members)
    return talk


def test_away_and_back() -> None:
    talk = in_room("bob")
    talk.server(":bob!b@h AWAY :lunch")
    away = talk.one(AwayChanged)
    assert (away.nick, away.away, away.message, away.is_self) == ("bob", True, "lunch", False)
    talk.server(":bob!b@h AWAY", ":stranger!b@h AWAY :x")
    assert not talk.one(AwayChanged).away


def test_our_own_away() -> None:
    talk = in_room()
    talk.session.set_away("at lunch")
    assert talk.sent() == ["AWAY :at lunch"]
    talk.server("306 ada :You are away")
    assert talk.one(AwayChanged).message == "at lunch"
    assert talk.session.away
    talk.server(":ada!a@h AWAY :at lunch")
    assert talk.events == []
    talk.session.set_away("")
    assert talk.sent() == ["AWAY"]
    talk.server(":ada!a@h AWAY")
    assert not talk.one(AwayChanged).away
    talk.server("305 ada :You are back")
    assert not talk.session.away


def test_our_own_away_outside_of_rooms() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.set_away("x")
    talk.server("306 ada :You are away")
    assert talk.one(AwayChanged).is_self


def test_whom_we_write_to_is_away() -> None:
    talk = in_room("bob")
    talk.server("301 ada bob :gone", "301 ada eve :gone too")
    assert [event.nick for event in talk.of(AwayChanged)] == ["bob", "eve"]
    assert talk.session.users["bob"].away_message == "gone"


def test_who_tells_who_is_away() -> None:
    talk = in_room("bob", "eve")
    talk.server(
        "352 ada #r b h srv bob G@ :0 Bob B",
        "352 ada #r e h srv eve H :0 Eve",
        "352 ada #r e h srv stranger G :0 X",
        "315 ada #r :End",
    )
    assert talk.one(AwayChanged).nick == "bob"
    assert talk.session.users["bob"].realname == "Bob B"


def test_who_is_not_asked_if_so_set() -> None:
    talk = Talk(ask_who=False)
    talk.welcome()
    talk.server(":ada!a@h JOIN #r", "353 ada = #r :ada bob", "366 ada #r :End")
    assert "WHO #r" not in talk.sent()


def test_account_host_and_real_name() -> None:
    talk = in_room("bob")
    talk.server(":bob!b@h ACCOUNT robert", ":bob!b@h CHGHOST u new.host", ":bob!b@h SETNAME :R B")
    assert len(talk.of(UserChanged)) == 3
    bob = talk.session.users["bob"]
    assert (bob.account, bob.username, bob.host, bob.realname) == (
        "robert", "u", "new.host", "R B"
    )  # fmt: skip
    talk.server(":bob!b@h ACCOUNT *", ":x ACCOUNT y", ":x CHGHOST a b", ":x SETNAME y")
    assert talk.session.users["bob"].account == ""
    talk.server(":ada!a@h CHGHOST u h2", ":bob!b@h CHGHOST u")
    assert len(talk.of(UserChanged)) == 1
    talk.session.set_realname("Ada L.")
    assert talk.sent() == ["SETNAME :Ada L."]


def test_real_name_where_it_cannot_be_changed() -> None:
    talk = Talk()
    talk.welcome("")
    talk.session.set_realname("x")
    assert talk.sent() == []


def test_whois() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.whois("bob")
    assert talk.sent() == ["WHOIS bob"]
    talk.server(
        "311 ada Bob b host * :Bob B", "312 ada Bob srv :A server", "313 ada Bob :is an oper",
        "301 ada Bob :lunch", "317 ada Bob 12 1700000000 :seconds", "319 ada Bob :@#a #b",
        "319 ada Bob :#c", "330 ada Bob robert :is logged in as", "671 ada Bob :is secure",
        "338 ada Bob 1.2.3.4 :actually using host", "318 ada bob :End",
    )  # fmt: skip
    assert talk.events == [
        WhoisReceived(
            "Bob", True, "b", "host", "Bob B", "srv", "robert", "lunch", ("@#a", "#b", "#c"),
            True, True, 12.0, 1700000000.0, ("1.2.3.4 actually using host",),
        )
    ]  # fmt: skip


def test_whois_of_nobody() -> None:
    talk = Talk()
    talk.welcome()
    many = " ".join(f"#{number}" for number in range(700))
    talk.server(f"319 ada eve :{many}", f"319 ada eve :{many}", "318 ada eve :End")
    assert len(talk.one(WhoisReceived).rooms) == 1000
    talk.server("319 ada x :#c", "318 ada x :End", "338 ada bob :x", "318 ada bob :End")
    first, second = talk.of(WhoisReceived)
    assert first.rooms == ("#c",)
    assert not second.found


def test_whois_answers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "_MOST_WHOIS", 1)
    talk = Talk()
    talk.welcome()
    talk.server("671 ada a :x", "671 ada b :x", "318 ada b :End")
    assert not talk.one(WhoisReceived).found


# --- typing and reactions -------------------------------------------------------------------


def test_typing_of_others_ends_by_itself() -> None:
    talk = in_room("bob")
    talk.server("@+typing=active :bob!b@h TAGMSG #r")
    assert talk.one(TypingChanged).state == "active"
    assert talk.session.typing("#r") == ("bob",)
    talk.wait(5.9)
    assert talk.events == []
    talk.wait(0.2)
    assert talk.one(TypingChanged).state == "done"
    assert talk.session.typing("#r") == ()


def test_paused_lasts_longer() -> None:
    talk = in_room("bob")
    talk.server("@+typing=active :bob!b@h TAGMSG #r", "@+typing=paused :bob!b@h TAGMSG #r")
    assert talk.session.typing("#r") == ()
    talk.wait(29.0)
    assert talk.events == []
    talk.wait(2.0)
    assert talk.one(TypingChanged).state == "done"


def test_typing_ends_with_done_with_a_message_and_with_leaving() -> None:
    talk = in_room("bob", "eve")
    for last in (
        "@+typing=done :bob!b@h TAGMSG #r",
        ":bob!b@h PRIVMSG #r :hi",
        ":bob!b@h NICK bob2",
        ":bob2!b@h PART #r",
    ):
        nick = "bob2" if "bob2!" in last else "bob"
        talk.server(f"@+typing=active :{nick}!b@h TAGMSG #r", last)
        assert [event.state for event in talk.of(TypingChanged)] == ["active", "done"]
    talk.server("@+typing=done :eve!b@h TAGMSG #r", "@+typing=x :eve!b@h TAGMSG #r")
    assert talk.events == []


def test_typing_in_private_and_of_nobody() -> None:
    talk = in_room("bob")
    talk.server(
        "@+typing=active :bob!b@h TAGMSG ada",
        "@+typing=active :ada!b@h TAGMSG #r",
        ":srv.example TAGMSG #r",
        "TAGMSG",
    )
    assert talk.one(TypingChanged).conversation == "bob"
    talk.lose()
    assert talk.one(TypingChanged).state == "done"


def test_our_own_typing_is_throttled() -> None:
    talk = in_room("bob")

    def typed(state: str) -> list[str]:
        talk.session.set_typing("#r", state, talk.now)  # type: ignore[arg-type]
        return talk.sent()

    assert typed("done") == []
    assert typed("active") == ["@+typing=active TAGMSG #r"]
    assert typed("active") == []
    talk.wait(3.0)
    assert typed("active") == ["@+typing=active TAGMSG #r"]
    assert typed("paused") == ["@+typing=paused TAGMSG #r"]
    assert typed("done") == ["@+typing=done TAGMSG #r"]
    assert typed("done") == []
    typed("active")
    talk.session.send_message("#r", "hi", talk.now)
    talk.sent()
    assert typed("done") == []


def test_nobody_is_told_that_typing_was_refused() -> None:
    talk = in_room("bob")
    talk.session.set_typing("#r", "active", talk.now)
    assert talk.server("404 ada #r :Cannot send to channel") == []
    talk.session.set_typing("eve", "active", talk.now)
    assert talk.server("401 ada eve :No such nick") == []
    talk.session.send_message("#r", "hi", talk.now)
    talk.server("404 ada #r :Cannot send to channel")
    assert talk.one(SendFailed).text == "hi"
    talk.wait(10.0)
    talk.server("401 ada eve :No such nick")
    assert talk.one(ErrorReceived).code == "401"


def test_no_typing_in_a_room_that_one_is_not_in() -> None:
    talk = in_room("bob")
    talk.server(":bob!b@h KICK #r ada :Out")
    for room in ("#r", "#other"):
        talk.session.set_typing(room, "active", talk.now)
    assert talk.sent() == []


def test_no_typing_where_it_is_not_understood() -> None:
    talk = Talk()
    talk.welcome("message-tags", "CLIENTTAGDENY=typing")
    talk.session.set_typing("#r", "active", talk.now)
    assert talk.sent() == []


def test_typists_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typists, "MOST_TYPISTS", 1)
    talk = in_room("bob", "eve")
    talk.server("@+typing=active :bob!b@h TAGMSG #r", "@+typing=active :eve!b@h TAGMSG #r")
    assert talk.session.typing("#r") == ("bob",)


def test_a_target_that_is_none() -> None:
    talk = in_room()
    talk.session.set_typing("a b", "active", talk.now)
    assert talk.sent() == ["@+typing=active TAGMSG :a b"]


def test_reactions() -> None:
    talk = in_room("bob")
    talk.session.react("#r", "id1", "+1")
    talk.session.react("#r", "id1", "+1", remove=True)
    assert talk.sent() == [
        "@label=t3;+draft/reply=id1;+draft/react=+1 TAGMSG #r",
        "@label=t4;+draft/reply=id1;+draft/unreact=+1 TAGMSG #r",
    ]
    talk.server(
        "@+draft/reply=id1;+draft/react=+1 :bob!b@h TAGMSG #r",
        "@+reply=id1;+draft/unreact=+1 :ada!b@h TAGMSG #r",
        "@+draft/react=+1 :bob!b@h TAGMSG #r",
    )
    first, second = talk.of(ReactionReceived)
    assert (first.nick, first.msgid, first.reaction, first.removed) == ("bob", "id1", "+1", False)
    assert second.removed
    assert second.is_own


def test_no_reactions_where_they_are_not_understood() -> None:
    talk = Talk()
    talk.welcome("")
    talk.session.react("#r", "id1", "+1")
    assert talk.sent() == []


def test_replies_name_the_message() -> None:
    talk = in_room("bob")
    talk.session.send_message("#r", "yes", talk.now, reply_to="id1")
    assert "+draft/reply=id1" in talk.sent()[0]
    talk.server("@+draft/reply=id9 :bob!b@h PRIVMSG #r :no")
    assert talk.one(MessageReceived).reply_to == "id9"
