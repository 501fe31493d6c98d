"""What the user does: commands, search, switching, completing."""

import pytest

from core.client import events
from gui.link import Listed, ListedMember
from gui.presenter.commands import COMMANDS
from tests.gui.presenter.stage import TARGET, Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    made.join("#other")
    members = [ListedMember(nick, "", False) for nick in ("me", "Ada", "adam", "bob")]
    made.handle(Listed("#room", tuple(members)))
    return made


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("/join #new key", ("join", "#new", "key")),
        ("/j new", ("join", "#new", "")),
        ("/part so long", ("part", "#room", "so long")),
        ("/nick you now", ("change_nick", "you")),
        ("/topic bees and trees", ("set_topic", "#room", "bees and trees")),
        ("/away", ("set_away", "away")),
        ("/away tea time", ("set_away", "tea time")),
        ("/back", ("set_away", "")),
        ("/whois ada", ("whois", "ada")),
        ("/KICK ada too loud", ("kick", "#room", "ada", "too loud")),
        ("/invite ada", ("invite", "ada", "#room")),
        ("/list bee*", ("request_room_list", "")),
    ],
)
def test_commands(stage: Stage, line: str, call: tuple[object, ...]) -> None:
    stage.presenter.composer.send(line)
    assert stage.link.session.calls == [call]
    assert stage.notes() == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/msg ada hi there", ("ada", "ada", "hi there", "privmsg")),
        ("/me waves", ("#room", "#room", "waves", "action")),
        ("//not a command", ("#room", "#room", "/not a command", "privmsg")),
        ("two\nlines", ("#room", "#room", "two\nlines", "privmsg")),
    ],
)
def test_commands_that_say(stage: Stage, line: str, said: tuple[str, ...]) -> None:
    stage.presenter.composer.send(line)
    assert stage.link.said == [said]


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("/frobnicate", "There is no command /frobnicate; /help lists all. "
         "To send this as it is: //frobnicate"),
        ("/msg ada", "/msg needs more words: /msg NICK TEXT"),
        ("/topic", "This room has no topic"),
        ("/help nick", "/nick NAME — take another nickname"),
        ("/help x", "There is no command /x"),
        ("/mute", "Muted"),
    ],
)  # fmt: skip
def test_refusals_in_words(stage: Stage, line: str, note: str) -> None:
    stage.presenter.composer.send(line)
    assert stage.notes() == [note]


def test_help_lists_everything(stage: Stage) -> None:
    stage.presenter.composer.send("/help")
    told = stage.notes()[0].splitlines()
    assert len(told) == sum(not one.feature for one in COMMANDS.values())


def test_private_conversations(stage: Stage) -> None:
    stage.presenter.composer.send("/query Ada hello")
    assert stage.chat.current == "ada"
    assert stage.link.said == [("ada", "Ada", "hello", "privmsg")]
    stage.presenter.composer.send("/topic x")
    assert stage.notes() == ["/topic only works in a room"]
    stage.presenter.composer.send("/part")
    assert "ada" not in stage.screen.keys
    stage.presenter.people.message("bob")
    assert stage.screen.header.subtitle == "online"
    assert stage.presenter.composer.complete("b") == ["bob"]
    assert stage.presenter.composer.complete("x") == []


def test_quitting(stage: Stage) -> None:
    stage.presenter.composer.send("/quit")
    assert stage.screen.closed
    assert stage.link.session.calls[0][0] == "quit"


def test_the_servers_conversation_takes_only_commands() -> None:
    stage = Stage()
    stage.register()
    stage.presenter.composer.send("hello")
    stage.presenter.composer.send("/me waves")
    stage.presenter.composer.typed("x")
    assert stage.notes() == [
        "Only commands can be given here; /help lists them",
        "/me only works in a room or with a person",
    ]
    assert stage.link.said == []


def test_stepping_goes_round(stage: Stage) -> None:
    keys = stage.screen.keys
    seen = []
    for steps in (1, 1, -1):
        stage.presenter.conversations.step(steps)
        seen.append(stage.chat.current)
    here = keys.index("#room")
    assert seen == [keys[1 - here], keys[here], keys[1 - here]]


def test_completing(stage: Stage) -> None:
    assert stage.presenter.composer.complete("a") == ["Ada", "adam"]
    assert stage.presenter.composer.complete("m") == []
    assert stage.presenter.composer.complete("/ki") == ["/kick"]
    assert stage.presenter.composer.complete("#o") == ["#other"]


def test_muting(stage: Stage) -> None:
    stage.presenter.conversations.mute("#other")
    stage.handle(stage.said("x", room="#other"))
    assert stage.chat.muted == {"#other"}
    assert stage.screen.title == "Parlor — #room"
    assert next(row for row in stage.screen.rows if row.key == "#other").quiet
    stage.presenter.conversations.mute("nowhere")


def test_closing_from_the_list(stage: Stage) -> None:
    stage.presenter.conversations.close("#other")
    stage.presenter.conversations.close("nowhere")
    assert stage.link.session.calls == [("part", "#other", "")]


def test_a_new_minute_redraws_the_list(stage: Stage) -> None:
    stage.screen.rows = ()
    stage.presenter.minute()
    assert len(stage.screen.rows) == 2


def test_without_a_conversation_little_happens() -> None:
    stage = Stage()
    stage.presenter.reading.looked()
    stage.presenter.reading.older()
    stage.presenter.message.send_again(1)
    stage.presenter.conversations.step(1)
    stage.presenter.conversations.open("nowhere")
    assert stage.presenter.composer.complete("a") == []


def test_nothing_is_sent_again_where_nobody_would_keep_it() -> None:
    stage = Stage()
    stage.register()
    stage.join()
    stage.handle(
        stage.queued("mine", "L1"),
        events.SendFailed(
            conversation="#room", pending_id="L1", text="mine", sentence="No.", code=""
        ),
    )
    failed = stage.screen.timeline.messages[0]
    stage.presenter.connection.try_target(TARGET)
    stage.presenter.message.send_again(failed.uid)
    assert stage.link.said == []
    assert stage.screen.texts == ["mine", "There is no connection; this was not sent"]
