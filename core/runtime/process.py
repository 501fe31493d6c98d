"""What every process of the server does first."""

import logging
import os
import signal
import sys

from setproctitle import setproctitle

log = logging.getLogger("parlor")


def begin(name: str) -> None:
    """Take a name that one sees in ``ps`` and in the log; leave Ctrl-C to the acceptor."""
    title = f"parlor: {name}"
    setproctitle(title)
    os.umask(0o077)  # messages and the key are for nobody else on this machine
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format=f"%(asctime)s {title}: %(levelname)s: %(message)s",
        force=True,
    )
    if name != "acceptor":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
