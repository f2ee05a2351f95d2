"""What is linted, and what a rule is."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.kubeconfig.merge import merge
from kubectl_fieldkit.kubeconfig.model import Kubeconfig


class Seen(Struct, frozen=True):
    """A path in the file system; `error` says why it cannot be read, and is empty where it can."""

    mode: int = 0
    changed: float = 0.0  # seconds since the epoch
    error: str = ""


class Expiry(Struct, frozen=True):
    """Until when something is good; `what` it is."""

    what: str
    until: datetime


class Linted(Struct, frozen=True):
    """The kubeconfigs, each in order of precedence, and what was seen around them.

    `missing` are files that KUBECONFIG lists and that are not there, `broken` are path and reason.
    `repeating` are files that are to say what others say: a --shell's overlay, and a file's second
    name. `plugins` are the commands of exec plugins, with a reason for those that cannot be run.
    `expiries` are by kind and name, `locks` are those of kubectl's with the file that each is for.
    `explicit` is what --kubeconfig says.
    """

    loaded: tuple[tuple[str, Kubeconfig], ...]
    broken: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    now: datetime
    seen: Mapping[str, Seen]
    locks: Mapping[str, str]
    expiries: Mapping[tuple[str, str], Expiry]
    plugins: Mapping[str, str]
    repeating: frozenset[str]
    explicit: str = ""
    home: str = ""

    @property
    def merged(self) -> Kubeconfig:
        """All files as one, as kubectl sees them."""
        return merge([kubeconfig for _, kubeconfig in self.loaded])


class Rule(Struct, frozen=True):
    """A rule's name, and how it finds."""

    id: str
    find: Callable[[Linted], Iterable[Finding]]
