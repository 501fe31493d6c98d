"""ADMIN, INFO, LINKS, LUSERS, MOTD, TIME, VERSION; SUMMON and USERS; HELP; STATS."""

from dataclasses import replace

import pytest

from core.session.dispatch import COMMANDS
from core.session.handlers.help import SUBJECTS
from core.state import facts
from tests.fakes.bench import ISUPPORT, LABELS, START, Bench, Client, codes, with_server
from tests.fakes.operators import operator, with_operator

COUNTS = ["251", "252", "253", "254", "255", "265", "266"]
INFO = ["371"] * 4 + ["374"]


@pytest.fixture
def bench() -> Bench:
    return Bench(with_operator())


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    return bench.enter("bob", "#b")


@pytest.mark.parametrize("target", ["", "srv", "s*", "ADA", "bob"])
@pytest.mark.parametrize(
    ("command", "answers"),
    [
        ("ADMIN", ["423"]), ("INFO", INFO), ("LUSERS x", COUNTS), ("MOTD", ["422"]),
        ("STATS x", ["219"]), ("TIME", ["391"]), ("VERSION", ["351", *ISUPPORT]),
    ],
)  # fmt: skip
def test_questions_to_this_server(
    ada: Client, bob: Client, command: str, answers: list[str], target: str
) -> None:
    assert codes(ada.say(f"{command} {target}")) == answers


@pytest.mark.parametrize(
    "command", ["ADMIN", "INFO", "LUSERS x", "MOTD", "STATS u", "TIME", "VERSION"]
)
def test_there_is_no_other_server(ada: Client, command: str) -> None:
    assert ada.say(f"{command} other") == [":srv 402 ada other :No such server"]


def test_what_the_answers_hold(ada: Client) -> None:
    ada.bench.time = START + 1234
    assert ada.say("TIME") == [":srv 391 ada srv :2023-11-14T22:13:21.234Z"]
    assert ada.say("VERSION")[0] == ":srv 351 ada parlor-0.1.0 srv :"
    assert ada.say("INFO")[-2] == ":srv 371 ada :Started 2023-11-14T22:13:20.000Z."
    assert ada.say("SUMMON bob", "USERS") == [
        ":srv 445 ada :SUMMON has been disabled",
        ":srv 446 ada :USERS has been disabled",
    ]


def test_admin() -> None:
    config = with_server(admin_name="Ada", admin_location="Berlin", admin_email="ada@example.org")
    assert Bench(config).enter("ada").say("ADMIN") == [
        ":srv 256 ada srv :Administrative info",
        ":srv 257 ada :Berlin",
        ":srv 258 ada :Ada",
        ":srv 259 ada :ada@example.org",
    ]


def test_the_message_of_the_day() -> None:
    ada = Bench(with_server(motd="hello")).enter("ada")
    assert ada.say("MOTD") == [
        ":srv 375 ada :- srv Message of the day -",
        ":srv 372 ada :- hello",
        ":srv 376 ada :End of /MOTD command",
    ]


def test_only_operators_see_the_server_among_the_links(bench: Bench, ada: Client) -> None:
    assert ada.say("LINKS") == [":srv 365 ada * :End of /LINKS list"]
    root = operator(bench)
    assert root.say("LINKS") == [
        ":srv 364 root srv srv :0 parlor-0.1.0",
        ":srv 365 root * :End of /LINKS list",
    ]


def test_lusers(bench: Bench, ada: Client, bob: Client) -> None:
    bob.say("MODE bob +i")
    bench.enter("eve").say("QUIT")
    assert ada.say("LUSERS") == [
        ":srv 251 ada :There are 1 users and 1 invisible on 1 servers",
        ":srv 252 ada 0 :operator(s) online",
        ":srv 253 ada 0 :unknown connection(s)",
        ":srv 254 ada 2 :channels formed",
        ":srv 255 ada :I have 2 clients and 0 servers",
        ":srv 265 ada 2 3 :Current local users 2, max 3",
        ":srv 266 ada 2 3 :Current global users 2, max 3",
    ]


def unknown(client: Client) -> int:
    """How many connections have not registered, as LUSERS says."""
    return int(client.say("LUSERS")[2].split(" ")[3])


