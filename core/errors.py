"""The exception tree, sorted by whose fault it is.

- ``PeerError``: what the other end sent is wrong.  It is answered, or its connection closed.
- ``OperatorError``: whoever runs the program can mend it.  The message is one sentence that
  says what is wrong and what to do; it is printed without a traceback.
- Anything else is our own fault, and stops the process loudly.
"""


class ParlorError(Exception):
    """The root of everything raised on purpose."""


class PeerError(ParlorError):
    """The other end of a connection sent something it must not."""


class MalformedLine(PeerError):
    """A line that is not a message: empty, without a command, or with a bad tag section."""


class InvalidUtf8(PeerError):
    """A line whose bytes are not UTF-8."""


class OperatorError(ParlorError):
    """The configuration, the command line or the machine stands in the way."""


class ConfigError(OperatorError):
    """A configuration file or flag is wrong; the message names the file and the key."""
