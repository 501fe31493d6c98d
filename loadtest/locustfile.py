"""Load for a chat server, with a check that every message arrives: for ``locust -f``.

    locust -f loadtest/locustfile.py --headless -u 60 -r 20 -t 60s --host localhost:5000

It exits with 1 if anything was lost, doubled or out of order.  ``python3 -m loadtest`` does the
same with a server of its own.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # locust only adds the file's own folder
    sys.path.insert(0, ROOT)

from locust import events  # noqa: E402
from locust.env import Environment  # noqa: E402
from locust.runners import LocalRunner  # noqa: E402

from core.errors import OperatorError  # noqa: E402
from loadtest import harness  # noqa: E402
from loadtest.options import add_options  # noqa: E402
from loadtest.report import introduction, passed, verdict  # noqa: E402
from loadtest.users import ChatUser  # noqa: E402

__all__ = ["ChatUser"]


def start(environment: Environment, **_: Any) -> None:
    """A run begins."""
    if not isinstance(environment.runner, LocalRunner):
        raise SystemExit("The check needs all users in one process: run without --processes.")
    try:
        run = harness.begin(environment)
    except OperatorError as error:
        raise SystemExit(f"--host: {error}") from None
    print(introduction(run.plan), flush=True)


def drain(environment: Environment, **_: Any) -> None:
    """Users fall silent and wait for what is on its way, before they leave."""
    harness.of(environment).fall_silent()


def judge(environment: Environment, **_: Any) -> None:
    """The verdict."""
    run = harness.of(environment)
    counts = run.finish()
    print(verdict(run.plan, counts, run.measured, run.drained), flush=True)
    environment.process_exit_code = 0 if passed(counts, run.measured, run.drained) else 1


for hook, listener in (
    (events.init_command_line_parser, add_options),
    (events.test_start, start),
    (events.test_stopping, drain),
    (events.test_stop, judge),
):
    add_listener: Any = hook.add_listener
    add_listener(listener)
