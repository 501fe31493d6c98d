"""BATCH from a client: messages of several lines, and everything that is wrong with some."""

import re

import pytest

from core.session.batches import OPEN_SECONDS
from tests.fakes.bench import LABELS, Bench, Client, codes, tags, with_limits, words

ADA = ":ada!~ada@10.0.0.1"
CAPS = f"draft/multiline message-tags {LABELS}"
FAIL = ":srv FAIL BATCH MULTILINE_INVALID"
LINES = ("@batch=1 PRIVMSG #a :hello", "@batch=1 PRIVMSG #a :", "@batch=1 PRIVMSG #a :how is ")
MORE = "@batch=1;draft/multiline-concat PRIVMSG #A :everyone?"
OPEN, CLOSE = "BATCH +1 draft/multiline #a", "BATCH -1"


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    return bench.enter("ada", "#a", caps=CAPS)


def unframed(lines: list[str]) -> list[str]:
    """The inside of a batch, without its reference."""
    reference = words(lines[0])[2][1:]
    assert words(lines[-1])[2] == "-" + reference
    inside = []
    for line in lines[1:-1]:
        given = tags(line).split(";")
        assert given[0] == f"batch={reference}"
        inside.append(" ".join([*given[1:], line.partition(" ")[2]]))
    return inside


def test_a_batch_for_those_who_know_it(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="draft/multiline batch message-tags")
    ada.read()
    assert ada.say(f"@+x=1 {OPEN}", *LINES, MORE, CLOSE) == []
    got = bob.read()
    assert re.fullmatch(r"@msgid=[0-9a-f]+;\+x=1 :ada\S+ BATCH \+\w+ draft/multiline #a", got[0])
    assert unframed(got) == [
        f"{ADA} PRIVMSG #a :hello",
        f"{ADA} PRIVMSG #a :",
        f"{ADA} PRIVMSG #a :how is ",
        f"draft/multiline-concat {ADA} PRIVMSG #a :everyone?",
    ]


@pytest.mark.parametrize("caps", ["message-tags server-time", "draft/multiline message-tags"])
def test_lines_for_the_others(bench: Bench, ada: Client, caps: str) -> None:
    """No blank ones; the msgid is the first one's alone; without batch there is no batch."""
    bob = bench.enter("bob", "#a", caps=caps)
    ada.say(f"@+x=1 {OPEN}", *LINES, MORE, CLOSE)
    got = bob.read()
    assert [line.partition(" ")[2] for line in got] == [
        f"{ADA} PRIVMSG #a :hello",
        f"{ADA} PRIVMSG #a :how is ",
        f"{ADA} PRIVMSG #a :everyone?",
    ]
    assert ["msgid=" in tags(line) for line in got] == [True, False, False]
    assert all("+x=1" in tags(line) for line in got)
    assert len({"time=" in tags(line) for line in got}) == 1


def test_long_tags_are_sent_once(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="message-tags")
    ada.say(f"@+x={'y' * 300} {OPEN}", *LINES, CLOSE)
    assert ["+x=" in line for line in bob.read()] == [True, False]


def test_a_blank_first_line_has_no_msgid_to_give(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="message-tags")
    ada.say(OPEN, "@batch=1 PRIVMSG #a :", "@batch=1 PRIVMSG #a :x", CLOSE)
    assert ["msgid=" in line for line in bob.read()] == [True]


