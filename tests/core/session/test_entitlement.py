"""Nobody reads what was said where, or when, it was not meant to hear it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.state import facts
from tests.core.session.handlers.test_login import log_in, register
from tests.fakes.bench import Bench, Client, bench_with_store

CAPS = "batch draft/chathistory draft/event-playback draft/search message-tags"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A node with a store behind it."""
    with bench_with_store(tmp_path) as bench:
        yield bench


@pytest.fixture
def ada(bench: Bench) -> Client:
    """The operator of #a."""
    return bench.enter("ada", "#a", caps=CAPS)


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    """A member of #a."""
    return bench.enter("bob", "#a", caps=CAPS)


# All that was ever said and is not for everybody has this in it.
SECRET = "secret"
QUESTIONS = (
    *("LATEST {} * 50", "AFTER {} timestamp=2001-01-01T00:00:00.000Z 50"),
    *("BEFORE {} timestamp=2101-01-01T00:00:00.000Z 50", "AROUND {} msgid=9 50"),
    "BETWEEN {} timestamp=2001-01-01T00:00:00.000Z timestamp=2101-01-01T00:00:00.000Z 50",
)


def reads(client: Client, target: str) -> set[str]:
    """What of the secrets a client finds, in any way: the words behind SECRET."""
    client.read()
    found: list[set[str]] = []
    for question in QUESTIONS:
        found.append(_secrets(client.say("CHATHISTORY " + question.format(target))))
    assert all(answer == found[0] for answer in found)
    searched = _secrets(client.say(f"SEARCH text={SECRET}"))
    assert _secrets(client.say(f"SEARCH in={target};text={SECRET}")) <= searched
    assert found[0] <= searched
    return searched


def _secrets(lines: list[str]) -> set[str]:
    return {line.partition(SECRET + " ")[2] for line in lines if SECRET + " " in line}


def test_a_rank_opens_what_is_said_to_it_from_then_on(ada: Client, bob: Client) -> None:
    ada.say(f"PRIVMSG @#a :{SECRET} 1")
    ada.say("MODE #a +v bob", f"PRIVMSG @#a :{SECRET} 2", f"PRIVMSG +#a :{SECRET} v")
    ada.say("MODE #a +o bob", f"PRIVMSG @#a :{SECRET} 3", "MODE #a -o bob")
    assert reads(bob, "#a") == {"v"}
    ada.say(f"PRIVMSG @#a :{SECRET} 4", "MODE #a +o bob", f"PRIVMSG @#a :{SECRET} 5")
    assert reads(bob, "#a") == {"v", "5"}
    assert reads(ada, "#a") == {"1", "2", "3", "v", "4", "5"}


def test_a_rank_that_outlasts_a_restart(bench: Bench) -> None:
    ada = register(bench, "ada", "#a", caps=CAPS)
    bob = register(bench, "bob", "#a", caps=CAPS)
    ada.say(f"PRIVMSG @#a :{SECRET} 1", "MODE #a +o bob", f"PRIVMSG @#a :{SECRET} 2")
    bob.say("QUIT")
    bob = bench.connect()
    bob.say(f"CAP REQ :sasl {CAPS}", "NICK bob", "USER bob 0 * :bob")
    log_in(bob, "bob")
    bob.say("CAP END")
    assert reads(bob, "#a") == {"2"}


@pytest.mark.parametrize("mode", ["i", "k key", "s"])
def test_behind_closed_doors(bench: Bench, ada: Client, bob: Client, mode: str) -> None:
    ada.say(f"MODE #a +{mode}", f"PRIVMSG #a :{SECRET} 1", f"MODE #a -{mode}")
    eve = bench.enter("eve", "#a", caps=CAPS)
    assert reads(bob, "#a") == {"1"}
    assert reads(eve, "#a") == set()
    for client in (ada, bob, eve):
        client.say("PART #a")
    for client in (ada, bob, eve):  # and another room of the name has nothing of it
        client.say("JOIN #a")
        assert reads(client, "#a") == set()


