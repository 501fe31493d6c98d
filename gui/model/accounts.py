"""What the dialogs about accounts, and the window without a conversation, show and ask.

Values without tkinter; passwords are in no `repr`, so they cannot get into a log.
"""

from typing import Final, Literal, NamedTuple

#: How one comes in: as a guest, into an account, or with a new account.
Way = Literal["guest", "login", "create"]
WAYS: Final[tuple[tuple[Way, str], ...]] = (
    ("guest", "Guest"),
    ("login", "Log in"),
    ("create", "Create account"),
)


class KnownServer(NamedTuple):
    """A server that has let us in before; `account` is "" for a guest."""

    host: str
    port: int
    tls: bool
    nick: str
    account: str


class AccountForm(NamedTuple):
    """The dialogs "Log in" (`creating` is False) and "Create an account", on a connection.

    A new account has the name of our nick, so there `account` cannot be changed; `email` is
    asked for where `email_required`.
    """

    creating: bool
    account: str
    account_password: str = ""
    repeated: str = ""
    email: str = ""
    email_required: bool = False
    remember: bool = False
    keyring: bool = True

    def __repr__(self) -> str:
        """Without the passwords."""
        return f"AccountForm(creating={self.creating}, account={self.account!r})"


class CodeQuestion(NamedTuple):
    """A new account waits for the code that was sent to its owner."""

    account: str
    sentence: str


class PasswordForm(NamedTuple):
    """The dialog "Change password"."""

    account: str
    old: str = ""
    new: str = ""
    repeated: str = ""

    def __repr__(self) -> str:
        """Without the passwords."""
        return f"PasswordForm(account={self.account!r})"


class ProfileCard(NamedTuple):
    """What we tell of ourselves, and in the second half what of it this server lets us change."""

    nick: str
    account: str  # "" for a guest
    display_name: str = ""
    status: str = ""
    color: str = ""  # '#rrggbb', "" for none
    realname: str = ""
    away: bool = False
    away_message: str = ""
    profiles: bool = False
    setname: bool = False
    passwords: bool = False
    login: bool = False
    registration: bool = False


class OwnCard(NamedTuple):
    """We, in the corner of the window; `nick` is "" before the first connection, `name` is what
    we call ourselves."""

    nick: str
    account: str = ""
    away: bool = False
    color: str = ""
    name: str = ""


class AccountOffers(NamedTuple):
    """Which entries about accounts the menu has now; `profile`: there is a connection."""

    profile: bool = False
    login: bool = False
    registration: bool = False
    logout: bool = False


class Welcome(NamedTuple):
    """What stands where no conversation is open.

    With `whole` it fills the window (there is nothing else to see yet), else the place of the
    messages.  `button` is "" where there is nothing to press; it means `action`.
    """

    title: str
    sentence: str
    button: str
    action: Literal["connect", "join"]
    whole: bool


#: The dialogs of `gui.model.screen.AccountDialogScreen`, by what they ask.
Question = AccountForm | CodeQuestion | PasswordForm | ProfileCard


def strength(password: str) -> tuple[int, str]:
    """How hard a password is to guess, from 0 to 3, and a word for it; (0, "") for none.

    Length counts most, kinds of characters a little: what a person sees at a glance, no promise.
    """
    if not password:
        return 0, ""
    kinds = sum(
        any(test(character) for character in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    )
    different = len(set(password))
    score = min(different, len(password)) + 2 * (kinds - 1)
    if score < 9:
        return 1, "Easy to guess"
    return (2, "Fair") if score < 15 else (3, "Strong")