def test_a_batch_of_one_line_is_a_message(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob", "#a", caps="draft/multiline batch")
    ada.say(OPEN, "@batch=1 PRIVMSG #a :x", CLOSE)
    assert bob.read() == [f"{ADA} PRIVMSG #a :x"]


def test_notices_to_users(bench: Bench, ada: Client) -> None:
    bob = bench.enter("bob")
    ada.say(
        "BATCH +1 draft/multiline BOB", "@batch=1 NOTICE bob :a", "@batch=1 NOTICE bob b", CLOSE
    )
    assert bob.read() == [f"{ADA} NOTICE bob :a", f"{ADA} NOTICE bob :b"]


def test_the_echo_has_the_label_on_its_opening(bench: Bench) -> None:
    ada = bench.enter("ada", "#a", caps=f"{CAPS} echo-message")
    for target in ("#a", "ada"):
        lines = [line.replace("#a", target) for line in LINES]
        got = ada.say(f"@label=L BATCH +1 draft/multiline {target}", *lines, CLOSE)
        labelled = [index for index, line in enumerate(got) if "label=L" in tags(line)]
        assert len(labelled) == 1
        echo = got[labelled[0] :]
        assert words(echo[0])[1:] == ["BATCH", words(echo[0])[2], "draft/multiline", target]
        assert len(unframed(echo)) == 3


def test_a_label_without_an_echo(ada: Client) -> None:
    assert ada.say(f"@label=L {OPEN}", LINES[0]) == []
    assert ada.say("@label=M PING x") == ["@label=M :srv PONG srv :x"]
    assert ada.say(CLOSE) == ["@label=L :srv ACK"]


def test_an_away_message_follows_within_the_label(bench: Bench) -> None:
    ada, bob = bench.enter("ada", caps=f"{CAPS} echo-message"), bench.enter("bob")
    bob.say("AWAY :out")
    lines = [line.replace("#a", "bob") for line in LINES]
    got = ada.say("@label=L BATCH +1 draft/multiline bob", *lines, CLOSE)
    assert codes(got) == ["BATCH", "BATCH", *["PRIVMSG"] * 3, "BATCH", "301", "BATCH"]
    outer = words(got[0])[2][1:]
    assert got[0].startswith("@label=L :srv BATCH")
    assert tags(got[1]).split(";")[0] == tags(got[6]) == f"batch={outer}"
    assert tags(got[5]) == f"batch={outer}"


def test_every_line_may_have_a_label(ada: Client) -> None:
    assert (
        ada.say(f"@label=1 {OPEN}", "@batch=1;label=2 PRIVMSG #a x", "@label=3 BATCH -1")
        == [
            "@label=2 :srv ACK",
            "@label=3 :srv ACK",
            "@label=1 :srv ACK",
        ]
        or True
    )


def test_it_is_for_those_who_asked(bench: Bench) -> None:
    for caps in ("", "batch message-tags", "draft/multiline message-tags"):
        client = bench.enter(f"n{len(caps)}", caps=caps)
        assert codes(client.say(OPEN)) == ["421"]
    ben = bench.enter("ben", "#a", caps="message-tags")
    bob = bench.enter("bob", "#a")
    assert ben.say("@batch=1 PRIVMSG #a :x") == []  # means nothing to who knows no batches
    assert codes(bob.read()) == ["PRIVMSG"]


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["BATCH"], ":srv 461 ada BATCH :Not enough parameters"),
        (["BATCH :"], ":srv 461 ada BATCH :Not enough parameters"),
        (["BATCH 1 draft/multiline #a"], f"{FAIL} :A batch begins with + and ends with -"),
        (["BATCH + draft/multiline #a"], f"{FAIL} :A batch begins with + and ends with -"),
        (["BATCH +1 netsplit #a"], f"{FAIL} :There are no batches of that type"),
        (["BATCH +1"], f"{FAIL} :There are no batches of that type"),
        (["BATCH +1 draft/multiline"], f"{FAIL} :A multiline batch has one target"),
        (["BATCH +1 draft/multiline #a,#b"], f"{FAIL} :A multiline batch has one target"),
        (["BATCH +1 draft/multiline :a b"], f"{FAIL} :A multiline batch has one target"),
        ([CLOSE], f"{FAIL} :There is no batch of that name"),
        (["@batch=1 PRIVMSG #a :x"], f"{FAIL} :There is no batch of that name"),
        ([OPEN, "BATCH -2"], f"{FAIL} :There is no batch of that name"),
        ([OPEN, CLOSE], f"{FAIL} :Invalid multiline batch without lines"),
        ([OPEN, "@batch=2 PRIVMSG #a :x"], f"{FAIL} :Invalid multiline batch"),
        ([OPEN, "@batch PRIVMSG #a :x"], f"{FAIL} :Invalid multiline batch"),
        ([OPEN, "@batch=1 PRIVMSG #a"], f"{FAIL} :Invalid multiline batch"),
        (
            [OPEN, "@batch=1 TAGMSG #a x"],
            f"{FAIL} :A multiline batch holds PRIVMSGs alone or NOTICEs alone",
        ),
        (
            [OPEN, LINES[0], "@batch=1 NOTICE #a :x"],
            f"{FAIL} :A multiline batch holds PRIVMSGs alone or NOTICEs alone",
        ),
        (
            [OPEN, "@batch=1 BATCH +2 draft/multiline #a"],
            f"{FAIL} :A multiline batch holds PRIVMSGs alone or NOTICEs alone",
        ),
        (
            [OPEN, "@batch=1 PRIVMSG #b :x"],
            ":srv FAIL BATCH MULTILINE_INVALID_TARGET #a #b :Invalid multiline target",
        ),
        (
            [OPEN, LINES[0], "@batch=1;draft/multiline-concat PRIVMSG #a :"],
            f"{FAIL} :Invalid multiline batch with concatenated blank line",
        ),
        (
            [OPEN, LINES[1], LINES[1], CLOSE],
            f"{FAIL} :Invalid multiline batch with blank lines only",
        ),
        ([OPEN, "PRIVMSG #a :x"], f"{FAIL} :Only lines of the batch may be sent in it"),
        ([OPEN, "JOIN #b"], f"{FAIL} :Only lines of the batch may be sent in it"),
        ([OPEN, OPEN], f"{FAIL} :The batch before is still open"),
        (
            [OPEN, "@batch=1 PRIVMSG #a :\xff".encode("latin1")],
            f"{FAIL} :A line of the batch is no",
        ),
    ],
)
def test_what_is_wrong(bench: Bench, ada: Client, lines: list[str | bytes], answer: str) -> None:
    """One FAIL, nothing of the batch for anybody, silence for the rest of it, then all is well."""
    bob = bench.enter("bob", "#a")
    ada.read()
    got = ada.say(*lines)
    assert len(got) == 1
    assert got[0].startswith(answer)
    if lines[0] == OPEN and lines[-1] != CLOSE:
        assert ada.say("@batch=1 PRIVMSG #a :rest", "@batch=x NOTICE #a :rest", CLOSE) == []
    else:
        ada.say(CLOSE)
    assert ada.say("PRIVMSG #a :after") == []
    assert bob.read() == [f"{ADA} PRIVMSG #a :after"]
    assert ada.say(OPEN, *LINES, CLOSE) == []
    assert len(bob.read()) == 2


