"""What ignored people say is not shown, wherever it comes from."""

import pytest

from core.client import events
from core.client.features import Features
from gui.model.found import MessageHit
from gui.model.message import FOLDED
from gui.model.ranks import PersonAct
from gui.model.timeline import Changed
from gui.model.visit import Visit
from gui.presenter.messages import made
from tests.gui.presenter.stage import Stage


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.register()
    made.join("#room")
    made.presenter.desk.preferences.ignored = ["Troll"]
    return made


def message(stage: Stage, text: str, nick: str, msgid: str = "") -> events.MessageReceived:
    made = stage.said(text, nick=nick, msgid=msgid)
    assert isinstance(made, events.MessageReceived)
    return made


def test_messages_and_typing(stage: Stage) -> None:
    stage.handle(
        stage.said("hear me", nick="troll"),
        events.TypingChanged(conversation="#room", nick="TROLL", state="active"),
        stage.said("hello", nick="ada"),
    )
    assert stage.screen.texts == ["hello"]
    assert stage.screen.typing == ""


def test_they_cannot_begin_a_conversation(stage: Stage) -> None:
    stage.handle(
        events.ConversationOpened(conversation="troll", name="troll", is_room=False),
        stage.said("psst", nick="troll", room="troll"),
    )
    assert "troll" not in stage.screen.keys
    stage.handle(events.ConversationOpened(conversation="#new", name="#new", is_room=True))
    assert "#new" in stage.screen.keys


def test_history(stage: Stage) -> None:
    said = (message(stage, "old", "troll"), message(stage, "older", "ada"))
    stage.handle(
        events.HistoryReceived(conversation="#room", messages=said, where="before", complete=True)
    )
    assert stage.screen.texts == ["older"]


def test_a_message_that_was_asked_for_is_shown(stage: Stage) -> None:
    said = tuple(message(stage, text, "troll", msgid=text) for text in ("a", "b"))
    event = events.ContextReceived(
        conversation="#room", msgid="b", where="around", messages=said, reactions=(),
        edge=False,
    )  # fmt: skip
    passed = stage.presenter._ignoring.passed(event)
    assert isinstance(passed, events.ContextReceived)
    assert [one.text for one in passed.messages] == ["b"]


def test_our_own_words_are_ours(stage: Stage) -> None:
    stage.presenter.desk.preferences.ignored = ["me"]
    stage.handle(stage.said("mine", nick="me", is_own=True))
    assert stage.screen.texts == ["mine"]


def test_they_are_heard_again(stage: Stage) -> None:
    stage.presenter.composer.send("/unignore troll")
    stage.handle(stage.said("hear me", nick="troll"))
    assert stage.screen.texts[-1] == "hear me"


def shown(stage: Stage) -> list[str]:
    return [one.shown() for one in stage.screen.timeline.messages]


def ignore(stage: Stage, *nicks: str) -> None:
    stage.presenter.desk.preferences.ignored = list(nicks)
    stage.presenter.desk.flush()


def reacted(nick: str, *, removed: bool = False) -> events.ReactionReceived:
    return events.ReactionReceived(
        conversation="#room", nick=nick, msgid="m1", reaction="+1", removed=removed, time=0.0,
        is_own=False,
    )  # fmt: skip


@pytest.fixture
def heard(stage: Stage) -> Stage:
    """Everybody can be heard, and has said something."""
    ignore(stage)
    stage.handle(
        stage.said("hello", nick="ada", msgid="m1"),
        stage.said("words", nick="troll", msgid="m2"),
        stage.said("dances", nick="Troll", msgid="m3", kind="action"),
        reacted("troll"),
        reacted("eve"),
        events.TypingChanged(conversation="#room", nick="troll", state="active"),
    )
    return stage


def test_what_they_had_said_is_folded_at_once_and_comes_back(heard: Stage) -> None:
    heard.screen.changes.clear()
    ignore(heard, "TROLL")
    assert shown(heard) == ["hello", FOLDED, FOLDED]
    assert [type(one) for one in heard.screen.changes] == [Changed] * 3
    assert heard.screen.typing == ""
    assert heard.screen.timeline.messages[0].reactions[0].nicks == ("eve",)
    assert heard.screen.rows[0].preview.endswith(FOLDED)
    ignore(heard)
    assert shown(heard) == ["hello", "words", "Troll dances"]
    assert set(heard.screen.timeline.messages[0].reactions[0].nicks) == {"eve", "troll"}


