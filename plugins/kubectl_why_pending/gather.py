"""What a verdict reads: nodes, all pods, and the lists that the pods in question need."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reader import Reader
from kubectl_fieldkit.reading import Request
from kubectl_why_pending.needs import needed
from kubectl_why_pending.objects.node import NODES
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.scheduler.cluster import ENDED

VERDICTS = ["items[].nodes", "items[].fits", "items[].message"]
LIVING = ",".join(f"status.phase!={phase}" for phase in ENDED)


class Gathered(Struct, frozen=True):
    """The lists by kind, None where one could not be read; `chosen` are the pods in question.

    `doubts` say, by what is missing, why no verdict can be certain.
    """

    lists: dict[Resource[Any], Sequence[Any] | None]
    chosen: tuple[Pod, ...]
    doubts: dict[str, str]


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