def test_connections_that_have_not_registered(bench: Bench, ada: Client) -> None:
    eve, eva = bench.connect(), bench.connect()
    assert unknown(ada) == 2
    bench.turn(facts.Waiting(3))
    assert unknown(ada) == 5  # another worker's
    assert ":srv 253 eve 4 :unknown connection(s)" in eve.say("NICK eve", "USER eve 0 * :E")
    assert unknown(ada) == 4
    eva.feed("NICK EVE", "USER eva 0 * :E")
    bench.settle()
    assert codes(eva.read()) == ["433"]
    assert unknown(ada) == 4
    eva.say("QUIT")
    assert unknown(ada) == 3
    bench.turn(facts.Waiting(0))
    assert unknown(ada) == 0
    assert bench.node.replica.waiting == {}


def test_labels(bench: Bench) -> None:
    ada = bench.enter("ada", caps=LABELS)
    assert codes(ada.say("@label=x VERSION")) == ["BATCH", "351", *ISUPPORT, "BATCH"]
    assert codes(ada.say("@label=x VERSION other")) == ["402"]
    assert codes(ada.say("@label=x HELP X")) == ["524"]
    assert codes(ada.say("@label=x STATS u")) == ["BATCH", "242", "219", "BATCH"]


# HELP.


@pytest.mark.parametrize("command", ["HELP", "HELPOP"])
def test_help(ada: Client, command: str) -> None:
    got = ada.say(command)
    assert codes(got) == ["704", *["705"] * (len(got) - 2), "706"]
    assert got[:2] == [":srv 704 ada * :Commands", ":srv 705 ada * :"]
    listed = " ".join(line.partition(" :")[2] for line in got[2:-1])
    assert listed.split() == list(SUBJECTS)
    assert ada.say(f"{command} privmsg") == [
        ":srv 704 ada PRIVMSG :PRIVMSG <target>{,<target>} <text>",
        ":srv 705 ada PRIVMSG :",
        ":srv 706 ada PRIVMSG :PRIVMSG sends a message to channels or people.",
    ]


@pytest.mark.parametrize(
    ("subject", "shown"), [("NONSENSE", "NONSENSE"), (":not one", "*"), ("::x", "*")]
)
def test_help_on_what_there_is_not(ada: Client, subject: str, shown: str) -> None:
    assert ada.say(f"HELP {subject}") == [
        f":srv 524 ada {shown} :I do not know anything about this"
    ]


def test_there_is_help_on_every_command() -> None:
    assert sorted(COMMANDS) == list(SUBJECTS)


# STATS.


def test_stats_for_everybody(bench: Bench, ada: Client) -> None:
    bench.time = START + (2 * 86_400 + 3 * 3600 + 4 * 60 + 5) * 1000
    assert ada.say("STATS u") == [
        ":srv 242 ada :Server Up 2 days 3:04:05",
        ":srv 219 ada u :End of /STATS report",
    ]
    assert ada.say("STATS m")[-4:] == [
        ":srv 212 ada NICK 1",
        ":srv 212 ada STATS 2",
        ":srv 212 ada USER 1",
        ":srv 219 ada m :End of /STATS report",
    ]
    assert ada.say("STATS z", "STATS :", "STATS") == [
        ":srv 219 ada z :End of /STATS report",
        ":srv 219 ada * :End of /STATS report",
        ":srv 461 ada STATS :Not enough parameters",
    ]


def test_stats_for_operators(bench: Bench) -> None:
    root = operator(bench)
    root.say("KLINE a@b :one", "DLINE 10.9.0.0/16 :two", "UBAN ADD eve :three")
    assert root.say("STATS k", "STATS D", "STATS o") == [
        ":srv 216 root K b * a :one",
        ":srv 219 root k :End of /STATS report",
        ":srv 225 root D 10.9.0.0/16 :two",
        ":srv 219 root D :End of /STATS report",
        ":srv 243 root O *@* * root",
        ":srv 219 root o :End of /STATS report",
    ]
    bench.node.config = replace(bench.node.config, operators={})
    assert codes(root.say("STATS o")) == ["219"]
