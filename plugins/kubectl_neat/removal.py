"""One thing that is taken out of an object: where it stood, and why it goes."""

from msgspec import Struct

# Keys, and positions in the lists of the object as it was read.
Path = tuple[str | int, ...]


class Removal(Struct, frozen=True):
    """A value that goes; `reason` is a clause such as `the default`."""

    path: Path
    value: object
    reason: str


def spell(path: Path) -> str:
    """The path as kubectl's JSONPath has it: `spec.containers[0].image`, `metadata.labels['a.b/c']`."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f"[{step}]"
        elif step.replace("-", "").replace("_", "").isalnum():
            words += f".{step}" if words else step
        else:
            quoted = step.replace("\\", "\\\\").replace("'", "\\'")
            words += f"['{quoted}']"
    return words
