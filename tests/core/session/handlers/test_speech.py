"""PRIVMSG, NOTICE and TAGMSG: who gets what, and who may say it."""

from dataclasses import replace

import pytest

from core.config import OperatorConfig
from core.session.dispatch import COMMANDS
from core.state import facts
from core.wire.message import Message
from tests.fakes.bench import LABELS, QUIET, START, Bench, Client, codes, tags, with_limits

ADA = ":ada!~ada@10.0.0.1"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("PRIVMSG", ":srv 411 ada :No recipient given (PRIVMSG)"),
        ("PRIVMSG :", ":srv 411 ada :No recipient given (PRIVMSG)"),
        ("PRIVMSG #a", ":srv 412 ada :No text to send"),
        ("PRIVMSG #a :", ":srv 412 ada :No text to send"),
        ("PRIVMSG nobody :x", ":srv 401 ada nobody :No such nick/channel"),
        ("PRIVMSG #none :x", ":srv 403 ada #none :No such channel"),
        ("PRIVMSG , :x", None),
        ("TAGMSG :a b", ":srv 421 ada TAGMSG :Unknown command"),
        ("NOTICE", None),
        ("NOTICE #a", None),
        ("NOTICE #a :", None),
        ("NOTICE nobody :x", None),
        ("NOTICE #none :x", None),
        ("TAGMSG #a", ":srv 421 ada TAGMSG :Unknown command"),
    ],
)
def test_errors(ada: Client, line: str, answer: str | None) -> None:
    assert ada.say(line) == ([answer] if answer else [])


@pytest.mark.parametrize("command", ["PRIVMSG", "NOTICE"])
def test_a_room_hears_it_without_its_sender(bench: Bench, ada: Client, command: str) -> None:
    bob, eve = bench.enter("bob", "#a"), bench.enter("eve")
    ada.read()
    assert ada.say(f"{command} #A :hi  there") == []
    assert bob.read() == [f"{ADA} {command} #a :hi  there"]
    assert eve.read() == []


def test_the_bytes_of_each_class_of_receivers(bench: Bench, ada: Client) -> None:
    plain = bench.enter("p", "#a")
    timed = bench.enter("t", "#a", caps="server-time")
    tagged = bench.enter("g", "#a", caps="message-tags")
    both = bench.enter("b", "#a", caps="message-tags server-time")
    ada.say("CAP REQ :message-tags")
    ada.say("@+x=1;y=2;+typing=a\\sb PRIVMSG #a :one", "@+react=y TAGMSG #a")
    line = f"{ADA} PRIVMSG #a :one"
    first = bench.sequencer.next_seq - 2
    time = "2023-11-14T22:13:20.000Z"
    tags = f"msgid={first:x};+x=1;+typing=a\\sb"
    tagmsg = f"msgid={first + 1:x};+react=y {ADA} TAGMSG #a"
    assert START == 1_700_000_000_000
    assert plain.read() == [line]
    assert timed.read() == [f"@time={time} {line}"]
    assert tagged.read() == [f"@{tags} {line}", f"@{tagmsg}"]
    assert both.read() == [f"@time={time};{tags} {line}", f"@time={time};{tagmsg}"]


def test_echoes_are_told_apart_within_one_batch(bench: Bench) -> None:
    bob = bench.enter("bob", "#a")
    ada = bench.enter("ada", "#a")
    eve = bench.enter("eve", "#a", caps="echo-message")
    bob.read()
    for number in (1, 2):
        for client in (ada, eve, bob):
            client.feed(f"PRIVMSG #a :{client.connection.name}{number}")
    bench.settle()
    said = ["ada1", "eve1", "bob1", "ada2", "eve2", "bob2"]
    for client in (ada, bob, eve):
        nick = client.connection.name
        heard = [line.rpartition(":")[2] for line in client.read()]
        assert heard == [text for text in said if nick == "eve" or not text.startswith(nick)]


def test_only_tagmsgs_leave_nothing_for_those_without_tags(bench: Bench, ada: Client) -> None:
    plain, tagged = bench.enter("p", "#a"), bench.enter("g", "#a", caps="message-tags")
    assert tagged.say("@+a=1 TAGMSG #a") == []
    assert plain.read() == []
    assert tagged.say("@+a=1 TAGMSG NickServ") == []
    assert tagged.say("@+a=1 TAGMSG p", "TAGMSG") == [":srv 461 g TAGMSG :Not enough parameters"]
    assert plain.read() == []
    assert tagged.say("TAGMSG :a b") == [":srv 401 g a :No such nick/channel"]


def test_a_name_with_a_space_is_nobodys(bench: Bench, ada: Client) -> None:
    """No line can ask for it, but a handler does not rely on that."""
    for command, answers in (("PRIVMSG", ["401"]), ("NOTICE", [])):
        message = Message(command, ["a b", "x"])
        COMMANDS[command].handler(bench.node, ada.connection, message)
        bench.settle()
        assert codes(ada.read()) == answers


