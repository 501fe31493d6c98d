"""What a runtime does off its loop, done at once: passwords are hashed for real, but cheaply."""

from functools import cache

from core.runtime.passwords import Passwords
from core.session.jobs import MakeCredentials, Verify
from core.wire.saslprep import Unprepared


@cache
def _passwords() -> Passwords:
    return Passwords(memory_kib=8, iterations=1, parallelism=1)


def judge(job: MakeCredentials | Verify) -> object:
    """The answer to a job about a password, or the exception that it raises."""
    if isinstance(job, Verify):
        return _passwords().verify(job.encoded, job.password)
    try:
        return _passwords().credentials(job.password)
    except Unprepared as error:
        return error
