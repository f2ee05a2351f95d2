"""What a verdict reads: nodes, all pods, and the lists that the pods in question need."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete, unread
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Request, Source
from kubectl_why_pending.needs import needed
from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.scheduler.cluster import ENDED

T = TypeVar("T", bound=KubeObject)

VERDICTS = ["items[].nodes", "items[].fits", "items[].message"]
LIVING = ",".join(f"status.phase!={phase}" for phase in ENDED)


class Gathered(Struct, frozen=True):
    """The lists by kind, None where one could not be read; `chosen` are the pods in question.

    `doubts` say, by what is missing, why no verdict can be certain.
    """

    lists: dict[Resource[Any], Sequence[Any] | None]
    chosen: tuple[Pod, ...]
    doubts: dict[str, str]


class Reader:
    """Reads lists and keeps what could not be read; a kind that the server does not have is empty."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.incomplete: list[Incomplete] = []

    def read(self, request: Request[T], affects: list[str]) -> Sequence[T] | None:
        """The objects, or None where they are unknown."""
        try:
            answer = self.source.read(request)
        except ServerError as err:
            if err.code != 404 or request.name:
                raise
            return ()
        if isinstance(answer, Objects):
            return answer.items
        self.incomplete.append(unread(request, answer, affects))
        return None


def gather(reader: Reader, choose: Callable[[Sequence[Pod]], Sequence[Pod]]) -> Gathered:
    """The cluster as far as the pods that `choose` picks need it; pods of one namespace where no more may be read."""
    source = reader.source
    lists: dict[Resource[Any], Sequence[Any] | None] = {}
    lists[NODES] = reader.read(Request(NODES), VERDICTS)
    doubts = {} if lists[NODES] is not None else {"nodes": "they could not be read"}
    pods = reader.read(Request(PODS, field_selector=LIVING), VERDICTS)
    if pods is None:
        doubts["pods"] = "those of other namespaces could not be read"
        pods = reader.read(Request(PODS, namespace=source.namespace), ["items"]) or ()
    lists[PODS] = pods
    chosen = tuple(choose(pods))
    for resource in needed([pod for pod in chosen if not pod.spec.node_name], pods):
        lists[resource] = reader.read(Request(resource), VERDICTS)
    return Gathered(lists, chosen, doubts)
