"""MARKREAD: what was read here and elsewhere."""

from core.client.events import ErrorReceived, ReadMarkerChanged
from tests.core.client.talk import ALL_CAPS, Talk

CAPS = ALL_CAPS + " draft/read-marker"
EARLY, LATE = "2020-01-01T00:00:01.500Z", "2020-01-01T00:00:09.250Z"
AT_EARLY, AT_LATE = 1577836801.5, 1577836809.25


def online(caps: str = CAPS) -> Talk:
    talk = Talk(find_conversations=False)
    talk.welcome(caps)
    return talk


def private(talk: Talk) -> list[str]:
    """Somebody writes; what is asked about them."""
    talk.server(":bob!b@h PRIVMSG ada :hi")
    return talk.sent()


def test_what_was_read_in_a_room_comes_with_joining() -> None:
    talk = online()
    assert talk.session.features.read_marker
    talk.enter("#r")
    talk.server(f"MARKREAD #R timestamp={EARLY}")
    assert talk.events == [ReadMarkerChanged("#r", AT_EARLY)]
    talk.server(f"MARKREAD #r timestamp={EARLY}")
    assert talk.events == []
    talk.server("MARKREAD #r *")
    assert talk.events == [ReadMarkerChanged("#r", 0.0)]


def test_an_unreadable_time_is_none_and_other_conversations_are_nothing_to_us() -> None:
    talk = online()
    talk.enter("#r")
    assert talk.server("MARKREAD #r timestamp=yesterday") == [ReadMarkerChanged("#r", 0.0)]
    assert talk.server(f"MARKREAD #other timestamp={LATE}", "MARKREAD") == []


def test_private_conversations_are_asked_about() -> None:
    talk = online()
    assert private(talk) == ["MARKREAD bob"]
    assert private(talk) == []
    talk.server(f"MARKREAD bob timestamp={EARLY}")
    assert talk.events == [ReadMarkerChanged("bob", AT_EARLY)]
    talk.lose()
    talk.welcome(CAPS)
    assert "MARKREAD bob" in talk.greeting


def test_writing_to_somebody_asks_too() -> None:
    talk = online()
    talk.session.send_message("eve", "hello", talk.now)
    assert talk.sent()[-1] == "MARKREAD eve"


def test_marking_tells_what_is_new_alone() -> None:
    talk = online()
    talk.enter("#r")
    talk.server("MARKREAD #r *")
    talk.session.mark_read("#r", AT_EARLY)
    assert talk.sent() == [f"MARKREAD #r timestamp={EARLY}"]
    talk.session.mark_read("#r", AT_EARLY)
    talk.session.mark_read("#r", AT_EARLY - 1.0)
    assert talk.sent() == []
    talk.server(f"MARKREAD #r timestamp={LATE}")
    talk.session.mark_read("#r", AT_EARLY + 1.0)
    assert talk.sent() == []
    talk.session.mark_read("#r", AT_LATE + 1.0)
    assert len(talk.sent()) == 1


def test_what_was_read_without_a_connection_is_told_later() -> None:
    talk = online()
    talk.enter("#r")
    talk.server(f"MARKREAD #r timestamp={EARLY}")
    talk.lose()
    talk.session.mark_read("#r", AT_LATE)
    talk.welcome(CAPS)
    talk.server(":ada!a@host JOIN #r", f"MARKREAD #r timestamp={EARLY}")
    assert f"MARKREAD #r timestamp={LATE}" in talk.sent()
    talk.server(f"MARKREAD #r timestamp={EARLY}")
    assert talk.sent() == []


def test_a_mark_that_may_have_been_lost_is_told_again() -> None:
    talk = online()
    talk.enter("#r")
    talk.session.mark_read("#r", AT_LATE)
    talk.lose()
    talk.welcome(CAPS)
    talk.server(":ada!a@host JOIN #r", "MARKREAD #r *")
    assert f"MARKREAD #r timestamp={LATE}" in talk.sent()


def test_where_the_server_keeps_no_markers_nothing_is_said() -> None:
    talk = online(ALL_CAPS)
    talk.enter("#r")
    talk.session.mark_read("#r", AT_LATE)
    assert (talk.sent(), private(talk)) == ([], [])


def test_a_refusal_is_no_news() -> None:
    talk = online()
    talk.server("FAIL MARKREAD INTERNAL_ERROR #r :The read timestamp could not be set")
    assert talk.events == []
    talk.server("FAIL OTHER THING :x")
    assert talk.one(ErrorReceived).code == "THING"


def test_it_is_not_asked_for_where_that_is_not_wanted() -> None:
    talk = Talk(ask_about_people=False)
    talk.welcome(CAPS)
    assert not talk.session.features.read_marker
    talk.server(":bob!b@h PRIVMSG ada :hi")
    assert not [line for line in talk.sent() if "MARKREAD" in line]


def test_a_marker_goes_along_with_a_nick() -> None:
    talk = online()
    talk.enter("#r", "bob")
    private(talk)
    talk.server(f"MARKREAD bob timestamp={LATE}", ":bob!b@h NICK robert")
    talk.sent()
    talk.session.mark_read("robert", AT_EARLY)
    assert talk.sent() == []
