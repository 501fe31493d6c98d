"""Slash commands: what they ask for, what they need, and how they are refused."""

import pytest

from core import __version__
from core.client import events
from core.client.features import Features
from gui.link import Listed, ListedMember
from gui.presenter import commands
from gui.presenter.commands import COMMANDS, Needs
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    members = (ListedMember("me", "@", False), ListedMember("ada", "", False))
    made.handle(Listed("#room", members))
    made.link.session.calls.clear()
    return made


@pytest.mark.parametrize(
    ("line", "calls"),
    [
        ("/op ada bob", [("set_mode", "#room", "+o", "ada"), ("set_mode", "#room", "+o", "bob")]),
        ("/deop ada", [("set_mode", "#room", "-o", "ada")]),
        ("/voice ada", [("set_mode", "#room", "+v", "ada")]),
        ("/devoice ada", [("set_mode", "#room", "-v", "ada")]),
        ("/ban ada", [("set_mode", "#room", "+b", "ada!*@*")]),
        ("/ban *!*@spam.example", [("set_mode", "#room", "+b", "*!*@spam.example")]),
        ("/unban ada", [("set_mode", "#room", "-b", "ada!*@*")]),
        ("/mode +m", [("set_mode", "#room", "+m")]),
        ("/mode #other +k key", [("set_mode", "#other", "+k", "key")]),
        ("/quote PING x", [("send_line", "PING x")]),
        ("/close", [("part", "#room", "")]),
    ],
)
def test_what_is_asked_for(stage: Stage, line: str, calls: list[tuple[object, ...]]) -> None:
    stage.presenter.composer.send(line)
    assert stage.link.session.calls == calls
    assert stage.screen.typed == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/notice ada be quiet", ("ada", "ada", "be quiet", "notice")),
        ("/shrug", ("#room", "#room", "¯\\_(ツ)_/¯", "privmsg")),
        ("/shrug who knows", ("#room", "#room", "who knows ¯\\_(ツ)_/¯", "privmsg")),
        ("/msg ada\thi", ("ada", "ada", "hi", "privmsg")),
    ],
)
def test_what_is_said(stage: Stage, line: str, said: tuple[str, ...]) -> None:
    stage.presenter.composer.send(line)
    assert stage.link.said == [said]


def test_what_the_server_cannot_do_is_refused(stage: Stage) -> None:
    stage.presenter.composer.send("/rename #new")
    assert stage.notes()[-1] == "This server cannot do that: /rename does not work here"
    stage.chat.features = Features(room_rename=True)
    stage.presenter.composer.send("/rename new too many of us")
    assert stage.link.session.calls == [("rename_room", "#room", "#new", "too many of us")]


def test_accounts(stage: Stage) -> None:
    stage.chat.features = Features(login=True, account_registration=True, email_required=True)
    stage.presenter.composer.send("/login ada open sesame")
    assert ("log_in", "ada", "open sesame") in stage.link.calls
    stage.presenter.composer.send("/register sesame")
    assert "wants an e-mail address" in stage.notes()[-1]
    stage.presenter.composer.send("/register sesame ada@example.org")
    stage.presenter.composer.send("/verify ada 1234")
    assert stage.link.session.calls == [
        ("register_account", "sesame", "ada@example.org"),
        ("verify_account", "ada", "1234"),
    ]
    assert not any("open sesame" in note for note in stage.notes())


def test_clearing_empties_the_view_and_asks_for_nothing(stage: Stage) -> None:
    stage.handle(stage.said("old"))
    stage.presenter.composer.send("/clear")
    assert stage.screen.texts == []
    stage.presenter.reading.older()
    assert stage.link.session.calls == []
    stage.handle(stage.said("new"))
    assert stage.screen.texts == ["new"]


def test_names_and_version(stage: Stage) -> None:
    stage.presenter.composer.send("/names")
    stage.presenter.composer.send("/version")
    assert stage.notes()[-2:] == ["@me, ada", f"Parlor {__version__}"]
    stage.handle(Listed("#room", tuple(ListedMember(f"n{n}", "", False) for n in range(250))))
    stage.presenter.composer.send("/names")
    assert stage.notes()[-1].endswith(" … and 50 more")
    stage.handle(Listed("#room", ()))
    stage.presenter.composer.send("/names")
    assert stage.notes()[-1] == "Nobody is known to be in this room"


def test_ignoring(stage: Stage) -> None:
    for line in ("/ignore", "/ignore Ada", "/ignore ada", "/ignore me", "/ignore", "/unignore bob"):
        stage.presenter.composer.send(line)
    assert stage.presenter.desk.preferences.ignored == ["Ada"]
    stage.presenter.composer.send("/unignore ADA")
    assert stage.presenter.desk.preferences.ignored == []
    assert [note.split(";")[0] for note in stage.notes()] == [
        "Nobody is ignored",
        "Ada is ignored from now on",
        "ada is ignored already",
        "Ignoring yourself would not help anybody",
        "Ignored: Ada",
        "bob is not ignored",
        "ADA is not ignored any more",
    ]


def test_the_find_bar_is_opened_with_the_words(stage: Stage) -> None:
    stage.presenter.composer.send("/search two words")
    find = stage.screen.finding.state
    assert find is not None
    assert find.words == "two words"


def test_outside_of_rooms(stage: Stage) -> None:
    stage.presenter.composer.send("/query ada")
    stage.presenter.composer.send("/mode +m")
    assert stage.notes()[-1].startswith("/mode +… only works in a room")
    stage.presenter.composer.send("/kick ada")
    assert stage.notes()[-1] == "/kick only works in a room"


def test_saying_something_in_a_room_that_one_has_left(stage: Stage) -> None:
    stage.handle(events.RoomLeft(room="#room", how="kick", by="ada", reason=""))
    stage.presenter.composer.send("/me waves")
    assert stage.notes()[-1] == "You are not in this room; /join #room"
    assert stage.link.said == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_needs_of_a_connection_what_it_says(stage: Stage, name: str) -> None:
    known = COMMANDS[name]
    words = " ".join(["x"] * known.least)
    here = stage.presenter.desk.here()
    if known.needs is not Needs.NOTHING:
        problem = commands.run(stage.presenter.desk, here, f"/{name} {words}", "asking")
        assert "There is no connection" in problem
    if known.needs is Needs.A_CONNECTION:
        problem = commands.run(stage.presenter.desk, here, f"/{name} {words}", "waiting")
        assert "There is no connection" in problem
    assert stage.link.session.calls == []


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("/topic bees and  trees ", ("topic", "bees and  trees")),
        ("/topic\nbees", ("topic", "bees")),
        ("/", ("", "")),
        ("/ x", ("", "x")),
    ],
)
def test_splitting(line: str, parts: tuple[str, str]) -> None:
    assert commands.split(line) == parts