def test_two_users(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", caps="echo-message")
    assert ada.say("PRIVMSG BOB :psst") == []
    assert bob.read() == [f"{ADA} PRIVMSG bob :psst"]
    assert bob.say("PRIVMSG ada :yes?") == [":bob!~bob@10.0.0.1 PRIVMSG ada :yes?"]
    assert ada.read() == [":bob!~bob@10.0.0.1 PRIVMSG ada :yes?"]


def test_oneself(bench: Bench) -> None:
    ada = bench.enter("ada", caps=f"echo-message {LABELS}")
    line = f"{ADA} PRIVMSG ada :note"
    assert ada.say("PRIVMSG ada :note") == [line, line]
    assert ada.say("@label=x PRIVMSG ada :note") == [line, f"@label=x {line}"]
    assert bench.enter("bob").say("PRIVMSG bob :note") == [":bob!~bob@10.0.0.1 PRIVMSG bob :note"]


def test_who_is_away_says_so_to_a_message_alone(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", caps="message-tags")
    bob.say("AWAY :lunch")
    assert ada.say("PRIVMSG bob :hi") == [":srv 301 ada bob :lunch"]
    assert ada.say("NOTICE bob :hi") == []


def test_several_targets(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", "#b")
    ada.read()
    got = ada.say("PRIVMSG #a,,bob,#a :x", "PRIVMSG #a,bob,nobody :x")
    assert codes(got) == ["401"]
    assert bob.read() == [f"{ADA} PRIVMSG #a :x", f"{ADA} PRIVMSG bob :x"] * 2


@pytest.mark.parametrize("limit", [2, 0])
def test_too_many_targets(limit: int) -> None:
    bench = Bench(with_limits(targets=limit))
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    ada.read()
    got = ada.say("PRIVMSG bob,#a,BOB,ada :x")
    if limit:
        assert got == [":srv 407 ada ada :Too many targets; no more than 2 at once"]
    else:
        assert codes(got) == ["PRIVMSG"]
    assert sorted(line.split(" ")[2] for line in bob.read()) == ["#a", "bob"]


def test_a_notice_to_too_many_is_cut_without_a_word() -> None:
    bench = Bench(with_limits(targets=1))
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a")
    ada.read()
    assert ada.say("NOTICE bob,#a :x") == []
    assert bob.read() == [f"{ADA} NOTICE bob :x"]


@pytest.mark.parametrize(("extra", "fits"), [(0, True), (1, False)])
@pytest.mark.parametrize("text", ["x", "ü"])
def test_what_others_get_is_never_cut(
    bench: Bench, ada: Client, text: str, extra: int, fits: bool
) -> None:
    bob = bench.enter("bob", "#a")
    ada.read()
    room = 510 - len(f"{ADA} PRIVMSG #a :") + extra
    said = text * (room // len(text.encode())) + "y" * (room % len(text.encode()))
    got = ada.say(f"PRIVMSG #a :{said}")
    assert codes(got) == ([] if fits else ["417"])
    assert bob.read() == ([f"{ADA} PRIVMSG #a :{said}"] if fits else [])


@pytest.mark.parametrize("nick", ["a" * 30, "ßßß"])
def test_a_longer_nick_leaves_less_space_at_once(bench: Bench, ada: Client, nick: str) -> None:
    bob = bench.enter("bob", "#a")
    text = "x" * (510 - len(f"{ADA} PRIVMSG #a :"))
    ada.read()
    assert codes(ada.say(f"NICK {nick}", f"PRIVMSG #a :{text}")) == ["NICK", "417"]
    assert codes(ada.say("NICK ada", f"PRIVMSG #a :{text}")) == ["NICK"]
    assert [len(line) for line in bob.read() if "PRIVMSG" in line] == [510]


# Who may speak.


@pytest.mark.parametrize(
    ("modes", "text"),
    [
        (("+n",), "Cannot send to channel (+n)"),
        (("-n", "+m"), "Cannot send to channel (+m)"),
        (("-n", "+b eve"), "Cannot send to channel (+b)"),
    ],
)
def test_from_outside(bench: Bench, ada: Client, modes: tuple[str, ...], text: str) -> None:
    eve = bench.enter("eve")
    ada.say(*(f"MODE #a {mode}" for mode in modes))
    assert eve.say("PRIVMSG #A :x") == [f":srv 404 eve #a :{text}"]
    assert eve.say("NOTICE #a :x") == []
    assert ada.read() == []


def test_from_outside_where_it_is_allowed(bench: Bench, ada: Client) -> None:
    eve = bench.enter("eve", caps="echo-message message-tags")
    ada.say("MODE #a -n")
    line = ":eve!~eve@10.0.0.1 PRIVMSG #a :x"
    (echo,) = eve.say("PRIVMSG #a :x")
    assert echo.endswith(" " + line)
    assert ada.read() == [line]
    assert bench.enter("bob").say("PRIVMSG #a :y") == []
    assert len(eve.say("@+a=1 TAGMSG #a")) == 1


def test_voice_and_rank_override_moderation_and_bans(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a")
    ada.say("MODE #a +mb *!*@*")
    ada.read()
    assert codes(bob.say("PRIVMSG #a :x")) == ["MODE", "404"]
    ada.say("MODE #a +v bob")
    bob.read()
    assert bob.say("PRIVMSG #a :x") == []
    assert ada.say("PRIVMSG #a :x") == [":bob!~bob@10.0.0.1 PRIVMSG #a :x"]
    ada.say("MODE #a -mv bob")
    assert codes(bob.say("PRIVMSG #a :x")) == ["PRIVMSG", "MODE", "404"]


# Labels.


def test_labelled_messages(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", "#b", caps=f"echo-message {LABELS}")
    bob = bench.enter("bob", "#a")
    line = f"{ADA} PRIVMSG #a :x"
    ada.read()
    assert ada.say("@label=1 PRIVMSG #a :x") == [f"@label=1 {line}"]
    assert bob.read() == [line]
    opening, *inside, closing = ada.say("@label=2 PRIVMSG #a,#b :say BATCH +1 twice")
    reference = opening.split(" ")[3][1:]
    assert opening == f"@label=2 :srv BATCH +{reference} labeled-response"
    assert inside == [
        f"@batch={reference} {ADA} PRIVMSG #{room} :say BATCH +1 twice" for room in "ab"
    ]
    assert closing == f":srv BATCH -{reference}"
    assert ada.say("@label=3 PRIVMSG nobody :x")[0].startswith("@label=3 :srv 401 ")


def test_without_an_echo_a_label_is_acknowledged(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=LABELS)
    bob = bench.enter("bob", "#a")
    ada.read()
    assert ada.say("@label=1 PRIVMSG #a :x") == ["@label=1 :srv ACK"]
    assert ada.say("@label=2 NOTICE nobody :x") == ["@label=2 :srv ACK"]
    assert ada.say("@label=3 PRIVMSG bob :x") == ["@label=3 :srv ACK"]
    assert codes(bob.read()) == ["PRIVMSG", "PRIVMSG"]


# To everybody.


@pytest.fixture
def guarded() -> Bench:
    operators = {"root": OperatorConfig("x"), "guard": OperatorConfig("x", ("kill",))}
    return Bench(replace(QUIET, operators=operators))


def test_operators_write_to_everybody(guarded: Bench) -> None:
    bench = guarded
    root, ada = bench.enter("root", caps="echo-message"), bench.enter("ada")
    stranger = bench.connect()
    assert root.connection.user is not None
    refusals = [":srv 481 root :Permission Denied- You're not an IRC operator"]
    assert root.say("PRIVMSG $* :hear", "NOTICE $* :hear") == refusals
    bench.turn(facts.Opered(root.connection.user.id, "guard"))
    root.read()
    assert root.say("PRIVMSG $* :hear") == refusals
    bench.turn(facts.Opered(root.connection.user.id, "root"))
    root.read()
    silent = bench.enter("silent")
    assert silent.connection.user is not None
    bench.turn(facts.Opered(silent.connection.user.id, "root"))
    silent.read()
    assert silent.say("PRIVMSG $srv :hear") == []
    assert len(ada.read()) == len(root.read()) == 1
    line = ":root!~root@10.0.0.1 NOTICE $$s?v :hear"
    assert root.say("NOTICE $$s?v :hear") == [line]
    assert ada.read() == [line]
    assert stranger.read() == []
    assert root.say("PRIVMSG $other :x", "NOTICE $other :x") == [
        ":srv 402 root $other :No such server"
    ]


def test_who_is_no_operator_any_more_when_its_turn_comes(guarded: Bench) -> None:
    ada = guarded.enter("ada")
    assert ada.connection.user is not None
    guarded.turn(facts.Said(ada.connection.user.id, facts.PRIVMSG, "$*", "x"))
    assert ada.read() == []


@pytest.mark.parametrize("key", ["+x", "+draft/react", "+a_b.c/d", "+é", "++", "+a@b"])
def test_any_key_is_passed_on(bench: Bench, key: str) -> None:
    ada, bob = (bench.enter(nick, "#a", caps="message-tags") for nick in ("ada", "bob"))
    ada.say(f"@{key}=1;+=2;{key[1:]}=3;x=+y TAGMSG #a")
    (got,) = bob.read()
    assert tags(got).partition(";")[2] == f"{key}=1"


def test_bots_are_marked(bench: Bench) -> None:
    ada, bob = bench.enter("ada", "#a"), bench.enter("bob", "#a", caps="message-tags")
    assert codes(ada.say("MODE ada +B")) == ["MODE"]
    ada.say("PRIVMSG #a :x", "TOPIC #a :y")
    said, topic = bob.read()
    assert "bot" in tags(said).split(";")
    assert "bot" in tags(topic).split(";")
