"""What the API calls a kind of object, and which Struct holds one."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from kubectl_fieldkit.objects.meta import KubeObject

T = TypeVar("T", bound=KubeObject)


class Resource(Struct, Generic[T], frozen=True):
    """A resource of the API: its place in URLs, its kind in manifests, its Struct.

    `fields` are the field selectors that a snapshot can answer, each with the value's place. With `row` a
    list is asked for as the server's table, where that says all that the Struct holds and is much smaller:
    it makes the object of the cells, by their columns' names, and of the object with its metadata alone.
    It raises LookupError where a column is missing.
    """

    group: str
    version: str
    plural: str
    kind: str
    namespaced: bool
    type: type[T]
    fields: tuple[tuple[str, Callable[[T], str]], ...] = ()
    row: Callable[[Mapping[str, Any], T], T] | None = None

    @property
    def api_version(self) -> str:
        """The `apiVersion` of a manifest of this kind."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def path(self, namespace: str = "", name: str = "") -> str:
        """The URL path of a list, or of one object; the empty namespace means all of them."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        middle = f"/namespaces/{namespace}" if namespace else ""
        return f"{root}{middle}/{self.plural}" + (f"/{name}" if name else "")
