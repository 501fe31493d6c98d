"""Tcl's interpreter and Python's garbage collector, which runs in any thread."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

COLLECT_IN_A_THREAD = """
import gc, threading
from gui.views.loop import new_root
gc.disable()
root = new_root()
root.itself = root
root.destroy()
del root
thread = threading.Thread(target=gc.collect)
thread.start()
thread.join()
print("alive")
"""


@pytest.mark.window
def test_a_window_collected_by_another_thread_does_not_abort_the_process(display: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECT_IN_A_THREAD],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "alive\n", done.stderr
