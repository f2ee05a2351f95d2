"""NodeResourcesFit: a node must have left what the pod requests."""

from collections.abc import Iterator
from typing import Self

from msgspec import Struct

from kubectl_why_pending.scheduler.amounts import in_words
from kubectl_why_pending.scheduler.claims import delegated
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.requests import PLAIN, Amounts


class Shortage(Struct, frozen=True):
    """What is missing of one resource; `too_small` means that an empty node would not have it either."""

    resource: str
    wanted: int
    free: int
    whole: int

    @property
    def reason(self) -> str:
        """Upstream's words."""
        return "Too many pods" if self.resource == "pods" else f"Insufficient {self.resource}"

    @property
    def too_small(self) -> bool:
        """Whether the node could never give it."""
        return self.resource != "pods" and self.wanted > self.whole


class NodeResourcesFit(Filter):
    """pkg/scheduler/framework/plugins/noderesources/fit.go."""

    NAME = "NodeResourcesFit"

    def __init__(self, requests: Amounts, minor: int, delegated: frozenset[str]) -> None:
        scalars = [name for name in requests if name not in PLAIN]
        self.wanted = [(n, requests[n]) for n in (*PLAIN, *scalars) if requests.get(n, 0) > 0]
        self.minor = minor
        self.delegated = delegated  # to DynamicResources, on nodes that have none themselves

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self:
        """Never skipped: every pod takes one of a node's places."""
        return cls(pod.requests, cluster.minor, delegated(set(pod.requests), cluster))

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Every resource that is short; since 1.34 one that is too small makes it unresolvable."""
        short = list(self.shortages(node))
        if not short:
            return None
        resolvable = self.minor < 34 or not any(shortage.too_small for shortage in short)
        return Rejection(self.NAME, tuple(shortage.reason for shortage in short), resolvable)

    def shortages(self, node: NodeInfo) -> Iterator[Shortage]:
        """What is missing, in upstream's order."""
        places, taken = node.allocatable.get("pods", 0), len(node.pods)
        if taken + 1 > places:
            yield Shortage("pods", 1, places - taken, places)
        for name, amount in self.wanted:
            free = node.free(name)
            left_to_claims = name in self.delegated and not node.allocatable.get(name)
            if amount > free and not left_to_claims:
                yield Shortage(name, amount, free, node.allocatable.get(name, 0))

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """`cpu: needs 2, free 1.3 of 4 (12 pods)`."""
        pods = f"{len(node.pods)} pod{'s' * (len(node.pods) != 1)}"
        return tuple(
            Failure(
                self.NAME,
                s.reason,
                f"{s.resource}: needs {in_words(s.resource, s.wanted)}, "
                f"free {in_words(s.resource, s.free)} of {in_words(s.resource, s.whole)} ({pods})",
            )
            for s in self.shortages(node)
        )
