"""What the server keeps of an account's password: enough to judge it, not the password."""

import msgspec

from core.wire.scram import Verifier


class Credentials(msgspec.Struct, frozen=True, array_like=True):
    """Made by ``core.runtime.passwords``; it travels and is kept in the log and in snapshots."""

    argon2: str  # encoded with its parameters: "$argon2id$v=19$m=..."
    salt: bytes  # the rest is SCRAM-SHA-256's
    iterations: int
    stored_key: bytes
    server_key: bytes

    @property
    def verifier(self) -> Verifier:
        """What a SCRAM exchange asks for."""
        return Verifier(self.salt, self.iterations, self.stored_key, self.server_key)

    def __repr__(self) -> str:
        """Without the content: whoever reads a log could guess at passwords with it."""
        return "Credentials(...)"
