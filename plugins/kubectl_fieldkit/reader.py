"""Reads what a verdict needs, and keeps what could not be read."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.reading import NotRecorded, Objects, Refused, Request, Source

T = TypeVar("T", bound=KubeObject)
Answer = Objects[T] | Refused | NotRecorded


class Reader:
    """Asks one source; `incomplete` are the reads that gave nothing, each told once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.incomplete: list[Incomplete] = []
        self._ahead: dict[Request[Any], Callable[[], Answer[Any]]] = {}

    def ask_ahead(self, requests: Sequence[Request[Any]]) -> None:
        """Asks side by side for what will be read later: then it is waited for, and not before."""
        self._ahead |= zip(requests, self.source.read_ahead(requests), strict=True)

    def ask(self, request: Request[T]) -> Answer[T]:
        """The source's answer."""
        ahead = self._ahead.pop(request, None)
        return ahead() if ahead else self.source.read(request)

    def read(self, request: Request[T], affects: list[str]) -> Sequence[T] | None:
        """The objects, none of a kind that the server does not have; None where they are unknown.

        ServerError (404) for a name that is not there.
        """
        try:
            answer = self.ask(request)
        except ServerError as err:
            if err.code != 404 or request.name:
                raise
            return ()
        if isinstance(answer, Objects):
            return answer.items
        said = unread(request, answer, affects)
        if said not in self.incomplete:
            self.incomplete.append(said)
        return None

    def find(self, request: Request[T], affects: list[str]) -> Sequence[T] | None:
        """The same, with nothing for a name that is not there."""
        try:
            return self.read(request, affects)
        except ServerError as err:
            if err.code != 404:
                raise
            return ()


def required(answer: Answer[T], request: Request[T], plugin: str) -> Sequence[T]:
    """The objects of an answer without which the plugin has none; ServerError or SnapshotError otherwise."""
    kind = request.resource.plural
    match answer:
        case Objects(items):
            return items
        case Refused(message):
            role = f"docs/rbac/{plugin}.yaml"
            hint = f"nothing can be said without the right to {request.verb} {kind}: see {role}"
            raise ServerError(403, "Forbidden", message, hint)
        case NotRecorded():
            raise SnapshotError(
                f"the snapshot does not hold these {kind}", "record it anew with --save-snapshot"
            )
