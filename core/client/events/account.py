"""Events about our own account."""

from core.client.events.base import Event


class LoggedIn(Event, frozen=True):
    """We are logged in to an account (during registration as well as later)."""

    account: str  # its name, as the server writes it


class LoggedOut(Event, frozen=True):
    """We are not logged in any more."""


class LoginFailed(Event, frozen=True):
    """We could not log in.

    Without ``ends`` the connection goes on as it was, during registration as a guest; with it
    (``ClientSettings.login_required``) ``RegistrationFailed`` and ``CloseConnection`` follow.
    """

    account: str  # "" for that of our nick
    sentence: str
    code: str  # "904" (wrong), "902" (locked) ..., "" where the server did not refuse it
    ends: bool


class AccountRegistered(Event, frozen=True):
    """``Session.register_account`` or ``verify_account`` succeeded: it is ours, and we are logged
    in to it."""

    account: str


class VerificationRequired(Event, frozen=True):
    """The new account waits for ``Session.verify_account`` with a code; the sentence says more."""

    account: str
    sentence: str
