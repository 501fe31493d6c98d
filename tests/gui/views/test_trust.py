"""Questions about certificates: easy keys mean no, and what differs is seen."""

import pytest

from gui.model.shown import TrustQuestion
from gui.theme import Look
from gui.views.trust import ChangedDialog, TrustDialog, UnknownDialog
from tests.gui.views.conftest import Until

pytestmark = pytest.mark.window

UNKNOWN = TrustQuestion("chat.example:6697", "", "AABB CCDD", (("Issued by", "itself"),))
CHANGED = UNKNOWN._replace(known="AABB CCDE", about=())


class Asked:
    """A dialog, and its answers."""

    def __init__(self, look: Look, until: Until, question: TrustQuestion) -> None:
        self.answers: list[bool] = []
        kind = ChangedDialog if question.known else UnknownDialog
        self.dialog: TrustDialog = kind(look, question, self.answers.append)
        until(self.dialog.winfo_viewable)

    def press(self, key: str) -> None:
        self.dialog.focus_force()
        self.dialog.come_back()
        self.dialog.update()
        widget = self.dialog.focus_get()
        assert widget is not None
        widget.event_generate(key)


@pytest.mark.parametrize("key", ["<Return>", "<Escape>", "<space>"])
@pytest.mark.parametrize("question", [UNKNOWN, CHANGED])
def test_every_easy_key_refuses(
    look: Look, until: Until, question: TrustQuestion, key: str
) -> None:
    asked = Asked(look, until, question)
    asked.press(key)
    assert asked.answers[:1] == [False]
    assert True not in asked.answers


@pytest.mark.parametrize("question", [UNKNOWN, CHANGED])
def test_return_does_not_accept_even_on_the_button_that_does(
    look: Look, until: Until, question: TrustQuestion
) -> None:
    asked = Asked(look, until, question)
    asked.dialog.yes.state(["!disabled"])
    asked.dialog.yes.focus_force()
    asked.dialog.update()
    asked.dialog.yes.event_generate("<Return>")
    assert True not in asked.answers


def test_a_known_server_can_be_trusted(look: Look, until: Until) -> None:
    asked = Asked(look, until, UNKNOWN)
    asked.dialog.yes.invoke()
    assert asked.answers == [True]


def test_a_changed_certificate_has_to_be_compared_first(look: Look, until: Until) -> None:
    asked = Asked(look, until, CHANGED)
    dialog = asked.dialog
    assert isinstance(dialog, ChangedDialog)
    dialog.yes.invoke()
    assert asked.answers == []
    dialog.box.invoke()
    dialog.yes.invoke()
    assert asked.answers == [True]
    dialog.box.invoke()
    assert "disabled" in dialog.yes.state()


def test_the_parts_that_differ_stand_out(look: Look, until: Until) -> None:
    dialog = Asked(look, until, CHANGED).dialog
    assert isinstance(dialog, ChangedDialog)
    assert [one.differing for one in (dialog.before, dialog.now)] == [["CCDE"], ["CCDD"]]
