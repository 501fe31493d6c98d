"""`python3 -m gui.bench`: what the window costs, with real processes and a real screen.

Without a `DISPLAY`, or without `--here`, an Xvfb is started for it.  Prints one line for each
figure, with what it should stay under, and exits with 1 if one does not.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence

from gui.bench import measures

_KINDS = ("conversation", "flood", "idle")


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m gui.bench", description=__doc__)
    parser.add_argument("--only", choices=_KINDS, help="one kind of measurement")
    parser.add_argument("--messages", type=int, default=100_000, help="in the large conversation")
    parser.add_argument("--rate", type=int, default=2_000, help="messages a second in the flood")
    parser.add_argument("--seconds", type=float, default=20.0, help="of the flood, and of idling")
    parser.add_argument("--here", action="store_true", help="use the screen that is there")
    return parser.parse_args(argv)


def _measure(options: argparse.Namespace) -> list[measures.Figure]:
    if options.only == "conversation":
        return measures.conversation(options.messages)
    if options.only == "flood":
        return measures.flooded(options.rate, options.seconds)
    return measures.idle(options.seconds)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure; the exit status."""
    options = _arguments(argv)
    given = list(sys.argv[1:] if argv is None else argv)
    if options.only and options.here:
        figures = _measure(options)
        for figure in figures:
            print(figure.text(), flush=True)
        return int(any(figure.value >= figure.limit for figure in figures))
    wrap: list[str] = []
    if not options.here:
        runner = shutil.which("xvfb-run")
        if runner is None:
            print("xvfb-run is missing; use --here to measure on this screen")
            return 1
        wrap = [runner, "-a", "-s", "-screen 0 1280x900x24"]
    missed = 0
    for kind in (options.only,) if options.only else _KINDS:
        command = [*wrap, sys.executable, "-m", "gui.bench", *given, "--only", kind, "--here"]
        missed |= subprocess.call(command)
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
