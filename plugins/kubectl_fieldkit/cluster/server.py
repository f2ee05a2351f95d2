"""An API server as a source: typed reads, in pages, over one connection; and what changes it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from io import StringIO
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from msgspec import json

from kubectl_fieldkit.cluster.answers import Version, object_of, refusal
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.lists import Lists
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.cluster.questions import path_of
from kubectl_fieldkit.cluster.writing import Patch
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Refused, Request

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.discovery import ApiResource, Discovery

T = TypeVar("T", bound=KubeObject)

# kubectl's own chunk size: consistent, and on 20,000 pods no slower than one whole list, for a sixth
# of the memory.
PAGE = 500


class ApiServer:
    """The server that an Access leads to; a context manager that hangs up at the end."""

    def __init__(
        self,
        access: Access,
        *,
        environ: Mapping[str, str],
        trace: Callable[[str], None] | None = None,
        progress: Progress | None = None,
        page: int = PAGE,
    ) -> None:
        self._client = Client(access, environ, trace)
        self._namespace = access.namespace
        self._page = page
        self._lists = Lists(self._client, progress or Progress(StringIO()), page)  # no terminal
        self._version: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    @property
    def server_version(self) -> str:
        """Such as v1.37.2; empty where we may not ask. It is asked for once.

        A cached_property would make servers that are asked side by side wait for each other: up to
        Python 3.11 all instances share its lock.
        """
        if self._version is None:
            self._version = self._read_version()
        return self._version

    @cached_property
    def now(self) -> datetime:
        """The moment of the first question for it."""
        return datetime.now(UTC)

    @property
    def namespace(self) -> str:
        """The flags', else the context's."""
        return self._namespace

    def read(self, request: Request[T]) -> Objects[T] | Refused:
        """The objects, or the server's 403; ServerError and ConnectionFailed for all else."""
        try:
            return Objects(self._lists.read(request, request.resource.type, request.resource.row))
        except ServerError as err:
            if err.code != 403:
                raise
            return Refused(err.message)

    def read_ahead(
        self, requests: Sequence[Request[Any]]
    ) -> list[Callable[[], Objects[Any] | Refused]]:
        """What waits for each answer; all are asked for at once, over a connection each."""
        from kubectl_fieldkit.side_by_side import begin

        return [begin(partial(self._twin()._read_once, request)) for request in requests]

    def _read_once(self, request: Request[T]) -> Objects[T] | Refused:
        with self:
            return self.read(request)

    def _twin(self) -> "ApiServer":
        from copy import copy

        twin = copy(self)
        twin._client = self._client.twin()
        twin._lists = Lists(twin._client, Progress(StringIO()), self._page)
        return twin

    def patch(self, patch: Patch[T]) -> T:
        """The object as the server has it now, or in a dry run would; ServerError for every no."""
        resource = patch.resource
        path = path_of(resource, patch.namespace, patch.name)
        response = self._client.patch(f"{path}?{patch.query}", patch.body)
        if response.status != 200:
            raise refusal(response, f"patch {resource.plural} {patch.name}")
        return object_of(resource.type, response)

    def review(self, resource: Resource[T]) -> T:
        """What the server says of who asks (SelfSubjectReview and its like); ServerError for every no."""
        question = {"apiVersion": resource.api_version, "kind": resource.kind}
        response = self._client.review(resource.path(), json.encode(question))
        if response.status != 201:
            raise refusal(response, f"create {resource.plural}")
        return object_of(resource.type, response)

    def discover(self) -> "Discovery":
        """Every kind that is served; ServerError where the server says nothing at all of it."""
        from kubectl_fieldkit.cluster.discovery import discover

        return discover(self._client)

    def raw(
        self,
        resource: "ApiResource",
        *,
        name: str = "",
        namespace: str = "",
        label_selector: str = "",
    ) -> list[dict[str, Any]] | Refused:
        """The objects as the server has them, managedFields and all, or its 403."""
        from kubectl_fieldkit.cluster.raw import RawRequest, as_manifest

        request = RawRequest(resource, name, namespace, label_selector)
        try:
            trees = self._lists.read(request, dict[str, Any])
        except ServerError as err:
            if err.code != 403:
                raise
            return Refused(err.message)
        return [as_manifest(resource, tree) for tree in trees]

    def dry_run_create(
        self, resource: "ApiResource", tree: dict[str, Any], namespace: str = ""
    ) -> dict[str, Any]:
        """What the server would make of a new object, of which it keeps nothing; ServerError for every no."""
        from kubectl_fieldkit.cluster.raw import dry_run_create

        return dry_run_create(self._client, resource, tree, namespace)

    def openapi_schemas(self, group: str, version: str) -> dict[str, Any]:
        """The schemas that the server publishes of a group's version, by their names."""
        from kubectl_fieldkit.cluster.raw import openapi_schemas

        return openapi_schemas(self._client, group, version)

    def _read_version(self) -> str:
        response = self._client.get("/version")
        if response.status == 403:
            return ""
        if response.status != 200:
            raise refusal(response, "get version")
        return object_of(Version, response).git_version
