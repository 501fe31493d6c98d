"""From the first line to the welcome: CAP, nicks in use, refusal, several kinds of servers."""

import pytest

from core.client import capabilities
from core.client.events import (
    CloseConnection,
    Disconnected,
    ErrorReceived,
    FeaturesChanged,
    MotdReceived,
    NickChanged,
    NickRejected,
    Registered,
    RegistrationFailed,
)
from core.client.features import NO_FEATURES
from core.client.settings import ClientSettings
from tests.core.client.talk import ALL_CAPS, PARLOR_CAPS, SUPPORT, Talk


def test_first_lines() -> None:
    assert Talk().connect() == ["CAP LS 302", "NICK ada", "USER ada 0 * ada"]
    talk = Talk(ClientSettings("[a]", password="s e", username="u", realname="Ada L."))
    assert talk.connect()[1:] == ["PASS :s e", "NICK [a]", "USER u 0 * :Ada L."]
    assert Talk(ClientSettings("[]")).connect()[-1] == "USER user 0 * []"


def test_parlor_like_server() -> None:
    talk = Talk()
    talk.welcome(PARLOR_CAPS)
    registered = talk.one(Registered)
    features = registered.features
    assert registered.network == "Test"
    assert not registered.reconnected
    assert features.history
    assert features.typing
    assert features.labels
    assert not features.setname
    assert talk.session.features == features
    assert talk.session.phase == "ready"


def test_a_server_without_cap_serves_as_well() -> None:
    talk = Talk()
    talk.welcome("", "PREFIX=(ov)@+ NICKLEN=9")
    assert talk.one(Registered).features == NO_FEATURES
    assert talk.session.support.fold("[") == "{"


def test_an_old_server_that_answers_cap_with_451() -> None:
    talk = Talk()
    talk.connect()
    talk.server("451 * :You have not registered")
    assert talk.events == []


def test_ls_in_several_lines() -> None:
    talk = Talk()
    talk.connect()
    talk.server("CAP * LS * :batch message-tags=x")
    assert talk.sent() == []
    talk.server("CAP * LS :server-time unknown")
    assert talk.sent() == ["CAP REQ :message-tags server-time batch"]
    talk.server("CAP * ACK :message-tags server-time batch")
    assert talk.sent() == ["CAP END"]


def test_nothing_offered() -> None:
    talk = Talk()
    talk.connect()
    talk.server("CAP * LS :")
    assert talk.sent() == ["CAP END"]
    talk.server("CAP * LIST", "CAP")
    assert talk.sent() == []


def test_refused_in_company_asked_for_alone() -> None:
    talk = Talk()
    talk.connect()
    talk.server("CAP * LS :batch server-time")
    talk.sent()
    talk.server("CAP * NAK :server-time batch")
    assert talk.sent() == ["CAP REQ server-time", "CAP REQ batch"]
    talk.server("CAP * NAK server-time")
    assert talk.sent() == []
    talk.server("CAP * ACK batch")
    assert talk.sent() == ["CAP END"]


def test_long_requests_take_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capabilities, "_REQUEST_LENGTH", 30)
    talk = Talk()
    talk.connect()
    talk.server(f"CAP * LS :{ALL_CAPS}")
    requests = talk.sent()
    assert len(requests) > 3
    assert all(line.startswith("CAP REQ ") and len(line) <= 39 for line in requests)
    for line in requests:
        assert "CAP END" not in talk.sent()
        talk.server("CAP * ACK :" + line.removeprefix("CAP REQ ").removeprefix(":"))
    assert talk.sent() == ["CAP END"]


def test_capabilities_come_and_go_while_connected() -> None:
    talk = Talk()
    talk.welcome("batch message-tags")
    talk.server("CAP ada NEW :labeled-response unknown batch")
    assert talk.sent() == ["CAP REQ labeled-response"]
    talk.server("CAP ada ACK :labeled-response")
    assert talk.one(FeaturesChanged).features.labels
    talk.server("CAP ada DEL :batch")
    assert not talk.one(FeaturesChanged).features.labels
    talk.server("CAP ada DEL :unknown")
    assert talk.events == []
    talk.server("CAP ada ACK :-message-tags")
    assert not talk.one(FeaturesChanged).features.typing
    talk.server("CAP ada NAK :unknown")
    assert talk.sent() == []


