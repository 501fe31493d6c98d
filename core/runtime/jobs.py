"""Work off the loop: reading the store, hashing and judging passwords, waiting."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.config import Config
from core.runtime.passwords import Passwords
from core.runtime.process import log
from core.session.jobs import MakeCredentials, Verify, Wait
from core.state.conversations import QUESTIONS
from core.store.reader import Reader
from core.wire.saslprep import Unprepared


class Performer:
    """Does what a ``Node`` asks for.  One thread reads, one judges passwords: neither waits for
    the other, and neither can take more than its share of the cores."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._reading = ThreadPoolExecutor(1, "reader")
        self._judging = ThreadPoolExecutor(1, "passwords")
        self._reader: Reader | None = None  # both are made when they are first needed
        self._passwords: Passwords | None = None

    def reconfigure(self, config: Config) -> None:
        """Passwords are hashed at other costs from now on."""
        self._config = config
        self._passwords = None

    async def perform(self, job: object) -> object:
        """The answer to ``job``; an exception that it raises is written down, if it is ours."""
        if isinstance(job, Wait):
            await asyncio.sleep(job.seconds)
            return None
        loop = asyncio.get_running_loop()
        try:
            if isinstance(job, MakeCredentials | Verify):
                return await loop.run_in_executor(self._judging, self._judge, job)
            if isinstance(job, QUESTIONS):
                return await loop.run_in_executor(self._reading, self._read, job)
            raise TypeError(f"nobody does {job!r}")
        except Unprepared:
            raise
        except Exception:
            log.exception("a job failed: %s", type(job).__name__)
            raise

    def _judge(self, job: MakeCredentials | Verify) -> object:
        passwords = self._passwords
        if passwords is None:
            costs = self._config.accounts
            passwords = self._passwords = Passwords(
                costs.argon2_memory_kib, costs.argon2_iterations, costs.argon2_parallelism
            )
        if isinstance(job, Verify):
            return passwords.verify(job.encoded, job.password)
        return passwords.credentials(job.password)

    def _read(self, job: object) -> object:
        if self._reader is None:
            self._reader = Reader(Path(self._config.server.data))
        return self._reader.answer(job)
