"""MONITOR: are those we write with there?"""

import pytest

from core.client import presence
from core.client.events import ErrorReceived, NickRejected, PresenceChanged, ServerNotice
from tests.core.client.talk import ALL_CAPS, SUPPORT, Talk

MONITOR = SUPPORT + " MONITOR=3"


def online(caps: str = ALL_CAPS, support: str = MONITOR) -> Talk:
    talk = Talk(find_conversations=False, initial_history=0)
    talk.welcome(caps, support)
    return talk


def write(talk: Talk, *nicks: str) -> list[str]:
    """They write to us; what is sent then."""
    talk.server(*(f":{nick}!x@y PRIVMSG ada :hi" for nick in nicks))
    return talk.sent()


def told(talk: Talk) -> list[tuple[str, str]]:
    return [(each.nick, each.presence) for each in talk.of(PresenceChanged)]


def test_who_writes_to_us_is_watched() -> None:
    talk = online()
    assert talk.session.features.presence
    assert write(talk, "bob", "eve") == ["MONITOR + bob,eve"]
    assert write(talk, "bob") == []
    talk.server("730 ada :Bob!b@h,", "731 * :eve")
    assert told(talk) == [("Bob", "online"), ("eve", "offline")]
    assert (talk.session.presence("BOB"), talk.session.presence("x")) == ("online", "")
    talk.server("730 ada :bob!b@h", "731 ada :eve", "731 ada :")
    assert told(talk) == []


def test_the_limit_of_the_server() -> None:
    talk = online()
    assert write(talk, "a", "b", "c", "d") == ["MONITOR + a,b,c"]
    talk.server("734 ada 2 c :Monitor list is full.")
    assert talk.events == []
    assert write(talk, "e") == ["MONITOR + e"]


def test_no_limit_and_long_lines() -> None:
    talk = online(support=SUPPORT + " MONITOR")
    nicks = [f"{number:0>30}x" for number in range(20)]
    lines = write(talk, *nicks)
    assert all(len(line) < 450 for line in lines)
    watched = ",".join(line.removeprefix("MONITOR + ") for line in lines).split(",")
    assert watched == nicks


def test_where_the_server_has_none() -> None:
    talk = online(support=SUPPORT)
    assert not talk.session.features.presence
    assert write(talk, "bob") == []
    talk = online(support=MONITOR + " -MONITOR")
    assert not talk.session.features.presence


def test_after_a_break_the_last_talked_with_are_watched_first() -> None:
    talk = Talk(find_conversations=False, initial_history=0)
    talk.welcome(ALL_CAPS, SUPPORT + " MONITOR=2")
    for second, nick in enumerate(("a", "b", "c")):
        time = f"2020-01-01T00:00:0{second}.000Z"
        talk.server(f"@time={time};msgid={nick} :{nick}!x@y PRIVMSG ada :hi")
    talk.server("730 ada :a!x@y")
    talk.lose()
    assert talk.session.presence("a") == "online"
    talk.welcome(ALL_CAPS, SUPPORT + " MONITOR=2")
    assert "MONITOR + c,b" in talk.greeting
    assert talk.session.presence("a") == ""


def test_our_own_nick_and_odd_ones_are_not_watched() -> None:
    talk = online()
    assert write(talk, "ada") == []
    talk.session.send_message("two,names", "x", talk.now)
    assert not [line for line in talk.sent() if "MONITOR" in line]


def test_away_is_told_by_what_tells_it() -> None:
    talk = online()
    talk.enter("#r", "bob", history=True)
    write(talk, "bob", "eve")
    talk.server(":bob!b@h AWAY :x")
    assert told(talk) == []
    talk.server("730 ada :bob!b@h,eve!e@h")
    assert told(talk) == [("bob", "away"), ("eve", "online")]
    talk.server(":bob!b@h AWAY", ":eve!e@h AWAY :gone")
    assert told(talk) == [("bob", "online"), ("eve", "away")]
    talk.server(":eve!e@h AWAY", "301 ada eve :gone", "352 ada #r b h srv bob G :0 Bob")
    assert told(talk) == [("eve", "online"), ("eve", "away"), ("bob", "away")]
    talk.server("731 ada :bob", ":bob!b@h AWAY :x")
    assert told(talk) == [("bob", "offline")]


def test_who_is_away_already_is_asked_for() -> None:
    talk = online(ALL_CAPS + " extended-monitor")
    talk.enter("#r", "bob", history=True)
    write(talk, "bob", "eve", "zoe")
    talk.server("730 ada :bob!b@h,eve!e@h,zoe!z@h")
    assert talk.sent() == ["USERHOST eve zoe"]
    talk.server("302 ada :eve=-e@h zoe*=+z@h")
    assert told(talk) == [("eve", "away")]
    talk.server("302 ada :eve=-e@h")
    assert talk.one(ServerNotice).code == "302"


def test_another_nick_is_watched_in_place_of_the_old() -> None:
    talk = online()
    talk.enter("#r", "bob", "joe", history=True)
    write(talk, "bob")
    talk.server("730 ada :bob!b@h", ":bob!b@h NICK rob", ":joe!j@h NICK jo")
    assert talk.sent() == ["MONITOR - bob", "MONITOR + rob"]
    talk.server("730 ada :rob!b@h")
    assert told(talk) == [("rob", "online")]


def test_a_nick_that_cannot_be_watched() -> None:
    talk = online()
    write(talk, "*status")
    assert talk.server("432 ada *status :Erroneous nickname") == []
    talk.server("432 ada *status :Erroneous nickname")
    assert talk.one(NickRejected).nick == "*status"
    write(talk, "bob")
    talk.server("730 ada :bob!b@h", "432 ada bob :Erroneous nickname")
    assert talk.one(NickRejected).nick == "bob"


def test_there_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_MOST", 1)
    talk = online()
    talk.server("730 ada :a!x@y,b!x@y", "731 ada :a")
    assert told(talk) == [("a", "online"), ("a", "offline")]


def test_it_is_not_asked_for_where_that_is_not_wanted() -> None:
    talk = Talk(ask_about_people=False)
    talk.welcome(ALL_CAPS + " extended-monitor", MONITOR)
    talk.server(":bob!b@h PRIVMSG ada :hi")
    assert not [line for line in talk.sent() if "MONITOR" in line]


def test_whoever_is_met_before_the_welcome_is_asked_about_then() -> None:
    talk = Talk(find_conversations=False, initial_history=0)
    talk.session.send_message("bob", "hi", talk.now)
    assert talk.sent() == []
    talk.welcome(ALL_CAPS, MONITOR)
    assert "MONITOR + bob" in talk.greeting
    talk.session.whois("nobody")
    talk.server("401 ada nobody :No such nick")
    assert talk.one(ErrorReceived).code == "401"
