"""Reactions and messages taken back: others' and ours, before and after their message."""

import pytest

from core.client import events
from core.client.features import Features
from gui.link import Listed, ListedMember
from gui.model.marks import reaction_name
from gui.model.message import Message
from gui.model.timeline import Changed
from tests.gui.presenter.stage import TARGET, Stage

HEART, THUMB = "❤️", "👍"
EVERYTHING = Features(echo=True, reactions=True, replies=True, redaction=True)


def stage_with(features: Features = EVERYTHING) -> Stage:
    stage = Stage()
    stage.presenter.connection.try_target(TARGET)
    stage.handle(events.Registered(nick="me", network="Net", features=features, reconnected=False))
    stage.join()
    stage.handle(stage.said("hello", msgid="m1"))
    return stage


def reacted(
    reaction: str = HEART, nick: str = "bob", msgid: str = "m1", *, removed: bool = False
) -> events.ReactionReceived:
    return events.ReactionReceived(
        conversation="#room", nick=nick, msgid=msgid, reaction=reaction, removed=removed,
        time=1.0, is_own=nick == "me",
    )  # fmt: skip


def redacted(msgid: str = "m1", by: str = "ada") -> events.MessageRedacted:
    return events.MessageRedacted(
        conversation="#room", msgid=msgid, by=by, reason="a\nslip", time=2.0
    )


def message(stage: Stage, at: int = 0) -> Message:
    return stage.screen.timeline.messages[at]


def shown(stage: Stage, at: int = 0) -> list[tuple[str, int, bool]]:
    return [(one.text, one.people, one.own) for one in message(stage, at).reactions]


def test_others_reactions_are_shown() -> None:
    stage = stage_with()
    stage.screen.changes.clear()
    stage.handle(reacted(), reacted(nick="eve"), reacted(THUMB))
    assert shown(stage) == [(HEART, 2, False), (THUMB, 1, False)]
    assert stage.screen.changes == [Changed(0)] * 3
    stage.handle(
        reacted(removed=True), events.ReactionReceived("#x", "a", "m", "x", False, 1, False)
    )
    assert shown(stage)[0] == (HEART, 1, False)


def test_ours_is_shown_at_once_and_toggled() -> None:
    stage = stage_with()
    uid = message(stage).uid
    stage.presenter.message.react(uid, HEART)
    assert shown(stage) == [(HEART, 1, True)]
    stage.handle(reacted(nick="me"))
    stage.presenter.message.react(uid, HEART)
    assert shown(stage) == []
    calls = [call for call in stage.link.session.calls if call[0] == "react"]
    assert calls == [("react", "#room", "m1", HEART, removed) for removed in (False, True)]
    stage.presenter.message.react(uid, "")
    assert shown(stage) == []


@pytest.mark.parametrize(
    "lost",
    [
        events.ErrorReceived(sentence="No.", code="X", command="TAGMSG", context=("m1",)),
        events.ErrorReceived(sentence="No.", code="404", command="TAGMSG", context=("#room",)),
        events.Disconnected(reason="", wanted=False),
    ],
)
def test_ours_is_undone_when_it_does_not_arrive(lost: events.Event) -> None:
    stage = stage_with()
    stage.handle(reacted(THUMB), reacted(THUMB, nick="me"))
    uid = message(stage).uid
    stage.presenter.message.react(uid, HEART)
    stage.presenter.message.react(uid, THUMB)
    assert shown(stage) == [(THUMB, 1, False), (HEART, 1, True)]
    stage.handle(lost)
    expected = [(THUMB, 2, True)]
    if isinstance(lost, events.ErrorReceived) and "m1" not in lost.context:
        assert stage.notes() == ["No."]
    assert shown(stage) == expected


def test_a_confirmed_one_stays_and_other_refusals_are_told() -> None:
    stage = stage_with()
    stage.presenter.message.react(message(stage).uid, HEART)
    stage.handle(reacted(nick="me"))
    stage.handle(
        events.ErrorReceived(sentence="No.", code="X", command="TAGMSG", context=()),
        events.Disconnected(reason="", wanted=False),
    )
    assert shown(stage) == [(HEART, 1, True)]


def test_without_an_echo_nothing_is_awaited() -> None:
    stage = stage_with(Features(reactions=True))
    stage.presenter.message.react(message(stage).uid, HEART)
    stage.handle(events.Disconnected(reason="", wanted=False))
    assert shown(stage) == [(HEART, 1, True)]


def test_taken_back() -> None:
    stage = stage_with()
    stage.presenter.message.reply(message(stage).uid)
    stage.handle(reacted(), redacted())
    assert (message(stage).redacted, message(stage).reason) == ("ada", "a slip")
    assert message(stage).shown() == "Message deleted"
    assert stage.screen.rows[0].preview == "ada: Message deleted"
    assert stage.chat.conversations["#room"].replying == 0


def page(
    stage: Stage, *msgids: str, where: str = "before", **more: object
) -> events.HistoryReceived:
    messages = tuple(stage.said(one, msgid=one, time=1.0) for one in msgids)
    fields = {"conversation": "#room", "messages": messages, "where": where, "complete": False}
    return events.HistoryReceived(**fields, **more)  # type: ignore[arg-type]


def test_a_page_brings_what_became_of_its_messages() -> None:
    stage = stage_with()
    stage.handle(page(stage, "o1", "o2", reactions=(reacted(msgid="o2"),),
                      redactions=(redacted("o1"),)))  # fmt: skip
    assert [one.redacted for one in stage.screen.timeline.messages] == ["ada", "", ""]
    assert shown(stage, 1) == [(HEART, 1, False)]


