"""A window can be maximised, and tells that it is."""

import shutil
import tkinter

import pytest

from gui.views.loop import maximise, maximised
from tests.gui.views.conftest import Until

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not shutil.which("openbox"), reason="openbox is missing"),
]


def test_maximising(root: tkinter.Tk, until: Until) -> None:
    until(lambda: root.winfo_viewable())
    assert not maximised(root)
    maximise(root)
    until(lambda: maximised(root) and root.winfo_width() > 900)
