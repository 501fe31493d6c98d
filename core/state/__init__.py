"""The chat's shared state as a deterministic function of the log.  No clock, no I/O."""

from core.state import (
    apply_accounts,
    apply_invitations,
    apply_lists,
    apply_logins,
    apply_modes,
    apply_operating,
    apply_people,
    apply_redaction,
    apply_rooms,
    apply_speech,
    apply_users,
)

__all__ = [
    "apply_accounts",
    "apply_invitations",
    "apply_lists",
    "apply_logins",
    "apply_modes",
    "apply_operating",
    "apply_people",
    "apply_redaction",
    "apply_rooms",
    "apply_speech",
    "apply_users",
]
