"""`python3 -m gui.gallery`: takes the pictures of `docs/pictures`.

They are taken from the screen, so it has to be one with nothing else on it: an Xvfb of its own is
started, unless `--here` says that the present screen will do.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gui.gallery.scenes import SCENES
from gui.gallery.studio import Studio, hold_still
from gui.palette import PALETTES

_SCALES = (1.0, 2.0)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m gui.gallery", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--theme", action="append", choices=sorted(PALETTES))
    parser.add_argument("--scale", action="append", type=float, help="(default: 1 and 2)")
    names = [scene.name for scene in SCENES]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=str(names))
    parser.add_argument("--here", action="store_true", help="use the screen that is there")
    return parser.parse_args(argv)


def _elsewhere(argv: Sequence[str] | None) -> int:
    """Do it all on an Xvfb."""
    xvfb = shutil.which("xvfb-run")
    if xvfb is None:
        print("xvfb-run is missing; use --here to draw on this screen")
        return 1
    width = round(max(scene.size[0] for scene in SCENES) * _SCALES[-1])
    height = round(max(scene.size[1] for scene in SCENES) * _SCALES[-1])
    command = [xvfb, "-a", "-s", f"-screen 0 {width}x{height}x24", sys.executable, "-m"]
    again = [*command, "gui.gallery", *(sys.argv[1:] if argv is None else argv), "--here"]
    return subprocess.call(again, env={**os.environ, "LC_ALL": "C.UTF-8"})


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; the exit status."""
    options = _arguments(argv)
    if not options.here:
        return _elsewhere(argv)
    options.folder.mkdir(parents=True, exist_ok=True)
    hold_still()
    for scene in SCENES:
        if options.only and scene.name not in options.only:
            continue
        for theme in options.theme or sorted(PALETTES):
            for scale in options.scale or _SCALES:
                studio = Studio(theme, scale, scene.size)
                scene.prepare(studio)
                suffix = "" if scale == 1.0 else f"-{scale:g}x"
                studio.snap(options.folder / f"{scene.name}-{theme}{suffix}.png")
                studio.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
