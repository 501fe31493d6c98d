"""Logging in by SASL: PLAIN, SCRAM-SHA-256 and EXTERNAL, the server's side.

Nothing here asks for anything: an exchange takes a response and says what has to happen next
(``steps``).  Start reading at ``dialogue``.
"""

from core.session.sasl.dialogue import MECHANISMS, Dialogue, begin
from core.session.sasl.steps import Challenge, Check, Done, Failed, Lookup, Step

__all__ = [
    "MECHANISMS",
    "Challenge",
    "Check",
    "Dialogue",
    "Done",
    "Failed",
    "Lookup",
    "Step",
    "begin",
]