def test_what_can_be_done_with_a_folded_message(heard: Stage) -> None:
    ignore(heard, "troll")
    offers = heard.presenter.message.offers(heard.screen.timeline.messages[1].uid)
    assert (offers.copy, offers.reply, offers.react) == (False, False, False)
    heard.presenter.finding.open()
    heard.presenter.finding.find("ignore")
    assert heard.screen.finding.state is not None
    assert heard.screen.finding.state.total == 0


def test_by_its_menu_as_by_its_command(heard: Stage) -> None:
    heard.presenter.people.act("troll", PersonAct.IGNORE)
    assert shown(heard)[1] == FOLDED
    heard.presenter.people.act("troll", PersonAct.UNIGNORE)
    heard.presenter.composer.send("/ignore troll")
    assert shown(heard)[1] == FOLDED


def test_reactions_that_came_meanwhile(heard: Stage) -> None:
    ignore(heard, "troll", "eve")
    heard.handle(reacted("troll", removed=True), reacted("eve"))
    assert not heard.screen.timeline.messages[0].reactions
    ignore(heard)
    assert heard.screen.timeline.messages[0].reactions[0].nicks == ("eve",)


def test_what_they_take_back_is_gone_without_a_word(heard: Stage) -> None:
    ignore(heard, "troll")
    for msgid in ("m1", "m2"):
        heard.handle(
            events.MessageRedacted(
                conversation="#room", msgid=msgid, by="troll", reason="ha", time=0.0
            )
        )
    ignore(heard)
    assert shown(heard)[:2] == ["Message deleted", "Message deleted"]
    assert [one.reason for one in heard.screen.timeline.messages[:2]] == ["", ""]


def test_redactions_in_history_are_silent_too(heard: Stage) -> None:
    ignore(heard, "troll")
    gone = events.MessageRedacted(
        conversation="#room", msgid="m1", by="troll", reason="ha", time=0.0
    )
    heard.handle(
        events.HistoryReceived(
            conversation="#room", messages=(), where="before", complete=True, redactions=(gone,)
        )
    )
    assert shown(heard)[0] == "Message deleted"


def test_nothing_of_theirs_is_unread_in_private(heard: Stage) -> None:
    heard.handle(heard.said("psst", nick="troll", room="troll"))
    assert heard.chat.conversations["troll"].unread == 1
    ignore(heard, "troll")
    assert heard.chat.conversations["troll"].unread == 0


def test_invitations_and_pings(heard: Stage) -> None:
    ignore(heard, "troll")
    before = shown(heard)
    heard.handle(
        events.Invited(room="#x", name="#x", by="troll", nick="me", is_self=True),
        events.Invited(room="#room", name="#room", by="troll", nick="eve", is_self=False),
        events.CtcpReceived(
            nick="troll", target="me", command="VERSION", argument="", is_reply=False
        ),
    )
    assert heard.screen.offers.shown == []
    assert shown(heard) == before
    ignore(heard)
    assert [one.id for one in heard.screen.offers.shown] == ["#x"]
    ignore(heard, "troll")
    assert heard.screen.offers.shown == []


def test_search_results(heard: Stage) -> None:
    heard.handle(events.FeaturesChanged(features=Features(search=True)))
    search = heard.presenter.search
    search.search("words")
    search.settle()
    query = next(call[1] for call in heard.link.session.calls if call[0] == "search")
    found = (message(heard, "words", "troll", "m2"), message(heard, "words", "ada", "m9"))
    heard.handle(events.SearchReceived(query=str(query), messages=found, complete=True))

    def hits() -> list[str]:
        return [
            row.sender for row in heard.screen.finding.results or () if isinstance(row, MessageHit)
        ]

    assert hits() == ["troll", "ada"]
    ignore(heard, "troll")
    assert hits() == ["ada"]


def test_in_a_stretch_of_the_past(heard: Stage) -> None:
    conversation = heard.chat.conversations["#room"]
    visit = Visit(conversation.timeline, "a")
    visit.timeline.add(made(message(heard, "long ago", "troll", "a")))
    conversation.visit = visit
    ignore(heard, "troll")
    assert [one.shown() for one in visit.timeline.messages] == [FOLDED]
    ignore(heard)
    assert [one.shown() for one in visit.timeline.messages] == ["long ago"]
