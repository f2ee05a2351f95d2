"""An API server as a source: typed reads, in pages, over one connection; and what changes it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from io import StringIO
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote, urlencode

from msgspec import json

from kubectl_fieldkit.cluster.answers import Version, object_of, page_of, refusal
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.cluster.writing import Patch
from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Refused, Request

T = TypeVar("T", bound=KubeObject)

# kubectl's own chunk size: consistent, and on 20,000 pods no slower than one whole list, for a sixth
# of the memory.
PAGE = 500
LISTS = 3  # how often a list is begun anew when its continue token has expired


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
        self._progress = progress or Progress(StringIO())  # which is no terminal
        self._page = page
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
            return Objects(self._one(request) if request.name else self._list(request))
        except ServerError as err:
            if err.code != 403:
                raise
            return Refused(err.message)

    def patch(self, patch: Patch[T]) -> T:
        """The object as the server has it now, or in a dry run would; ServerError for every no."""
        resource = patch.resource
        path = _path(Request(resource, patch.name, patch.namespace))
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

    def _read_version(self) -> str:
        response = self._client.get("/version")
        if response.status == 403:
            return ""
        if response.status != 200:
            raise refusal(response, "get version")
        return object_of(Version, response).git_version

    def _one(self, request: Request[T]) -> list[T]:
        response = self._client.get(_path(request))
        return [object_of(request.resource.type, _granted(response, request))]

    def _list(self, request: Request[T]) -> list[T]:
        """The whole list, begun anew where it changed too fast to be read to its end (410)."""
        self._progress.start()
        try:
            for _ in range(LISTS - 1):
                with suppress(_Expired):
                    return self._pages(request)
            return self._pages(request)
        finally:
            self._progress.clear()

    def _pages(self, request: Request[T]) -> list[T]:
        items: list[T] = []
        after = ""
        while True:
            response = self._client.get(_list_path(request, self._page, after))
            page = page_of(request.resource, _granted(response, request))
            items += page.items or ()
            after = page.metadata.next
            if not after:
                return items
            self._progress.show(
                request.resource.plural, len(items), page.metadata.remaining_item_count
            )


class _Expired(ServerError):
    """A 410: the server no longer knows the moment that the pages are of."""


def _granted(response: Response, request: Request[T]) -> Response:
    """The response where it is a yes; a ServerError for every other."""
    if response.status == 200:
        return response
    error = refusal(response, f"get {request.resource.plural} {request.name}".rstrip())
    if error.code == 410:
        raise _Expired(error.code, error.reason, error.message, error.hint)
    raise error


def _path(request: Request[T]) -> str:
    for segment in (request.namespace, request.name):
        _check(segment)
    namespace, name = quote(request.namespace, safe=""), quote(request.name, safe="")
    return request.resource.path(namespace, name)


def _list_path(request: Request[T], page: int, after: str) -> str:
    query = {
        "limit": str(page),
        "labelSelector": request.label_selector,
        "fieldSelector": request.field_selector,
        "continue": after,
    }
    given = {key: value for key, value in query.items() if value}
    return f"{_path(request)}?{urlencode(given)}"


def _check(segment: str) -> None:
    """Refuses what would name another resource (IsValidPathSegmentName in apimachinery)."""
    if segment in {".", ".."}:
        raise FieldkitError(f"invalid resource name \"{segment}\": [may not be '{segment}']")
    for mark in "/%":
        if mark in segment:
            raise FieldkitError(f"invalid resource name \"{segment}\": [may not contain '{mark}']")
