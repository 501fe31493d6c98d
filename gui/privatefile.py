"""Files that are the user's alone, and whole at any time: settings and drafts."""

import contextlib
import os
import tempfile
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put `content` in the file's place, once it is on the disk; the folder is made if need be.

    Nobody else may read it (0600), and whoever is interrupted leaves the old file.  Raises
    OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def put_aside(path: Path) -> None:
    """A damaged file is kept as '*.damaged', so that nothing is overwritten."""
    with contextlib.suppress(OSError):
        path.replace(path.with_suffix(".damaged"))
