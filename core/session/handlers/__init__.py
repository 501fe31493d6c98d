"""What each command does, a file for each family.  Importing this fills the table."""

from core.session.handlers import (
    accounts,
    batches,
    greeting,
    history,
    invitations,
    listing,
    login,
    markers,
    modes,
    operating,
    queries,
    rooms,
    search,
    services,
    speech,
    who,
)

__all__ = [
    "accounts",
    "batches",
    "greeting",
    "history",
    "invitations",
    "listing",
    "login",
    "markers",
    "modes",
    "operating",
    "queries",
    "rooms",
    "search",
    "services",
    "speech",
    "who",
]
