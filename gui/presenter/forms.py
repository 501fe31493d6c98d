"""What the dialogs of getting in were filled with: is it right, and what does it ask for?

Errors are sentences by the name of the field that they belong to.
"""

from gui.link import Target
from gui.model.accounts import AccountForm, KnownServer, PasswordForm
from gui.model.hosts import is_loopback
from gui.model.shown import ConnectForm

_NO_BLANKS = "A nickname has no blanks."
_PASSWORD = "Type the password."
_TWICE = "This is not the same as above."
_AGAIN = "Press the button again to go on all the same."
_READABLE = f"Without encryption anybody on the way can read the password. {_AGAIN}"
_WAS_ENCRYPTED = f"The connection to this server was encrypted before. {_AGAIN}"


def check(form: ConnectForm) -> dict[str, str]:
    """What is wrong with the connection dialog's fields.

    A missing password is not looked for here: the keyring may have it.
    """
    errors = {}
    if not form.nick:
        errors["nick"] = "Choose a name that others will see."
    elif any(character.isspace() for character in form.nick):
        errors["nick"] = _NO_BLANKS
    if not form.host:
        errors["host"] = "The server's name or address is missing."
    elif any(character.isspace() or character == "/" for character in form.host):
        errors["host"] = "This is not a server's name."
    if not (form.port.isascii() and form.port.isdigit() and 0 < int(form.port[:6]) < 65536):
        errors["port"] = "A port is a number from 1 to 65535."
    if form.way == "login" and any(character.isspace() for character in form.account):
        errors["account"] = "An account's name has no blanks."
    if form.way == "create":
        errors |= _new_password(form.account_password, form.repeated, "account_password")
    return errors


def check_account(form: AccountForm) -> dict[str, str]:
    """What is wrong with the fields of "Log in" or "Create an account"."""
    if form.creating:
        errors = _new_password(form.account_password, form.repeated, "account_password")
        if form.email_required and not form.email:
            errors["email"] = "This server wants an e-mail address."
        return errors
    errors = {}
    if not form.account:
        errors["account"] = "Which account?"
    elif any(character.isspace() for character in form.account):
        errors["account"] = "An account's name has no blanks."
    if not form.account_password:
        errors["account_password"] = _PASSWORD
    return errors


def check_password(form: PasswordForm) -> dict[str, str]:
    """What is wrong with "Change password".

    It goes to a service whose words are set apart by blanks.
    """
    errors = _new_password(form.new, form.repeated, "new")
    if not form.old:
        errors["old"] = _PASSWORD
    for name, value in (("old", form.old), ("new", form.new)):
        if any(character.isspace() for character in value):
            errors[name] = "This server cannot change passwords that have blanks."
    return errors


def _new_password(password: str, repeated: str, name: str) -> dict[str, str]:
    if not password:
        return {name: "Choose a password."}
    if password != repeated:
        return {"repeated": _TWICE}
    return {}


def target_of(form: ConnectForm) -> Target:
    """Where a checked form leads; who makes an account comes as a guest first."""
    guest = Target(form.host, int(form.port), form.tls, form.nick, form.password)
    if form.way != "login":
        return guest
    account = form.account or form.nick
    return guest._replace(account=account, account_password=form.account_password)


def exposed(target: Target, *, password: bool, known: tuple[KnownServer, ...] = ()) -> str:
    """What to warn of before this target is connected to, or is sent a password; '' for
    nothing."""
    if target.tls or is_loopback(target.host):
        return ""
    if password:
        return _READABLE
    place = (target.host, target.port)
    return _WAS_ENCRYPTED if any(one.tls and one[:2] == place for one in known) else ""


def form_for(target: Target, form: ConnectForm) -> ConnectForm:
    """`form` with what leads to `target`, without passwords of accounts."""
    return form._replace(
        nick=target.nick,
        host=target.host,
        port=str(target.port),
        tls=target.tls,
        password=target.password,
        way="login" if target.account else "guest",
        account=target.account,
        account_password="",
        repeated="",
    )


def with_known(form: ConnectForm, target: Target) -> ConnectForm:
    """`form` with this server in front of those to pick from."""
    place = (target.host, target.port)
    one = KnownServer(*place, target.tls, target.nick, target.account)
    others = tuple(other for other in form.known if (other.host, other.port) != place)
    return form._replace(known=(one, *others))
