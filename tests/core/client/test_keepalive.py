"""PING both ways, lag, and the end of a silent connection."""

from core.client.events import CloseConnection, Disconnected, LagMeasured
from tests.core.client.talk import Talk


def quiet_talk() -> Talk:
    talk = Talk()
    talk.welcome("")
    return talk


def test_ping_is_answered() -> None:
    talk = quiet_talk()
    talk.server("PING :a b", "PING x", "PING")
    assert talk.sent() == ["PONG :a b", "PONG x", "PONG"]


def test_silence_is_tested_and_lag_measured() -> None:
    talk = quiet_talk()
    talk.wait(59.0)
    assert talk.sent() == []
    talk.wait(1.5)
    assert talk.sent() == ["PING parlor-1"]
    talk.now += 0.25
    talk.server("PONG srv parlor-1")
    assert talk.one(LagMeasured).seconds == 0.75
    assert talk.session.lag == 0.75
    talk.server("PONG srv parlor-1", "PONG")
    assert talk.events == []
    talk.wait(61.0)
    assert talk.sent() == ["PING parlor-2"]


def test_words_keep_it_alive() -> None:
    talk = quiet_talk()
    talk.wait(40.0)
    talk.server("PING x")
    talk.sent()
    talk.wait(50.0)
    assert talk.sent() == []
    talk.wait(11.0)
    assert talk.sent() == ["PING parlor-1"]


def test_any_line_counts_as_an_answer() -> None:
    talk = quiet_talk()
    talk.wait(61.0)
    talk.server("NOTICE ada :still here")
    assert not [event for event in talk.wait(40.0) if isinstance(event, CloseConnection)]


def test_a_dead_connection_is_given_up() -> None:
    talk = quiet_talk()
    talk.wait(91.0)
    assert "silent for 90 seconds" in talk.one(CloseConnection).reason
    talk.lose("closed")
    assert "silent" in talk.one(Disconnected).reason
    assert talk.session.next_timer() is None


def test_an_early_tick_is_harmless() -> None:
    talk = quiet_talk()
    assert talk.session.tick(talk.now) == []


def test_a_doubtful_connection_is_tested_at_once() -> None:
    talk = quiet_talk()
    talk.session.check_connection(talk.now, 5.0)
    assert talk.sent() == ["PING parlor-1"]
    talk.wait(1.0)
    talk.server("PONG srv :parlor-1")
    assert talk.one(LagMeasured).seconds == 1.0
    assert talk.wait(30.0) == []
    talk.session.check_connection(talk.now, 5.0)
    talk.wait(6.0)
    assert "silent" in talk.one(CloseConnection).reason


def test_a_connection_that_begins_is_not_tested() -> None:
    talk = Talk()
    talk.connect()
    assert talk.session.check_connection(talk.now) == []
    assert talk.sent() == []


def test_leaving_twice_is_leaving_once() -> None:
    talk = quiet_talk()
    talk.session.quit(talk.now)
    talk.session.quit(talk.now)
    assert talk.sent() == ["QUIT"]