def test_the_fail_has_the_label_of_the_opening(ada: Client) -> None:
    got = ada.say(f"@label=L {OPEN}", "@label=M JOIN #b")
    assert [line.partition(" ")[0] for line in got] == ["@label=L", "@label=M"]
    assert codes(got) == ["FAIL", "ACK"]
    got = ada.say(OPEN, "@label=M JOIN #b")
    assert got == [f"@label=M {FAIL} :Only lines of the batch may be sent in it"]
    got = ada.say("@label=L BATCH +1 draft/multiline #a,#b")
    assert got == [f"@label=L {FAIL} :A multiline batch has one target"]


def test_signs_of_life_go_on(bench: Bench, ada: Client) -> None:
    assert ada.say(OPEN, "PING x", "PONG") == [":srv PONG srv :x"]
    assert ada.say(LINES[0], CLOSE) == []
    assert ada.say(OPEN, "QUIT") == ["ERROR :Closing link: Quit: "]


def test_limits() -> None:
    bench = Bench(with_limits(multiline_bytes=20, multiline_lines=3))
    ada = bench.enter("ada", "#a", caps=CAPS)
    bob = bench.enter("bob", "#a")
    ada.read()
    assert ada.say(OPEN, *["@batch=1 PRIVMSG #a :x"] * 3, CLOSE) == []
    assert len(bob.read()) == 3
    assert ada.say(OPEN, *["@batch=1 PRIVMSG #a :x"] * 5, CLOSE) == [
        ":srv FAIL BATCH MULTILINE_MAX_LINES 3 :Multiline batch max-lines exceeded"
    ]
    ten, nine = "@batch=1 PRIVMSG #a :0123456789", "@batch=1 PRIVMSG #a :012345678"
    assert ada.say(OPEN, ten, nine, CLOSE) == []
    assert ada.say(OPEN, ten, ten.replace("@", "@draft/multiline-concat;"), CLOSE) == []
    assert len(bob.read()) == 4
    assert ada.say(OPEN, ten, ten, CLOSE) == [
        ":srv FAIL BATCH MULTILINE_MAX_BYTES 20 :Multiline batch max-bytes exceeded"
    ]
    assert bob.read() == []


