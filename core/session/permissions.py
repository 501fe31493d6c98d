"""What an operator of the server may do: that stands in the configuration."""

from core.config import Config
from core.state.records import User


def may(config: Config, user: User, permission: str) -> bool:
    """True if ``user`` is an operator and has ``permission``; who is given none has all."""
    if "o" not in user.modes:
        return False
    operator = config.operators.get(user.operator)
    return operator is not None and (not operator.permissions or permission in operator.permissions)
