"""The names of what is there: in the cluster that the line names, asked once, or in its snapshot."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.lists import Lists
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.completion.patience import Patience
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Request

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.discovery import ApiResource, Discovery

T = TypeVar("T", bound=KubeObject)

PAGE = 5_000
# A credential plugin is told that nobody is there, and has nothing to open a browser with.
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
NO_BROWSER = {"BROWSER": "false"}


class Names(Protocol):
    """Where names come from."""

    def of(self, resource: Resource[Any], field_selector: str = "") -> list[str]:
        """The names of a kind, in the line's namespace where the kind has any."""

    def read(self, request: Request[T]) -> list[T]:
        """The objects themselves."""


class _Meta(Kube, frozen=True):
    name: str = ""


class _Named(Kube, frozen=True):
    """Any object, as far as its name goes."""

    metadata: _Meta = _Meta()


class _Question(Struct, frozen=True):
    """A list of a kind that only discovery knows."""

    resource: "ApiResource"
    namespace: str
    name: str = ""
    label_selector: str = ""
    field_selector: str = ""


class Impatient(Client):
    """A client that asks once: somebody waits at a prompt."""

    def __init__(self, access: Access, environ: Mapping[str, str], patience: Patience) -> None:
        super().__init__(access, environ, None)
        self._patience = patience

    def get(self, path: str) -> Response:
        """The response, whatever it is."""
        return self.request("GET", path, self._patience.deadline)


class LiveNames:
    """Names out of the cluster; every no of the server is a FieldkitError."""

    def __init__(self, access: Access, environ: Mapping[str, str], patience: Patience) -> None:
        self._client = Impatient(access, environ, patience)
        self._lists = Lists(self._client, Progress(StringIO()), PAGE)
        self._namespace = access.namespace

    def of(self, resource: Resource[Any], field_selector: str = "") -> list[str]:
        """As the server lists them."""
        namespace = self._namespace if resource.namespaced else ""
        request = Request(resource, namespace=namespace, field_selector=field_selector)
        return [each.metadata.name for each in self._lists.read(request, _Named)]

    def read(self, request: Request[T]) -> list[T]:
        """Of the whole list, or of a name that has to be there."""
        return self._lists.read(request, request.resource.type)

    def of_served(self, resource: "ApiResource") -> list[str]:
        """The same of any kind that discovery knows."""
        question = _Question(resource, self._namespace if resource.namespaced else "")
        return [each.metadata.name for each in self._lists.read(question, _Named)]

    def discover(self) -> "Discovery":
        """The kinds that are served."""
        from kubectl_fieldkit.cluster.discovery import discover

        return discover(self._client)


class RecordedNames:
    """Names out of a snapshot."""

    def __init__(self, path: Path, namespace: str) -> None:
        from kubectl_fieldkit.snapshot.recorded import open_snapshot

        self._source = open_snapshot(path, "", namespace)

    def of(self, resource: Resource[Any], field_selector: str = "") -> list[str]:
        """All that were recorded: which fields were is another question."""
        namespace = self._source.namespace if resource.namespaced else ""
        named: Any = replace(resource, type=_Named, fields=())
        return [each.metadata.name for each in self.read(Request(named, namespace=namespace))]

    def read(self, request: Request[T]) -> list[T]:
        """Those that were recorded."""
        answer = self._source.read(request)
        return list(answer.items) if isinstance(answer, Objects) else []


def find_live_names(
    flags: ConnectionFlags, environ: Mapping[str, str], patience: Patience
) -> LiveNames:
    """The names in the cluster that these flags lead to, with credentials that nobody is asked for."""
    alone = {name: value for name, value in environ.items() if name not in DISPLAYS} | NO_BROWSER
    access = replace(find_access(flags, alone), unattended=patience.left)
    return LiveNames(access, alone, patience)