def test_where_an_account_is_needed(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE #a +R", f"PRIVMSG #a :{SECRET} 1", "MODE #a -R")
    eve = bench.enter("eve", "#a", caps=CAPS)
    assert reads(eve, "#a") == set()
    assert reads(bob, "#a") == {"1"}  # a guest that was there
    eve.say("REGISTER * * :correct horse")
    assert reads(eve, "#a") == {"1"}  # it could have come in
    for client in (ada, bob, eve):
        client.say("PART #a")
    ada.say("JOIN #a")
    assert reads(ada, "#a") == set() or bench.node.replica.rooms["#a"].lasting


@pytest.mark.parametrize(
    "line",
    ["CHATHISTORY LATEST #a * 9", f"SEARCH text={SECRET}", f"SEARCH limit=9;text={SECRET}"],
)
@pytest.mark.parametrize("indexed", [False, True])
def test_what_is_said_while_the_question_is_under_way(
    bench: Bench, ada: Client, bob: Client, line: str, indexed: bool
) -> None:
    ada.say("MODE #a +s", f"PRIVMSG #a :{SECRET} 1")
    bob.read()
    bob.feed(line)
    bench.turn()
    [request], bench.node.requests = bench.node.requests, []
    ada.say("KICK #a bob", f"PRIVMSG #a :{SECRET} 2")
    bob.read()
    assert bench.writer is not None
    assert bench.reader is not None
    while indexed and bench.writer.work():
        pass
    bench.node.answer_request(request, bench.reader.answer(request.job))
    assert _secrets(bob.read()) == {"1"}


def test_who_left_was_thrown_out_or_is_banned(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say(f"PRIVMSG #a :{SECRET} 1")
    assert reads(bob, "#a") == {"1"}
    ada.say("KICK #a bob", "MODE #a +b bob!*@*")
    bob.say("JOIN #a")
    assert reads(bob, "#a") == set()
    assert SECRET not in "\n".join(bob.say("CHATHISTORY TARGETS timestamp=2001-01-01T00:00:00.000Z "
                                           "timestamp=2101-01-01T00:00:00.000Z 9"))  # fmt: skip
    ada.say("MODE #a -b bob!*@*")
    bob.say("JOIN #a", "PART #a")
    assert reads(bob, "#a") == set()


def test_the_nick_of_a_guest_that_is_gone(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say(f"PRIVMSG bob :{SECRET} 1")
    bob.say(f"PRIVMSG ada :{SECRET} 2", f"PRIVMSG bob :{SECRET} 3", "QUIT")
    other = bench.enter("bob", "#a", caps=CAPS)
    for target in ("ada", "bob", "BOB"):
        assert reads(other, target) == set()
    other.say(f"PRIVMSG ada :{SECRET} 4")
    assert reads(other, "ada") == {"4"}
    assert reads(ada, "bob") == {"1", "2", "4"}  # whom it spoke with, one after the other
    eve = bench.enter("eve", caps=CAPS)
    eve.say("NICK ada_", "NICK bob_")
    assert reads(eve, "bob") == reads(eve, "ada") == set()


def test_an_account_that_somebody_else_registers_again(bench: Bench, ada: Client) -> None:
    old = register(bench, "cy", "#cy", caps=CAPS)
    old.say("JOIN #a", "MODE #cy +i", f"PRIVMSG #cy :{SECRET} 1", f"PRIVMSG ada :{SECRET} 2")
    old.say("METADATA * SET avatar :https://old.example", "ACCEPT ada", "SILENCE x!*@*")
    old.say("MARKREAD #cy timestamp=2023-11-14T00:00:00.000Z")
    ada.say(f"PRIVMSG cy :{SECRET} 3")
    ada.say("MODE #a +iI ~a:cy", "MODE #a +e ~a:cy", "MODE #a +I ~a:c*")
    assert reads(old, "ada") == {"1", "2", "3"}
    assert "is no more" in old.say("PRIVMSG NickServ :DROP correct horse")[-1]
    old.say("QUIT")
    new = register(bench, "cy", caps=CAPS)
    assert reads(new, "ada") == reads(new, "cy") == set()
    assert "https://old.example" not in "\n".join(new.say("METADATA * LIST"))
    assert "cy" not in ada.say("MODE #a +e")[0]
    assert [line.split()[4] for line in ada.say("MODE #a +I")[:-1]] == ["~a:c*"]
    assert " 281 " not in "\n".join(new.say("ACCEPT"))
    assert " 271 " not in "\n".join(new.say("SILENCE"))
    assert new.say("MARKREAD #cy")[0].endswith("MARKREAD #cy *")
    new.say("JOIN #cy")
    assert reads(new, "#cy") == set()
    user = new.connection.user
    assert user is not None
    assert "".join(room.members[user] for room in user.rooms) == "o"  # of its own new room


def test_a_room_that_is_called_otherwise_and_one_that_has_its_old_name(
    bench: Bench, ada: Client, bob: Client
) -> None:
    ada.say("MODE #a +s", f"PRIVMSG #a :{SECRET} 1", f"PRIVMSG @#a :{SECRET} 2")
    ada.say("MODE #a -s", f"PRIVMSG #a :{SECRET} 3")
    ada.say("RENAME #a #b")
    eve = bench.enter("eve", "#a", caps=CAPS)
    assert reads(eve, "#a") == set()
    assert reads(bob, "#b") == {"1", "3"}
    assert reads(ada, "#b") == {"1", "2", "3"}
    eve.say("JOIN #b")
    assert reads(eve, "#b") == {"3"}


def test_a_redaction_that_the_name_of_the_room_has_left(
    bench: Bench, ada: Client, bob: Client
) -> None:
    for client in (ada, bob):
        client.say("CAP REQ :draft/message-redaction echo-message")
    ada.say(f"PRIVMSG #a :{SECRET} 1")
    seq = bench.node.replica.seq
    ids = [client.connection.user.id for client in (ada, bob) if client.connection.user]
    bench.turn(
        facts.RoomRenamed(ids[0], "#a", "#b", ""),
        facts.Redacted(ids[0], "#b", seq, ids[0], "#a", ""),
        facts.Joined(ids[1], "#a", ""),
        facts.Redacted(ids[1], "#a", seq, ids[0], "#b", ""),
    )
    assert "REDACT" not in "\n".join(bob.read())
    assert reads(ada, "#b") == {"1"}


def test_private_messages_that_were_not_delivered(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("MODE bob +g")
    ada.say(f"PRIVMSG bob :{SECRET} held")
    bob.say("MODE bob -g", "SILENCE ada!*@*")
    ada.say(f"PRIVMSG bob :{SECRET} unheard")
    assert reads(bob, "ada") == reads(ada, "bob") == set()


def test_secret_rooms_and_invisible_users(bench: Bench, ada: Client, bob: Client) -> None:
    ada.say("MODE #a +s", "METADATA #a SET url :https://a.example", "TOPIC #a :hush", "MODE ada +i")
    eve = bench.enter("eve", caps=f"{CAPS} draft/metadata-3 extended-monitor")
    eve.say("MONITOR + ada,bob", "METADATA * SUB url")
    ada.say("METADATA #a SET url :https://b.example", "MODE #a +m", "TOPIC #a :hushhush")
    eve.read()
    ends = ("315", "366", "403", "323", "FAIL", "MARKREAD")  # these repeat what was asked for
    for line in (
        *("WHOIS bob", "WHOIS ada", "WHO #a", "WHO *", "WHO bob", "WHO #a %cn", "WHO * %cnf"),
        *("LIST", "LIST #a", "LIST *", "LIST >0", "NAMES", "NAMES #a", "TOPIC #a", "MODE #a"),
        *("METADATA #a LIST", "METADATA #a GET url", "METADATA #a SYNC", "METADATA *ALL SYNC"),
        *("WHOWAS bob", "CHATHISTORY LATEST #a * 9", "SEARCH in=#a;text=x", "INVITE", "MODE #a b"),
        *("REDACT #a 5", "MARKREAD #a", "LUSERS", "WHO hushhush", "WHO ad* n"),
    ):
        answers = [answer for answer in eve.say(line) if answer.split(" ")[1] not in ends]
        told = "\n".join(answers)
        assert not [word for word in ("#a", "hush", ".example") if word in told], (line, told)
    assert " ada " not in "\n".join(eve.say("WHO a?a")[:-1])