def test_what_a_page_says_of_messages_further_up_waits_for_them() -> None:
    stage = stage_with()
    stage.handle(reacted(msgid="o1", removed=True))
    newer = (reacted(msgid="o1"), reacted(msgid="m1"), reacted(msgid="m1", removed=True))
    stage.handle(page(stage, "o2", reactions=(*newer, reacted(THUMB, msgid="o1"))))
    assert shown(stage, 1) == []
    stage.handle(page(stage, "o1", reactions=(reacted(HEART, "eve", "o1"),)))
    assert sorted(shown(stage)) == [(HEART, 1, False), (THUMB, 1, False)]


def test_what_can_be_done() -> None:
    stage = stage_with()
    stage.handle(stage.said("mine", nick="me", is_own=True, msgid="m2"))
    theirs, mine = (one.uid for one in stage.screen.timeline.messages)
    offers = stage.presenter.message.offers
    assert offers(theirs)._asdict() == {
        "reply": True, "react": True, "redact": False, "resend": False, "copy": True,
        "about": True,
    }  # fmt: skip
    assert offers(mine).redact
    stage.handle(Listed("#room", (ListedMember("me", "@", False),)))
    assert offers(theirs).redact
    stage.handle(redacted())
    assert not any((offers(theirs).reply, offers(theirs).react, offers(theirs).redact))
    assert not any(offers(0))


def test_nothing_is_offered_that_the_server_lacks() -> None:
    stage = stage_with(Features())
    uid = message(stage).uid
    offers = stage.presenter.message.offers(uid)
    assert not any((offers.reply, offers.react, offers.redact))
    stage.presenter.message.reply(uid)
    stage.presenter.message.react(uid, HEART)
    stage.presenter.message.redact(uid)
    assert stage.chat.conversations["#room"].replying == 0
    assert not [one for one in stage.link.session.calls if one[0] in ("react", "redact")]


def test_offline_only_the_answer_is_offered() -> None:
    stage = stage_with()
    stage.handle(events.Disconnected(reason="", wanted=False))
    offers = stage.presenter.message.offers(message(stage).uid)
    assert (offers.reply, offers.react, offers.redact) == (True, False, False)


def test_taking_back() -> None:
    stage = stage_with()
    stage.handle(stage.said("mine", nick="me", is_own=True, msgid="m2"))
    theirs, mine = (one.uid for one in stage.screen.timeline.messages)
    for uid in (theirs, mine):
        stage.presenter.message.redact(uid)
    asked = [one for one in stage.link.session.calls if one[0] == "redact"]
    assert asked == [("redact", "#room", "m2")]


def test_facts() -> None:
    stage = stage_with()
    nicks = [f"n{number}" for number in range(20)]
    stage.handle(stage.said("x", msgid="m2", account="ada_l", mention=True))
    stage.handle(
        *(reacted(nick=nick, msgid="m2") for nick in nicks), reacted(nick="me", msgid="m2")
    )
    facts = dict(stage.presenter.message.about(message(stage, 1).uid))
    assert facts["From"] == "ada"
    assert facts["Account"] == "ada_l"
    assert facts[HEART].startswith("You, n0, n1")
    assert facts[HEART].endswith("n9 and 10 others")
    assert message(stage, 1).mention
    stage.handle(redacted("m2", "op"))
    facts = dict(stage.presenter.message.about(message(stage, 1).uid))
    assert (facts["Deleted by"], facts["Reason"]) == ("op", "a slip")
    assert stage.presenter.message.about(0) == ()


def test_answering_and_jumping() -> None:
    stage = stage_with()
    uid = message(stage).uid
    stage.presenter.message.reply(uid)
    assert stage.chat.conversations["#room"].replying == uid
    stage.presenter.message.reply(0)
    assert stage.chat.conversations["#room"].replying == 0
    stage.presenter.message.jump_to("m1")
    stage.presenter.message.jump_to("")
    assert stage.screen.finding.messages == [uid]


def test_a_failed_message_is_sent_again_as_it_was_or_forgotten() -> None:
    stage = stage_with()
    stage.handle(stage.queued("hello", "p1"), stage.queued("bye", "p2"))
    for label in ("p1", "p2"):
        stage.handle(
            events.SendFailed(
                conversation="#room", pending_id=label, text="", sentence="No.", code=""
            )
        )
    message(stage, 1).reply_to = "m1"
    uids = [one.uid for one in stage.screen.timeline.messages]
    stage.presenter.message.discard(uids[2])
    stage.presenter.message.discard(uids[0])
    assert stage.screen.texts == ["hello", "hello"]
    stage.presenter.message.send_again(uids[1])
    assert stage.screen.texts == ["hello"]
    assert stage.link.said[-1] == ("#room", "#room", "hello", "privmsg")
    assert stage.link.replied[-1] == "m1"


def test_faces() -> None:
    stage = stage_with()
    face = stage.presenter.message.face
    assert face("ada") == ("", "")
    stage.handle(
        events.ProfileChanged(
            nick="ada", display_name="Ada L", status="", avatar="", color="#336699", homepage="",
            is_self=False,
        )
    )  # fmt: skip
    assert face("ada") == ("Ada L", "#336699")


def test_reaction_names() -> None:
    assert reaction_name(HEART) == HEART
