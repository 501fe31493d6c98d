"""Make sure that the packages a program needs are there, before it imports any of them.

A program calls `ensure("server")` (or "gui", "loadtest", "dev") as the first thing it does.
Where the running Python has the packages, that costs a look.  Where it lacks them, they are
installed into `.venv` beside the code, once, and the program starts again in there.
`PARLOR_SETUP=0` turns this off; what is missing is then an error that names it.

The rules of this package:
- Only the standard library is imported.
- This file, and what runs before it, has syntax that every Python 3 can read, so that an old one
  says that it is too old instead of showing a SyntaxError.
- Everything is said on standard error; standard output belongs to the program.
"""

import sys

OLDEST_PYTHON = (3, 11)


def ensure(group: str) -> None:
    """Return once everything that `group` needs can be imported.

    That may mean a restart of this program inside `.venv`.  Where it cannot be had, the process
    ends with a sentence on standard error that says what to mend.
    """
    complaint = python_complaint(sys.version_info[:2])
    if complaint:
        raise SystemExit(complaint)

    from core.prepare.environment import prepare

    prepare(group)


def python_complaint(version: "tuple[int, int]") -> str:
    """What is wrong with a Python of this version; "" if nothing is."""
    if version >= OLDEST_PYTHON:
        return ""
    wanted, found = ("{}.{}".format(*numbers) for numbers in (OLDEST_PYTHON, version))
    return f"Parlor needs Python {wanted} or newer, and {sys.executable} is {found}."
