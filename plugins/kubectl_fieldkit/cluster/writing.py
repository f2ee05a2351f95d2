"""A change to one object as a JSON patch (RFC 6902), which tests what was read before it writes."""

from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from kubectl_fieldkit.cluster.escaping import query_of
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource

T = TypeVar("T", bound=KubeObject)


class Patch(Struct, Generic[T], frozen=True):
    """One field of one object: its value as it was read, and as it shall be; None is absent.

    The server refuses it (422) when the field is no longer what was read, so nothing that
    somebody else wrote meanwhile is lost.
    """

    resource: Resource[T]
    name: str
    path: str
    before: object
    after: object
    field_manager: str
    dry_run: bool = False
    namespace: str = ""

    @property
    def query(self) -> str:
        """The URL's parameters."""
        dry_run = {"dryRun": "All"} if self.dry_run else {}
        return query_of({"fieldManager": self.field_manager, **dry_run})

    @property
    def body(self) -> bytes:
        """The patch itself."""
        write = (
            {"op": "remove", "path": self.path}
            if self.after is None
            else {"op": "add", "path": self.path, "value": self.after}
        )
        return msgspec.json.encode([{"op": "test", "path": self.path, "value": self.before}, write])
