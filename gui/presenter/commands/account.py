"""Commands about accounts.  What is typed here is never kept nor shown: it holds passwords."""

from gui.model.conversation import Conversation
from gui.presenter.commands.table import command
from gui.presenter.desk import Desk


@command("login", "ACCOUNT PASSWORD", "log in to an account", least=2, feature="login", secret=True)
def login(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Log in."""
    account, password = rest.split(None, 1)
    desk.link.log_in(account, password)


@command(
    "register", "PASSWORD [EMAIL]", "make an account with the name of your nick", least=1,
    feature="account_registration", secret=True,
)  # fmt: skip
def register(desk: Desk, conversation: Conversation, rest: str) -> str | None:
    """Make an account."""
    password, _, email = rest.partition(" ")
    if desk.chat.features.email_required and not email.strip():
        return "This server wants an e-mail address too: /register PASSWORD EMAIL"
    desk.link.ask(lambda session, now: session.register_account(password, email.strip()))
    return None


@command(
    "verify", "ACCOUNT CODE", "give the code that was sent for a new account", least=2,
    feature="account_registration", secret=True,
)  # fmt: skip
def verify(desk: Desk, conversation: Conversation, rest: str) -> None:
    """Finish the registration."""
    account, code = rest.split()[:2]
    desk.link.ask(lambda session, now: session.verify_account(account, code))
