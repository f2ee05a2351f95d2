"""What `ctx` and `ns` remember between runs, for each set of kubeconfig files by itself."""

import os
from collections.abc import Mapping, Sequence
from zlib import crc32

from msgspec import Struct, json
from msgspec.structs import replace

from kubectl_fieldkit import entry
from kubectl_fieldkit.private import open_private

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
    ours, path = State(_names(files)), _path(files, environ)
    if not path:
        return ours
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            state = json.decode(file.read(), type=State)
        return state if state.files == ours.files else ours
    except FileNotFoundError:
        pass
    except OSError as err:
        entry.tell(f'warning: cannot read "{path}": {(err.strerror or "").lower()}')
    except ValueError:
        entry.tell(f'warning: "{path}" is damaged, what it remembered is lost')
    return ours


def save_state(files: Sequence[str], environ: Mapping[str, str], state: State) -> None:
    """Remembers it; a warning where that cannot be done, since the switch itself was."""
    path = _path(files, environ)
    if not path:
        entry.tell("warning: cannot remember this: HOME is not set")
        return
    try:
        _replace(path, json.encode(replace(state, files=_names(files))))
    except OSError as err:
        reason = (err.strerror or "").lower()
        entry.tell(f'warning: cannot remember this in "{path}": {reason}')
    except ValueError:
        entry.tell("warning: cannot remember this: a name is not Unicode")


def _replace(path: str, data: bytes) -> None:
    """Whole or not at all, and for the user's eyes alone."""
    temporary = f"{path}.{os.getpid()}"
    os.makedirs(os.path.dirname(path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
    file = open_private(temporary, replace=True)
    try:
        with open(file, "wb") as stream:  # noqa: PTH123
            stream.write(data)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        os.unlink(temporary)  # noqa: PTH108
        raise


def _names(files: Sequence[str]) -> tuple[str, ...]:
    """The same from every folder, and text even where a file's name is none."""
    absolute = (os.fsencode(os.path.abspath(file)) for file in files)  # noqa: PTH100
    return tuple(name.decode(errors="backslashreplace") for name in absolute)


def _path(files: Sequence[str], environ: Mapping[str, str]) -> str:
    """A file for each set of files, its name made of nothing that anybody else can choose; or none."""
    state = environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):  # noqa: PTH117  # a relative one is to be ignored, says XDG
        home = environ.get("HOME") or environ.get("USERPROFILE")
        state = f"{home}/.local/state" if home else ""
    name = crc32("\0".join(_names(files)).encode())
    return f"{state}/kubectl-fieldkit/{name:08x}.json" if state else ""