def test_the_welcome_gives_the_nick() -> None:
    talk = Talk()
    talk.connect()
    talk.server("001 ada2 :Hi", f"005 ada2 {SUPPORT} :are supported")
    talk.server("375 ada2 :-", "372 ada2 :- one", "372 ada2 :two", "376 ada2 :End")
    assert talk.one(MotdReceived).text == "one\ntwo"
    kinds = [type(event) for event in talk.events]
    assert kinds.index(Registered) < kinds.index(MotdReceived)  # it is the new server's
    assert talk.one(Registered).nick == "ada2"
    assert talk.session.nick == "ada2"
    talk.server("375 ada2 :-", *["372"] * 1001, "376")
    assert talk.one(MotdReceived).text == "\n" * 999
    assert not talk.of(Registered)


def test_a_welcome_without_a_nick_changes_nothing() -> None:
    talk = Talk()
    talk.connect()
    talk.server("001", "422")
    assert talk.one(Registered).nick == "ada"


def test_a_welcome_without_end_ends_by_itself() -> None:
    talk = Talk()
    talk.connect()
    talk.server("001 :Hi")
    assert talk.session.phase == "registering"
    talk.wait(11.0)
    assert talk.one(Registered).nick == "Hi"


def test_a_nick_in_use_is_the_users_to_replace() -> None:
    talk = Talk()
    talk.connect()
    talk.server("433 * ada :Nickname is already in use")
    rejected = talk.one(NickRejected)
    assert rejected.registering
    assert rejected.suggestion == "ada_"
    assert rejected.sentence == "The nick ada is in use."
    talk.session.change_nick("bob")
    assert talk.sent() == ["NICK bob"]
    talk.server("432 * bob :Bad")
    assert talk.one(NickRejected).suggestion == ""
    talk.session.change_nick("eve")
    talk.server("001 eve :Hi", "422")
    assert talk.session.nick == "eve"


def test_alternates_always_where_wished_but_not_for_ever() -> None:
    talk = Talk(ClientSettings("ada", alternate_nick="always"))
    talk.connect()
    for underscores in range(1, 6):
        talk.server(f"433 * ada{'_' * (underscores - 1)} :In use")
        assert talk.sent() == ["NICK ada" + "_" * underscores]
    talk.server("433 * ada_____ :In use")
    assert talk.one(NickRejected).registering


def test_ghost_at_reconnect_then_reclaim() -> None:
    talk = Talk()
    talk.welcome()
    talk.lose()
    talk.connect()
    talk.server("433 * ada :In use")
    assert talk.sent() == ["NICK ada_"]
    talk.server("001 ada_ :Hi", "422")
    assert talk.one(Registered).reconnected
    talk.sent()
    talk.wait(15.0)
    assert talk.sent() == ["NICK ada"]
    talk.server("433 ada_ ada :In use")
    assert talk.events == []
    talk.wait(15.0)
    assert talk.sent() == ["NICK ada"]
    talk.server(":ada_!a@h NICK ada")
    assert talk.one(NickChanged).is_self
    assert talk.session.nick == "ada"
    talk.wait(20.0)
    assert talk.sent() == []


def reconnected_as_alternate() -> Talk:
    talk = Talk()
    talk.welcome()
    talk.lose()
    talk.connect()
    talk.server("433 * ada :In use", "001 ada_ :Hi", "422")
    talk.enter("#r", "ada", "bob", history=True)
    return talk


def test_reclaim_at_once_when_the_ghost_goes() -> None:
    talk = reconnected_as_alternate()
    talk.server(":bob!b@h QUIT :x")
    assert talk.sent() == []
    talk.server(":ada!a@h QUIT :Ping timeout")
    assert talk.sent() == ["NICK ada"]
    talk.server("437 ada_ ada :Unavailable")
    assert talk.events == []


def test_reclaim_when_the_holder_changes_nick() -> None:
    talk = reconnected_as_alternate()
    talk.server(":ada!a@h NICK eve")
    assert talk.sent() == ["NICK ada"]


def test_the_user_may_give_the_old_nick_up() -> None:
    talk = reconnected_as_alternate()
    talk.session.change_nick("zoe")
    assert talk.sent() == ["NICK zoe"]
    talk.server(":ada_!a@h NICK zoe")
    assert "NICK ada" not in talk.sent()
    talk.wait(16.0)
    assert talk.sent() == []


def test_the_wanted_nick_came_in_another_way() -> None:
    talk = reconnected_as_alternate()
    talk.server(":ada_!a@h NICK ada")
    talk.wait(16.0)
    assert talk.sent() == []


def test_alternates_fit_the_servers_length() -> None:
    for nick, first, second in [("abcdef", "abcde_", "abcd__"), ("______", "u_____", "u_____")]:
        talk = Talk(ClientSettings(nick))
        talk.welcome(support="NICKLEN=6", nick=nick)
        talk.lose()
        talk.connect()
        talk.server(f"433 * {nick} :In use")
        assert talk.sent() == [f"NICK {first}"]
        talk.server(f"433 * {first} :In use")
        assert talk.sent() == [f"NICK {second}"]


