"""The data folder belongs to one server at a time: two writers would mix two orders."""

import fcntl
import os
from pathlib import Path

from core.errors import OperatorError

FILE = "lock"
SECRET = "secret"
SECRET_BYTES = 32


def lock(folder: Path) -> int:
    """Take the folder; a descriptor that holds it until every process that has it is gone.

    All processes of a server inherit it.  So the folder is free only when the last of them has
    ended, even after the main process was killed.  Raises OperatorError where it is taken, or
    cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OperatorError(f"{folder}: cannot be written: {error.strerror}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise OperatorError(
            f"{folder}: another server uses this folder; stop it, or choose another with --data"
        ) from None
    return handle


def secret(folder: Path) -> bytes:
    """Random bytes that stay the same for this folder; made on the first start.

    Raises OperatorError where they cannot be kept.
    """
    path = folder / SECRET
    try:
        if not path.exists():
            fresh = path.with_suffix(".new")
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(os.urandom(SECRET_BYTES))
            fresh.rename(path)
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(f"{path}: cannot be used: {error.strerror}") from None
