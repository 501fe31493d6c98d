"""The window on other people's servers: InspIRCd with its IRCv3 modules and with none, ngIRCd.

They have no lobby, no accounts and no history; the window shows nothing that they lack, and what
it shows works.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes import irc
from tests.fakes.ircds import INSPIRCD, NGIRCD, PLAIN_INSPIRCD, Kind, OtherServer
from tests.fakes.onscreen import click, closes, entries, notes, reads, said, written
from tests.fakes.windows import Client, until, xdotool

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is missing"),
]

SERVERS = {"inspircd": INSPIRCD, "inspircd without modules": PLAIN_INSPIRCD, "ngircd": NGIRCD}
NETWORKS = {"inspircd": "Inspired", "ngircd": "Engine"}

Join = Callable[[], str]


@pytest.fixture(scope="module", params=list(SERVERS.values()), ids=list(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[OtherServer]:
    kind: Kind = request.param
    if not kind.program:
        pytest.skip(f"not installed: {kind.name}")
    with OtherServer(kind) as running:
        yield running


@pytest.fixture(scope="module")
def ann(
    display: str, server: OtherServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """A window that all tests of a server share; each has a room of its own."""
    window = Client("ann", server.port, tmp_path_factory.mktemp("ann"))
    try:
        window.focus()
        window.wait(connection="online")
        yield window
    finally:
        window.stop()


@pytest.fixture(scope="module")
def person(server: OtherServer) -> Iterator[irc.Client]:
    with irc.Client.connect("127.0.0.1", server.port) as made:
        made.register("ben")
        yield made


@pytest.fixture
def ben(person: irc.Client) -> irc.Client:
    """Another person, without a window, who has read all that came before."""
    person.drain()
    return person


_numbers = itertools.count()


@pytest.fixture
def room(ann: Client) -> str:
    """A room that ann has just made."""
    name = f"#room{next(_numbers)}"
    ann.type(f"/join {name}")
    ann.wait(current=name)
    return name


@pytest.fixture
def shared(ann: Client, room: str, ben: irc.Client) -> str:
    """The same with ben in it."""
    ben.ask(f"JOIN {room}")
    ann.wait_for(lambda state: "ben" in state["members"], "ben is there")
    return room


# --- the tests ------------------------------------------------------------------------------


def test_a_new_person_finds_a_room(server: OtherServer, tmp_path: Path, ben: irc.Client) -> None:
    """From the connection dialog into a room that the server lists, and into one that is new."""
    ben.ask("JOIN #bees", "TOPIC #bees :All about bees")
    window = Client("new", server.port, tmp_path, dialog=True)
    try:
        window.wait(dialog="connect")
        window.focus("Connect")
        reads(window, "Guest", "Log in", "Create account")
        xdotool("type", "newcomer")
        window.press("Return")
        window.wait(connection="online", dialog="")
        window.focus()
        reads(window, "Join a room, or write to somebody by their nickname.")
        click(window, "Join a room…")
        window.wait_for(lambda state: "#bees" in (state["browse"] or ()), "the room is listed")
        reads(window, "All about bees", "1 member")
        window.focus("Find")
        xdotool("type", "bee")
        window.press("Return")
        window.wait(current="#bees", topic="All about bees", browse=None)
        window.focus()
        window.press("ctrl+j")
        window.focus("Find")
        xdotool("type", "#brandnew")
        window.wait_for(lambda state: "#brandnew" in (state["browse"] or ()), "it can be made")
        window.press("Return")
        window.wait(current="#brandnew", browse=None)
        assert window.quit() == 0
    finally:
        window.stop()


def test_talking_in_both_directions(ann: Client, ben: irc.Client, shared: str) -> None:
    ann.type("hello ben")
    said(ann, "ann", "hello ben")
    assert ben.expect("PRIVMSG").params[-1] == "hello ben"
    ben.send(f"PRIVMSG {shared} :grüße 你好 \U0001f44d\U0001f3fd")
    said(ann, "ben", "grüße 你好 \U0001f44d\U0001f3fd")
    ann.focus()
    xdotool("type", "--delay", "10", "and to you :wave:")
    ann.wait(draft="and to you 👋")
    ann.press("Return")
    said(ann, "ann", "and to you 👋")
    assert ben.expect("PRIVMSG").params[-1] == "and to you 👋"
    ann.type("/me waves")
    assert ben.expect("PRIVMSG").params[-1] == "\x01ACTION waves\x01"
    ben.send(
        f"PRIVMSG {shared} :\x01ACTION waves back\x01", f"PRIVMSG {shared} :\x02bold\x02 \x0304red"
    )
    reads(ann, "ann waves", "ben waves back")
    said(ann, "ben", "bold red")


def test_talking_in_private(ann: Client, ben: irc.Client) -> None:
    ann.type("/query ben just to you")
    ann.wait(current="ben")
    said(ann, "ann", "just to you")
    assert list(ben.expect("PRIVMSG").params) == ["ben", "just to you"]
    ben.send("PRIVMSG ann :ünder us 🤫")
    said(ann, "ben", "ünder us 🤫")
    ben.send("AWAY :at tea")
    ben.drain()
    ann.type("still there?")
    said(ann, "ann", "still there?")
    reads(ann, "away")
    ann.press("ctrl+i")
    reads(ann, "away: at tea", "Real name", "A person", "Address")
    assert not {"Status", "Colour", "Account"} & set(written(ann))
    closes(ann, "Profile")
    ann.type("/close")


def test_topic_ranks_and_the_way_out(ann: Client, ben: irc.Client, shared: str) -> None:
    ann.type("/topic bees & trees")
    ann.wait(topic="bees & trees")
    assert ben.expect("TOPIC").params[-1] == "bees & trees"
    click(ann, "ben", 3)
    click(ann, "Make operator")
    assert list(ben.expect("MODE").params) == [shared, "+o", "ben"]
    until(lambda: written(ann).count("operator") == 2, "both are operators")
    ben.send(f"TOPIC {shared} :\x02only\x02 trees 🌳", "NICK benny")
    ann.wait(topic="only trees 🌳")
    reads(ann, "ben is benny now")
    ann.type("/nick anna")
    ann.wait(nick="anna")
    ben.send(f"KICK {shared} anna :too loud")
    reads(ann, "benny removed you from this room: too loud", f"Join {shared}")
    ann.wait(member_list=False)  # the messages have its place now, and all is where it stays
    click(ann, f"Join {shared}")
    ann.wait_for(lambda state: "benny" in state["members"], "back in the room")
    ben.send(f"PART {shared} :bye", "NICK ben")
    reads(ann, "benny left")
    ann.type("/nick ann")
    ann.wait(nick="ann")


def test_the_room_dialog(ann: Client, ben: irc.Client, shared: str) -> None:
    ben.drain()
    ann.type("/ban *!*@bad.example")
    assert ben.expect("MODE").params[1] == "+b"
    ann.press("ctrl+i")
    ann.wait_for(lambda state: "Room" in state["dialogs"], "the dialog is open")
    reads(ann, "2 members", "you are an operator", "Topic", "Invite", "Notifications")
    assert "Name" not in written(ann)  # rooms cannot be renamed here
    click(ann, "Rights")
    assert not {"Only with an account", "Guests only read"} & set(written(ann))
    click(ann, "Only voices speak")
    assert list(ben.expect("MODE").params) == [shared, "+m"]
    click(ann, "Bans")
    reads(ann, "*!*@bad.example", "1 banned")
    click(ann, "About")
    click(ann, "Nothing")
    closes(ann, "Room")
    ann.wait_for(lambda state: ann.conversation(shared)["quiet"], "it does not call any more")


def test_a_refused_message_stays_with_the_reason(ann: Client, ben: irc.Client) -> None:
    name = f"#quiet{next(_numbers)}"
    ben.ask(f"JOIN {name}", f"MODE {name} +m")
    ann.type(f"/join {name}")
    ann.wait(current=name)
    ann.type("may I?")
    refused = ("ann", "may I?", "failed")
    until(lambda: ann.texts() == [refused], f"it was not sent; now: {ann.texts()}")
    reads(ann, f"You cannot write to {name}.")
    ben.ask(f"MODE {name} -m")
    click(ann, "Send again")
    until(lambda: ann.texts() == [("ann", "may I?", "sent")], "now it was")
    assert ben.expect("PRIVMSG").params[-1] == "may I?"


def test_long_messages_arrive_whole(ann: Client, ben: irc.Client, shared: str) -> None:
    text = " ".join(f"word{number}" for number in range(80))
    ben.drain()
    ann.type(text)
    until(lambda: " ".join(one[1] for one in ann.texts()) == text, "all of it is shown")
    until(lambda: {one[2] for one in ann.texts()} == {"sent"}, "and sent")
    pieces = [message for message in ben.drain() if message.command == "PRIVMSG"]
    assert len(pieces) > 1
    assert " ".join(message.params[-1] for message in pieces) == text


def test_going_away_and_coming_back(ann: Client, ben: irc.Client, shared: str) -> None:
    ann.type("/away lunch")
    ann.wait(away=True)
    assert "lunch" in [message.params[-1] for message in ben.ask("WHOIS ann")]
    click(ann, "Menu")
    click(ann, "Profile…")
    ann.wait(dialog="profile")
    reads(ann, "Nickname", "Away", "You are here as a guest")
    lacking = {"Display name", "Status", "Colour", "Log in…", "Create an account…", "Log out"}
    assert not lacking & set(written(ann))
    closes(ann, "Your profile")
    ann.type("/back")
    ann.wait(away=False)


def test_the_nick_is_in_use(server: OtherServer, tmp_path: Path, ben: irc.Client) -> None:
    window = Client("ben2", server.port, tmp_path, "--nick", "ben")
    try:
        window.wait(dialog="connect")
        assert window.state()["errors"] == {
            "nick": "The nick ben is in use. If it is yours, log in."
        }
        window.focus("Connect")
        window.press("ctrl+a")
        xdotool("type", "bennet")
        window.press("Return")
        window.wait(nick="bennet", connection="online", dialog="")
    finally:
        window.stop()


# --- nothing is there that does not work ----------------------------------------------------


def test_menus_hold_only_what_works(ann: Client, ben: irc.Client, shared: str) -> None:
    ben.send(f"PRIVMSG {shared} :something to look at")
    said(ann, "ben", "something to look at")
    features = {"Reply", "Delete…", "React"}
    message = entries(ann, "something to look at")
    assert "Copy text" in message
    modern = any(message for message in ann.state()["messages"] if message["msgid"])
    assert message & features == ({"Reply"} if modern else set())
    main = entries(ann, "Menu", 1)
    assert {"Profile…", "Connection…", "Join a room…", "About this room"} <= main
    assert not {"Log in…", "Create an account…", "Log out"} & main
    person = entries(ann, "ben")
    assert {
        "Message",
        "Mention",
        "Profile",
        "Make operator",
        "Give voice",
        "Ban from the room…",
    } <= person
    row = entries(ann, shared, which=0)
    assert {"Mute", "Pin", "Copy name", "Leave the room"} <= row


def test_the_search_field_and_the_commands(ann: Client, shared: str) -> None:
    ann.press("ctrl+k")
    xdotool("type", shared)
    ann.wait_for(lambda state: shared in state["results"], "the room is found")
    assert "Messages" not in written(ann)  # the server does not search
    ann.press("Escape")
    ann.wait(search="")
    ann.type("/help")
    reads(ann, "/join #ROOM [KEY]")
    told = notes(ann)[-1]
    assert not {"/login", "/register", "/verify", "/rename"} & {
        line.split()[0] for line in told.splitlines()
    }
    ann.type("/rename #x")
    reads(ann, "This server cannot do that: /rename does not work here")
    ann.press("ctrl+a", "BackSpace")
    ann.type("/list")
    ann.wait_for(lambda state: shared in (state["browse"] or ()), "the room is listed")
    closes(ann, "Find a room or a person")
    ann.press("ctrl+f")
    xdotool("type", "ben")
    ann.wait_for(lambda state: state["find"], "the find bar counts")
    ann.press("Escape")
    ann.wait(find=None)


# --- getting in, and back in ----------------------------------------------------------------


def test_choices_about_accounts_say_that_there_are_none(
    server: OtherServer, tmp_path: Path
) -> None:
    window = Client("dora", server.port, tmp_path, dialog=True)
    try:
        window.wait(dialog="connect")
        window.focus("Connect")
        xdotool("type", "dora")
        window.press("Tab", "Tab", "Tab", "Tab", "Right", "Tab", "Tab")
        xdotool("type", "secret")
        window.press("Return")
        window.wait_for(lambda state: "no accounts" in state["errors"].get("way", ""), "in words")
        window.focus("Connect")
        click(window, "Create account")
        window.press("Tab")
        for key in ("Tab", "Return"):  # the password, and once more
            window.press("ctrl+a")
            xdotool("type", "secret")
            window.press(key)
        window.wait_for(lambda state: "makes no" in state["errors"].get("way", ""), "here too")
        window.wait(connection="online")  # as a guest all the same
        click(window, "Guest")
        click(window, "Connect")
        window.wait(dialog="", nick="dora", account="")
    finally:
        window.stop()


def test_the_server_is_killed_and_started_again(
    server: OtherServer, ann: Client, ben: irc.Client, shared: str
) -> None:
    ann.type("before")
    said(ann, "ann", "before")
    server.stop()  # and with it goes ben: this is the last test of a server
    ann.wait(connection="waiting")
    reads(ann, "Retry now", "No connection: what you send now goes out when it is back")
    ann.type("written meanwhile")
    until(lambda: ann.texts()[-1] == ("ann", "written meanwhile", "pending"), "it waits")
    server.start()
    with irc.Client.connect("127.0.0.1", server.port) as cid:
        cid.register("cid")
        cid.ask(f"JOIN {shared}")
        ann.focus()
        ann.wait(connection="online", banner="")
        said(ann, "ann", "written meanwhile")  # before cid came in, perhaps
        ann.wait_for(lambda state: set(state["members"]) == {"ann", "cid"}, "who is there now")
        ann.type("and after")
        heard = cid.read_until(lambda message: message.params[-1:] == ["and after"])
        told = [one.params[-1] for one in heard if one.command == "PRIVMSG"]
        assert told in (["written meanwhile", "and after"], ["and after"])
        said(ann, "ann", "and after")
        assert [one[1] for one in ann.texts()] == ["before", "written meanwhile", "and after"]


@pytest.mark.parametrize("kind", [INSPIRCD, NGIRCD], ids=["inspircd", "ngircd"])
def test_the_password_of_a_server(kind: Kind, tmp_path: Path) -> None:
    """PASS, from the dialog's "More…"."""
    if not kind.program:
        pytest.skip(f"not installed: {kind.name}")
    with OtherServer(locked(kind)) as running:
        window = Client("eva", running.port, tmp_path)
        try:
            window.wait(dialog="connect")
            window.wait_for(lambda state: "denied" in str(state["errors"]), "it lets nobody in")
            window.focus("Connect")
            if "password" not in window.state()["errors"]:  # InspIRCd does not say what is wrong
                click(window, "More…")
            reads(window, "Password of the server")
            xdotool("type", "sesame")
            window.press("Return")
            window.wait(connection="online", dialog="", nick="eva")
        finally:
            window.stop()


def locked(kind: Kind) -> Kind:
    """The same server, for those who know its password."""
    inside = {"inspircd": ('<connect allow="*"', '<connect allow="*" password="sesame"'),
              "ngircd": ("[Global]\n", "[Global]\nPassword = sesame\n")}  # fmt: skip
    before, after = inside[kind.name]
    return kind._replace(
        config=lambda port, folder: kind.config(port, folder).replace(before, after)
    )
