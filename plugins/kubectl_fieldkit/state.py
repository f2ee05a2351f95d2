"""What `ctx` and `ns` remember between runs, for each set of kubeconfig files by itself."""

import os
from collections.abc import Mapping, Sequence
from zlib import crc32

from msgspec import DecodeError, Struct, ValidationError, json
from msgspec.structs import replace

from kubectl_fieldkit import entry

MOST_NAMESPACES = 50


class State(Struct, frozen=True):
    """Where one was before, and which namespaces were used; by context."""

    files: tuple[str, ...] = ()
    previous_context: str = ""
    previous_namespaces: dict[str, str] = {}
    namespaces: dict[str, list[str]] = {}

    def switched(self, context: str) -> "State":
        """After leaving this context."""
        return replace(self, previous_context=context)

    def moved(self, context: str, before: str, after: str) -> "State":
        """After going from one namespace of a context to another."""
        used = [after, *(name for name in self.namespaces.get(context, ()) if name != after)]
        return replace(
            self,
            previous_namespaces=self.previous_namespaces | {context: before},
            namespaces=self.namespaces | {context: used[:MOST_NAMESPACES]},
        )


def load_state(files: Sequence[str], environ: Mapping[str, str]) -> State:
    """What is remembered of these files; nothing, with a warning, where it cannot be read."""
    path = _path(files, environ)
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            state = json.decode(file.read(), type=State)
        return state if state.files == tuple(files) else State(tuple(files))
    except FileNotFoundError:
        pass
    except OSError as err:
        entry.tell(f'warning: cannot read "{path}": {(err.strerror or "").lower()}')
    except (DecodeError, ValidationError):
        entry.tell(f'warning: "{path}" is damaged, what it remembered is lost')
    return State(tuple(files))


def save_state(files: Sequence[str], environ: Mapping[str, str], state: State) -> None:
    """Remembers it; a warning where that cannot be done, since the switch itself was."""
    path = _path(files, environ)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
        file = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with open(file, "wb") as stream:  # noqa: PTH123
            stream.write(json.encode(replace(state, files=tuple(files))))
        os.rename(temporary, path)  # noqa: PTH104
    except OSError as err:
        entry.tell(f'warning: cannot remember this in "{path}": {(err.strerror or "").lower()}')


def _path(files: Sequence[str], environ: Mapping[str, str]) -> str:
    """A file for each set of files; its name is made of nothing that anybody else can choose."""
    home = environ.get("HOME") or environ.get("USERPROFILE") or "/nonexistent"
    state = environ.get("XDG_STATE_HOME") or f"{home}/.local/state"
    absolute = "\0".join(os.path.abspath(file) for file in files)  # noqa: PTH100
    return f"{state}/kubectl-fieldkit/{crc32(absolute.encode(errors='surrogateescape')):08x}.json"
