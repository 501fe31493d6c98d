"""What each command does, a file for each family.  Importing this fills the table."""

from core.session.handlers import (
    accounts,
    batches,
    greeting,
    history,
    login,
    operating,
    queries,
    rooms,
    services,
    speech,
)

__all__ = [
    "accounts",
    "batches",
    "greeting",
    "history",
    "login",
    "operating",
    "queries",
    "rooms",
    "services",
    "speech",
]
