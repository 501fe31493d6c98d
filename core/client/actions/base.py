"""What all actions share: the session's state, and commands of the user's."""

from core.client.events import ErrorReceived
from core.client.state import ClientState


class Actions:
    """`_state` is made by `Session`."""

    _state: ClientState

    def _act(self, command: str, *params: str, tags: dict[str, str] | None = None) -> bool:
        """A command of the user's; where it cannot go out, say so."""
        state = self._state
        if state.phase == "offline" or (state.phase == "registering" and command != "NICK"):
            sentence = "Not connected."
        elif state.send(command, *params, tags=tags):
            return True
        else:
            sentence = "That cannot be sent: a name is empty, or has a space in it."
        state.emit(ErrorReceived(sentence, "", command, params[:1]))
        return False