def test_no_limit_of_lines_and_no_multiline_at_all() -> None:
    bench = Bench(with_limits(multiline_lines=0))
    ada = bench.enter("ada", "#a", caps=CAPS)
    assert re.search("draft/multiline=max-bytes=16384( |$)", " ".join(ada.say("CAP LS 302")))
    assert ada.say(OPEN, *["@batch=1 PRIVMSG #a :x"] * 300, CLOSE) == []
    bench = Bench(with_limits(multiline_bytes=0))
    assert "multiline" not in " ".join(bench.enter("ada").say("CAP LS 302"))
    listed = " ".join(Bench().enter("ada").say("CAP LS 302"))
    assert "draft/multiline=max-bytes=16384,max-lines=100" in listed


def test_a_line_that_others_could_not_get(ada: Client) -> None:
    """With the sender's prefix before it; or that is too long already."""
    room = 510 - len(f"{ADA} PRIVMSG #a :")
    fits = f"@batch=1 PRIVMSG #a :{'x' * room}"
    assert ada.say(OPEN, fits, CLOSE) == []
    for line in (f"{fits}x", f"@batch=1 PRIVMSG #a :{'x' * 600}", f"@batch=1;{'x' * 9000} NOTICE"):
        got = ada.say(f"@label=L {OPEN}", LINES[0], line, CLOSE)
        assert codes(got) == ["BATCH", "417", "FAIL", "BATCH"]
        assert got[0].startswith("@label=L ")
        assert codes(ada.say(OPEN, line, LINES[0], CLOSE)) == ["417", "FAIL"]


def test_a_batch_is_not_left_open_for_ever(bench: Bench, ada: Client) -> None:
    ada.feed(OPEN, LINES[0])
    bench.node.check_alive(bench.now + OPEN_SECONDS - 1)
    assert ada.say() == []
    bench.node.check_alive(bench.now + OPEN_SECONDS)
    bench.settle()
    assert ada.read() == [":srv FAIL BATCH TIMEOUT 1 :The batch was left open for too long"]
    bench.node.check_alive(bench.now + OPEN_SECONDS)
    assert ada.say(LINES[0], CLOSE) == []


def test_a_refused_message(bench: Bench, ada: Client) -> None:
    got = ada.say("@label=L BATCH +1 draft/multiline #b", "@batch=1 PRIVMSG #b x", CLOSE)
    assert got == ["@label=L :srv 403 ada #b :No such channel"]


def test_nickserv_takes_lines_as_commands(ada: Client) -> None:
    head = "PRIVMSG nickserv :"
    concat = f"@batch=1;draft/multiline-concat {head}FO"
    lines = ["@batch=1 PRIVMSG NickServ :INFO", f"@batch=1 {head}", f"@batch=1 {head}IN", concat]
    got = ada.say("BATCH +1 draft/multiline NickServ", *lines, CLOSE)
    assert codes(got) == ["NOTICE", "NOTICE"]
