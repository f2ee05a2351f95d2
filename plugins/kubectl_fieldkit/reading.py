"""The seam: everything above asks a source, and a source says what it knows and what it does not.

Two sources exist, both real: an API server (`cluster`) and a recorded cluster (`snapshot`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource

T = TypeVar("T", bound=KubeObject)


class Request(Struct, Generic[T], frozen=True):
    """One question: a list, or one object when `name` is set; no namespace means all of them."""

    resource: Resource[T]
    name: str = ""
    namespace: str = ""
    label_selector: str = ""
    field_selector: str = ""

    @property
    def verb(self) -> str:
        """The verb that RBAC must grant for it."""
        return "get" if self.name else "list"


def one_object(resource: Resource[T], name: str, namespace: str = "") -> Request[T]:
    """The question for one object; UsageError, in kubectl's words, for an empty name, which would ask for all."""
    if not name:
        raise UsageError("resource name may not be empty")
    return Request(resource, name=name, namespace=namespace)


class Objects(Struct, Generic[T], frozen=True):
    """The answer: every object asked for, in the server's order (one, for a name)."""

    items: Sequence[T]


class Refused(Struct, frozen=True):
    """Not allowed (403): whatever depends on it is unknown. `message` is the server's own."""

    message: str


class NotRecorded(Struct, frozen=True):
    """The snapshot did not record this read: unknown, and never an empty list."""


class Source(Protocol):
    """A cluster that can be asked.

    `read` raises ServerError (404 for a name that is not there) and ConnectionFailed; a 403 is an
    answer, not an error, since the caller knows what becomes uncertain.
    """

    @property
    def server_version(self) -> str:
        """The server's version, such as v1.37.2; empty when it is not known."""

    @property
    def now(self) -> datetime:
        """The moment that ages count from: now, or when the snapshot was taken."""

    @property
    def namespace(self) -> str:
        """Where to look for what the command line names without a namespace."""

    def read(self, request: Request[T]) -> "Objects[T] | Refused | NotRecorded":
        """All the objects asked for, or why there are none."""

    def read_ahead(
        self, requests: "Sequence[Request[Any]]"
    ) -> "Sequence[Callable[[], Objects[Any] | Refused | NotRecorded]]":
        """What gives the answer to each when it is called; a live cluster is asked for all at once."""
