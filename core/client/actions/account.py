"""What can be done with our account."""

from core.client import capabilities, login
from core.client.actions.base import Actions
from core.client.events import ErrorReceived
from core.client.state import Login


class AccountActions(Actions):
    """A part of `Session`."""

    def log_in(self, account: str, password: str, now: float, nonce: str = "") -> None:
        """Log in, now or as soon as there is a connection, and again after each reconnection.

        Answered by ``LoggedIn`` or ``LoginFailed``.  ``nonce``: as in ``connection_made``.
        """
        state = self._state
        state.now = now
        if login.is_under_way(state):
            state.emit(ErrorReceived("A login is under way.", "", "AUTHENTICATE", ()))
            return
        state.login = Login(account, password, state.login.wanted_mechanism, nonce)
        if state.phase == "ready":
            capabilities.log_in(state)

    def keep_login(self, account: str, password: str) -> None:
        """What the next connections log in with ("", "": nothing, as a guest); this one goes on
        as it is.  For after a change of password, or a failed `log_in`."""
        state = self._state
        if not login.is_under_way(state):
            state.login.account, state.login.password = account, password

    def register_account(self, password: str, email: str = "") -> None:
        """Make an account with the name of our nick, where ``features.account_registration``.

        Answered by ``AccountRegistered``, ``VerificationRequired`` or ``ErrorReceived``.  The
        password should have 300 bytes at most; that fits into every command.
        """
        if self._act("REGISTER", "*", email or "*", password):
            self._state.login.new_password = password

    def verify_account(self, account: str, code: str) -> None:
        """The code after ``VerificationRequired``; answered as ``register_account`` is."""
        self._act("VERIFY", account, code)
