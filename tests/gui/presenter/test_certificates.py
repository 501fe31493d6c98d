"""Whom to trust: nothing is sent before the user has said so."""

import pytest

from core.client import events
from gui.link import CertificateChanged, CertificateUnknown
from gui.model.shown import ConnectForm, TrustQuestion
from gui.presenter.certificates import grouped
from tests.gui.presenter.stage import Stage

FORM = ConnectForm(nick="me", host="chat.example", port="5000")
SERVER = "chat.example:5000"
CHANGED = CertificateChanged(SERVER, "AABB CCDD", "AABB CCDE")
UNKNOWN = CertificateUnknown(SERVER, "AABB CCDD", "chat.example", "chat.example", 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("aa:bb:cc:dd:ee", "AABB CCDD EE"),
        ("AABB CCDD", "AABB CCDD"),
        ("vouched for by an authority", "vouched for by an authority"),
        ("", ""),
    ],
)
def test_fingerprints_are_shown_in_groups(text: str, shown: str) -> None:
    assert grouped(text) == shown


def test_a_changed_certificate_is_a_stop_and_no_the_default() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(CHANGED)
    assert stage.screen.dialogs.question == TrustQuestion(SERVER, "AABB CCDD", "AABB CCDE")
    stage.presenter.certificates.answer(False)
    assert set(stage.screen.dialogs.errors) == {"host"}
    stage.presenter.certificates.answer(True)  # too late: nothing is asked any more
    assert stage.link.calls[-1] == ("close",)
    assert ("trust", SERVER, "AABB CCDE") not in stage.link.calls


@pytest.mark.parametrize("signal", [CHANGED, UNKNOWN])
def test_an_accepted_certificate_is_trusted_from_now_on(
    signal: CertificateChanged | CertificateUnknown,
) -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(signal)
    stage.presenter.certificates.answer(True)
    assert stage.link.calls[-2:] == [("trust", SERVER, signal.offered), ("retry",)]


def test_the_first_sight_of_a_server() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(UNKNOWN._replace(valid_from=1_772_000_000.0, valid_until=1_800_000_000.0))
    question = stage.screen.dialogs.question
    assert question is not None
    assert question.known == ""
    assert question.about[:2] == (("Made out to", "chat.example"), ("Issued by", "itself"))
    assert question.about[2][0] == "Valid"
    stage.presenter.certificates.answer(False)
    assert set(stage.screen.dialogs.errors) == {"host"}
    assert stage.presenter.connection.state == "asking"


def test_only_what_the_certificate_says_is_shown() -> None:
    stage = Stage()
    stage.presenter.connection.connect(FORM)
    stage.handle(UNKNOWN._replace(subject="", issuer=""))
    assert stage.screen.dialogs.question == TrustQuestion(SERVER, "", "AABB CCDD")
    stage.handle(UNKNOWN._replace(issuer="Some Authority"))
    assert stage.screen.dialogs.question.about[1] == ("Issued by", "Some Authority")


def test_a_certificate_that_changes_while_reconnecting() -> None:
    stage = Stage()
    stage.register()
    stage.handle(events.Disconnected(reason="reset", wanted=False), CHANGED)
    assert stage.screen.banner is not None
    assert stage.screen.banner.text.startswith("The server's certificate has changed.")
    stage.presenter.certificates.answer(False)
    assert stage.screen.dialogs.form is None
    assert stage.presenter.connection.state == "waiting"