def test_nick_refused_later() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.change_nick("bob")
    talk.server("433 ada bob :In use")
    rejected = talk.one(NickRejected)
    assert not rejected.registering
    assert rejected.nick == "bob"
    talk.server("431 ada :No nickname given")
    assert talk.one(NickRejected).numeric == "431"
    assert talk.session.nick == "ada"


def test_wrong_password() -> None:
    talk = Talk()
    talk.connect()
    talk.server("464 * :Password incorrect")
    failed = talk.one(RegistrationFailed)
    assert failed.permanent
    assert failed.sentence == "The password is wrong."
    talk.server("ERROR :Bad password")
    assert talk.one(CloseConnection).reason == "Bad password"
    assert not talk.of(RegistrationFailed)
    talk.lose()
    assert talk.one(Disconnected).reason == "Bad password"


def test_refused_with_error_alone() -> None:
    talk = Talk()
    talk.connect()
    talk.server("ERROR :Too many connections")
    failed = talk.one(RegistrationFailed)
    assert failed.sentence == "Too many connections"
    assert not failed.permanent
    talk.server("ERROR")
    assert talk.one(CloseConnection)


def test_quit() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.quit(talk.now, "bye now")
    assert talk.sent() == ["QUIT :bye now"]
    talk.server("ERROR :Closing link")
    assert talk.one(CloseConnection)
    talk.lose()
    assert talk.one(Disconnected).wanted


def test_quit_of_a_server_that_does_not_close() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.quit(talk.now)
    assert talk.sent() == ["QUIT"]
    talk.wait(3.0)
    assert talk.one(CloseConnection)


def test_quit_without_connection() -> None:
    talk = Talk()
    talk.session.quit(talk.now)
    talk.events = talk.session.take_events()
    assert talk.one(CloseConnection)
    assert talk.session.receive(b":srv 001 ada :Hi\r\n", 1.0) == []


def test_actions_without_connection_say_so() -> None:
    talk = Talk()
    talk.session.set_topic("#x", "y")
    talk.events = talk.session.take_events()
    assert talk.one(ErrorReceived).sentence == "Not connected."
    talk.connect()
    talk.session.whois("bob")
    talk.events = talk.session.take_events()
    assert talk.one(ErrorReceived).command == "WHOIS"
    talk.server("001 ada :Hi", "422")
    talk.session.invite("a b", "#x")
    talk.events = talk.session.take_events()
    assert "space" in talk.one(ErrorReceived).sentence


def test_the_casemapping_is_learnt_with_conversations_open() -> None:
    talk = Talk()
    talk.session.send_message("Bob[x]", "hi", talk.now)
    assert list(talk.session.conversations) == ["bob{x}"]
    talk.welcome()
    assert list(talk.session.conversations) == ["bob[x]"]


def test_a_nick_that_the_connection_refuses_to_carry() -> None:
    talk = Talk()
    talk.welcome()
    talk.session.change_nick("a\nb")
    talk.events = talk.session.take_events()
    assert talk.one(ErrorReceived).command == "NICK"
    talk.lose()
    assert talk.connect()[1] == "NICK ada"


def test_nick_chosen_while_offline_is_asked_for() -> None:
    talk = Talk()
    talk.session.change_nick("eve")
    assert talk.connect()[1] == "NICK eve"


def test_the_end_of_a_welcome_that_has_not_begun() -> None:
    talk = Talk()
    talk.connect()
    talk.server("372 ada :- early", "376 ada :End", "005 ada NETWORK=Odd :are")
    assert talk.session.phase == "registering"
    talk.server("001 ada :Hi", "422 ada :None")
    assert talk.one(Registered).network == "Odd"


@pytest.mark.parametrize(
    ("text", "told", "code"),
    [
        ("Closing link: (ada@127.0.0.1) [Access denied]", "Access denied", ""),
        ("Closing Link: ada[host] (Throttled: too fast)", "Throttled: too fast", ""),
        ("Closing Link: host (K-Lined (spam))", "K-Lined (spam)", ""),
        ("Closing connection", "Closing connection", ""),
        ("Access denied: Bad password?", "Access denied: Bad password?", "464"),
    ],
)
def test_why_the_server_closes(text: str, told: str, code: str) -> None:
    talk = Talk()
    talk.connect()
    talk.server(f"ERROR :{text}")
    refused = talk.one(RegistrationFailed)
    assert (refused.sentence, refused.numeric, refused.permanent) == (told, code, bool(code))
    assert talk.one(CloseConnection).reason == told
